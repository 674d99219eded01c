"""``warclaims diff``."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from warclaims.commands.changes import SIGNS, shown_value
from warclaims.output import echo, echo_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.versions import VersionChange, VersionDifference


@click.command("diff")
@click.argument("old")
@click.argument("new")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print.",
)
@click.option("--summary", is_flag=True, help="Only the numbers.")
@click.pass_obj
def command(corpus_path: str | None, /, *, old: str, new: str, form: str, summary: bool) -> None:
    """Compare two versions of a corpus, record by record.

    OLD and NEW are corpus directories, wheels, source archives, or revisions of the git repository
    of the corpus. Texts, registries and annotations are compared, not the tables made from them.
    The last line is the step of the version that the difference requires.
    """
    from warclaims.layout import shipped_corpus
    from warclaims.versions import compare, open_version, required_step

    repository = Path(corpus_path) if corpus_path else shipped_corpus()
    with open_version(old, repository) as before, open_version(new, repository) as after:
        difference = compare(before, after)
    required = required_step(difference)
    if form == "json":
        plain = {
            "step": required.step.name.lower(),
            "reason": required.reason,
            "schema": [difference.old_schema, difference.new_schema],
            "summary": _counts(difference),
        }
        echo_json(plain if summary else plain | {"changes": list(map(vars, difference.changes))})
        return
    for change in () if summary else difference.changes:
        for line in _lines(change):
            echo(line)
    for place, kinds in _counts(difference).items():
        echo(f"{place}: {', '.join(f'{number} {kind}' for kind, number in kinds.items())}")
    echo(f"requires a step: {required.step.name.lower()} ({required.reason})")


def _lines(change: VersionChange) -> Iterator[str]:
    sign = SIGNS.get(change.kinds[0].value, "~")
    place = " ".join(filter(None, (change.where, change.document)))
    kinds = "" if sign != "~" else f" ({', '.join(change.kinds)})"
    name = "" if change.record in (change.document, change.collection) else f" {change.record}"
    yield f"{sign} {place}: {change.collection}{name}{kinds}"
    for field in change.fields:
        before, after = (shown_value(values.get(field)) for values in (change.before, change.after))
        yield f"    {field}: {before} → {after}"


def _counts(difference: VersionDifference) -> dict[str, Counter[str]]:
    """Number of changes of each kind, by place."""
    found: dict[str, Counter[str]] = {}
    for change in difference.changes:
        place = f"{change.where} {change.collection}"
        found.setdefault(place, Counter()).update(kind.value for kind in change.kinds)
    return found

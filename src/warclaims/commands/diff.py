"""``warclaims diff``."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from warclaims.commands.changes import SIGNS, shown_value
from warclaims.commands.options import format_option
from warclaims.errors import WarclaimsError
from warclaims.output import echo, echo_json, note

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from warclaims.corpus import Corpus
    from warclaims.versions import VersionChange


@click.command("diff")
@click.argument("old")
@click.argument("new")
@format_option("text", "json")
@click.option("--summary", is_flag=True, help="Only the numbers.")
@click.pass_obj
def command(corpus_path: str | None, /, *, old: str, new: str, form: str, summary: bool) -> None:
    """Compare two versions of a corpus, record by record, and what its sources disagree on.

    OLD and NEW are corpus directories, wheels, source archives, or revisions of the git repository
    of the corpus. Texts, registries and annotations are compared, not the tables made from them.
    Then come the comparisons of accounts in gold that appear, change or vanish. The last line is
    the step of the version that the difference requires.
    """
    from warclaims.layout import shipped_corpus
    from warclaims.versions import compare, open_version, required_step

    repository = Path(corpus_path) if corpus_path else shipped_corpus()
    with open_version(old, repository) as before, open_version(new, repository) as after:
        difference = compare(before, after)
        comparisons = _comparisons(before, after) if difference.changes else []
    required = required_step(difference)
    changes = [*difference.changes, *(comparisons or ())]
    if form == "json":
        plain = {
            "step": required.step.name.lower(),
            "reason": required.reason,
            "schema": [difference.old_schema, difference.new_schema],
            "summary": _counts(changes),
        }
        lists = {"changes": difference.changes, "comparisons": comparisons}
        every = {
            name: found if found is None else list(map(vars, found))
            for name, found in lists.items()
        }
        echo_json(plain if summary else plain | every)
        return
    for change in () if summary else changes:
        for line in _lines(change):
            echo(line)
    for place, kinds in _counts(changes).items():
        echo(f"{place}: {', '.join(f'{number} {kind}' for kind, number in kinds.items())}")
    echo(f"requires a step: {required.step.name.lower()} ({required.reason})")


def _comparisons(before: Corpus, after: Corpus) -> list[VersionChange] | None:
    """The comparisons that changed; ``None`` if they cannot be computed, as without a text."""
    from warclaims.versions import changed_comparisons

    try:
        return changed_comparisons(before, after)
    except WarclaimsError as error:
        note(f"note: comparisons of accounts are left out: {error}")
        return None


def _lines(change: VersionChange) -> Iterator[str]:
    sign = SIGNS.get(change.kinds[0].value, "~")
    place = " ".join(filter(None, (change.where, change.document)))
    kinds = "" if sign != "~" else f" ({', '.join(change.kinds)})"
    name = "" if change.record in (change.document, change.collection) else f" {change.record}"
    yield f"{sign} {place}: {change.collection}{name}{kinds}"
    for field in change.fields:
        both = [values[field] for values in (change.before, change.after) if field in values]
        if both:
            yield f"    {field}: {' → '.join(_in_words(field, value) for value in both)}"


def _in_words(field: str, value: Any) -> str:
    """A value in a line: positions of a comparison as they are, anything else as in other lists."""
    return " | ".join(value) if field == "positions" else shown_value(value)


def _counts(changes: Iterable[VersionChange]) -> dict[str, Counter[str]]:
    """Number of changes of each kind, by place."""
    found: dict[str, Counter[str]] = {}
    for change in changes:
        place = f"{change.where} {change.collection}"
        found.setdefault(place, Counter()).update(kind.value for kind in change.kinds)
    return found

"""``warclaims diff``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from warclaims.output import echo, echo_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.versions import Change, Difference

_SIGNS = {"added": "+", "removed": "-"}


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
    of the corpus. What is compared are texts, registries and annotations; the tables are made from
    these. At the end stands the step of the version that the difference demands.
    """
    from warclaims.layout import shipped_corpus
    from warclaims.versions import compare, open_version

    repository = Path(corpus_path) if corpus_path else shipped_corpus()
    with open_version(old, repository) as before, open_version(new, repository) as after:
        difference = compare(before, after)
    if form == "json":
        echo_json(_plain(difference, summary=summary))
        return
    if not summary:
        for change in difference.changes:
            for line in _lines(change):
                echo(line)
    _tell_numbers(difference)


def _lines(change: Change) -> Iterator[str]:
    sign = _SIGNS.get(change.kinds[0].value, "~")
    place = " ".join(filter(None, (change.where, change.document)))
    said = "" if sign != "~" else f" ({', '.join(change.kinds)})"
    name = "" if change.record in (change.document, change.collection) else f" {change.record}"
    yield f"{sign} {place}: {change.collection}{name}{said}"
    for field in change.fields:
        before, after = (_short(values.get(field)) for values in (change.before, change.after))
        yield f"    {field}: {before} → {after}"


def _short(value: Any) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict) and "text" in value[0]:
        words = " … ".join(fragment["text"] for fragment in value)
        return f"{value[0]['start']}–{value[-1]['end']} “{words}”"
    words = json.dumps(value, ensure_ascii=False)
    return words if len(words) <= 160 else f"{words[:159]}…"


def _counts(difference: Difference) -> dict[str, dict[str, int]]:
    """How many changes of each kind, by where they are."""
    found: dict[str, dict[str, int]] = {}
    for change in difference.changes:
        of_place = found.setdefault(f"{change.where} {change.collection}", {})
        for kind in change.kinds:
            of_place[kind.value] = of_place.get(kind.value, 0) + 1
    return found


def _tell_numbers(difference: Difference) -> None:
    from warclaims.versions import step

    for place, kinds in _counts(difference).items():
        numbers = ", ".join(f"{number} {kind}" for kind, number in kinds.items())
        echo(f"{place}: {numbers}")
    demand = step(difference)
    echo(f"demands a step: {demand.step.name.lower()} ({demand.reason})")


def _plain(difference: Difference, *, summary: bool) -> dict[str, Any]:
    from warclaims.versions import step

    demand = step(difference)
    changes = [
        {
            "where": change.where,
            "document": change.document,
            "collection": change.collection,
            "record": change.record,
            "kinds": list(change.kinds),
            "fields": list(change.fields),
            "before": change.before,
            "after": change.after,
        }
        for change in difference.changes
    ]
    return {
        "step": demand.step.name.lower(),
        "reason": demand.reason,
        "schema": [difference.old_schema, difference.new_schema],
        "summary": _counts(difference),
        **({} if summary else {"changes": changes}),
    }

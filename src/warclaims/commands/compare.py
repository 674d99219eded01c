"""``warclaims compare``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import click

from warclaims.commands.filter_options import (
    filter_options,
    list_option,
    list_values,
    no_match,
)
from warclaims.commands.options import (
    confirm_written,
    engine_options,
    format_option,
    out_options,
    require_file_format,
    set_option,
    write_pieces,
)
from warclaims.commands.progress import ProgressLine
from warclaims.output import echo, echo_data

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from warclaims.corpus import Corpus

_BEGINNINGS = {
    "csv": tuple(
        mark + columns
        for mark in (b"", b"\xef\xbb\xbf")
        for columns in (b"id,event,outcome,", b"event,outcome,respect,")
    ),
    "json": (b'{\n  "accounts": ',),
}
"""How files of comparisons begin, the second CSV before they had ids."""


@click.command("compare")
@filter_options
@engine_options("shards are read")
@list_option
@set_option()
@format_option(
    "text",
    "csv",
    "json",
    explained="How to print. csv: one line per position. json: also accounts and accusations.",
)
@out_options
@click.pass_obj
def command(
    corpus_path: str | None,
    /,
    set_name: str,
    *,
    listed_filter: str | None,
    form: str,
    out: Path | None,
    overwrite: bool,
    processes: int | None,
    engine: Literal["local", "ray"],
    **filters: Any,
) -> None:
    """Show what sources agree and disagree on, and who blames whom.

    First a summary of each event; then, for each respect (how many, who, cause …), the positions:
    what can be true together is one position, however many outlets repeat it. Two positions are a
    disagreement, never a judgement that one is false. Then accusations with what answers them, the
    counts in their sentences, and what is compared with nothing. References such as 004:c6 are text
    and record: warclaims show 004.

    With filters, comparisons are shown in which a count that meets them takes part, and accusations
    that meet them: --perpetrator is who is blamed.
    """
    from warclaims import api
    from warclaims.corpus import open as open_corpus

    if listed_filter:
        options = {**filters, "out": out, "overwrite": overwrite}
        list_values(listed_filter, corpus_path, set_name, options, is_table=form == "text")
        return
    require_file_format(out, overwrite=overwrite, is_file=form != "text")
    if out is not None and not overwrite:
        from warclaims.formats.overwrite_guard import require_own_file

        require_own_file(out, _BEGINNINGS[form])
    corpus = open_corpus(corpus_path)
    is_whole = not any(value for name, value in filters.items() if name != "event")
    if form == "json" and set_name in corpus.storage.shards and is_whole:
        how: dict[str, Any] = {"processes": processes, "engine": engine}
        write_pieces(_json_of_shards(corpus, set_name, filters["event"], how), out)
        confirm_written(out)
        return
    if processes or engine != "local":
        raise click.UsageError(
            "--engine and --processes need a corpus of shards, --format json, and no filter but "
            "--event"
        )
    if form == "text":
        _print(corpus, set_name, filters)
        return
    found = api.compare(corpus, set_name, **filters)
    if form == "csv":
        from warclaims.formats.csv.comparisons import comparisons_csv
        from warclaims.formats.csv.writing import write_spreadsheet

        claims = api.claims(corpus, set_name=set_name) if found.unlinked else []
        write_spreadsheet([comparisons_csv(found, claims)], out)
    else:
        from warclaims.corpus.canonical import to_plain
        from warclaims.files import write_bytes
        from warclaims.output import json_text

        data = f"{json_text(to_plain(found))}\n".encode()
        write_bytes(out, data) if out is not None else echo_data(data)
    confirm_written(out)


def _json_of_shards(
    corpus: Corpus, set_name: str, event: str | None, how: dict[str, Any]
) -> Iterator[bytes]:
    """What is compared in shards, as for any corpus; in memory is one group of events at a time."""
    from warclaims.accounts.compared_rows import ComparedRows
    from warclaims.accounts.comparer import compared_groups, joined
    from warclaims.accounts.scene import ComparisonRules
    from warclaims.accounts.text_store import TextStore
    from warclaims.corpus.canonical import to_plain
    from warclaims.derive.filters import entry_of
    from warclaims.output import json_items, json_text
    from warclaims.validation.bundles.deriving import accounts_in, derived, stored_texts

    known = corpus.registries
    name = entry_of("event", event, known) if event else None
    with ProgressLine() as line:
        values = derived(
            corpus,
            set_name,
            accounts_in,
            **how,
            progress=lambda done: line.advance(done, None, "reading", f"{done:,} texts"),
        )
        store = TextStore(ComparisonRules(known), stored_texts(values))
        groups = (one.comparisons for one in compared_groups(store, name))
        rows = ComparedRows(groups, known, to_plain)
    rest = to_plain(joined(store, (), name))
    lists = {"accounts": rows.accounts(), "comparisons": rows.comparisons()}
    parts = {**lists, **{key: iter(rest[key]) for key in rest if key not in lists}}
    for number, (key, items) in enumerate(parts.items()):
        yield f"{',' if number else '{'}\n  {json_text(key)}: [".encode()
        is_empty = True
        for item in json_items(items, 4):
            yield f"\n{item}".encode()
            is_empty = False
        yield b"]" if is_empty else b"\n  ]"
    yield b"\n}\n"


def _print(corpus: Corpus, set_name: str, filters: dict[str, Any]) -> None:
    """Print comparisons, or why there are none."""
    from warclaims import api
    from warclaims.derive.filters import entry_of

    found = api.compare(corpus, set_name, **filters)
    event = filters["event"] and entry_of("event", filters["event"], corpus.registries)
    is_limited = any(value for name, value in filters.items() if name != "event")
    is_shown = (found.accounts and not is_limited) or (found.unlinked and not event)
    if not (found.comparisons or is_shown):
        echo(_why_nothing(corpus, set_name, filters))
        if not found.accusations:
            return
        echo("")
    from warclaims.commands.compare_view import print_comparisons

    claims = api.claims(corpus, set_name=set_name)
    print_comparisons(found, claims, corpus.registries, wanted=event, is_limited=is_limited)


_UNMET = {
    "disagreements": "sources disagree on none of them",
    "depends_on_reading": "no comparison of them depends on how words are read",
}
"""What is said if no comparison meets one of these filters."""


def _why_nothing(corpus: Corpus, set_name: str, filters: dict[str, Any]) -> str:
    from warclaims import api
    from warclaims.wording import plural

    others = {name: value for name, value in filters.items() if value and name not in _UNMET}
    found = api.claims(corpus, set_name=set_name, **others)
    if not found:
        return no_match(corpus, set_name, others)
    unmet = [words for name, words in _UNMET.items() if filters[name]]
    why = " and ".join(unmet) or "none is compared: that takes two accounts of one event"
    return f"{plural(len(found), 'count')} found, but {why}."

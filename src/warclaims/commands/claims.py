"""``warclaims claims``."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

import click

from warclaims.commands.filter_options import filter_options, list_option, list_values, no_match
from warclaims.commands.known_choice import KnownChoice
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
from warclaims.output import echo

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from warclaims.corpus import Registries
    from warclaims.records import Claim, Lists

FORMATS = ("table", "csv", "json", "parquet", "ucdp")
SORTED_BY = ("text", "date", "count", "outlet", "outcome")


@click.command("claims")
@filter_options
@click.option(
    "--sort",
    type=KnownChoice(SORTED_BY),
    help="Order. Default: that of the texts; in a table by outcome, claims of wider events first.",
)
@engine_options("shards are read", "claims")
@list_option
@click.option("--events", "listed_filter", flag_value="event", help="The same as --list event.")
@set_option()
@format_option(*FORMATS, explained="How to print. ucdp: a row per event for UCDP GED, as CSV.")
@out_options
@click.pass_obj
def command(
    corpus_path: str | None,
    /,
    *,
    sort: str | None,
    listed_filter: str | None,
    set_name: str,
    form: str,
    out: Path | None,
    overwrite: bool,
    processes: int | None,
    engine: Literal["local", "ray"],
    resume: Path | None,
    **filters: Any,
) -> None:
    """Show who claims how many casualties, on whose word, event by event.

    Below each event is what sources disagree on; compare shows who says what. A disagreement means
    that statements differ, never that one of them is false. ≈ marks an approximate number.
    """
    if listed_filter:
        options = {**filters, "sort": sort, "out": out, "overwrite": overwrite}
        list_values(listed_filter, corpus_path, set_name, options, is_table=form == "table")
        return
    require_file_format(out, overwrite=overwrite, is_file=form != "table")
    _require_effect(form, {**filters, "sort": sort}, out)

    from warclaims import api
    from warclaims.corpus import open
    from warclaims.derive.filters import entry_of

    if out is not None and not overwrite:
        from warclaims.formats.overwrite_guard import require_own_file

        require_own_file(out, _beginnings(form))
    corpus = open(corpus_path)
    event = filters["event"] and entry_of("event", filters["event"], corpus.registries)
    if form == "ucdp":
        from warclaims.formats.ucdp.export import export_file
        from warclaims.validation.sound import sound_bundles

        export_file(sound_bundles(corpus, set_name), corpus, out, event=event)
        confirm_written(out)
        return
    how: dict[str, Any] = {"processes": processes, "engine": engine, "resume": resume}
    if (
        set_name in corpus.storage.shards
        and form != "table"
        and not sort
        and not any(filters.values())
    ):
        from warclaims.records import Claim
        from warclaims.validation.bundles.deriving import claims_in, derived

        with ProgressLine() as line:
            progress = partial(_show, line)
            found = derived(corpus, set_name, claims_in, **how, progress=progress)
            _write(map(Claim.model_validate_json, found), corpus.registries, form, out)
        return
    if processes or resume or engine != "local":
        raise click.UsageError(
            "--engine, --processes and --resume need a corpus of shards, all its claims, and "
            "--format csv, json or parquet"
        )
    claims = api.claims(corpus, set_name=set_name, sort=sort, **filters)
    if form != "table":
        _write(claims, corpus.registries, form, out)
        return
    if claims:
        from warclaims.commands.claims_view import print_claims

        compared = api.compare(corpus, set_name, event=event)
        print_claims(claims, corpus.registries, compared, wanted=event, in_order=sort is not None)
    else:
        echo(no_match(corpus, set_name, filters))


def _require_effect(form: str, options: dict[str, Any], out: Path | None) -> None:
    """Refuse options that would have no effect."""
    others = [name for name, value in options.items() if value and name != "event"]
    if form == "ucdp" and others:
        raise click.UsageError(
            f"--format ucdp cannot be combined with --{others[0].replace('_', '-')}: it makes a "
            "row per event from all that is said of it. Remove the option; --event is possible"
        )
    if form == "parquet" and out is None:
        raise click.UsageError("Parquet cannot be printed. Name a file with --out")


def _show(line: ProgressLine, bundles: int) -> None:
    line.advance(bundles, None, "claims", f"{bundles:,} texts with claims")


def _write(claims: Iterable[Claim], registries: Registries, form: str, out: Path | None) -> None:
    """Write ``claims`` to the file ``out``, or print them, one at a time."""
    from warclaims.formats.csv.writing import claims_csv, write_spreadsheet

    if form == "csv":
        write_spreadsheet([claims_csv(claims)], out)
    elif form == "parquet":
        assert out is not None
        _write_parquet(claims, registries.lists, out)
    else:
        write_pieces(_json(claims), out)
    confirm_written(out)


def _beginnings(form: str) -> tuple[bytes, ...]:
    """How files of claims in this form begin."""
    from warclaims.formats import FORMATS as EXPORTED

    own = {
        "json": (b'[\n {\n  "record": ', b"[]\n"),
        "parquet": (b"columns: record document outlet ",),
    }
    return own.get(form) or EXPORTED[form].beginnings


def _json(claims: Iterable[Claim]) -> Iterator[bytes]:
    from warclaims.corpus.canonical import to_plain

    separator = "[\n"
    for claim in claims:
        item = json.dumps(to_plain(claim), ensure_ascii=False, indent=1)
        yield f"{separator}{item}".replace("\n", "\n ").encode()
        separator = ",\n"
    yield b"[]\n" if separator == "[\n" else b"\n]\n"


def _write_parquet(claims: Iterable[Claim], lists: Lists, out: Path) -> None:
    from warclaims.build.columns import model_columns, model_row, write_rows
    from warclaims.files import replacing
    from warclaims.records import Claim

    with replacing(out) as file:
        write_rows(file, model_columns(Claim), map(model_row, claims), lists)

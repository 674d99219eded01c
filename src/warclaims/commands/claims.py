"""``warclaims claims``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from warclaims.files import read_file
from warclaims.output import echo, echo_data

if TYPE_CHECKING:
    from warclaims.layout import Layout

Row = dict[str, Any]
FORMATS = ("table", "csv", "json", "parquet", "ucdp")
SORTED_BY = ("text", "date", "count", "outlet", "outcome")
REGISTRIES = ("events", "places", "actors", "sides")


@click.command("claims")
@click.option("--event", metavar="ID", help="Only this event and its parts, with every relation.")
@click.option("--place", metavar="ID", help="Only events at this place or in it.")
@click.option("--source", metavar="ID", help="Only what this actor, or one of it, says.")
@click.option("--side", metavar="ID", help="Only victims that the text gives this side.")
@click.option("--outcome", metavar="OUTCOME", help="Only this outcome: killed, injured, missing …")
@click.option("--outlet", metavar="NAME", help="Only texts of this outlet.")
@click.option("--narrator-only", is_flag=True, help="Only what the texts say in their own voice.")
@click.option("--sort", type=click.Choice(SORTED_BY), help="Order. Default: that of the texts.")
@click.option("--events", "list_events", is_flag=True, help="List the events instead.")
@click.option("--set", "set_name", default="gold", show_default=True, help="Annotation set.")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
    help="How to print. ucdp: low, best and high by event, as CSV.",
)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write instead."
)
@click.pass_obj
def command(
    corpus_path: str | None,
    /,
    *,
    sort: str | None,
    list_events: bool,
    set_name: str,
    form: str,
    out: Path | None,
    **limits: Any,
) -> None:
    """Say who claims how many casualties, on whose word, event by event.

    Contradictions are marked ✗ and explained. A contradiction says that two statements differ,
    never that one of them is false. ≈ stands before a number that sets no bounds.
    """
    from warclaims.exchange.choosing import ORDERS, Wanted, chosen
    from warclaims.layout import Layout, shipped_corpus

    layout = Layout(Path(corpus_path) if corpus_path else shipped_corpus())
    claims, registries = _claims_and_registries(layout, set_name)
    events = registries["events"]
    wanted = Wanted(**limits)
    if list_events:
        if wanted or sort or out or form != "table":
            raise click.UsageError("--events lists the events, and takes no other option but --set")
        from warclaims.commands.claims_view import print_events

        print_events(claims, events)
        return
    if wanted:
        _require_outcome(wanted.outcome)
        claims = chosen(claims, wanted, registries)
    if sort is not None:
        claims.sort(key=ORDERS[sort])
    if form == "table":
        if out is not None:
            raise click.UsageError("--out is for the other formats; choose one with --format")
        _print_table(claims, events, wanted.event, in_order=sort is not None, limited=bool(wanted))
        return
    data = _as_bytes(claims, registries, form, limited=bool(wanted))
    if out is not None:
        from warclaims.files import write_bytes

        # A spreadsheet takes a file for UTF-8 by this mark only.
        write_bytes(out, b"\xef\xbb\xbf" + data if form in ("csv", "ucdp") else data)
        echo(f"wrote {out}", err=True)
    elif form == "parquet":
        raise click.UsageError("Parquet is no text to print; name a file with --out")
    else:
        echo_data(data)


def _print_table(
    claims: list[Row], events: dict[str, Row], wanted: str | None, *, in_order: bool, limited: bool
) -> None:
    from warclaims.commands.claims_view import print_claims

    if claims or wanted is not None:
        print_claims(claims, events, wanted=wanted, in_order=in_order)
    elif limited:
        echo("no claim is of all that; take a limit away")
    else:
        echo("there are no claims: no casualty has been annotated yet")


def _as_bytes(
    claims: list[Row], registries: dict[str, dict[str, Row]], form: str, *, limited: bool
) -> bytes:
    from io import BytesIO, StringIO

    from warclaims.records import Claim
    from warclaims.records.fields import field_order

    if form == "json":
        return (json.dumps(claims, ensure_ascii=False, indent=1) + "\n").encode()
    if form == "parquet":
        from warclaims.build.features import model_features
        from warclaims.build.parquet import write_rows

        table = BytesIO()
        write_rows(table, model_features(Claim), claims)
        return table.getvalue()
    from warclaims.exchange.spreadsheet import write_csv
    from warclaims.exchange.ucdp import RULE, ucdp_rows

    page = StringIO(newline="")
    if form == "ucdp":
        of = "; only the chosen claims count" if limited else ""
        echo(f"note: {RULE}{of}", err=True)
        write_csv(ucdp_rows(claims, registries["events"], registries["places"]), page)
    else:
        write_csv(claims, page, field_order(Claim))
    return page.getvalue().encode()


def _require_outcome(name: str | None) -> None:
    from warclaims.records.vocabulary import Outcome

    if name is not None and name not in {outcome.value for outcome in Outcome}:
        raise click.UsageError(
            f"there is no outcome {name!r}; there are: {', '.join(o.value for o in Outcome)}"
        )


def _claims_and_registries(
    layout: Layout, set_name: str
) -> tuple[list[Row], dict[str, dict[str, Row]]]:
    """The claims as last built if nothing has changed since, else computed from the sources.

    With them the registries that claims refer to: entries as plain rows by id.
    """
    from warclaims.build.manifest import CLAIMS_JSON, is_current

    if is_current(layout, set_name):
        claims = json.loads(read_file(layout.tables / CLAIMS_JSON))
        entries = {name: json.loads(read_file(layout.registry(name)))[name] for name in REGISTRIES}
    else:
        from warclaims.build.tables import Source
        from warclaims.corpus import Corpus
        from warclaims.corpus.canonical import to_plain
        from warclaims.validation.sound import require_sound

        corpus = Corpus(layout.root)
        corpus.require_set(set_name)
        for bundle in corpus.bundles(set_name):
            require_sound(corpus, bundle, set_name)
        claims = [to_plain(claim) for claim in Source(corpus, set_name).claims]
        entries = {
            name: [to_plain(entry) for entry in getattr(corpus.registries, name).values()]
            for name in REGISTRIES
        }
    return claims, {name: {row["id"]: row for row in rows} for name, rows in entries.items()}

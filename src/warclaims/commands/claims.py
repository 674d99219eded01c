"""``warclaims claims``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from warclaims.corpus import Layout

Row = dict[str, Any]


@click.command("claims")
@click.option("--event", metavar="ID", help="Only this event and its parts, with every relation.")
@click.option("--events", "list_events", is_flag=True, help="List the events instead.")
@click.option("--set", "set_name", default="gold", show_default=True, help="Annotation set.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How to print.",
)
@click.pass_obj
def command(
    corpus_path: str | None, *, event: str | None, list_events: bool, set_name: str, form: str
) -> None:
    """Say who claims how many casualties, on whose word, event by event.

    Contradictions are marked ✗ and explained. A contradiction says that two statements differ,
    never that one of them is false. ≈ stands before a number that sets no bounds.
    """
    from pathlib import Path

    from warclaims.layout import Layout, shipped_corpus

    layout = Layout(Path(corpus_path) if corpus_path else shipped_corpus())
    claims, events = _claims_and_events(layout, set_name)
    if list_events:
        from warclaims.commands.claims_view import print_events

        print_events(claims, events)
        return
    if event is not None:
        claims = _of_event(claims, events, event)
    if form == "json":
        click.echo(json.dumps(claims, ensure_ascii=False, indent=1))
        return
    from warclaims.commands.claims_view import print_claims

    print_claims(claims, events, wanted=event)


def _claims_and_events(layout: Layout, set_name: str) -> tuple[list[Row], dict[str, Row]]:
    """The claims as last built if nothing has changed since, else computed from the sources."""
    from warclaims.build.manifest import CLAIMS_JSON, is_current

    if is_current(layout, set_name):
        claims = json.loads((layout.tables / CLAIMS_JSON).read_bytes())
        events = json.loads(layout.registry("events").read_bytes())["events"]
    else:
        from warclaims.build.tables import Source
        from warclaims.commands.checked import require_sound
        from warclaims.corpus import Corpus
        from warclaims.corpus.canonical import to_plain

        corpus = Corpus(layout.root)
        corpus.require_set(set_name)
        for bundle in corpus.bundles(set_name):
            require_sound(corpus, bundle, set_name)
        claims = [to_plain(claim) for claim in Source(corpus, set_name).claims]
        events = [to_plain(event) for event in corpus.registries.events.values()]
    return claims, {event["id"]: event for event in events}


def _of_event(claims: list[Row], events: dict[str, Row], wanted: str) -> list[Row]:
    from warclaims.errors import WarclaimsError
    from warclaims.lineage import lineage

    if wanted not in events:
        raise WarclaimsError(f"there is no event {wanted!r}; there are: {', '.join(events)}")
    parents = {name: (event["parent"] or {}).get("id") for name, event in events.items()}
    kept = [
        claim
        for claim in claims
        if any(wanted in lineage(name, parents) for name in claim["events"])
    ]
    ids = {claim["id"] for claim in kept}
    return [
        {**claim, "relations": [r for r in claim["relations"] if r["claim"] in ids]}
        for claim in kept
    ]

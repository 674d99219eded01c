"""Some of the claims: by event, place, source, side, outcome, outlet; and their order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from warclaims.errors import WarclaimsError
from warclaims.folding import fold
from warclaims.hierarchy import ancestors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Row = dict[str, Any]
Registry = dict[str, Row]

UNKNOWN = "unknown"
"""How an outlet is asked for that is not known."""

ORDERS: dict[str, Callable[[Row], Any]] = {
    "text": lambda claim: (claim["document"], claim["start"], claim["end"]),
    "date": lambda claim: (claim["date"] or "9999", claim["document"], claim["start"]),
    "count": lambda claim: -(claim["value"] if claim["value"] is not None else -1),
    "outlet": lambda claim: (claim["outlet"] or "\uffff", claim["document"], claim["start"]),
    "outcome": lambda claim: (claim["outcome"], claim["document"], claim["start"]),
}
"""What claims can be sorted by; what is equal stays in the order of the texts."""


@dataclass(frozen=True)
class Wanted:
    """Which claims are wanted; null or empty is no limit, several limits all have to hold."""

    event: str | None = None
    place: str | None = None
    source: str | None = None
    side: str | None = None
    outcome: str | None = None
    outlet: str | None = None
    narrator_only: bool = False

    def __bool__(self) -> bool:
        return self != Wanted()


def chosen(claims: Iterable[Row], wanted: Wanted, registries: Mapping[str, Registry]) -> list[Row]:
    """The claims that ``wanted`` lets through, their relations to others of these kept.

    An event stands for its parts, a place for those in it, a source for the actors that belong to
    it. A source counts at any step of the chain.

    Raises:
        WarclaimsError: there is no such event, place, actor, side or outlet.
    """
    found = list(claims)
    for test in _tests(found, wanted, registries):
        found = [claim for claim in found if test(claim)]
    ids = {claim["id"] for claim in found}
    return [
        {**claim, "relations": [r for r in claim["relations"] if r["claim"] in ids]}
        for claim in found
    ]


def _tests(
    claims: list[Row], wanted: Wanted, registries: Mapping[str, Registry]
) -> Iterable[Callable[[Row], bool]]:
    if wanted.event is not None:
        events = _within("event", wanted.event, registries["events"], "parent")
        yield lambda claim: not events.isdisjoint(claim["events"])
    if wanted.place is not None:
        places = _within("place", wanted.place, registries["places"], "parent")
        there = {
            name
            for name, event in registries["events"].items()
            if not places.isdisjoint(event["places"])
        }
        yield lambda claim: not there.isdisjoint(claim["events"])
    if wanted.source is not None:
        actors = _within("actor", wanted.source, registries["actors"], "affiliation")
        yield lambda claim: any(not actors.isdisjoint(step["entity"]) for step in claim["chain"])
    if wanted.side is not None:
        _known("side", wanted.side, registries["sides"])
        yield lambda claim: claim["side"] == wanted.side
    if wanted.outcome is not None:
        yield lambda claim: claim["outcome"] == wanted.outcome
    if wanted.outlet is not None:
        name = fold(wanted.outlet).casefold()
        outlets = {claim["outlet"] or UNKNOWN for claim in claims}
        if name not in {fold(outlet).casefold() for outlet in outlets}:
            raise _none_such("outlet", wanted.outlet, sorted(outlets))
        yield lambda claim: fold(claim["outlet"] or UNKNOWN).casefold() == name
    if wanted.narrator_only:
        yield lambda claim: bool(claim["narrator"])


def _within(noun: str, name: str, registry: Registry, link: str) -> set[str]:
    """The entry and all that lie in it or belong to it."""
    _known(noun, name, registry)
    up = {entry: (row[link] or {}).get("id") for entry, row in registry.items()}
    return {entry for entry in registry if name in ancestors(entry, up)}


def _known(noun: str, name: str, registry: Registry) -> None:
    if name not in registry:
        raise _none_such(noun, name, list(registry))


def _none_such(noun: str, name: str, there: list[str]) -> WarclaimsError:
    article = "an" if noun[0] in "aeiou" else "a"
    return WarclaimsError(
        f"there is no {noun} {name!r}; there {'is' if len(there) == 1 else 'are'}: "
        f"{', '.join(there) or f'not {article} single one'}"
    )

"""Select claims by the limits of :mod:`warclaims.limits`, and sort them."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from warclaims.derive.accusations import sides
from warclaims.errors import WarclaimsError
from warclaims.folding import fold
from warclaims.hierarchy import ancestors
from warclaims.hints import near_matches
from warclaims.limits import limit_help
from warclaims.wording import labels_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from warclaims.corpus import Registries
    from warclaims.limits import ClaimLimits
    from warclaims.records import Claim

    ClaimTest = Callable[[Claim], bool]

UNKNOWN = "unknown"
"""Selects texts whose outlet is not known."""

ORDERS: dict[str, Callable[[Claim], Any]] = {
    "text": lambda claim: (claim.document, claim.start, claim.end),
    "date": lambda claim: (claim.date or "9999", claim.document, claim.start),
    "count": lambda claim: -(claim.value if claim.value is not None else -1),
    "outlet": lambda claim: (claim.outlet or "\uffff", claim.document, claim.start),
    "outcome": lambda claim: (claim.outcome, claim.document, claim.start),
}
"""What claims can be sorted by; ties keep the order of the texts."""

_LISTS: dict[str, Callable[[Claim], tuple[str, ...]]] = {
    "outcome": lambda claim: (claim.outcome,),
    "status": lambda claim: sum((group.status for group in claim.groups), claim.status),
    "cause": lambda claim: claim.cause,
}
"""The values of a claim in each open list by which claims are selected."""

_REGISTRIES = {
    "event": "events",
    "place": "places",
    "source": "actors",
    "perpetrator": "actors",
    "source_side": "sides",
    "side": "sides",
}
"""The registry in which the value of a limit is an entry."""

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def given(limits: ClaimLimits) -> dict[str, Any]:
    """The limits that limit anything.

    Raises:
        TypeError: there is no such limit.
    """
    if unknown := limits.keys() - limit_help().keys():
        raise TypeError(f"unexpected keyword argument: {', '.join(sorted(unknown))}")
    return {name: value for name, value in limits.items() if value not in (None, False)}


def select(
    claims: Iterable[Claim],
    registries: Registries,
    limits: ClaimLimits,
    disputed: Collection[str] = (),
) -> list[Claim]:
    """The claims that meet every limit. Names match by id or label, without case.

    ``disputed`` are the ids of the claims that sources disagree on.

    Raises:
        WarclaimsError: unknown event, place, actor, side, outcome, status, cause or outlet; or not
            a date.
    """
    claims = found = list(claims)
    for name, value in given(limits).items():
        if name == "disagreements":
            test: ClaimTest = lambda claim: claim.id in disputed  # noqa: E731
        elif name in _FLAGS:
            test = _FLAGS[name]
        elif name in _DATES:
            test = partial(_DATES[name], _date(name, value))
        else:
            test = _TESTS[name](_one_of(name, value, choices(name, claims, registries)), registries)
        found = [claim for claim in found if test(claim)]
    return found


def choices(limit: str, claims: Iterable[Claim], registries: Registries) -> dict[str, str]:
    """The values that a limit accepts, each with its label."""
    if limit == "outlet":
        return {claim.outlet or UNKNOWN: claim.outlet or UNKNOWN for claim in claims}
    if limit in _LISTS:
        return {one: it.label for one, it in registries.lists.members(limit).items()}
    return labels_of(getattr(registries, _REGISTRIES[limit]))


def entry_of(limit: str, value: str, registries: Registries) -> str:
    """The id of the registry entry that a value names by id or label.

    Raises:
        WarclaimsError: there is none.
    """
    return _one_of(limit, value, choices(limit, (), registries))


def _one_of(limit: str, value: str, labels: Mapping[str, str]) -> str:
    """The name that a value gives by itself or by its label, without case."""
    if value in labels:
        return value
    wanted = _plain(value)
    found = [one for one, label in labels.items() if wanted in (_plain(one), _plain(label))]
    if len(found) == 1:
        return found[0]
    if found:
        raise WarclaimsError(f"{value!r} may be several: {', '.join(found)}. Name one by its id.")
    near = near_matches(wanted, labels)
    command = f"warclaims claims --list {limit.replace('_', '-')}"
    if near:
        named = [f"{one} ({labels[one]})" for one in near if labels[one] != one]
        meant = " or ".join(map(repr, near))
        hint = f"did you mean {meant}? {'; '.join([*named, f'all: {command}'])}"
    elif len(labels) <= _FEW:
        hint = f"known: {', '.join(labels) or 'none'}"
    else:
        hint = f"known: see {command}"
    raise WarclaimsError(f"unknown {_NOUNS.get(limit, limit)} {value!r}; {hint}")


_NOUNS = {"source": "actor", "perpetrator": "actor", "source_side": "side"}
"""What the value of a limit is, if not what the limit is called."""

_FEW = 12
"""So many names are listed instead of near matches."""


def _plain(words: str) -> str:
    return fold(words).casefold().replace("_", " ").replace("-", " ")


def _event(name: str, registries: Registries) -> ClaimTest:
    events = _within(name, registries.events, "parent")
    return lambda claim: not events.isdisjoint(claim.events)


def _place(name: str, registries: Registries) -> ClaimTest:
    places = _within(name, registries.places, "parent")
    there = {one.id for one in registries.events.values() if not places.isdisjoint(one.places)}
    return lambda claim: not there.isdisjoint(claim.events)


def _source(name: str, registries: Registries) -> ClaimTest:
    actors = _within(name, registries.actors, "affiliation")
    return lambda claim: any(not actors.isdisjoint(step.entity) for step in claim.chain)


def _source_side(name: str, registries: Registries) -> ClaimTest:
    def test(claim: Claim) -> bool:
        return bool(claim.chain) and name in sides(claim.chain[-1].entity, registries.actors)

    return test


def _side(name: str, registries: Registries) -> ClaimTest:
    return lambda claim: claim.side == name


def _perpetrator(name: str, registries: Registries) -> ClaimTest:
    actors = _within(name, registries.actors, "affiliation")
    return lambda claim: claim.perpetrator_entity in actors


def _outlet(name: str, registries: Registries) -> ClaimTest:
    return lambda claim: (claim.outlet or UNKNOWN) == name


def _of_list(limit: str) -> Callable[[str, Registries], ClaimTest]:
    def make(value: str, registries: Registries) -> ClaimTest:
        def test(claim: Claim) -> bool:
            return any(registries.lists.is_kind(limit, one, value) for one in _LISTS[limit](claim))

        return test

    return make


_TESTS: dict[str, Callable[[str, Registries], ClaimTest]] = {
    "event": _event,
    "place": _place,
    "source": _source,
    "source_side": _source_side,
    "side": _side,
    "perpetrator": _perpetrator,
    "outlet": _outlet,
    **{name: _of_list(name) for name in _LISTS},
}

_FLAGS: dict[str, ClaimTest] = {
    "narrator_only": lambda claim: claim.narrator,
    "depends_on_reading": lambda claim: bool(claim.alternatives),
}


def _since(day: str, claim: Claim) -> bool:
    """True if the text may be of that day or later: a date that is known in part may be."""
    length = min(len(day), len(claim.date or ""))
    return length > 0 and (claim.date or "")[:length] >= day[:length]


def _until(day: str, claim: Claim) -> bool:
    length = min(len(day), len(claim.date or ""))
    return length > 0 and (claim.date or "")[:length] <= day[:length]


_DATES: dict[str, Callable[[str, Claim], bool]] = {"since": _since, "until": _until}


def _date(name: str, value: str) -> str:
    if not _DATE.fullmatch(value):
        raise WarclaimsError(f"{name}: {value!r} is not a date. Write 2023-09-19, 2023-09 or 2023.")
    return value


def _within(name: str, registry: Mapping[str, object], field: str) -> set[str]:
    """The entry and all that lie in it or belong to it."""
    parents = {one: getattr(getattr(entry, field), "id", None) for one, entry in registry.items()}
    return {one for one in parents if name in ancestors(one, parents)}

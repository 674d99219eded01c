"""Select claims by the filters of :mod:`warclaims.claim_filters`, and sort them."""

from __future__ import annotations

import re
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from warclaims.claim_filters import filter_help
from warclaims.derive.dates import is_before
from warclaims.derive.sides import sides
from warclaims.errors import WarclaimsError
from warclaims.folding import fold
from warclaims.hierarchy import within
from warclaims.hints import near_matches
from warclaims.wording import labels_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from warclaims.claim_filters import ClaimFilters
    from warclaims.corpus import Registries
    from warclaims.records import BlameStatement, Claim, Document

    ClaimTest = Callable[[Claim], bool]
    StatementTest = Callable[[BlameStatement], bool]

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
"""The registry in which the value of a filter is an entry."""

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def given(filters: ClaimFilters) -> dict[str, Any]:
    """The filters that filter anything.

    Days are given as text.

    Raises:
        TypeError: there is no such filter.
        WarclaimsError: a value is not text, or the first day is after the last.
    """
    known = filter_help()
    if unknown := filters.keys() - known.keys():
        raise TypeError(f"unexpected keyword argument: {', '.join(sorted(unknown))}")
    found: dict[str, Any] = {
        name: value for name, value in filters.items() if value not in (None, False)
    }
    for name, value in found.items():
        if name in _DATES:
            found[name] = _date(name, value)
        elif known[name].metavar is not None and not isinstance(value, str):
            raise WarclaimsError(f"{name}: give one name as text, not {value!r}")
    first, last = found.get("since", ""), found.get("until", "9999")
    length = min(len(first), len(last))
    if first[:length] > last[:length]:
        raise WarclaimsError(f"since {first} is after until {last}, so no text is of both")
    return found


def select(
    claims: Iterable[Claim],
    registries: Registries,
    filters: ClaimFilters,
    outlets: Collection[str],
    disputed: Collection[str] = (),
) -> list[Claim]:
    """The claims that match every filter. Names match by id or label, without case.

    ``outlets`` are those of all texts, ``disputed`` the ids of the claims that sources disagree on.

    Raises:
        WarclaimsError: unknown event, place, actor, side, outcome, status, cause or outlet; or not
            a date.
    """
    tests: list[ClaimTest] = []
    for name, value in given(filters).items():
        if name == "disagreements":
            test: ClaimTest = lambda claim: claim.id in disputed  # noqa: E731
        elif name in _FLAGS:
            test = _FLAGS[name]
        elif name in _DATES:
            test = partial(_DATES[name], value)
        else:
            known = choices(name, registries, outlets)
            test = _TESTS[name](
                _one_of(name, value, known, _meanings(name, registries)), registries
            )
        tests.append(test)
    return [claim for claim in claims if all(test(claim) for test in tests)]


def select_statements(
    said: Sequence[BlameStatement],
    registries: Registries,
    filters: ClaimFilters,
    outlets: Collection[str],
) -> tuple[BlameStatement, ...]:
    """The accusations and denials that match every filter, with what answers them.

    The perpetrator is who is blamed. No statement matches a filter on victims, or a flag.

    Raises:
        WarclaimsError: as :func:`select`.
    """
    found = list(said)
    for name, value in given(filters).items():
        if name in _DATES:
            dated = partial(_DATES[name], value)
            found = [one for one in found if dated(one)]
        elif name in _OF_STATEMENTS:
            known = choices(name, registries, outlets)
            test = _OF_STATEMENTS[name](_one_of(name, value, known), registries)
            found = [one for one in found if test(one)]
        else:
            return ()
    ids = {one.id for one in found}
    return tuple(one for one in said if one.id in ids or one.answers in ids)


def outlets_of(documents: Iterable[Document]) -> list[str]:
    """The outlets of texts; *unknown* if a text has none."""
    return [*dict.fromkeys(one.outlet.value or UNKNOWN for one in documents)]


def choices(name: str, registries: Registries, outlets: Collection[str] = ()) -> dict[str, str]:
    """The values that a filter accepts, each with its label."""
    if name == "outlet":
        return {one: one for one in outlets}
    if name in _LISTS:
        return {one: it.label for one, it in registries.lists.members(name).items()}
    return labels_of(getattr(registries, _REGISTRIES[name]))


def entry_of(name: str, value: str, registries: Registries) -> str:
    """The id of the registry entry that a value names by id or label.

    Raises:
        WarclaimsError: there is none.
    """
    return _one_of(name, value, choices(name, registries))


def _meanings(name: str, registries: Registries) -> dict[str, str]:
    """What the values of an open list mean; of other filters nothing."""
    values = registries.lists.members(name) if name in _LISTS else {}
    return {value: one.meaning for value, one in values.items()}


def _one_of(
    name: str,
    value: str,
    labels: Mapping[str, str],
    meanings: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """The name that a value gives by itself or by its label, without case.

    If it gives none, names whose label or meaning has its words are suggested.
    """
    if value in labels:
        return value
    wanted = _plain(value)
    found = [one for one, label in labels.items() if wanted in (_plain(one), _plain(label))]
    if len(found) == 1:
        return found[0]
    if found:
        raise WarclaimsError(f"{value!r} may be several: {', '.join(found)}. Name one by its id.")
    explained = {one: labels[one] for one in near_matches(wanted, labels, alike=False)}
    explained = explained or {
        one: meanings[one] for one in near_matches(wanted, meanings, alike=False)
    }
    explained = explained or {one: labels[one] for one in near_matches(wanted, labels)}
    command = f"warclaims claims --list {name.replace('_', '-')}"
    known = f"all: {command}"
    if len(labels) <= _FEW and (meanings or not explained):
        known = f"known: {', '.join(labels) or 'none'}"
    if explained:
        named = [f"{one} ({words})" for one, words in explained.items() if words != one]
        hint = f"did you mean {' or '.join(map(repr, explained))}? {'; '.join([*named, known])}"
    else:
        hint = known.replace("all: ", "known: see ")
    raise WarclaimsError(f"unknown {_NOUNS.get(name, name)} {value!r}; {hint}")


_NOUNS = {"source": "actor", "perpetrator": "actor", "source_side": "side"}
"""What the value of a filter is, if not what the filter is called."""

_FEW = 12
"""So many names are listed instead of near matches."""


def _plain(words: str) -> str:
    return fold(words).casefold().replace("_", " ").replace("-", " ")


def _event(name: str, registries: Registries) -> ClaimTest:
    events = within(name, registries.events)
    return lambda claim: not events.isdisjoint(claim.events)


def _place(name: str, registries: Registries) -> ClaimTest:
    there = _events_at(name, registries)
    return lambda claim: not there.isdisjoint(claim.events)


def _events_at(name: str, registries: Registries) -> set[str]:
    places = within(name, registries.places)
    return {one.id for one in registries.events.values() if not places.isdisjoint(one.places)}


def _source(name: str, registries: Registries) -> ClaimTest:
    actors = within(name, registries.actors, "affiliation")
    return lambda claim: any(not actors.isdisjoint(step.entity) for step in claim.chain)


def _source_side(name: str, registries: Registries) -> ClaimTest:
    def test(claim: Claim) -> bool:
        return bool(claim.chain) and name in sides(claim.chain[-1].entity, registries.actors)

    return test


def _side(name: str, registries: Registries) -> ClaimTest:
    return lambda claim: claim.side == name


def _perpetrator(name: str, registries: Registries) -> ClaimTest:
    actors = within(name, registries.actors, "affiliation")
    return lambda claim: claim.perpetrator_entity in actors


def _outlet(name: str, registries: Registries) -> ClaimTest:
    return lambda claim: (claim.outlet or UNKNOWN) == name


def _of_list(name: str) -> Callable[[str, Registries], ClaimTest]:
    def make(value: str, registries: Registries) -> ClaimTest:
        def test(claim: Claim) -> bool:
            return any(registries.lists.is_kind(name, one, value) for one in _LISTS[name](claim))

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


def _is_by(name: str, registries: Registries) -> StatementTest:
    actors = within(name, registries.actors, "affiliation")
    return lambda one: not actors.isdisjoint(one.source)


def _blames(name: str, registries: Registries) -> StatementTest:
    actors = within(name, registries.actors, "affiliation")
    return lambda one: not actors.isdisjoint(one.blames)


_OF_STATEMENTS: dict[str, Callable[[str, Registries], StatementTest]] = {
    "place": lambda name, registries: (
        lambda one: not _events_at(name, registries).isdisjoint(one.events)
    ),
    "source": _is_by,
    "source_side": lambda name, registries: (
        lambda one: name in sides(one.source, registries.actors)
    ),
    "perpetrator": _blames,
    "outlet": lambda name, _: lambda one: (one.outlet or UNKNOWN) == name,
}


def _since(day: str, claim: Claim | BlameStatement) -> bool:
    """True if the text may be of that day or later: a date that is known in part may be."""
    return claim.date is not None and not is_before(claim.date, day)


def _until(day: str, claim: Claim | BlameStatement) -> bool:
    return claim.date is not None and not is_before(day, claim.date)


_DATES: dict[str, Callable[[str, Claim | BlameStatement], bool]] = {
    "since": _since,
    "until": _until,
}


def _date(name: str, value: str | date) -> str:
    if isinstance(value, date):
        return value.isoformat()[:10]
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise WarclaimsError(f"{name}: {value!r} is not a date. Write 2023-09-19, 2023-09 or 2023.")
    return value

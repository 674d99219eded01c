"""How claims about the same events stand to each other, decided by rules and said in words.

Tolls grow and reports differ: a contradiction says that two statements differ, never that one of
them is false. Nothing here merges or corrects a number.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from warclaims.derive.conflicts import by_event, parents
from warclaims.derive.counts import Bounds
from warclaims.lineage import lineage
from warclaims.records import Relation, RelationKind
from warclaims.records.vocabulary import Cause, Outcome, Quantifier, VictimAge, VictimStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from warclaims.records import Claim, Event

_GENERAL_CAUSES = frozenset({Cause.UNSPECIFIED, Cause.FIGHTING, Cause.EXPULSION})


def relate(claims: Iterable[Claim], events: Mapping[str, Event]) -> dict[str, tuple[Relation, ...]]:
    """For each claim, by id, how it stands to every other that speaks of the same victims or more.

    Claims are compared within one outcome if the events of one include those of the other (an
    event includes its parts). Claims that are plainly about other people are not related.
    """
    listed = list(claims)
    position = {claim.id: n for n, claim in enumerate(listed)}
    events_of = _EventTree(events)
    pairs = {
        (a.id, b.id): (a, b)
        for group in by_event(listed, events).values()
        for a, b in combinations(group, 2)
        if events_of.includes(a, b) or events_of.includes(b, a)
    }
    found: dict[str, list[Relation]] = {claim.id: [] for claim in listed}
    for a, b in pairs.values():
        verdict = _compare(a, b, events_of)
        if verdict is not None:
            kind, reason = verdict
            found[a.id].append(Relation(claim=b.id, kind=kind, reason=reason))
            found[b.id].append(Relation(claim=a.id, kind=kind, reason=reason))
    return {
        name: tuple(sorted(relations, key=lambda relation: position[relation.claim]))
        for name, relations in found.items()
    }


class _EventTree:
    def __init__(self, events: Mapping[str, Event]) -> None:
        self._events = events
        self._parents = parents(events)
        self._wholes = set(self._parents.values())

    def includes(self, whole: Claim, part: Claim) -> bool:
        """True if each event of ``part`` is, or is part of, an event of ``whole``."""
        mine = set(whole.events)
        return bool(part.events) and all(
            mine & set(lineage(name, self._parents)) for name in part.events
        )

    def same(self, a: Claim, b: Claim) -> bool:
        return self.includes(a, b) and self.includes(b, a)

    def one_incident(self, claim: Claim) -> bool:
        """True if the claim is about a single incident without parts of its own."""
        return len(claim.events) == 1 and claim.events[0] not in self._wholes

    def labels(self, claim: Claim) -> str:
        return _listed([self._label(name) for name in claim.events])

    def _label(self, name: str) -> str:
        return self._events[name].label if name in self._events else name


Verdict = tuple[RelationKind, str] | None


def _compare(a: Claim, b: Claim, events: _EventTree) -> Verdict:
    if b.id in a.subset_of or a.id in b.subset_of:
        return _part_of(*((a, b) if b.id in a.subset_of else (b, a)))
    if a.outcome != b.outcome:
        return _other_outcome(a, b, events)
    same_events = events.same(a, b)
    if _other_people(a, b) and not (same_events and _same_people(a, b, events)):
        return None
    for rule in (_incomparable, _wider_events, _differing_descriptions, _wider_victims):
        verdict = rule(a, b, events)
        if verdict is not None:
            return verdict
    return _by_count(a, b)


def _part_of(part: Claim, whole: Claim) -> Verdict:
    others = len(part.subset_of) - 1
    union = f" and {others} more together" if others else ""
    return RelationKind.COMPATIBLE, f"“{part.text}” is said to be among “{whole.text}”{union}"


def _other_outcome(a: Claim, b: Claim, events: _EventTree) -> Verdict:
    both = Outcome.KILLED_OR_INJURED
    if not ({a.outcome, b.outcome} - {both} <= {Outcome.KILLED, Outcome.INJURED}):
        return None
    if both not in (a.outcome, b.outcome) or _other_people(a, b) or not events.same(a, b):
        return None
    wide, narrow = (a, b) if a.outcome is both else (b, a)
    return (
        RelationKind.SCOPE,
        f"“{wide.text}” counts dead and wounded together, “{narrow.text}” only the "
        f"{narrow.outcome.value}",
    )


def _incomparable(a: Claim, b: Claim, events: _EventTree) -> Verdict:
    if _bounds(a).known and _bounds(b).known:
        return None
    if _same_number(a, b) and events.same(a, b):
        return None
    loose = a if not _bounds(a).known else b
    reason = f"“{loose.text}” ({loose.quantifier.value.replace('_', ' ')}) sets no bounds"
    if len(a.events) != len(b.events):
        many, few = (a, b) if len(a.events) > len(b.events) else (b, a)
        reason = (
            f"“{many.text}” is one total for {events.labels(many)}, “{few.text}” covers only "
            f"{events.labels(few)}; and {reason}"
        )
    return RelationKind.INCOMPARABLE, reason


def _wider_events(a: Claim, b: Claim, events: _EventTree) -> Verdict:
    if events.same(a, b):
        return None
    wide, narrow = (a, b) if events.includes(a, b) else (b, a)
    return (
        RelationKind.SCOPE,
        f"“{wide.text}” covers {events.labels(wide)}, “{narrow.text}” only {events.labels(narrow)}",
    )


def _differing_descriptions(a: Claim, b: Claim, events: _EventTree) -> Verdict:
    """The same people, by event and number, under another cause or status."""
    if a.document == b.document or not _same_people(a, b, events):
        return None
    differences = []
    if a.cause != b.cause and not {a.cause, b.cause} & _GENERAL_CAUSES:
        differences.append(
            f"{_words(a.cause)} ({a.document}) against {_words(b.cause)} ({b.document})"
        )
    if a.status != b.status and VictimStatus.UNSPECIFIED not in (a.status, b.status):
        differences.append(
            f"{_words(a.status)} ({a.document}) against {_words(b.status)} ({b.document})"
        )
    if not differences:
        return None
    return (
        RelationKind.CONTRADICT,
        f"the same victims ({events.labels(a)}), but {' and '.join(differences)}",
    )


def _wider_victims(a: Claim, b: Claim, events: _EventTree) -> Verdict:
    """One speaks of people as such, the other of a group among them."""
    limits = {_limits(a, b): b, _limits(b, a): a}
    limits.pop("", None)
    if not limits or _same_number(a, b):
        return None
    if len(limits) == 2:
        said = "; ".join(f"“{narrow.text}” {words}" for words, narrow in limits.items())
        return RelationKind.COMPATIBLE, f"neither group includes the other: {said}"
    ((words, narrow),) = limits.items()
    wide = b if narrow is a else a
    return (
        RelationKind.SCOPE,
        f"“{wide.text}” covers victims of any description, “{narrow.text}” only those said to be "
        f"{words}",
    )


def _by_count(a: Claim, b: Claim) -> Verdict:
    mine, other = _bounds(a), _bounds(b)
    if _same_number(a, b):
        return RelationKind.AGREE, f"the same count: {a.value:,}"
    if a.value is None and b.value is None:
        return RelationKind.COMPATIBLE, "neither gives a number"
    round_thousand = a.value == b.value and a.value and a.value % 1000 == 0
    if round_thousand and {a.quantifier, b.quantifier} == {Quantifier.EXACT, Quantifier.MORE_THAN}:
        return (
            RelationKind.ROUNDING,
            f"{a.value:,} as a round number against more than {a.value:,}",
        )
    if mine.overlaps(other):
        return RelationKind.COMPATIBLE, f"both can be true: {mine} and {other}"
    return RelationKind.CONTRADICT, f"the same victims, but {mine} against {other}"


def _bounds(claim: Claim) -> Bounds:
    return Bounds(claim.minimum, claim.maximum)


def _same_number(a: Claim, b: Claim) -> bool:
    return a.value is not None and (a.quantifier, a.value) == (b.quantifier, b.value)


def _same_people(a: Claim, b: Claim, events: _EventTree) -> bool:
    """One incident, one number: taken for the same people whatever they are called."""
    return (
        events.same(a, b)
        and events.one_incident(a)
        and a.value is not None
        and a.value == b.value
        and (a.document != b.document)
    )


def _other_people(a: Claim, b: Claim) -> bool:
    """True if status, age or side, both stated, set the victims apart."""
    mixed = VictimStatus.MIXED
    return (
        (
            _both_state(a.status, b.status, VictimStatus.UNSPECIFIED)
            and mixed not in (a.status, b.status)
        )
        or _both_state(a.age, b.age, VictimAge.UNSPECIFIED)
        or _both_state(a.side, b.side, None)
    )


def _both_state(mine: object, other: object, silent: object) -> bool:
    return mine != other and silent not in (mine, other)


def _limits(wide: Claim, narrow: Claim) -> str:
    """What restricts ``narrow`` and not ``wide``, in words; empty if nothing."""
    limits = []
    loose = (VictimStatus.UNSPECIFIED, VictimStatus.MIXED)
    if narrow.status not in loose and wide.status in loose:
        limits.append(_words(narrow.status))
    if narrow.age is not VictimAge.UNSPECIFIED and wide.age is VictimAge.UNSPECIFIED:
        limits.append(_words(narrow.age))
    if narrow.side is not None and wide.side is None:
        limits.append(f"of side {narrow.side}")
    return _listed(limits) if limits else ""


def _words(value: str) -> str:
    return str(value).replace("_", " ")


def _listed(items: list[str]) -> str:
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)

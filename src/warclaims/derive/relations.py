"""How claims about the same events stand to each other, decided by rules and said in words.

Tolls grow and reports differ: a contradiction says that two statements differ, never that one of
them is false. Nothing here merges or corrects a number.

Two claims are compared in five respects: events, outcome, status, age and side. In each, one may
be wider than the other, or they may exclude each other. Which of the rules below applies follows
from that and from the bounds of the counts.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from warclaims.derive.counts import Bounds
from warclaims.derive.events import EventTree
from warclaims.derive.sourcing import sourcing
from warclaims.records import ClaimRelation, RelationKind
from warclaims.records.vocabulary import Cause, Outcome, Quantifier, VictimAge, VictimStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from warclaims.records import Actor, Claim, Event

_GENERAL_CAUSES = frozenset({Cause.UNSPECIFIED, Cause.FIGHTING, Cause.EXPULSION})
_ANYBODY = (VictimStatus.UNSPECIFIED, VictimStatus.MIXED)


def relate(
    claims: Iterable[Claim],
    events: Mapping[str, Event] | EventTree,
    actors: Mapping[str, Actor] | None = None,
) -> dict[str, tuple[ClaimRelation, ...]]:
    """For each claim, by id, how it stands to every other that speaks of the same victims or more.

    Claims are compared if the events of one include those of the other (an event includes its
    parts). Claims that are plainly about other people, or another outcome, are not related.
    ``actors`` is the registry that sources are named from in reasons; without it they are named by
    id. Whoever asks often gives the events as a tree, which is then not built anew.
    """
    listed = list(claims)
    by_id = {claim.id: claim for claim in listed}
    position = {name: number for number, name in enumerate(by_id)}
    tree = events if isinstance(events, EventTree) else EventTree(events)
    found: dict[str, list[ClaimRelation]] = {name: [] for name in by_id}
    for a, b in _pairs(listed, tree):
        verdict = _compare(a, b, tree, by_id)
        if verdict is not None:
            found_out = sourcing(a, b, verdict.kind, tree, actors or {})
            for one, other in ((a, b), (b, a)):
                found[one.id].append(
                    ClaimRelation(
                        claim=other.id,
                        kind=verdict.kind,
                        wider=verdict.wider.id if verdict.wider else None,
                        reason=verdict.reason,
                        sourcing=found_out.kind if found_out else None,
                        sourcing_reason=found_out.reason if found_out else None,
                    )
                )
    return {
        name: tuple(sorted(relations, key=lambda relation: position[relation.claim]))
        for name, relations in found.items()
    }


def _pairs(claims: list[Claim], tree: EventTree) -> Iterator[tuple[Claim, Claim]]:
    """The pairs to compare: each claim with those on its own events and the events above."""
    on_event: dict[str, list[Claim]] = defaultdict(list)
    order = {claim.id: number for number, claim in enumerate(claims)}
    for claim in claims:
        for name in claim.events:
            on_event[name].append(claim)
    for part in claims:
        wholes = {
            whole.id: whole
            for event in part.events
            for name in tree.ancestors(event)
            for whole in on_event[name]
        }
        for whole in wholes.values():
            if whole.id == part.id or not tree.includes(whole.events, part.events):
                continue
            # Claims on equal events include each other; they are compared once.
            first, second = sorted((part, whole), key=lambda claim: order[claim.id])
            if part is first or not tree.includes(part.events, whole.events):
                yield first, second


class _Verdict(NamedTuple):
    kind: RelationKind
    reason: str
    wider: Claim | None = None


class _Respect(NamedTuple):
    """One respect in which ``wide`` covers more than ``narrow``, in words."""

    wide: Claim
    narrow: Claim
    reason: str


def _compare(a: Claim, b: Claim, tree: EventTree, by_id: Mapping[str, Claim]) -> _Verdict | None:
    if b.id in a.subset_of or a.id in b.subset_of:
        return _part_of(*((a, b) if b.id in a.subset_of else (b, a)), by_id)
    same_people = _same_people(a, b, tree)
    if _other_outcome(a, b) or _other_people(a, b, ignore_status=same_people):
        return None
    respects = [*_event_respect(a, b, tree), *_outcome_respect(a, b), *_people_respects(a, b)]
    # A text that is silent about the side does not mean more people: it decides nothing beside
    # the other respects.
    respects = respects or [*_side_respect(a, b)]
    if not (_bounds(a).known and _bounds(b).known):
        return _without_bounds(a, b, respects)
    if same_people and (differences := _differences(a, b)):
        return _Verdict(
            RelationKind.CONTRADICT,
            f"by event and number the same victims ({tree.labels(a.events)}), "
            f"but {' and '.join(differences)}",
        )
    if respects and not (same_people and _same_number(a, b)):
        return _wider(a, b, respects, tree)
    return _by_count(a, b)


def _part_of(part: Claim, whole: Claim, by_id: Mapping[str, Claim]) -> _Verdict:
    wholes = [f"“{by_id[n].text}”" for n in part.subset_of if n in by_id]
    together = f" {_listed(wholes)} taken together" if len(wholes) > 1 else f" “{whole.text}”"
    return _Verdict(RelationKind.COMPATIBLE, f"“{part.text}” is said to be among{together}", whole)


def _other_outcome(a: Claim, b: Claim) -> bool:
    harm = {Outcome.KILLED, Outcome.INJURED, Outcome.KILLED_OR_INJURED}
    if a.outcome == b.outcome:
        return False
    return (
        Outcome.KILLED_OR_INJURED not in (a.outcome, b.outcome)
        or not {
            a.outcome,
            b.outcome,
        }
        <= harm
    )


def _other_people(a: Claim, b: Claim, *, ignore_status: bool) -> bool:
    """True if status, age or side, both stated, set the victims apart."""
    status = not ignore_status and not {a.status, b.status} & set(_ANYBODY) and a.status != b.status
    age = VictimAge.UNSPECIFIED not in (a.age, b.age) and a.age != b.age
    side = None not in (a.side, b.side) and a.side != b.side
    return status or age or side


def _same_people(a: Claim, b: Claim, tree: EventTree) -> bool:
    """Two texts, one incident, one outcome, one number: taken for the same people."""
    return (
        a.document != b.document
        and a.outcome == b.outcome
        and a.value is not None
        and a.value == b.value
        and len(a.events) == 1
        and a.events == b.events
        and tree.one_incident(a.events[0])
    )


def _differences(a: Claim, b: Claim) -> list[str]:
    """Cause and status where the two give the same victims another one, in words."""
    found: list[tuple[str, str]] = []
    if a.cause != b.cause and not {a.cause, b.cause} & _GENERAL_CAUSES:
        found.append((a.cause, b.cause))
    if a.status != b.status and not {a.status, b.status} & set(_ANYBODY):
        found.append((a.status, b.status))
    return [
        f"{_words(mine)} ({a.document}) against {_words(other)} ({b.document})"
        for mine, other in found
    ]


def _event_respect(a: Claim, b: Claim, tree: EventTree) -> Iterator[_Respect]:
    over, under = tree.includes(a.events, b.events), tree.includes(b.events, a.events)
    if over and under:
        return
    wide, narrow = (a, b) if over else (b, a)
    yield _Respect(
        wide,
        narrow,
        f"“{wide.text}” is a count for {tree.labels(wide.events)}, “{narrow.text}” for "
        f"{tree.labels(narrow.events)} only",
    )


def _outcome_respect(a: Claim, b: Claim) -> Iterator[_Respect]:
    if a.outcome != b.outcome:
        wide, narrow = (a, b) if a.outcome is Outcome.KILLED_OR_INJURED else (b, a)
        yield _Respect(
            wide,
            narrow,
            f"“{wide.text}” counts dead and wounded together, “{narrow.text}” only the "
            f"{narrow.outcome.value}",
        )


_KINDS = {
    VictimStatus.CIVILIAN: "civilians",
    VictimStatus.MILITARY: "soldiers",
    VictimStatus.POLICE: "police",
}
_AGES = {VictimAge.CHILD: "children", VictimAge.ADULT: "adults"}


def _people_respects(a: Claim, b: Claim) -> Iterator[_Respect]:
    for wide, narrow in ((a, b), (b, a)):
        kind = _KINDS.get(narrow.status) if wide.status in _ANYBODY else None
        age = _AGES.get(narrow.age) if wide.age is VictimAge.UNSPECIFIED else None
        limits = " who are ".join(filter(None, (kind, age)))
        if limits:
            several = kind and wide.status is VictimStatus.MIXED
            others = "people of several kinds" if several else "people without that limit"
            yield _Respect(
                wide, narrow, f"“{narrow.text}” counts only {limits}, “{wide.text}” {others}"
            )


def _side_respect(a: Claim, b: Claim) -> Iterator[_Respect]:
    if (a.side is None) != (b.side is None):
        wide, narrow = (a, b) if a.side is None else (b, a)
        yield _Respect(
            wide,
            narrow,
            f"“{narrow.text}” counts only people of side {narrow.side}, “{wide.text}” people "
            "without that limit",
        )


def _without_bounds(a: Claim, b: Claim, respects: list[_Respect]) -> _Verdict:
    if _same_number(a, b) and not respects:
        return _Verdict(RelationKind.AGREE, f"the same words for the number: {a.value:,}")
    loose = [claim for claim in (a, b) if not _bounds(claim).known]
    words = _listed([f"“{claim.text}” ({_words(claim.quantifier)})" for claim in loose])
    bounds = f"{words} {'set' if len(loose) > 1 else 'sets'} no bounds"
    reasons = [*(respect.reason for respect in respects), bounds]
    return _Verdict(RelationKind.INCOMPARABLE, "; ".join(reasons))


def _wider(a: Claim, b: Claim, respects: list[_Respect], tree: EventTree) -> _Verdict | None:
    reason = "; ".join(respect.reason for respect in respects)
    if len({respect.wide.id for respect in respects}) > 1:
        if not tree.same(a.events, b.events):
            return None  # wider in one respect, narrower in another, on other events: nothing holds
        return _Verdict(RelationKind.COMPATIBLE, f"neither is said to include the other: {reason}")
    wide, narrow = respects[0].wide, respects[0].narrow
    most, least = _bounds(wide).maximum, _bounds(narrow).minimum
    if most is not None and least is not None and most < least:
        return _Verdict(
            RelationKind.CONTRADICT,
            f"the wider count is the smaller: {_bounds(wide)} against {_bounds(narrow)}; {reason}",
            wide,
        )
    return _Verdict(RelationKind.SCOPE, reason, wide)


def _by_count(a: Claim, b: Claim) -> _Verdict:
    if _same_number(a, b):
        return _Verdict(RelationKind.AGREE, f"the same count: {_bounds(a)}")
    if a.value is None and b.value is None:
        return _Verdict(RelationKind.COMPATIBLE, "neither gives a number")
    round_thousand = a.value == b.value and a.value and a.value % 1000 == 0
    if round_thousand and {a.quantifier, b.quantifier} == {Quantifier.EXACT, Quantifier.MORE_THAN}:
        return _Verdict(
            RelationKind.ROUNDING, f"{a.value:,} as a round number against more than {a.value:,}"
        )
    if _bounds(a).overlaps(_bounds(b)):
        return _Verdict(RelationKind.COMPATIBLE, f"both can be true: {_bounds(a)} and {_bounds(b)}")
    return _Verdict(
        RelationKind.CONTRADICT,
        f"the same event, outcome and description of the victims, but {_bounds(a)} against "
        f"{_bounds(b)}",
    )


def _bounds(claim: Claim) -> Bounds:
    return Bounds(claim.minimum, claim.maximum)


def _same_number(a: Claim, b: Claim) -> bool:
    return a.value is not None and (a.quantifier, a.value) == (b.quantifier, b.value)


def _words(value: str) -> str:
    return str(value).replace("_", " ")


def _listed(items: list[str]) -> str:
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)

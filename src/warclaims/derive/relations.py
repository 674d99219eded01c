"""How claims about the same events are related: a kind and the reason in words.

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
from warclaims.records import ClaimRelation, Lists, RelationKind
from warclaims.records.vocabulary import (
    Cause,
    Outcome,
    Quantifier,
    VictimAge,
    VictimCertainty,
    VictimSex,
    VictimStatus,
)
from warclaims.wording import listed, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from warclaims.records import Actor, Claim, Event

_GENERAL_CAUSES = frozenset({Cause.FIGHTING, Cause.EXPULSION})


def relate(
    claims: Iterable[Claim],
    events: Mapping[str, Event] | EventTree,
    actors: Mapping[str, Actor] | None = None,
) -> dict[str, tuple[ClaimRelation, ...]]:
    """The relations of each claim, by id, to every other about the same victims or more.

    Claims are compared if the events of one include those of the other (an event includes its
    parts). Claims that are plainly about other people, or another outcome, are not related.
    ``actors`` is the registry that sources are named from in reasons; without it they are named by
    id. Events can be given as a tree, to build it only once for many calls.
    """
    ordered = list(claims)
    by_id = {claim.id: claim for claim in ordered}
    position = {name: number for number, name in enumerate(by_id)}
    tree = events if isinstance(events, EventTree) else EventTree(events)
    found: dict[str, list[ClaimRelation]] = {name: [] for name in by_id}
    for a, b in _pairs(ordered, tree):
        verdict = _compare(a, b, tree, by_id)
        if verdict is not None:
            kind, reason = sourcing(a, b, verdict.kind, tree, actors or {})
            for one, other in ((a, b), (b, a)):
                found[one.id].append(
                    ClaimRelation(
                        claim=other.id,
                        kind=verdict.kind,
                        wider=verdict.wider.id if verdict.wider else None,
                        reason=verdict.reason,
                        sourcing=kind,
                        sourcing_reason=reason,
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


def _compare(a: Claim, b: Claim, tree: EventTree, by_id: Mapping[str, Claim]) -> _Verdict | None:
    if _is_linked(a, b) or _is_linked(b, a):
        return _by_link(a, b, by_id) or _by_link(b, a, by_id)
    same_people = _same_people(a, b, tree)
    if _other_outcome(a, b) or _other_people(a, b, ignore_status=same_people):
        return None
    # A text that is silent about the side does not mean more people: it decides nothing beside
    # the other respects.
    wider = [*_wider_respects(a, b, tree)] or [*_wider_side(a, b)]
    if not (_bounds(a).known and _bounds(b).known):
        return _without_bounds(a, b, [reason for _, _, reason in wider])
    if same_people and (differences := _differences(a, b)):
        return _Verdict(
            RelationKind.CONTRADICT,
            f"by event and number the same victims ({tree.labels(a.events)}), "
            f"but {' and '.join(differences)}",
        )
    if wider and not (same_people and _same_number(a, b)):
        return _by_scope(wider, same_events=tree.same(a.events, b.events))
    return _by_count(a, b)


def _is_linked(one: Claim, other: Claim) -> bool:
    return other.id in (*one.subset_of, *one.same_as, *one.revises, *one.besides)


def _by_link(part: Claim, whole: Claim, by_id: Mapping[str, Claim]) -> _Verdict | None:
    """What the links of a claim say of another one; nothing of people who are added to it."""
    if whole.id in part.subset_of:
        return _part_of(part, whole, by_id)
    if whole.id in part.same_as:
        return _Verdict(RelationKind.AGREE, f"“{part.text}” repeats “{whole.text}”")
    if whole.id in part.revises:
        return _Verdict(RelationKind.COMPATIBLE, f"“{part.text}” replaces “{whole.text}”")
    return None


def _part_of(part: Claim, whole: Claim, by_id: Mapping[str, Claim]) -> _Verdict:
    wholes = [f"“{by_id[n].text}”" for n in part.subset_of if n in by_id]
    together = f" {listed(wholes)} taken together" if len(wholes) > 1 else f" “{whole.text}”"
    return _Verdict(RelationKind.COMPATIBLE, f"“{part.text}” is said to be among{together}", whole)


def _other_outcome(a: Claim, b: Claim) -> bool:
    """True if the outcomes differ and none includes the other, or one count was retracted."""
    if VictimCertainty.RETRACTED in (a.certainty, b.certainty):
        return True
    outcomes: set[str] = {a.outcome, b.outcome}
    together = Outcome.KILLED_OR_INJURED
    return len(outcomes) > 1 and not (
        together in outcomes and outcomes <= {Outcome.KILLED, Outcome.INJURED, together}
    )


def _other_people(a: Claim, b: Claim, *, ignore_status: bool) -> bool:
    """True if status, age or side, both stated, set the victims apart."""
    one_kind = _is_one_kind(a) and _is_one_kind(b)
    status = not ignore_status and one_kind and _apart("status", a.status[0], b.status[0])
    age = VictimAge.UNSPECIFIED not in (a.age, b.age) and _apart("age", a.age, b.age)
    sex = VictimSex.UNSPECIFIED not in (a.sex, b.sex) and a.sex != b.sex
    side = None not in (a.side, b.side) and a.side != b.side
    return bool(status or age or sex or side or a.groups or b.groups)


def _apart(name: str, one: str, other: str) -> bool:
    """True if neither value is a kind of the other; a prisoner may be anybody."""
    if VictimStatus.PRISONER in (one, other):
        return False
    is_kind = Lists().is_kind
    return not is_kind(name, one, other) and not is_kind(name, other, one)


def _is_one_kind(claim: Claim) -> bool:
    """True if the whole quantity is said to be of one status."""
    return len(claim.status) == 1


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
    differing = []
    if a.cause and b.cause and not (set(a.cause) | set(b.cause)) & _GENERAL_CAUSES:
        differing.append((a.cause, b.cause))
    if _is_one_kind(a) and _is_one_kind(b):
        differing.append((a.status, b.status))
    return [
        f"{listed([*map(plain, mine)])} ({a.document}) against "
        f"{listed([*map(plain, other)])} ({b.document})"
        for mine, other in differing
        if mine != other
    ]


_KINDS: dict[str, str] = {
    VictimStatus.CIVILIAN: "civilians",
    VictimStatus.MILITARY: "soldiers",
    VictimStatus.POLICE: "police",
}
_AGES: dict[str, str] = {VictimAge.CHILD: "children", VictimAge.ADULT: "adults"}


def _kind(claim: Claim) -> str:
    return _KINDS.get(claim.status[0], plain(claim.status[0]))


def _wider_respects(a: Claim, b: Claim, tree: EventTree) -> Iterator[tuple[Claim, Claim, str]]:
    """Each respect in which one claim is wider: the wider claim, the narrower one, the reason."""
    ways = ((a, b), (b, a))
    for wide, narrow in ways:
        if not tree.includes(narrow.events, wide.events):
            yield (
                wide,
                narrow,
                f"“{wide.text}” is a count for {tree.labels(wide.events)}, “{narrow.text}” for "
                f"{tree.labels(narrow.events)} only",
            )
    for wide, narrow in ways:
        if wide.outcome != narrow.outcome and wide.outcome == Outcome.KILLED_OR_INJURED:
            yield (
                wide,
                narrow,
                f"“{wide.text}” counts dead and wounded together, “{narrow.text}” only the "
                f"{narrow.outcome}",
            )
    for wide, narrow in ways:
        kind = _kind(narrow) if not _is_one_kind(wide) and _is_one_kind(narrow) else None
        age = _AGES.get(narrow.age) if wide.age == VictimAge.UNSPECIFIED else None
        limits = " who are ".join(filter(None, (kind, age)))
        if limits:
            several = kind and wide.status
            others = "people of several kinds" if several else "people without that limit"
            yield wide, narrow, f"“{narrow.text}” counts only {limits}, “{wide.text}” {others}"


def _wider_side(a: Claim, b: Claim) -> Iterator[tuple[Claim, Claim, str]]:
    for wide, narrow in ((a, b), (b, a)):
        if wide.side is None and narrow.side is not None:
            yield (
                wide,
                narrow,
                f"“{narrow.text}” counts only people of side {narrow.side}, “{wide.text}” people "
                "without that limit",
            )


def _without_bounds(a: Claim, b: Claim, wider: list[str]) -> _Verdict:
    if _same_number(a, b) and not wider:
        return _Verdict(RelationKind.AGREE, f"the same words for the number: {a.value:,}")
    loose = [claim for claim in (a, b) if not _bounds(claim).known]
    words = listed([f"“{claim.text}” ({plain(claim.quantifier)})" for claim in loose])
    bounds = f"{words} {'set' if len(loose) > 1 else 'sets'} no bounds"
    return _Verdict(RelationKind.INCOMPARABLE, "; ".join([*wider, bounds]))


def _by_scope(wider: list[tuple[Claim, Claim, str]], *, same_events: bool) -> _Verdict | None:
    reason = "; ".join(words for _, _, words in wider)
    wide, narrow, _ = wider[0]
    if any(other.id != wide.id for other, _, _ in wider):
        if not same_events:
            return None  # wider in one respect, narrower in another, on other events: nothing holds
        return _Verdict(RelationKind.COMPATIBLE, f"neither is said to include the other: {reason}")
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

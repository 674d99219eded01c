"""The dead of one event: from accounts of the killed to the estimates of a GED row."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, NamedTuple

from warclaims.accounts.bounds import NONE, OPEN, NumberInterval
from warclaims.accounts.happenings import Scale, scale
from warclaims.accounts.kinds import CIVILIAN, SIDE, WHO, Fit, Kind
from warclaims.accounts.scopes import CompareScope, scopes
from warclaims.derive.sides import common_side
from warclaims.grouping import grouped
from warclaims.records.accounts import AccountMark, ComparisonKind, Respect
from warclaims.records.vocabulary import Outcome, VictimStatus
from warclaims.wording import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence, Set

    from warclaims.accounts.accounts import SourceAccount
    from warclaims.accounts.breakdown import Group
    from warclaims.accounts.scene import Scene
    from warclaims.records.accounts import Comparison

_COUNTED = frozenset({"outcome", "value", "value_max", "quantifier", "fraction", "events"})
_FORCES = tuple(Kind(WHO, one.value) for one in (VictimStatus.COMBATANT, VictimStatus.POLICE))
_APART = (ComparisonKind.DISAGREEMENT, ComparisonKind.DIFFERENT_KINDS)
_DOUBTFUL = frozenset({AccountMark.PRESUMED_ONLY, AccountMark.UNVERIFIED_ONLY})


class Estimates(NamedTuple):
    """How many died in an event.

    Attributes:
        high_is_open: True if no account sets an upper limit to ``high``.
        best_reason: Why ``best`` is blank.
    """

    low: int
    high: int
    high_is_open: bool
    best: int | None
    best_reason: str | None


class _Spread(NamedTuple):
    """The numbers that the positions of some accounts allow."""

    low: int
    high: int
    is_open: bool
    is_one: bool


def _current(accounts: Iterable[SourceAccount], rows: Iterable[Comparison]) -> list[SourceAccount]:
    """The accounts of the killed that no later number replaces."""
    updates = [row for row in rows if row.kind is ComparisonKind.UPDATE]
    replaced = {name for row in updates for name in row.replaced}
    totals = {name for row in updates if row.respect is Respect.TOTAL for name in row.replaced}
    return [
        one
        for one in accounts
        if one.outcome == Outcome.KILLED
        and one.id not in (totals if one.closed else replaced)
        and (one.closed or one.total.stated.maximum != 0)
    ]


def _rivals(rows: Iterable[Comparison]) -> set[str]:
    """The accounts that disagree on who the dead were."""
    return {
        name
        for row in rows
        if row.respect is Respect.WHO and row.kind is ComparisonKind.DISAGREEMENT
        for position in row.positions
        for name in position.accounts
    }


class EventDeaths:
    """The dead of one event, by its accounts of the killed and their comparisons.

    Attributes:
        accounts: The accounts, without those that a later number replaces.
    """

    def __init__(self, event: str, scene: Scene, rows: Iterable[Comparison]) -> None:
        self._rules = scene.rules
        self._rows = list(rows)
        self._size = scale((event,), scene.rules.known, scene.rules.events)
        found = sorted(scene.current((event,)).accounts, key=lambda one: one.id)
        self.accounts = _current(found, self._rows)
        several = self._size is not Scale.SINGLE
        tags = {one.id: self._rules.narrowing(one) for one in self.accounts if several}
        self._tags = {name: tag for name, tag in tags.items() if tag}
        self._is_narrowed = len(set(self._tags.values())) > 1
        if not self._is_narrowed and self._size is not Scale.LARGE:
            self._tags = {}  # where one cause is named, silence is only silence
        self._wholes = {one.id for one in self.accounts if one.closed} - self._tags.keys()
        self._rivals = _rivals(self._rows)
        by_side = grouped(self.accounts, lambda one: one.side)
        if len(by_side) == 1 or (not several and len(by_side.keys() - {None}) == 1):
            by_side = {None: self.accounts}
        self._by_side = by_side

    def estimates(self) -> Estimates:
        """The estimates of all dead."""
        unsided = self._by_side.get(None, [])
        sided = [found for side, found in self._by_side.items() if side is not None]
        if any(one.id in self._wholes for one in unsided) or not sided:
            spread = self._spread(unsided, [one for found in sided for one in found])
        else:
            spread = _combined([self._spread(found) for found in sided], sum)
            if unsided:
                least = self._spread(unsided)
                spread = spread._replace(
                    low=max(spread.low, least.low), high=max(spread.high, least.high)
                )
        added = max(map(self._in_addition, self._rows), default=0)
        reason = next(self._objections(spread, unsided, added), None)
        low = max(spread.low, added)
        is_open = spread.is_open or not self._wholes
        return Estimates(low, max(spread.high, low), is_open, None if reason else low, reason)

    def civilians(self) -> int | None:
        """The dead civilians, if all accounts that count them agree."""
        return self._agreed([self._kind(one, CIVILIAN) for one in self.accounts])

    def forces(self, side: str) -> int | None:
        """The dead combatants and police of a side, if all accounts that count them agree."""
        return self._agreed([self._forces(one, side) for one in self.accounts])

    def _spread(
        self, accounts: Sequence[SourceAccount], parts: Sequence[SourceAccount] = ()
    ) -> _Spread:
        """The numbers of accounts of one side or of all; ``parts`` count only some of the dead.

        So do counts of one cause or perpetrator beside others. Without a number of all, there are
        at least as many as of each.
        """
        scope = CompareScope("", [*accounts, *parts], frozenset(one.id for one in parts))
        is_large = self._size is Scale.LARGE
        found = scopes(scope, lambda one: self._tags.get(one.id), strict=is_large)
        if len(found[0].accounts) == len(scope.accounts):
            return _spread(list(_intervals(found[0])))
        spreads = [_spread(list(_intervals(one))) for one in found if is_large or one.focus]
        return _combined(spreads, max)

    def _objections(
        self, spread: _Spread, accounts: Sequence[SourceAccount], added: int
    ) -> Iterator[str]:
        """Why there is no best estimate, the weightiest first."""
        total = [row for row in self._rows if self._is_total(row)]
        yield from (row.reason for row in total if row.kind in _APART)
        counting = [one for one in accounts if one.id not in self._tags]
        if not accounts:
            yield "no account counts the dead of all sides"
        elif not counting and self._is_narrowed:
            yield "no account counts the dead of all causes and perpetrators"
        if not spread.is_one:
            yield "the numbers meet only within a margin"
        if added > spread.low:
            yield f"one text has at least {added:,} on the word of two sources"
        if readings := {name for row in total for name in row.depends_on}:
            yield _depends(readings)
        number = NumberInterval(spread.low, spread.high)
        exact = [one for one in counting or accounts if one.total.stated == number]
        is_exact = exact and spread.low == spread.high
        yield from self._doubts(exact) if is_exact else ("no account gives an exact number",)

    def _is_total(self, row: Comparison) -> bool:
        """True for a row on the number of all dead; rows on kinds are none if there are others."""
        if row.respect is not Respect.TOTAL and row.kind is not ComparisonKind.DIFFERENT_KINDS:
            return False
        names = {name for position in row.positions for name in position.accounts}
        return not self._wholes or not self._wholes.isdisjoint(names)

    def _doubts(self, accounts: Sequence[SourceAccount]) -> Iterator[str]:
        """Why a number is no best estimate if only these accounts give it."""
        clear = [one for one in accounts if not _other_readings(one)]
        if not clear:
            yield _depends(name for one in accounts for name in _other_readings(one))
        firm = [one for one in clear if _DOUBTFUL.isdisjoint(one.marks)]
        if not firm:
            yield "rests on counts that are presumed or could not be checked"
        own = [one for one in firm if AccountMark.STATED_AS_FACT not in one.marks]
        known = self._rules.known
        sides = {common_side(one.source.entities, known.actors) for one in own or firm}
        if len(sides) == 1 and None not in sides:
            labels = [one.label for one in known.sides.values() if one.id in sides]
            yield f"only sources of one side give this number: {listed(labels)}"

    def _agreed(self, bounds: Sequence[NumberInterval]) -> int | None:
        if any(AccountMark.DOES_NOT_ADD_UP in one.marks for one in self.accounts):
            return None
        exact = {one.minimum for one in bounds if one.minimum == one.maximum}
        if len(exact) != 1:
            return None
        number = NumberInterval(*exact, *exact)
        of = [a for a, one in zip(self.accounts, bounds, strict=True) if one == number]
        agree = all(number.meets(one) for one in bounds)
        return number.minimum if agree and not any(self._doubts(of)) else None

    def _kind(self, account: SourceAccount, *kinds: Kind) -> NumberInterval:
        """The bounds of the dead of kinds; a list among rivals has no others than it names."""
        if any(group.word_of for top in account.tops for group in top.everyone()):
            return OPEN
        of = account.within if account.id in self._rivals else account.of
        found = sum((of(kind).stated for kind in kinds), NONE)
        return found.narrowed(NumberInterval(0, account.total.stated.maximum))

    def _forces(self, account: SourceAccount, side: str) -> NumberInterval:
        """The bounds of the dead who are of a side and no civilians."""
        if Kind(SIDE, side) not in account.stated:
            return OPEN
        of, total = account.of(Kind(SIDE, side)).stated, account.total.stated
        forces, civilians = self._kind(account, *_FORCES), self._kind(account, CIVILIAN)
        others = {
            name for name, one in self._rules.known.sides.items() if side not in (name, *one.may_be)
        }
        least = [min(self._recorded(account.tops, {side}), of.minimum)]
        if account.closed:
            left = of.without(civilians), (of + forces).without(total)
            least += (one.minimum for one in left)
        most = forces.maximum - self._recorded(account.tops, others)
        return NumberInterval(max(least), max(*least, min(most, of.maximum)))

    def _recorded(self, groups: Iterable[Group], sides: Set[str]) -> int:
        """The least number of dead who are said to be forces of these sides."""
        return sum(
            one.count.stated.minimum if self._are_forces(one, sides)
            else self._recorded(one.parts, sides)
            for one in groups
        )  # fmt: skip

    def _are_forces(self, group: Group, sides: Set[str]) -> bool:
        fit, who = self._rules.kinds.fit, group.limits.who
        return (
            any(one.value in sides for one in group.limits.side)
            and bool(who)
            and all(any(fit(one, kind) is Fit.INSIDE for kind in _FORCES) for one in who)
        )

    def _in_addition(self, row: Comparison) -> int:
        """The least number of dead in a text where one source's count is in addition to another's.

        A sum of parts is none: it is of other events.
        """
        if row.respect is not Respect.TOTAL or AccountMark.COMPUTED not in row.marks:
            return 0
        names = [name for position in row.positions for name in position.accounts]
        of = [one for one in self.accounts if one.id in names]
        is_text = len(of) == len(names) == 2 and len({one.document for one in of}) == 1
        return sum(one.total.stated.minimum for one in of) if is_text else 0


def _depends(records: Iterable[str]) -> str:
    return f"depends on the reading of {listed(sorted(records))}"


def _other_readings(account: SourceAccount) -> list[str]:
    """The records of an account that have another number, outcome or event in a reading."""
    return [
        fact.id
        for fact in account.facts
        if any(not _COUNTED.isdisjoint(one) for one in fact.alternatives)
    ]


def _intervals(scope: CompareScope) -> Iterator[NumberInterval]:
    """The bounds of all dead; beside a whole, a list of kinds is only a minimum."""
    has_whole = any(one.closed for one in scope.accounts)
    for one in scope.accounts:
        is_minimum = one.id in scope.minimums or (has_whole and not one.closed)
        yield (one.total.at_least if is_minimum else one.total).stated


def _spread(intervals: Sequence[NumberInterval]) -> _Spread:
    """The least and the greatest number that a position allows, each with all its accounts.

    >>> _spread([NumberInterval(6, 6), NumberInterval(5, inf), NumberInterval(9, 12)])
    _Spread(low=6, high=12, is_open=False, is_one=False)
    """
    least = [one.minimum for one in intervals]
    most = [int(one.maximum) for one in intervals if one.maximum < inf]
    first, last = min(most, default=max(least)), max(least)
    limits = [one for one in most if one >= last]
    low = max(one for one in least if one <= first)
    return _Spread(low, min(limits, default=last), not limits, last <= first)


def _combined(spreads: Sequence[_Spread], how: Callable[[Iterable[int]], int]) -> _Spread:
    """Counts together: the sum of different people, or the greatest if they may be the same."""
    return _Spread(
        how(one.low for one in spreads),
        how(one.high for one in spreads),
        any(one.is_open for one in spreads),
        all(one.is_one for one in spreads),
    )

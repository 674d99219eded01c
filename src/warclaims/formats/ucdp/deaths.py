"""The dead of one event: from accounts of the killed to the estimates of a GED row."""

from __future__ import annotations

from collections import defaultdict
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from warclaims.accounts.bounds import NONE, OPEN, STATED, NumberInterval, count_of, stated_bounds
from warclaims.records.accounts import AccountMark, ComparisonKind, Respect
from warclaims.records.vocabulary import VictimStatus
from warclaims.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

    from warclaims.records import Casualty, Lists, Side
    from warclaims.records.accounts import Account, BreakdownEntry, Comparison

_CIVILIAN = frozenset({VictimStatus.CIVILIAN})
_COUNTED = frozenset({"outcome", "value", "value_max", "quantifier", "fraction", "events"})
_FORCES = frozenset({VictimStatus.COMBATANT, VictimStatus.POLICE})
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


class EventDeaths:
    """The dead of one event, by accounts of the killed and their comparisons.

    ``records`` are the casualty records by document and id. ``one_happening`` says that a count
    without a side can be of the dead of one side.

    Attributes:
        accounts: The accounts, without those that a later number replaces.
    """

    def __init__(
        self,
        accounts: Iterable[Account],
        rows: Iterable[Comparison],
        records: Mapping[str, Casualty],
        *,
        one_happening: bool,
        sides: Mapping[str, Side],
        lists: Lists,
    ) -> None:
        self._rows = list(rows)
        replaced = _replaced(self._rows)
        self.accounts = [
            one
            for one in accounts
            if one.id not in replaced[one.closed] and (one.closed or one.maximum != 0)
        ]
        self._wholes = {one.id for one in self.accounts if one.closed}
        self._records = records
        self._rivals = {
            name
            for row in self._rows
            if row.respect is Respect.WHO and row.kind is ComparisonKind.DISAGREEMENT
            for position in row.positions
            for name in position.accounts
        }
        self._sides = sides
        self._lists = lists
        by_side = _by_side(self.accounts)
        if len(by_side) == 1 or (one_happening and len(by_side.keys() - {None}) == 1):
            by_side = {None: self.accounts}
        self._by_side = by_side

    def estimates(self) -> Estimates:
        """The estimates of all dead."""
        unsided = self._by_side.get(None, [])
        sided = [found for side, found in self._by_side.items() if side is not None]
        if any(one.closed for one in unsided) or not sided:
            parts = [NumberInterval(one.minimum, inf) for found in sided for one in found]
            spread = _spread([*_intervals(unsided), *parts])
        else:
            spread = _sum([_spread(_intervals(found)) for found in sided])
            if unsided:
                least = _spread(_intervals(unsided))
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
        return self._agreed([self._kind(one, _CIVILIAN, _FORCES) for one in self.accounts])

    def forces(self, side: str) -> int | None:
        """The dead combatants and police of a side, if all accounts that count them agree."""
        return self._agreed([self._forces(one, side) for one in self.accounts])

    def _objections(
        self, spread: _Spread, accounts: Sequence[Account], added: int
    ) -> Iterator[str]:
        """Why there is no best estimate, the weightiest first."""
        total = [row for row in self._rows if self._is_total(row)]
        yield from (row.reason for row in total if row.kind in _APART)
        if not accounts:
            yield "no account counts the dead of all sides"
        if not spread.is_one:
            yield "the numbers meet only within a margin"
        if added > spread.low:
            yield f"one text has at least {added:,} on the word of two sources"
        if readings := {name for row in total for name in row.depends_on}:
            yield _depends(readings)
        exact = [one for one in accounts if one.minimum == one.maximum == spread.low == spread.high]
        yield from self._doubts(exact) if exact else ("no account gives an exact number",)

    def _is_total(self, row: Comparison) -> bool:
        """True for a row on the number of all dead; rows on kinds are none if there are others."""
        if row.respect is not Respect.TOTAL and row.kind is not ComparisonKind.DIFFERENT_KINDS:
            return False
        names = {name for position in row.positions for name in position.accounts}
        return not self._wholes or not self._wholes.isdisjoint(names)

    def _doubts(self, accounts: Sequence[Account]) -> Iterator[str]:
        """Why a number is no best estimate if only these accounts give it."""
        clear = [one for one in accounts if not self._other_readings(one)]
        if not clear:
            yield _depends(name for one in accounts for name in self._other_readings(one))
        firm = [one for one in clear if _DOUBTFUL.isdisjoint(one.marks)]
        if not firm:
            yield "rests on counts that are presumed or could not be checked"
        own = [one for one in firm if AccountMark.STATED_AS_FACT not in one.marks]
        sides = {one.source_side for one in own or firm}
        if len(sides) == 1 and None not in sides:
            labels = [one.label for one in self._sides.values() if one.id in sides]
            yield f"only sources of one side give this number: {listed(labels)}"

    def _other_readings(self, account: Account) -> list[str]:
        """The records of an account that have another number, outcome or event in a reading."""
        return [
            name
            for name in account.records
            if any(not _COUNTED.isdisjoint(one) for one in self._records[name].alternatives)
        ]

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

    def _kind(self, account: Account, kinds: Set[str], others: Set[str]) -> NumberInterval:
        """The bounds of the dead who are of one of ``kinds``, which exclude ``others``."""
        own, rest = self._stated(account, kinds), self._stated(account, others)
        found = sum(map(stated_bounds, own), NONE) if own else OPEN
        is_list = not account.closed and account.id not in self._rivals
        if is_list or account.maximum is None:
            return found
        left = NumberInterval(0, max(account.maximum - sum(one.minimum for one in rest), 0))
        return found.narrowed(left)

    def _stated(self, account: Account, kinds: Set[str]) -> list[BreakdownEntry]:
        """What an account says of ``kinds`` on its source's word: the widest that it states."""
        own = [one for one in account.breakdown if one.field == "who" and not one.word_of]
        above = {one.kind: set(self._lists.ancestors("status", one.kind)) for one in own}
        return [
            one
            for one in own
            if not kinds.isdisjoint(above[one.kind])
            and not (above[one.kind] - {one.kind}) & above.keys()
        ]

    def _forces(self, account: Account, side: str) -> NumberInterval:
        """The bounds of the dead who are of a side and no civilians."""
        of = [one for one in account.breakdown if (one.field, one.kind) == ("side", side)]
        if not of:
            return OPEN
        forces = self._kind(account, _FORCES, _CIVILIAN)
        civilians = self._kind(account, _CIVILIAN, _FORCES)
        own = self._recorded(account, {side})
        others = {name for name, one in self._sides.items() if side not in (name, *one.may_be)}
        least = [0, min(own, of[0].minimum)]
        if civilians.maximum < inf and account.closed:
            least.append(of[0].minimum - int(civilians.maximum))
        if account.maximum is not None:
            least.append(of[0].minimum + forces.minimum - account.maximum)
        most = forces.maximum - self._recorded(account, others)
        return NumberInterval(max(least), max(*least, min(most, stated_bounds(of[0]).maximum)))

    def _recorded(self, account: Account, sides: Set[str]) -> int:
        """The least number of dead forces of these sides in records of nobody else."""
        found = {
            one.id: one
            for one in map(self._records.__getitem__, account.records)
            if one.side in sides and one.status and all(map(self._is_force, one.status))
        }
        return sum(
            count_of(one, "")[STATED].minimum
            for one in found.values()
            if found.keys().isdisjoint((*one.subset_of, *one.same_as))
        )

    def _is_force(self, status: str) -> bool:
        return not _FORCES.isdisjoint(self._lists.ancestors("status", status))

    def _in_addition(self, row: Comparison) -> int:
        """The least number of dead in a text where one source's count is in addition to another's.

        A sum of parts is none: it is of other events.
        """
        if row.respect is not Respect.TOTAL or AccountMark.COMPUTED not in row.marks:
            return 0
        names = [name for position in row.positions for name in position.accounts]
        of = [one for one in self.accounts if one.id in names]
        is_text = len(of) == len(names) == 2 and len({one.document for one in of}) == 1
        return sum(one.minimum for one in of) if is_text else 0


def _depends(records: Iterable[str]) -> str:
    return f"depends on the reading of {listed(sorted(records))}"


def _replaced(rows: Iterable[Comparison]) -> dict[bool, set[str]]:
    """The accounts that updates replace, closed ones and lists.

    The update of one kind replaces lists, and leaves a closed account its total.
    """
    found: dict[bool, set[str]] = {True: set(), False: set()}
    for row in rows:
        if row.kind is ComparisonKind.UPDATE:
            old = {name for position in row.positions[:-1] for name in position.accounts}
            old -= set(row.positions[-1].accounts)
            found[False] |= old
            found[True] |= old if row.respect is Respect.TOTAL else set()
    return found


def _by_side(accounts: Iterable[Account]) -> dict[str | None, list[Account]]:
    """Accounts by the side of all whom they count, if it is one."""
    found: dict[str | None, list[Account]] = defaultdict(list)
    for account in accounts:
        total = (account.minimum, account.maximum)
        sides = (
            one.kind
            for one in account.breakdown
            if one.field == "side" and (one.minimum, one.maximum) == total
        )
        found[next(sides, None)].append(account)
    return found


def _intervals(accounts: Sequence[Account]) -> list[NumberInterval]:
    """The bounds of all dead; beside a whole, a list of kinds is only a minimum."""
    whole = any(one.closed for one in accounts)
    return [
        stated_bounds(one) if one.closed or not whole else NumberInterval(one.minimum, inf)
        for one in accounts
    ]


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


def _sum(spreads: Sequence[_Spread]) -> _Spread:
    """Counts of different people together."""
    return _Spread(
        sum(one.low for one in spreads),
        sum(one.high for one in spreads),
        any(one.is_open for one in spreads),
        all(one.is_one for one in spreads),
    )

"""Compare the numbers of accounts: totals, who the victims were, age and sex, sides."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from heapq import nsmallest
from itertools import islice
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from warclaims.accounts.accounts import AnyAccount, Margin, SourceAccount
from warclaims.accounts.bounds import OPEN
from warclaims.accounts.dates import is_before
from warclaims.accounts.happenings import Narrowing, Scale
from warclaims.accounts.history import is_same_number
from warclaims.accounts.kinds import AGE_SEX, SIDE, WHO, Kind, Kinds
from warclaims.accounts.positions import (
    Positions,
    Stance,
    disagree,
    interval_positions,
    is_soft_disagreement,
    maximal_sets,
    meet_only_softly,
)
from warclaims.accounts.rows import (
    ComparisonKind,
    Row,
    RowPosition,
    account_total,
    against,
    joined,
    kinds_words,
    many,
    number_words,
    words_of,
)
from warclaims.accounts.wording import people
from warclaims.records.accounts import Respect

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

_RESPECTS = {WHO: Respect.WHO, AGE_SEX: Respect.AGE_SEX, SIDE: Respect.SIDE}


class CompareScope(NamedTuple):
    """Accounts that are compared with each other.

    Attributes:
        minimums: Ids of those that count only some of the people: their number is a minimum.
        focus: Ids of those without which there is nothing new to say; none is no such limit.
    """

    name: str
    accounts: list[AnyAccount]
    minimums: frozenset[str]
    focus: frozenset[str] | None = None


def scopes(
    scope: CompareScope, tag: Callable[[AnyAccount], Hashable | None], *, strict: bool
) -> list[CompareScope]:
    """Divide accounts by what limits them: a side, or a cause and perpetrator.

    Accounts limited to different tags count different people. One with a tag and one without are
    compared if silence is only silence; if ``strict``, the former is a minimum of the latter.
    """
    tagged: dict[Hashable, list[AnyAccount]] = defaultdict(list)
    for account in scope.accounts:
        if (name := tag(account)) is not None:
            tagged[name].append(account)
    if not tagged:
        return [scope]
    untagged = [one for one in scope.accounts if tag(one) is None]
    if not strict and len(tagged) == 1:
        return [scope]
    found = []
    if strict:
        limited = frozenset(one.id for group in tagged.values() for one in group)
        if untagged:
            found.append(scope._replace(minimums=scope.minimums | limited))
        for name, group in tagged.items():
            if len(group) > 1 or not untagged:
                found.append(scope._replace(name=f"{scope.name}{_tag(name)}", accounts=group))
        return found
    if len(untagged) > 1:
        found.append(scope._replace(accounts=untagged))
    for name, group in tagged.items():
        focus = frozenset(one.id for one in group)
        found.append(
            CompareScope(f"{scope.name}{_tag(name)}", [*group, *untagged], scope.minimums, focus)
        )
    return found


def _tag(name: Hashable) -> str:
    if isinstance(name, str):
        return f"side {name} "
    assert isinstance(name, tuple)
    return " ".join(word for words in name for word in sorted(words)) + " "


class KeyCore:
    """What the disagreements on some events rest on: the accounts with the extreme numbers.

    Attributes:
        names: Ids of the accounts.
        stances: For each number that was compared, the extreme ones.
        lists: The lists by their kinds, by outcome.
    """

    def __init__(self, alternative: frozenset[str] = frozenset()) -> None:
        self.names: set[str] = set()
        self.stances: dict[tuple[str, Respect, str], list[Stance]] = {}
        self.lists: list[tuple[str, ListsByKind]] = []
        self._alternative = alternative

    def add(self, outcome: str, respect: Respect, dim: str, stances: Sequence[Stance]) -> None:
        """Keep the extreme numbers of all accounts, and of those of texts with one reading."""
        firm = [one for one in stances if one.account.document not in self._alternative]
        found: dict[str, Stance] = {}
        for of in (stances, firm):
            for one in (
                *nsmallest(_KEPT, of, key=lambda one: (-one.least, one.account.id)),
                *nsmallest(_KEPT, of, key=lambda one: (one.most, one.account.id)),
            ):
                found[one.account.id] = one
        self.stances[outcome, respect, dim] = list(found.values())
        self.names |= found.keys()

    def add_some(self, accounts: Sequence[AnyAccount]) -> None:
        """Keep a few accounts that say the same."""
        firm = (one for one in accounts if one.document not in self._alternative)
        self.names |= {one.id for one in (*accounts[:_KEPT], *islice(firm, _KEPT))}


_KEPT = 3

_NO_KIND: tuple[tuple[Kind, ...], tuple[Kind, ...]] = ((), ())
"""The only kind of an account that counts several sides apart, whoever the people are."""


class Ground(NamedTuple):
    """What numbers are compared on: the events, the outcome, and what is known of the accounts.

    Attributes:
        narrowings: By account, the weapons and perpetrators to which it is limited.
        stale: By account, the kinds whose numbers were replaced or withdrawn.
        keep: Where to remember what disagreements rest on.
    """

    events: tuple[str, ...]
    outcome: str
    size: Scale
    kinds: Kinds
    narrowings: dict[str, Narrowing | None]
    stale: dict[str, set[Kind]]
    keep: KeyCore | None = None


class NumberComparer:
    """Compares the numbers of the accounts of one event and outcome."""

    def __init__(self, ground: Ground, focus: frozenset[str] | None = None) -> None:
        self._events = ground.events
        self._outcome = ground.outcome
        self._size = ground.size
        self._kinds = ground.kinds
        self._narrowings = ground.narrowings
        self._stale = ground.stale
        self._focus = focus
        self._keep = ground.keep
        self._found: list[Row] = []
        self._updates: list[Row] = []

    def rows(self, accounts: Sequence[AnyAccount]) -> list[Row]:
        """The rows on totals, kinds and sides."""
        whole = CompareScope("", list(accounts), frozenset(), self._focus)
        single = self._size is Scale.SINGLE
        for by_side in scopes(whole, lambda one: one.side, strict=not single):
            if single:
                self._scope(by_side)
            else:
                strict = self._size is Scale.LARGE
                for scope in scopes(
                    by_side, lambda one: self._narrowings.get(one.id), strict=strict
                ):
                    self._scope(scope)
        self._sides(list(accounts))
        return [*_each_once(self._found), *_each_once(self._updates)]

    # One scope.

    def _scope(self, scope: CompareScope) -> None:
        if len(scope.accounts) < 2:
            return
        totals = self._totals(scope)
        rivals = list(self._rivals(scope))
        for field in (WHO, AGE_SEX):
            self._field(scope, field, rivals)
        self._narrow_lists(scope)
        if totals is not None:
            self._found.append(totals)

    def _stance(self, account: AnyAccount, margin: Margin, scope: CompareScope) -> Stance:
        if account.id in scope.minimums or (account.is_mixed_side and not account.closed):
            margin = margin.without_maximum
        return Stance(account, margin)

    def _totals(self, scope: CompareScope) -> Row | None:
        closed = [one for one in scope.accounts if one.closed]
        if not closed:
            return None
        stances = []
        for account in scope.accounts:
            margin = account.total
            if not account.closed:
                margin = margin.without_maximum
            stance = self._stance(account, margin, scope)
            if stance.margin.outer != OPEN:
                stances.append(stance)
        return self._compared(
            stances, scope, Respect.TOTAL, scope.name or "all", account_total, everything=True
        )

    def _field(self, scope: CompareScope, field: str, rivals: list[Row]) -> None:
        stated = {kind for one in scope.accounts for kind in one.stated if kind.field == field}
        rows: list[tuple[Kind, Row]] = []
        agreeing: list[tuple[Kind, Row]] = []
        for kind in sorted(stated, key=lambda one: (self._depth(one), one)):
            row = self._kind(scope, kind)
            if row is None:
                continue
            (rows if row.is_disagreement else agreeing).append((kind, row))
        merged: dict[tuple[Respect, object], Row] = {}
        for _, row in rows:
            if any(_is_covered(row, rival) for rival in rivals if rival.respect == row.respect):
                continue
            name = (row.respect, row.partition)
            if name in merged:
                _merge(merged[name], row)
            else:
                merged[name] = row
        self._found += merged.values()
        if not merged and not any(rival.respect == _RESPECTS[field] for rival in rivals):
            self._found += self._agreement(agreeing)

    def _depth(self, kind: Kind) -> int:
        return sum(1 for word in (kind.value, kind.sex) if word) + kind.value.count("_")

    def _agreement(self, rows: list[tuple[Kind, Row]]) -> list[Row]:
        """One row for all kinds of a field in which nothing disagrees."""
        found: dict[Respect, Row] = {}
        for _, row in rows:
            if row.respect in found:
                first = found[row.respect]
                if row.kind is ComparisonKind.COMPATIBLE:
                    first.kind = row.kind
                first.soft |= row.soft
                known = {one.id for one in first.positions[0].accounts}
                first.positions[0].accounts += [
                    one for one in row.positions[0].accounts if one.id not in known
                ]
                first.positions[0].value += f"; {row.positions[0].value}"
                first.dims |= row.dims
            else:
                found[row.respect] = row
        return list(found.values())

    def _kind(self, scope: CompareScope, kind: Kind) -> Row | None:
        stances: list[Stance] = []
        for account in scope.accounts:
            if kind.field not in account.fields or kind in self._stale.get(account.id, ()):
                continue
            margin, is_remainder = account.of(kind)
            stance = self._stance(account, margin, scope)
            if stance.margin.outer != OPEN:
                stances.append(stance._replace(is_remainder=is_remainder))
        stances = self._without_consequences(stances)
        if len(stances) < 2:
            return None
        stances = self._latest(stances, kind)
        as_total = self._is_total(scope, stances, kind)
        respect = Respect.TOTAL if as_total else _RESPECTS[kind.field]

        def words(account: AnyAccount) -> str:
            margin, _ = account.of(kind)
            return people(number_words(account.stated_bounds(kind), margin), kind.name)

        mentioning = sum(kind in stance.account.stated for stance in stances)
        return self._compared(
            stances,
            scope,
            respect,
            f"{scope.name}{kind.name}",
            words,
            everything=not as_total,
            only_disagreement=mentioning < 2,
        )

    def _is_total(self, scope: CompareScope, stances: Sequence[Stance], kind: Kind) -> bool:
        """True if only lists of this one kind are compared: once, as the total of the kind."""
        limits = ((kind,), ()) if kind.field == WHO else ((), (kind,))
        return all(one.account.only_kind == limits for one in stances) and not any(
            one.closed for one in scope.accounts
        )

    def _without_consequences(self, stances: list[Stance]) -> list[Stance]:
        """Leave out maxima of which every conflict follows from the totals alone."""
        lows = sorted(stance.least for stance in stances)
        found = []
        for stance in stances:
            margin = stance.margin
            if stance.is_remainder and stance.most < inf:
                total = stance.account.total.outer.maximum
                most = inf if total is None else total
                if bisect_right(lows, most) == bisect_right(lows, stance.most):
                    margin = margin.without_maximum
            if margin.outer != OPEN:
                found.append(stance._replace(margin=margin))
        return found

    def _latest(self, stances: list[Stance], kind: Kind) -> list[Stance]:
        """Leave out older numbers of a source that gives a later one of the same kind."""
        dates: dict[tuple[str, ...], list[Stance]] = defaultdict(list)
        for stance in stances:
            if stance.account.source.is_named and kind in stance.account.stated:
                dates[stance.account.source.key].append(stance)
        out: set[str] = set()
        for of in dates.values():
            if len(of) < 2:
                continue
            last = max(one.account.date or "" for one in of)
            latest = [one for one in of if one.account.date == last]
            numbers = {one.margin for one in latest}
            for one in of:
                if is_before(one.account.date, last) and not any(
                    is_same_number(one.margin, number) for number in numbers
                ):
                    out.add(one.account.id)
                    self._updated(one, latest, kind)
        return [one for one in stances if one.account.id not in out]

    def _updated(self, old: Stance, latest: Sequence[Stance], kind: Kind | None) -> None:
        kinds = [kind.name] if kind else []
        respect = _RESPECTS[kind.field] if kind else Respect.TOTAL
        positions = [
            RowPosition(
                [one.account for one in of],
                joined(
                    people(
                        number_words(
                            one.account.stated_bounds(kind) if kind else one.account.stated_total(),
                            one.margin,
                        ),
                        *kinds,
                    )
                    for one in of
                ),
                words_of(one.account for one in of),
            )
            for of in ([old], list(latest))
        ]
        row = Row(
            self._events,
            self._outcome,
            respect,
            ComparisonKind.UPDATE,
            positions,
            reason=f"{positions[0].value} earlier, {positions[1].value} later",
            dims={f"update {old.account.id} {kind.name if kind else ''}"},
        )
        self._updates.append(row)

    def _narrow_lists(self, scope: CompareScope) -> None:
        """Compare lists of the same one kind that is limited twice, such as women medics."""
        groups: dict[object, list[AnyAccount]] = defaultdict(list)
        for account in scope.accounts:
            if account.only_kind is not None and all(account.only_kind):
                groups[account.only_kind].append(account)
        for limits, accounts in groups.items():
            stances = [self._stance(one, one.total, scope) for one in accounts]
            if len(stances) > 1:
                name = kinds_words(limits)  # type: ignore[arg-type]
                closed = any(one.closed for one in scope.accounts)
                respect = Respect.WHO if closed else Respect.TOTAL
                row = self._compared(stances, scope, respect, name, account_total)
                if row is not None:
                    self._found.append(row)

    # Sides.

    def _sides(self, accounts: list[AnyAccount]) -> None:
        """Compare what accounts that count several sides apart say of each side."""
        if not any(one.is_mixed_side for one in accounts):
            return
        sides = sorted({side for one in accounts if one.is_mixed_side for side in one.sides})
        groups: dict[object, list[AnyAccount]] = defaultdict(list)
        for account in accounts:
            if account.closed or account.only_kind == _NO_KIND:
                groups[None].append(account)
            elif account.only_kind is not None:
                groups[account.only_kind].append(account)
        lists = [one for one in accounts if not one.closed and one.only_kind != _NO_KIND]
        rows: dict[object, Row] = {}
        agreeing: list[tuple[Kind, Row]] = []
        for limits, group in groups.items():
            scope = CompareScope("", group, frozenset())
            for side in sides:
                kind = Kind(SIDE, side)
                stances = self._of_side(kind, group, lists if limits is None else [])
                if not any(one.account.is_mixed_side for one in stances):
                    continue
                row = self._side(stances, scope, kind)
                if row is not None and row.is_disagreement:
                    if row.partition in rows:
                        _merge(rows[row.partition], row)
                    else:
                        rows[row.partition] = row
                elif row is not None:
                    agreeing.append((kind, row))
        self._found += rows.values() if rows else self._agreement(agreeing)

    def _of_side(
        self, kind: Kind, accounts: Iterable[AnyAccount], lists: Iterable[AnyAccount]
    ) -> list[Stance]:
        """What accounts say of a side; lists give only a minimum for those that state a whole."""
        found = []
        for account in accounts:
            if account.side in (None, kind.value) and SIDE in account.fields:
                margin = account.total if account.side else account.of(kind)[0]
                if margin.outer != OPEN:
                    found.append(Stance(account, margin))
        for account in lists:
            margin, _ = account.of(kind)
            if margin.outer.minimum:
                found.append(Stance(account, margin.without_maximum))
        return found

    def _side(self, stances: list[Stance], scope: CompareScope, kind: Kind) -> Row | None:
        if len(stances) < 2:
            return None

        def words(account: AnyAccount) -> str:
            margin, _ = account.of(kind)
            number = number_words(account.stated_bounds(kind), margin)
            return f"{number} of {self._kinds.side_label(kind)}"

        stances = self._latest(stances, kind)
        return self._compared(stances, scope, Respect.SIDE, kind.name, words)

    # Intervals to rows.

    def _compared(
        self,
        stances: list[Stance],
        scope: CompareScope,
        respect: Respect,
        dim: str,
        words: Callable[[AnyAccount], str],
        *,
        everything: bool = False,
        only_disagreement: bool = False,
    ) -> Row | None:
        stances = self._in_order(stances, respect, words)
        if len(stances) < 2:
            return None
        if self._keep is not None:
            self._keep.add(self._outcome, respect, dim, stances)
        if not disagree(stances) or not self._is_news(stances, scope.focus):
            if only_disagreement or disagree(stances):
                return None
            return self._agreeing(stances, respect, dim, words)
        found = interval_positions(stances)
        row = Row(
            self._events,
            self._outcome,
            respect,
            ComparisonKind.DISAGREEMENT,
            [self._position(one, words) for one in found.sets],
            in_all=self._in_all(found, stances, scope, everything=everything),
            soft=is_soft_disagreement(stances),
            dims={dim},
        )
        row.reason = against(row.positions)
        return row

    def _in_all(
        self, found: Positions, stances: Sequence[Stance], scope: CompareScope, *, everything: bool
    ) -> list[AnyAccount]:
        in_all = [one.account for one in found.in_all]
        if everything:
            compared = {one.account.id for one in stances}
            in_all += [one for one in scope.accounts if one.id not in compared]
        return in_all

    def _position(
        self, stances: Sequence[Stance], words: Callable[[AnyAccount], str]
    ) -> RowPosition:
        accounts = [one.account for one in stances]
        different = {
            (one.margin, one.account.closed, one.account.only_kind): one.account
            for one in reversed(stances)
        }
        values = joined(words(one) for one in reversed(different.values()))
        return RowPosition(accounts, values, words_of(accounts))

    def _agreeing(
        self,
        stances: Sequence[Stance],
        respect: Respect,
        dim: str,
        words: Callable[[AnyAccount], str],
    ) -> Row:
        same = len({one.margin.outer for one in stances}) == 1
        soft = meet_only_softly(stances)
        kind = ComparisonKind.AGREEMENT if same and not soft else ComparisonKind.COMPATIBLE
        row = Row(
            self._events,
            self._outcome,
            respect,
            kind,
            [self._position(stances, words)],
            soft=soft,
            dims={dim},
        )
        said = "all say" if kind is ComparisonKind.AGREEMENT else "all can be true:"
        row.reason = f"{many(len(stances), 'account')}; {said} {row.positions[0].value}"
        return row

    def _is_news(self, stances: Sequence[Stance], focus: frozenset[str] | None) -> bool:
        """True if an account of the focus takes part in the disagreement."""
        if focus is None:
            return True
        least = max(one.least for one in stances)
        most = min(one.most for one in stances)
        return any(
            one.account.id in focus and (one.most < least or one.least > most) for one in stances
        )

    def _in_order(
        self, stances: list[Stance], respect: Respect, words: Callable[[AnyAccount], str]
    ) -> list[Stance]:
        """Leave out a count that its text puts before the only others that it conflicts with."""
        if not disagree(stances):
            return stances
        texts: dict[str, list[Stance]] = defaultdict(list)
        for stance in stances:
            texts[stance.account.document].append(stance)
        for own in texts.values():
            if len(own) < 2 or not disagree(own):
                continue
            for stance in [one for one in own if _is_put_first(one.account)]:
                later = [one for one in own if disagree([one, stance])]
                if not later or any(_is_put_first(one.account) for one in later):
                    continue
                self._put_first(stance, later, respect, words)
                rest = [one for one in stances if one is not stance and one not in later]
                if not any(disagree([one, stance]) for one in rest):
                    stances = [one for one in stances if one is not stance]
        return stances

    def _put_first(
        self,
        stance: Stance,
        later: list[Stance],
        respect: Respect,
        words: Callable[[AnyAccount], str],
    ) -> None:
        positions = [self._position([stance], words), self._position(later, words)]
        self._updates.append(
            Row(
                self._events,
                self._outcome,
                respect,
                ComparisonKind.UPDATE,
                positions,
                reason=f"one text puts {positions[0].value} before {positions[1].value}",
                dims={"earlier " + " ".join(a.id for one in positions for a in one.accounts)},
            )
        )

    # Rival lists.

    def _rivals(self, scope: CompareScope) -> list[Row]:
        """Lists of which each has a kind that the other lacks, of a single happening."""
        if self._size is not Scale.SINGLE:
            return []
        found = []
        for field in (WHO, AGE_SEX):
            lists = ListsByKind(scope.accounts, field, self._kinds)
            if lists.rivals:
                row = self._rival_row(scope, field, lists)
                if self._is_news_of(row, scope.focus):
                    found.append(row)
                    self._found.append(row)
            if lists.different:
                row = self._different(field, lists)
                if self._is_news_of(row, scope.focus):
                    self._found.append(row)
            if self._keep is not None and (lists.rivals or lists.different):
                self._keep.lists.append((self._outcome, lists))
                for accounts in lists.groups.values():
                    self._keep.add_some(accounts)
        return found

    def _is_news_of(self, row: Row, focus: frozenset[str] | None) -> bool:
        return focus is None or any(
            one.id in focus for position in row.positions for one in position.accounts
        )

    def _rival_row(self, scope: CompareScope, field: str, lists: ListsByKind) -> Row:
        sets = lists.positions()
        closed = [
            one
            for one in scope.accounts
            if one.closed and field in one.fields and one.id not in lists.names
        ]
        alone: list[AnyAccount] = []
        in_all: list[AnyAccount] = []
        placed: list[list[AnyAccount]] = [list(one) for one in sets]
        bounds = [lists.bounds(one) for one in sets]
        for account in closed:
            at = [n for n, of in enumerate(bounds) if self._fits(account, of)]
            if len(at) == len(sets):
                in_all.append(account)
            elif at:
                for number in at:
                    placed[number].append(account)
            else:
                alone.append(account)
        if alone:
            placed.append(alone)
        shown = {account.id for of in placed for account in of} | {one.id for one in in_all}
        in_all += [one for one in scope.accounts if one.id not in shown]
        positions = [
            RowPosition(of, joined(lists.words(one, lists.unshared) for one in of), words_of(of))
            for of in placed
        ]
        row = Row(
            self._events,
            self._outcome,
            _RESPECTS[field],
            ComparisonKind.DISAGREEMENT,
            positions,
            in_all=in_all,
            dims={kind.name for kind in lists.unshared} | {"rival"},
        )
        row.reason = f"the same people described as {against(positions)}"
        return row

    def _fits(self, account: AnyAccount, bounds: dict[Kind, tuple[int, float]]) -> bool:
        for kind, (least, most) in bounds.items():
            margin, _ = account.of(kind)
            stance = Stance(account, margin)
            if stance.most < least or stance.least > most:
                return False
        return True

    def _different(self, field: str, lists: ListsByKind) -> Row:
        """The row of lists that count people of different kinds, with the sum if all are right."""
        positions = []
        least = 0
        for _, of in sorted(lists.different.items(), key=lambda item: sorted(item[0])):
            accounts = list(of.values())
            value = joined(lists.words(one, lists.differing) for one in accounts)
            positions.append(RowPosition(accounts, value, words_of(accounts)))
            least += max(lists.least(one, lists.differing) for one in accounts)
        row = Row(
            self._events,
            self._outcome,
            _RESPECTS[field],
            ComparisonKind.DIFFERENT_KINDS,
            positions,
            dims={"different"},
        )
        said = " and ".join(one.value for one in positions)
        row.reason = f"{said} may be different people: {least:,} in all if so"
        return row


class ListsByKind:
    """The lists among accounts by the kinds of a field that they count.

    Attributes:
        groups: The lists by their kinds.
        rivals: Pairs of sets of kinds whose numbers meet.
        different: Lists whose numbers meet no list of some other kinds, by their kinds.
        differing: The kinds by which these differ.
        unshared: The kinds by which rivals differ.
        names: Ids of all lists.
    """

    def __init__(self, accounts: Iterable[AnyAccount], field: str, kinds: Kinds) -> None:
        self._kinds = kinds
        self._field = field
        self.groups: dict[frozenset[Kind], list[AnyAccount]] = defaultdict(list)
        for account in accounts:
            if isinstance(account, SourceAccount) and account.tops:
                own = self._own(account)
                if own is not None:
                    self.groups[own].append(account)
        self.rivals: set[tuple[frozenset[Kind], frozenset[Kind]]] = set()
        self.different: dict[frozenset[Kind], dict[str, AnyAccount]] = defaultdict(dict)
        self.unshared: set[Kind] = set()
        self.differing: set[Kind] = set()
        self.names: set[str] = set()
        self._meets: dict[str, set[frozenset[Kind]]] = defaultdict(set)
        self._ends: dict[object, tuple[list[int], list[float]]] = {}
        self._counted: dict[object, Counter[tuple[int, float]]] = {}
        ordered = sorted(self.groups, key=sorted)
        for number, one in enumerate(ordered):
            for other in ordered[:number]:
                self._compare(one, other)

    def _lacking(self, one: frozenset[Kind], other: frozenset[Kind]) -> list[Kind]:
        """The kinds of one that the other has nothing of."""
        return sorted(kind for kind in one if all(self._apart(kind, k) for k in other))

    def _apart(self, one: Kind, other: Kind) -> bool:
        return self._kinds.fit(one, other).name == "OUTSIDE"

    def _compare(self, one: frozenset[Kind], other: frozenset[Kind]) -> None:
        mine, theirs = self._lacking(one, other), self._lacking(other, one)
        if not mine or not theirs:
            return
        numbers = [self._numbers(one, mine), self._numbers(other, theirs)]
        met = [_meeting(numbers[0], numbers[1]), _meeting(numbers[1], numbers[0])]
        for (this, that), of, meeting in zip(
            ((one, other), (other, one)), numbers, met, strict=True
        ):
            self.names |= {stance.account.id for stance in of}
            for stance, meets in zip(of, meeting, strict=True):
                if meets:
                    self._meets[stance.account.id].add(that)
                    self.rivals.add((this, that))
        if any(met[0]):
            self.unshared |= {*mine, *theirs}
        if not all(met[0]) or not all(met[1]):
            self.differing |= {*mine, *theirs}
            for signature, of, meeting in zip((one, other), numbers, met, strict=True):
                for stance, meets in zip(of, meeting, strict=True):
                    if not meets or all(meeting):
                        self.different[signature][stance.account.id] = stance.account

    def _numbers(self, signature: frozenset[Kind], kinds: list[Kind]) -> list[Stance]:
        return [self._number(account, kinds) for account in self.groups[signature]]

    def _number(self, account: AnyAccount, kinds: list[Kind]) -> Stance:
        """How many victims of some kinds an account counts in all."""
        found = [account.of(kind)[0] for kind in kinds]
        if len(found) == 1:
            return Stance(account, found[0])
        outer, core = found[0].outer, found[0].core
        for margin in found[1:]:
            outer, core = outer + margin.outer, core + margin.core
        return Stance(account, Margin(outer, core))

    def same_rivals(self, old: SourceAccount, new: SourceAccount) -> bool:
        """True if a list has the same rivals under two readings, and is not alone in them."""
        own = self._own(old)
        if own is None or own != self._own(new):
            return False
        for other in self.groups:
            mine, theirs = self._lacking(own, other), self._lacking(other, own)
            if mine and theirs:
                numbers = [self._number(one, mine) for one in (old, new)]
                lows, highs = self._sorted(other, theirs)
                before, after = (
                    bisect_right(lows, one.most) > bisect_left(highs, one.least) for one in numbers
                )
                known = self._known(own, mine)
                if before != after or known[numbers[0].least, numbers[0].most] < 2:
                    return False
        return True

    def _own(self, account: SourceAccount) -> frozenset[Kind] | None:
        """The kinds of a list, if all its counts are limited in the field."""
        found = [top.limits.of(self._field) for top in account.tops]
        if account.closed or account.is_mixed_side or not all(found):
            return None
        return frozenset(kind for of in found for kind in of)

    def _sorted(
        self, signature: frozenset[Kind], kinds: list[Kind]
    ) -> tuple[list[int], list[float]]:
        key = (signature, tuple(kinds))
        if key not in self._ends:
            numbers = self._numbers(signature, kinds)
            lows = sorted(one.least for one in numbers)
            self._ends[key] = (lows, sorted(one.most for one in numbers))
        return self._ends[key]

    def _known(self, signature: frozenset[Kind], kinds: list[Kind]) -> Counter[tuple[int, float]]:
        key = (signature, tuple(kinds))
        if key not in self._counted:
            numbers = self._numbers(signature, kinds)
            self._counted[key] = Counter((one.least, one.most) for one in numbers)
        return self._counted[key]

    def positions(self) -> list[list[AnyAccount]]:
        """The maximal sets of lists of which no two are rivals."""
        nodes: dict[tuple[frozenset[Kind], frozenset[frozenset[Kind]]], list[AnyAccount]] = {}
        for signature in sorted(self.groups, key=sorted):
            for account in self.groups[signature]:
                if meets := self._meets.get(account.id):
                    nodes.setdefault((signature, frozenset(meets)), []).append(account)
        names = list(nodes)

        def compatible(one: Hashable, other: Hashable) -> bool:
            assert isinstance(one, tuple)
            assert isinstance(other, tuple)
            return not (other[0] in one[1] and one[0] in other[1])

        return [
            [account for number in of for account in nodes[names[number]]]
            for of in maximal_sets(names, compatible)
        ]

    def bounds(self, accounts: Iterable[AnyAccount]) -> dict[Kind, tuple[int, float]]:
        """For each kind of the lists of a position what all of them allow."""
        found: dict[Kind, tuple[int, float]] = {}
        for account in accounts:
            for kind in sorted(k for k in account.stated if k.field == self._field):
                margin, _ = account.of(kind)
                stance = Stance(account, margin)
                least, most = found.get(kind, (0, inf))
                found[kind] = (max(least, stance.least), min(most, stance.most))
        return found

    def least(self, account: AnyAccount, kinds: set[Kind]) -> int:
        """The least number of victims of the kinds in which lists differ."""
        return sum(account.stated_bounds(one).minimum for one in self._differing(account, kinds))

    def _differing(self, account: AnyAccount, kinds: set[Kind]) -> list[Kind]:
        stated = sorted(k for k in account.stated if k.field == self._field)
        return [k for k in stated if k in kinds] or stated or sorted(kinds)

    def words(self, account: AnyAccount, differing: set[Kind]) -> str:
        """The numbers of the kinds by which an account differs from other lists."""
        kinds = self._differing(account, differing)
        if not account.stated.intersection(kinds):
            return account_total(account)
        parts = []
        for kind in kinds:
            bounds = account.stated_bounds(kind)
            if bounds.minimum or bounds.maximum:
                parts.append(people(number_words(bounds), kind.name))
        return " and ".join(parts) or account_total(account)


def _each_once(rows: Iterable[Row]) -> list[Row]:
    """Rows without those of a smaller scope that say nothing new.

    A respect in which nothing disagrees has one row, that of most accounts.
    """
    found: dict[object, Row] = {}
    for row in rows:
        if row.kind in (ComparisonKind.AGREEMENT, ComparisonKind.COMPATIBLE):
            name: object = row.respect
            other = found.get(name)
            if other and len(other.positions[0].accounts) >= len(row.positions[0].accounts):
                continue
        else:
            name = (row.respect, row.kind, row.partition)
            if name in found:
                continue
        found[name] = row
    disputed = {row.respect for row in found.values() if row.is_disagreement}
    return [
        row
        for name, row in found.items()
        if not isinstance(name, Respect) or row.respect not in disputed
    ]


def _is_put_first(account: AnyAccount) -> bool:
    return isinstance(account, SourceAccount) and account.is_put_first


def _meeting(of: Sequence[Stance], others: Sequence[Stance]) -> list[bool]:
    """For each interval whether it meets one of the others."""
    lows = sorted(one.least for one in others)
    highs = sorted(one.most for one in others)
    return [bisect_right(lows, one.most) > bisect_left(highs, one.least) for one in of]


def _is_covered(row: Row, rival: Row) -> bool:
    """True if a rival row already separates what a row of one kind separates."""
    places = rival.places()
    own = row.places()
    found: list[set[int]] = []
    for number, position in enumerate(row.positions):
        at: set[int] = set()
        for account in position.accounts:
            if own[account.id] == {number}:
                if account.id not in places:
                    return False
                at |= places[account.id]
        found.append(at)
    return all(a.isdisjoint(b) for n, a in enumerate(found) for b in found[:n])


def _merge(row: Row, other: Row) -> None:
    """Join a row of another kind with the same positions."""
    values = {frozenset(a.id for a in one.accounts): one.value for one in other.positions}
    for position in row.positions:
        more = values[frozenset(a.id for a in position.accounts)]
        position.value = " / ".join(dict.fromkeys([position.value, more]))
    row.dims |= other.dims
    row.soft &= other.soft
    row.reason = against(row.positions)
    kept = {one.id for one in other.in_all}
    row.in_all = [one for one in row.in_all if one.id in kept]

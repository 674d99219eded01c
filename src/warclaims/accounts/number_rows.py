"""Compare the numbers of accounts: totals, who the victims were, age and sex, sides."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from warclaims.accounts.accounts import AnyAccount, SourceAccount
from warclaims.accounts.happenings import Scale
from warclaims.accounts.kinds import AGE_SEX, CIVILIAN, SIDE, WHO, Kind, Kinds
from warclaims.accounts.positions import (
    AccountStance,
    disagree,
    interval_positions,
    is_soft_disagreement,
    meet_only_softly,
    without_consequences,
)
from warclaims.accounts.redundant_rows import agreement, each_once, is_covered, merged
from warclaims.accounts.rival_lists import RivalLists
from warclaims.accounts.rows import (
    Row,
    RowPosition,
    account_total,
    how_many,
    number_words,
)
from warclaims.accounts.scopes import CompareScope, scopes
from warclaims.accounts.stances import Stances, list_total, stances_on_side
from warclaims.accounts.succession import DatedNumber, outdated
from warclaims.grouping import grouped
from warclaims.records.accounts import ComparisonKind, Respect
from warclaims.wording import bounds_words, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from warclaims.accounts.extremes import ExtremeAccounts
    from warclaims.accounts.happenings import Narrowing

_NO_KIND: tuple[tuple[Kind, ...], tuple[Kind, ...]] = ((), ())
"""The only kind of an account that counts several sides apart, whoever the people are."""


class CountedRespect(NamedTuple):
    """A respect in which accounts are compared, and how each is worded.

    Attributes:
        dim: What is counted; with the respect the identity of a row.
        words: What an account says.
    """

    respect: Respect
    dim: str
    words: Callable[[AnyAccount], str]


@dataclass
class NumberComparer:
    """Compares the numbers of the accounts of one event and outcome.

    Attributes:
        stale: By account, the kinds whose numbers were replaced or withdrawn.
        narrowing: The weapons and perpetrators to which an account is limited.
        extremes: Where to remember what disagreements rest on.
        focus: Ids of the accounts without which there is nothing new to say.
    """

    events: tuple[str, ...]
    outcome: str
    size: Scale
    kinds: Kinds
    stale: Mapping[str, set[Kind]]
    narrowing: Callable[[AnyAccount], Narrowing | None]
    extremes: ExtremeAccounts | None = None
    focus: frozenset[str] | None = None
    _stances: Stances = field(default_factory=lambda: Stances(()))
    _found: list[Row] = field(default_factory=list)
    _updates: list[Row] = field(default_factory=list)

    def rows(self, accounts: list[AnyAccount]) -> list[Row]:
        """The rows on totals, kinds and sides."""
        if len(accounts) < 2:
            return []
        self._stances = Stances(accounts)
        single = self.size is Scale.SINGLE
        whole = CompareScope("", accounts, focus=self.focus)
        for by_side in scopes(whole, lambda one: one.side, strict=not single):
            narrowed = [by_side]
            if not single:
                narrowed = scopes(by_side, self.narrowing, strict=self.size is Scale.LARGE)
            for scope in narrowed:
                if len(scope.accounts) > 1:
                    self._scope(scope)
        if any(one.is_mixed_side for one in accounts):
            self._sides(accounts)
        return [*each_once(self._found), *each_once(self._updates)]

    def _row(
        self,
        question: CountedRespect,
        kind: ComparisonKind,
        positions: list[RowPosition],
        lead: str = "",
    ) -> Row:
        return Row(
            self.events,
            self.outcome,
            question.respect,
            kind,
            positions,
            dims={question.dim},
            lead=lead,
        )

    # One scope.

    def _scope(self, scope: CompareScope) -> None:
        """Compare totals, lists and kinds of accounts that nothing keeps apart."""
        totals = self._totals(scope) if any(one.closed for one in scope.accounts) else None
        rivals = self._rivals(scope) if self.size is Scale.SINGLE else []
        for name in (WHO, AGE_SEX):
            self._field(scope, name, [one for one in rivals if one.respect == name])
        self._narrow_lists(scope)
        self._parts_of_lists(scope)
        self._found += [totals] if totals else []

    def _totals(self, scope: CompareScope) -> Row | None:
        stances = [self._stances.of(one, scope) for one in scope.accounts]
        question = CountedRespect(Respect.TOTAL, scope.name or "all", account_total)
        return self._compared([one for one in stances if one], scope, question, everything=True)

    def _field(self, scope: CompareScope, name: str, rivals: list[Row]) -> None:
        """Compare the kinds of one field, where no row on rivals separates the accounts already."""
        everything = {kind for one in scope.accounts for kind in one.stated}
        stated = {kind for kind in everything if kind.field == name}
        if name == WHO and any(map(self.kinds.is_child, everything)):
            stated.add(CIVILIAN)  # as children count
        rows = [
            self._kind(scope, kind) for kind in sorted(stated, key=lambda one: (_depth(one), one))
        ]
        found = [row for row in rows if row]
        disputed = [
            row
            for row in found
            if row.is_disagreement
            and not any(is_covered(row, one) for one in rivals if one.respect == row.respect)
        ]
        self._found += merged(disputed) or ([] if rivals else agreement(found))

    def _kind(self, scope: CompareScope, kind: Kind) -> Row | None:
        told = [
            self._stances.of(one, scope, kind)
            for one in scope.accounts
            if kind.field in one.fields and kind not in self.stale.get(one.id, ())
        ]
        said = [one for one in told if one]
        stances = without_consequences(said)
        if len(stances) < 2:
            return None
        question = _about(kind, self.kinds)._replace(dim=f"{scope.name}{kind.name}")
        stances = self._latest(stances, question, kind)
        as_total = _is_total(scope, stances, kind)
        if as_total:
            question = question._replace(respect=Respect.TOTAL)
        row = self._compared(stances, scope, question, everything=not as_total)
        if row is None or row.is_disagreement:
            return row
        mentioning = sum(kind in stance.account.stated for stance in stances)
        return row if mentioning > 1 and not disagree(said) else None

    def _latest(
        self, stances: Sequence[AccountStance], question: CountedRespect, kind: Kind
    ) -> list[AccountStance]:
        """Leave out older numbers of a source that gives a later one of the same kind."""
        stating = [
            one for one in stances if one.account.source.is_named and kind in one.account.stated
        ]
        out: set[str] = set()
        for of in grouped(stating, lambda one: one.account.source.key).values():
            numbers = (
                DatedNumber(one.account.id, one.account.date, one.account.of(kind)) for one in of
            )
            old = outdated([*numbers]) if len(of) > 1 else set()
            latest = [one for one in of if one.account.id not in old]
            for one in of if old else ():
                if one.account.id in old:
                    dim = f"update {one.account.id} {kind.name}"
                    self._update(one, latest, question, "{} earlier, {} later", dim)
            out |= old
        return [one for one in stances if one.account.id not in out]

    def _update(
        self,
        old: AccountStance,
        later: Sequence[AccountStance],
        question: CountedRespect,
        reason: str,
        dim: str,
    ) -> None:
        positions = [_position([old], question), _position(later, question)]
        said = reason.format(*(one.value for one in positions))
        question = question._replace(dim=dim)
        self._updates.append(self._row(question, ComparisonKind.UPDATE, positions, said))

    def _narrow_lists(self, scope: CompareScope) -> None:
        """Compare lists of the same one kind that is limited twice, such as women medics."""
        narrow = [
            one
            for one in scope.accounts
            if one.only_kind and all(one.only_kind) and not one.added_to
        ]
        for limits, accounts in grouped(narrow, lambda one: one.only_kind or _NO_KIND).items():
            stances = [list_total(one, scope) for one in accounts]
            closed = any(one.closed for one in scope.accounts)
            respect = Respect.WHO if closed else Respect.TOTAL
            question = CountedRespect(
                respect,
                " ".join(plain(one.name) for of in limits for one in of),
                account_total,
            )
            row = self._compared(stances, scope, question)
            self._found += [row] if row else []

    def _parts_of_lists(self, scope: CompareScope) -> None:
        """Compare parts of lists of equally many people of one kind, as there are no others."""
        lists = (
            one
            for one in scope.accounts
            if isinstance(one, SourceAccount) and one.has_parts and one.only_kind
        )
        for of in grouped(lists, lambda one: (one.only_kind, one.total.outer)).values():
            stated = {kind for one in of for kind in one.stated} if len(of) > 1 else set()
            for kind in sorted(stated):
                stances = [
                    AccountStance(one, one.within(kind)) for one in of if kind.field in one.fields
                ]
                question = _about(kind, self.kinds)._replace(dim=f"{scope.name}part {kind.name}")
                row = self._compared(stances, scope, question)
                self._found += [row] if row and row.is_disagreement else []

    def _rivals(self, scope: CompareScope) -> list[Row]:
        """Compare lists of which each has a kind that the other lacks; the rows on rivals."""
        found = []
        for name in (WHO, AGE_SEX):
            lists = RivalLists(scope.accounts, name, self.kinds)
            if lists.rival_kinds:
                positions, in_all = lists.rivals()
                question = CountedRespect(Respect[name.upper()], "rival", account_total)
                lead = "the same people described as "
                row = self._row(question, ComparisonKind.DISAGREEMENT, positions, lead)
                row.in_all = in_all
                row.dims |= {kind.name for kind in lists.rival_kinds}
                if _has_any(row, scope.focus):
                    found.append(row)
            if lists.different_kinds:
                positions, total = lists.different()
                said = " and ".join(one.value for one in positions)
                reason = f"{said} may be different people: {bounds_words(*total)} in all if so"
                question = CountedRespect(Respect[name.upper()], "different", account_total)
                row = self._row(question, ComparisonKind.DIFFERENT_KINDS, positions, reason)
                self._found += [row] if _has_any(row, scope.focus) else []
            if self.extremes and (lists.rival_kinds or lists.different_kinds):
                for accounts in lists.groups.values():
                    self.extremes.add_some(accounts)
        self._found += found
        return found

    # Sides.

    def _sides(self, accounts: Sequence[AnyAccount]) -> None:
        """Compare what accounts that count several sides apart say of each side.

        Those that state a whole are compared with each other and with the minimums of lists, lists
        with those of the same kind.
        """
        named = sorted({side for one in accounts if one.is_mixed_side for side in one.sides})
        lists = [one for one in accounts if not one.closed and one.only_kind != _NO_KIND]
        listed = {one.id for one in lists}
        alike = grouped(accounts, lambda one: one.only_kind if one.id in listed else _NO_KIND)
        alike.pop(None, None)
        rows = [
            self._side(Kind(SIDE, side), group, lists if limits == _NO_KIND else ())
            for limits, group in alike.items()
            for side in named
        ]
        found = [row for row in rows if row]
        self._found += merged(row for row in found if row.is_disagreement) or agreement(found)

    def _side(
        self, kind: Kind, accounts: list[AnyAccount], lists: Sequence[AnyAccount]
    ) -> Row | None:
        stances = stances_on_side(kind, accounts, lists)
        if not any(one.account.is_mixed_side for one in stances):
            return None
        stances = self._latest(stances, _about(kind, self.kinds), kind)
        return self._compared(stances, CompareScope("", accounts), _about(kind, self.kinds))

    # Intervals to rows.

    def _compared(
        self,
        stances: Sequence[AccountStance],
        scope: CompareScope,
        question: CountedRespect,
        *,
        everything: bool = False,
    ) -> Row | None:
        """The row on one number; with ``everything`` also the accounts that do not give it."""
        stances = self._in_order(stances, question)
        if len(stances) < 2:
            return None
        if self.extremes:
            self.extremes.add(stances)
        if not disagree(stances):
            several = [one for one in stances if not one.account.added_to]
            return self._agreeing(several, question) if len(several) > 1 else None
        if not _is_news(stances, scope.focus):
            return None
        found = interval_positions(stances)
        positions = [_position(one, question) for one in found.sets]
        row = self._row(question, ComparisonKind.DISAGREEMENT, positions)
        row.soft = is_soft_disagreement(stances)
        row.in_all = [one.account for one in found.in_all]
        if everything:
            compared = {one.account.id for one in stances}
            row.in_all += [one for one in scope.accounts if one.id not in compared]
        return row

    def _agreeing(self, stances: Sequence[AccountStance], question: CountedRespect) -> Row:
        soft = meet_only_softly(stances)
        same = not soft and len({one.bounds.outer for one in stances}) == 1
        kind = ComparisonKind.AGREEMENT if same else ComparisonKind.COMPATIBLE
        position = _position(stances, question)
        said = f"{'all say' if same else 'all can be true:'} {position.value}"
        row = self._row(
            question, kind, [position], f"{how_many([one.account for one in stances])}; {said}"
        )
        row.soft = soft
        return row

    def _in_order(
        self, stances: Sequence[AccountStance], question: CountedRespect
    ) -> Sequence[AccountStance]:
        """Leave out a count that its text puts before the only others that it conflicts with."""
        if len({one.account.document for one in stances}) == len(stances) or not disagree(stances):
            return stances
        texts = grouped(stances, lambda one: one.account.document)
        for own in (of for of in texts.values() if len(of) > 1 and disagree(of)):
            for first in filter(_is_put_first, own):
                later = [one for one in own if disagree([one, first])]
                if not later or any(map(_is_put_first, later)):
                    continue
                dim = " ".join(["earlier", *(one.account.id for one in (first, *later))])
                self._update(first, later, question, "one text puts {} before {}", dim)
                if not any(disagree([one, first]) for one in stances if one not in later):
                    stances = [one for one in stances if one is not first]
        return stances


def _about(kind: Kind, kinds: Kinds) -> CountedRespect:
    """How many an account has of a kind."""
    return CountedRespect(
        kind.respect,
        kind.name,
        lambda account: kinds.words(number_words(account.of(kind)), kind),
    )


def _depth(kind: Kind) -> int:
    return sum(1 for word in (kind.value, kind.sex) if word) + kind.value.count("_")


def _is_total(scope: CompareScope, stances: Sequence[AccountStance], kind: Kind) -> bool:
    """True if only lists of this one kind are compared: once, as the total of the kind."""
    limits = ((kind,), ()) if kind.field == WHO else ((), (kind,))
    return all(one.account.only_kind == limits for one in stances) and not any(
        one.closed for one in scope.accounts
    )


def _is_put_first(stance: AccountStance) -> bool:
    """True if a text puts a number before another one with words such as *earlier*."""
    return isinstance(stance.account, SourceAccount) and stance.account.is_put_first


def _is_news(stances: Sequence[AccountStance], focus: frozenset[str] | None) -> bool:
    """True if an account of the focus takes part in the disagreement."""
    if focus is None:
        return True
    least = max(one.least for one in stances)
    most = min(one.most for one in stances)
    return any(
        one.account.id in focus and (one.most < least or one.least > most) for one in stances
    )


def _has_any(row: Row, focus: frozenset[str] | None) -> bool:
    return focus is None or any(one.id in focus for one in row.accounts)


def _position(stances: Sequence[AccountStance], question: CountedRespect) -> RowPosition:
    different = {
        (one.bounds, one.account.closed, one.account.only_kind): one.account
        for one in reversed(stances)
    }
    said = map(question.words, reversed(different.values()))
    return RowPosition([one.account for one in stances], said)

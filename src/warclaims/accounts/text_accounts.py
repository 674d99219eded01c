"""The accounts of one text: records become groups (a count with its parts), groups accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from warclaims.accounts.account_numbers import AccountNumbers, numbers_of_one
from warclaims.accounts.accounts import AccountKey, SourceAccount
from warclaims.accounts.bounds import NONE, Count, added
from warclaims.accounts.breakdown import Group
from warclaims.accounts.facts import STATES
from warclaims.accounts.fates import Fates
from warclaims.accounts.kinds import Kinds, Limits
from warclaims.accounts.text_groups import TextGroups
from warclaims.accounts.text_links import TextLinks
from warclaims.grouping import connected, grouped, the_one
from warclaims.records.accounts import AccountMark
from warclaims.records.vocabulary import Outcome, Quantifier, VictimCertainty

if TYPE_CHECKING:
    from collections.abc import Sequence, Set

    from warclaims.accounts.facts import Fact
    from warclaims.accounts.wholes import EventKey


class Replacement(NamedTuple):
    """A number that a text says was replaced or withdrawn.

    Attributes:
        old: The record with the old number.
        new: The record with the new one; none if it was only withdrawn.
        old_count: The old bounds; none if the text gives no number.
        new_count: The new bounds; none if there is no new number.
        limits: The kinds that the old number is limited to.
    """

    old: Fact
    new: Fact | None
    old_count: Count | None
    new_count: Count | None
    limits: Limits


class TextAccounts(NamedTuple):
    """The accounts of one text, and what takes part in no comparison.

    Attributes:
        replacements: Numbers that were replaced or withdrawn.
        denied: Records that only a denial or doubt mentions.
        besides: Records that are added to one of another source.
    """

    accounts: list[SourceAccount]
    replacements: list[Replacement]
    denied: list[Fact]
    besides: list[Fact]

    @property
    def keys(self) -> set[EventKey]:
        """The events of its counts."""
        facts = [*self.denied, *self.besides, *(one.old for one in self.replacements)]
        keys = {one.events for one in self.accounts} | {one.events for one in facts}
        return keys - {()}

    def about(self, events: Set[str]) -> TextAccounts:
        """The accounts of some events, and what else it says of them."""

        def is_about(one: SourceAccount | Fact) -> bool:
            return not events.isdisjoint(one.events)

        return TextAccounts(
            [*filter(is_about, self.accounts)],
            [one for one in self.replacements if is_about(one.old)],
            [*filter(is_about, self.denied)],
            [*filter(is_about, self.besides)],
        )


class AccountDraft:
    """An account in the making: its records, and the groups that are part of no other."""

    def __init__(self, key: AccountKey) -> None:
        self.key = key
        self.facts: list[Fact] = []
        self.tops: list[tuple[Fact, Group]] = []
        self.sum_of: tuple[str, ...] = ()


def text_accounts(facts: Sequence[Fact], kinds: Kinds) -> TextAccounts:
    """The accounts of one text."""
    return _AccountBuilder(facts, kinds).made()


class _AccountBuilder:
    """Builds the accounts of one text from its facts."""

    def __init__(self, facts: Sequence[Fact], kinds: Kinds) -> None:
        self._facts = facts
        self._kinds = kinds
        self._links = TextLinks(facts)
        self._groups = TextGroups(self._links, kinds)
        self._drafts: dict[AccountKey, AccountDraft] = {}
        self._of_record: dict[str, AccountDraft] = {}
        self._unions: dict[tuple[str, ...], Group] = {}
        self._fates = Fates(self._groups, self._links.fates)

    def made(self) -> TextAccounts:
        replacements = [self._replacement(old, new) for old, new in self._links.replaced]
        for fact in self._facts:
            if fact.record.id not in self._links.out:
                self._groups.of(fact.record.id)
        for fact in self._links.counting:
            self._add(fact)
        for alias in self._links.aliases:
            draft = self._of_record.get(self._links.canonical(alias))
            if draft is not None:
                draft.facts.append(self._links.by_id[alias])
        accounts = [self._account(draft) for draft in self._drafts.values()]
        denied = [fact for fact in self._facts if fact.is_denied_by_source and fact.events]
        return TextAccounts(accounts, replacements, denied, self._links.besides())

    def _replacement(self, old: Fact, new: Fact | None) -> Replacement:
        limits = self._kinds.limits(old.record)
        return Replacement(old, new, self._number(old), self._number(new), limits)

    def _number(self, fact: Fact | None) -> Count | None:
        if fact is None or (fact.record.value is None and fact.record.fraction is None):
            return None
        return self._groups.count(fact)

    # From records to drafts.

    def _add(self, fact: Fact) -> None:
        """Add a record to an account: to that of its whole, else to that of its source."""
        name = fact.record.id
        wholes = self._links.wholes(fact)
        group = self._groups.of(name)
        near = [
            one
            for one in wholes
            if (one.outcome, one.events) == (fact.outcome, fact.events)
            and one.record.id in self._of_record
        ]
        if near:
            draft = self._of_record[near[0].record.id]
            self._add_part(near, group, fact, draft)
        else:
            sums = self._links.sums.get(name)
            source = self._links.by_id[sums[0]].source if sums else fact.source
            key = AccountKey(source.key, fact.events, fact.outcome)
            draft = self._drafts.setdefault(key, AccountDraft(key))
            if fact.outcome == Outcome.KILLED_OR_INJURED and len(wholes) > 1:
                self._add_to_both(wholes, group, fact, draft)
            else:
                for whole in wholes:
                    self._fates.add(fact, whole)
                later = self._links.is_later(fact)
                draft.tops.append((fact, self._groups.later(name) if later else group))
        self._of_record[name] = draft
        draft.facts.append(fact)

    def _add_part(
        self, wholes: Sequence[Fact], group: Group, fact: Fact, draft: AccountDraft
    ) -> None:
        """Add a part to its whole, or to the sum of several.

        The word of another source on a kind counts if the account's own source says nothing of it.
        """
        whole = wholes[0]
        target = self._union(wholes, draft) if len(wholes) > 1 else self._groups.of(whole.record.id)
        if fact.source.key != whole.source.key:
            group.word_of = fact.source.text
            if any(group.own == part.own for part in target.parts):
                return
        if _is_presumed(fact) and not _is_presumed(whole):
            group.count = group.count.up_to
        if not group.own.kinds and fact.outcome in STATES:
            self._fates.still[whole.record.id].append(fact)
        target.parts.append(group)

    def _union(self, wholes: Sequence[Fact], draft: AccountDraft) -> Group:
        """One group for several wholes of an account, which become parts of it."""
        names = tuple(sorted(one.record.id for one in wholes))
        if names not in self._unions:
            groups = [self._groups.of(name) for name in names]
            inside = [one for one in draft.tops if any(one[1] is group for group in groups)]
            if len(inside) != len(groups):
                return groups[0]
            union = _sum_of(groups)
            union.own = Limits()
            union.parts.extend(groups)
            draft.tops = [one for one in draft.tops if one not in inside]
            draft.tops.append((inside[0][0], union))
            self._unions[names] = union
        return self._unions[names]

    def _add_to_both(
        self, wholes: Sequence[Fact], group: Group, fact: Fact, draft: AccountDraft
    ) -> None:
        """A part of the killed and the injured is part of a count of both together."""
        names = tuple(sorted(one.record.id for one in wholes))
        if names not in self._unions:
            self._unions[names] = _sum_of([self._groups.of(name) for name in names])
            draft.tops.append((fact, self._unions[names]))
            draft.sum_of = tuple(one.id for one in wholes)
        self._unions[names].parts.append(group)

    # From drafts to accounts.

    def _account(self, draft: AccountDraft) -> SourceAccount:
        """An account: what it counts itself, else what later states of others leave."""
        tops = [one for one in draft.tops if not self._links.is_later(one[0])] or draft.tops
        tops = self._with_sums(tops)
        zeros = [group.own for _, group in tops if _is_zero(group)]
        tops = [one for one in tops if not _is_zero(one[1])]
        if not all(_is_presumed(fact) for fact, _ in tops):
            for fact, group in tops:
                if _is_presumed(fact):
                    group.count = group.count.up_to
        facts = sorted(draft.facts, key=lambda fact: (fact.start, fact.end, fact.record.id))
        top_facts = [fact for fact, _ in tops]
        account = SourceAccount(draft.key, facts, top_facts, self._numbers(tops, zeros))
        if any(fact.record.id in self._groups.headline_differs for fact in facts):
            account.marks.add(AccountMark.HEADLINE_DIFFERS)
        account.computed_from = draft.sum_of
        account.added_to = frozenset(
            one.id for fact in top_facts for one in self._links.added_to(fact)
        )
        if any(map(self._fates.are_exceeding, top_facts)):
            account.marks.add(AccountMark.DOES_NOT_ADD_UP)
        elif draft.key.outcome in STATES:
            account.still = self._fates.left(top_facts)
        return account

    def _numbers(
        self, tops: Sequence[tuple[Fact, Group]], zeros: Sequence[Limits]
    ) -> AccountNumbers:
        groups = [group for _, group in tops]
        if len(groups) == 1 and not groups[0].parts and not zeros:
            return numbers_of_one(self._kinds, groups[0].count, groups[0].own, groups[0].limits)
        clusters = self._clusters(tops)
        self._loosen(tops, clusters)
        return AccountNumbers(self._kinds, groups, zeros, clusters)

    def _with_sums(self, tops: list[tuple[Fact, Group]]) -> list[tuple[Fact, Group]]:
        """Put groups into a count that a text repeats of them all together.

        If it excludes their sum, the groups count, and the account is marked.
        """
        for name, parts in self._links.sums.items():
            whole = next((one for one in tops if one[0].record.id == name), None)
            inside = [one for one in tops if one[0].record.id in parts]
            if whole is None or len(inside) != len(parts):
                continue
            groups = [group for _, group in inside]
            summed = added([group.count for group in groups])
            if summed.outer.meets(whole[1].count.outer):
                whole[1].parts.extend(groups)
                whole[1].count = whole[1].count.narrowed(summed)
                tops = [one for one in tops if one not in inside]
            else:
                self._groups.headline_differs.add(name)
                tops = [one for one in tops if one is not whole]
        return tops

    def _clusters(self, tops: Sequence[tuple[Fact, Group]]) -> list[list[Group]]:
        """The groups that are surely different people: of one sentence, or linked by *besides*."""
        first: dict[int, str] = {}
        pairs = [
            (fact.record.id, first.setdefault(fact.sentence, fact.record.id))
            for fact, _ in tops
            if len(tops) > 1
        ]
        for fact, _ in tops:
            pairs += ((fact.record.id, self._links.root(name)) for name in fact.record.besides)
        near = connected([fact.record.id for fact, _ in tops], pairs)
        clusters = grouped(tops, lambda one: min(near[one[0].record.id]))
        return [[group for _, group in of] for of in clusters.values()]

    def _loosen(
        self, tops: Sequence[tuple[Fact, Group]], clusters: Sequence[Sequence[Group]]
    ) -> None:
        """An indefinite count by itself may be of the people of other counts."""
        indefinite = [g for f, g in tops if f.record.quantifier is Quantifier.INDEFINITE]
        numbered = [group for _, group in tops if group not in indefinite]
        for group in indefinite if numbered else ():
            if [group] in clusters:
                group.is_loose = not all(
                    self._kinds.disjoint(group.limits, one.limits) for one in numbered
                )


def _is_presumed(fact: Fact) -> bool:
    return fact.record.certainty is VictimCertainty.PRESUMED


def _is_zero(group: Group) -> bool:
    """True for a count of none of a kind."""
    return group.count.stated == NONE and bool(group.own.people)


def _sum_of(groups: Sequence[Group]) -> Group:
    """One group for several, with the limits that all of them have."""
    limits = the_one(group.limits for group in groups) or Limits()
    return Group(added([group.count for group in groups]), limits, limits)

"""The accounts of one text: records become groups (a count with its parts), groups accounts."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from warclaims.accounts.account_numbers import AccountNumbers, numbers_of_one
from warclaims.accounts.accounts import AccountKey, SourceAccount
from warclaims.accounts.bounds import NONE, OUTER, Count, added, count_of
from warclaims.accounts.breakdown import Group
from warclaims.accounts.facts import STATES
from warclaims.accounts.kinds import Kind, Kinds, Limits
from warclaims.records.accounts import AccountMark
from warclaims.records.vocabulary import Outcome, Quantifier, VictimCertainty

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warclaims.accounts.facts import Fact


class Replacement(NamedTuple):
    """A number that a text says was replaced or withdrawn.

    Attributes:
        old: The record with the old number.
        new: The record with the new one; none if it was only withdrawn.
        count: The old bounds; none if the text gives no number.
        limits: The kinds that the old number is limited to.
    """

    old: Fact
    new: Fact | None
    count: Count | None
    limits: Limits

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds that the old number is limited to, besides a side."""
        return (*self.limits.who, *self.limits.age_sex)


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


def text_accounts(facts: Sequence[Fact], kinds: Kinds) -> TextAccounts:
    """The accounts of one text."""
    return _AccountBuilder(facts, kinds).made()


class _AccountBuilder:
    """Builds the accounts of one text from its facts."""

    def __init__(self, facts: Sequence[Fact], kinds: Kinds) -> None:
        self._facts = facts
        self._kinds = kinds
        self._by_id = {fact.record.id: fact for fact in facts}
        self._aliases: dict[str, str] = {}
        self._wholes_of: dict[str, list[str]] = {}
        self._fates: dict[str, list[Fact]] = defaultdict(list)
        self._out: set[str] = set()
        self._counts: dict[str, Count] = {}
        self._groups: dict[str, Group] = {}
        self._headline_differs: set[str] = set()
        self._still_records: dict[str, list[Fact]] = defaultdict(list)

    def made(self) -> TextAccounts:
        replacements = self._leave_out()
        self._resolve_same()
        for fact in self._facts:
            if fact.record.id not in self._out:
                self._group(fact)
        accounts = self._accounts()
        denied = [fact for fact in self._facts if fact.is_denied_by_source]
        return TextAccounts(accounts, replacements, denied, self._besides())

    # What takes part in no account.

    def _leave_out(self) -> list[Replacement]:
        found: list[Replacement] = []
        for fact in self._facts:
            record = fact.record
            if record.certainty is VictimCertainty.RETRACTED:
                self._out.add(record.id)
                found.append(self._replacement(fact, None))
            if fact.is_denied_by_source:
                self._out.add(record.id)
            for old in record.revises:
                if old in self._by_id and old != record.id:
                    self._out.add(old)
                    found.append(self._replacement(self._by_id[old], fact))
        parts = any(fact.record.subset_of for fact in self._facts)
        while parts:  # the parts of what was replaced or only denied go with it
            parts = False
            for fact in self._facts:
                wholes = [
                    self._by_id[name] for name in fact.record.subset_of if name in self._by_id
                ]
                gone = [
                    one
                    for one in wholes
                    if one.record.id in self._out
                    and one.record.certainty is not VictimCertainty.RETRACTED
                ]
                if wholes and len(gone) == len(wholes) and fact.record.id not in self._out:
                    self._out.add(fact.record.id)
                    parts = True
        return found

    def _replacement(self, old: Fact, new: Fact | None) -> Replacement:
        number = old.record.value is not None or old.record.fraction is not None
        count = self._count(old) if number else None
        return Replacement(old, new, count, self._kinds.limits(old.record))

    # Links.

    def _resolve_same(self) -> None:
        """Find the record that stands for each set of records about the same people."""
        if not any(fact.record.same_as for fact in self._facts):
            return
        for fact in self._facts:
            record = fact.record
            if record.id in self._out:
                continue
            targets = [self._by_id[name] for name in record.same_as if name in self._by_id]
            same = [
                one
                for one in targets
                if one.outcome == fact.outcome
                and one.record.id not in self._out
                and one.record.id != record.id
            ]
            if len(same) > 1:
                self._wholes_of[record.id] = [one.record.id for one in same]
            elif same and self._canonical(same[0].record.id) != record.id:
                self._aliases[record.id] = same[0].record.id
            for other in targets:
                if other.outcome != fact.outcome:
                    if other.outcome in STATES:
                        self._fates[other.record.id].append(fact)
                    elif fact.outcome in STATES:
                        self._fates[record.id].append(other)

    def _canonical(self, name: str) -> str:
        seen = {name}
        while name in self._aliases and self._aliases[name] not in seen:
            name = self._aliases[name]
            seen.add(name)
        return name

    def _wholes(self, fact: Fact) -> list[Fact]:
        if not fact.record.subset_of:
            return []
        names = dict.fromkeys(map(self._canonical, fact.record.subset_of))
        own = self._canonical(fact.record.id)
        return [self._by_id[n] for n in names if n in self._by_id and n != own]

    def _same_people(self, name: str) -> list[Fact]:
        """The records that count the same people as ``name``."""
        if not self._aliases:
            return []
        return [self._by_id[alias] for alias in self._aliases if self._canonical(alias) == name]

    # Groups.

    def _count(self, fact: Fact, seen: frozenset[str] = frozenset()) -> Count:
        """The bounds of a record, narrowed by those of records about the same people."""
        name = fact.record.id
        found = self._counts.get(name)
        if found is not None:
            return found
        count = self._own_count(fact, seen)
        for other in self._same_people(name):
            count = self._narrowed(fact, count, other, self._own_count(other, seen))
        self._counts[name] = count
        return count

    def _own_count(self, fact: Fact, seen: frozenset[str]) -> Count:
        base = None
        if fact.record.fraction is not None and fact.record.value is None:
            wholes = [one for one in self._wholes(fact) if one.record.id not in seen]
            if wholes:
                inner = seen | {fact.record.id}
                base = added([self._count(one, inner) for one in wholes])
        return count_of(fact.record, fact.words, base)

    def _narrowed(self, fact: Fact, count: Count, other: Fact, number: Count) -> Count:
        if other.record.quantifier is Quantifier.INDEFINITE:
            return count
        if fact.record.quantifier is Quantifier.INDEFINITE:
            return number
        if count[OUTER].meets(number[OUTER]):
            return count.narrowed(number)
        self._headline_differs.add(fact.record.id)
        outside = not fact.text.in_body(fact.start) and other.text.in_body(other.start)
        return number if outside else count

    def _limits(self, fact: Fact) -> Limits:
        """What limits a record, with what records about the same people add."""
        found = self._kinds.limits(fact.record)
        for other in self._same_people(fact.record.id):
            more = self._kinds.limits(other.record)
            found = Limits(
                found.who or more.who,
                found.age_sex or more.age_sex,
                found.side or more.side,
                found.mixed or more.mixed,
            )
        return found

    def _group(self, fact: Fact, seen: frozenset[str] = frozenset()) -> Group:
        name = self._canonical(fact.record.id)
        found = self._groups.get(name)
        if found is not None:
            return found
        fact = self._by_id[name]
        own = self._limits(fact)
        limits = own
        inner = seen | {name}
        wholes = self._wholes(fact)
        if len(wholes) == 1 and wholes[0].record.id not in inner:
            whole = self._group(wholes[0], inner)
            limits = own.within(whole.limits)
            if (wholes[0].outcome, wholes[0].events) != (fact.outcome, fact.events):
                own = own.within(whole.own)
            else:
                own = own.beyond(whole.limits)
        group = Group(self._count(fact), own, self._kinds.compared(limits))
        self._groups[name] = group
        return group

    # Accounts.

    def _accounts(self) -> list[SourceAccount]:
        roots: dict[str, AccountKey] = {}
        members: dict[AccountKey, list[Fact]] = defaultdict(list)
        tops: dict[AccountKey, list[tuple[Fact, Group]]] = defaultdict(list)
        unions: dict[tuple[str, ...], Group] = {}
        active = [fact for fact in self._facts if fact.record.id not in self._out]
        if any(fact.record.subset_of for fact in active):
            active.sort(key=self._depth)
        for fact in active:
            name = fact.record.id
            if name in self._aliases:
                continue
            wholes = self._wholes(fact)
            spoken = self._by_id[self._wholes_of[name][0]] if name in self._wholes_of else fact
            key = AccountKey(spoken.source.key, fact.events, fact.outcome)
            near = [
                one
                for one in wholes
                if one.outcome == fact.outcome
                and one.events == fact.events
                and one.record.id in roots
            ]
            group = self._groups[name]
            if near:
                key = roots[near[0].record.id]
                self._add_part(near, group, fact, tops[key], unions)
            elif fact.outcome == Outcome.KILLED_OR_INJURED and len(wholes) > 1:
                self._add_to_union(wholes, group, tops[key], unions, fact)
            else:
                tops[key].append((fact, self._later(fact, wholes, group)))
            roots[name] = key
            members[key].append(fact)
        for alias in self._aliases:
            target = self._canonical(alias)
            if target in roots:
                members[roots[target]].append(self._by_id[alias])
        return [self._account(key, members[key], tops[key]) for key in members]

    def _depth(self, fact: Fact) -> int:
        """How many wholes are around a record; a cycle ends where it closes."""
        depth, seen, level = 0, {fact.record.id}, self._wholes(fact)
        while level and depth < len(self._facts):
            depth += 1
            fresh = [one for one in level if one.record.id not in seen]
            seen |= {one.record.id for one in fresh}
            level = [whole for one in fresh for whole in self._wholes(one)]
        return depth

    def _add_part(
        self,
        wholes: list[Fact],
        group: Group,
        fact: Fact,
        tops: list[tuple[Fact, Group]],
        unions: dict[tuple[str, ...], Group],
    ) -> None:
        whole = wholes[0]
        target = self._groups[whole.record.id]
        if len(wholes) > 1:
            target = self._union(wholes, tops, unions, fact)
        if fact.source.key != whole.source.key:
            group.word_of = fact.source.text
            stated = {limit for part in target.parts for limit in (part.own,)}
            if group.own in stated:
                return  # the account's own word on the same kind is kept
        if self._is_presumed(fact) and not self._is_presumed(whole):
            group.count = group.count.up_to
        if not (group.own.who or group.own.age_sex or group.own.side) and fact.outcome in STATES:
            self._still_records[whole.record.id].append(fact)
        target.parts.append(group)

    def _union(
        self,
        wholes: list[Fact],
        tops: list[tuple[Fact, Group]],
        unions: dict[tuple[str, ...], Group],
        fact: Fact,
    ) -> Group:
        """One group for several wholes, which become parts of it."""
        names = tuple(sorted(one.record.id for one in wholes))
        if names not in unions:
            groups = [self._groups[name] for name in names]
            limits = groups[0].limits if len({g.limits for g in groups}) == 1 else Limits()
            union = Group(added([g.count for g in groups]), Limits(), limits)
            inside = [one for one in tops if any(one[1] is g for g in groups)]
            if len(inside) == len(groups):
                union.parts.extend(groups)
                tops[:] = [one for one in tops if one not in inside]
                tops.append((inside[0][0], union))
            else:
                return self._groups[names[0]]
            unions[names] = union
        return unions[names]

    def _add_to_union(
        self,
        wholes: list[Fact],
        group: Group,
        tops: list[tuple[Fact, Group]],
        unions: dict[tuple[str, ...], Group],
        fact: Fact,
    ) -> None:
        """A part of the killed and the injured is part of a count of both together."""
        names = tuple(sorted(one.record.id for one in wholes))
        if names not in unions:
            groups = [
                self._groups[n] if n in self._groups else self._group(self._by_id[n]) for n in names
            ]
            limits = groups[0].limits if len({g.limits for g in groups}) == 1 else Limits()
            unions[names] = Group(added([g.count for g in groups]), limits, limits)
            tops.append((fact, unions[names]))
        unions[names].parts.append(group)

    def _later(self, fact: Fact, wholes: list[Fact], group: Group) -> Group:
        """A count that is a later state of people with another outcome is only a minimum of it."""
        for whole in wholes:
            if whole.outcome in STATES:
                self._fates[whole.record.id].append(fact)
        if fact.outcome == Outcome.KILLED and any(
            one.outcome in STATES or one.outcome == Outcome.INJURED for one in wholes
        ):
            later = Group(group.count.at_least, group.own, group.limits)
            later.parts = group.parts
            self._groups[fact.record.id] = later
            return later
        return group

    def _is_presumed(self, fact: Fact) -> bool:
        return fact.record.certainty is VictimCertainty.PRESUMED

    def _is_later(self, fact: Fact) -> bool:
        return fact.outcome == Outcome.KILLED and any(
            one.outcome in STATES or one.outcome == Outcome.INJURED for one in self._wholes(fact)
        )

    def _account(
        self,
        key: AccountKey,
        facts: list[Fact],
        tops: list[tuple[Fact, Group]],
    ) -> SourceAccount:
        counted = [one for one in tops if not self._is_later(one[0])]
        if counted and len(counted) < len(tops):
            tops = counted  # the account counts the dead itself
        self._wrap(tops)
        zeros = [g.own for _, g in tops if _is_none(g) and g.own.is_limited]
        tops = [one for one in tops if not (_is_none(one[1]) and one[1].own.is_limited)]
        if any(not self._is_presumed(fact) for fact, _ in tops):
            for fact, group in tops:
                if self._is_presumed(fact):
                    group.count = group.count.up_to
        ordered = sorted(facts, key=lambda fact: (fact.start, fact.end, fact.record.id))
        top_facts = [fact for fact, _ in tops]
        account = SourceAccount(key, ordered, top_facts, self._numbers(tops, zeros))
        if any(fact.record.id in self._headline_differs for fact in facts):
            account.marks.add(AccountMark.HEADLINE_DIFFERS)
        if key.outcome in STATES:
            self._set_still(account, top_facts)
        return account

    def _numbers(self, tops: list[tuple[Fact, Group]], zeros: list[Limits]) -> AccountNumbers:
        groups = [group for _, group in tops]
        if len(groups) == 1 and not groups[0].parts and not zeros:
            (only,) = groups
            return numbers_of_one(self._kinds, only.count, only.own, only.limits)
        return AccountNumbers(self._kinds, groups, zeros, self._clusters(tops))

    def _wrap(self, tops: list[tuple[Fact, Group]]) -> None:
        """Put groups into a count that a text repeats of them all together."""
        for name, parts in self._wholes_of.items():
            whole = next((one for one in tops if one[0].record.id == name), None)
            inside = [one for one in tops if one[0].record.id in parts]
            if whole is None or len(inside) != len(parts):
                continue
            summed = added([group.count for _, group in inside])
            if not summed[OUTER].meets(whole[1].count[OUTER]):
                self._headline_differs.add(name)
                tops.remove(whole)
                continue
            whole[1].parts.extend(group for _, group in inside)
            whole[1].count = whole[1].count.narrowed(summed)
            tops[:] = [one for one in tops if one not in inside]

    def _set_still(self, account: SourceAccount, facts: list[Fact]) -> None:
        """How many are still held or missing, as stated or as computed."""
        left, known = NONE, False
        for fact in facts:
            stated = self._still_records.get(fact.record.id)
            gone = {one.record.id: one for one in self._fates.get(fact.record.id, ())}
            known = known or bool(stated or gone)
            if stated:
                left += self._count(stated[0]).stated
                continue
            out = sum((self._count(one).stated for one in gone.values()), NONE)
            left += self._count(fact).stated.without(out)
        if known:
            account.still = left

    def _clusters(self, tops: list[tuple[Fact, Group]]) -> list[list[Group]]:
        """The groups that are surely different people: of one sentence, or linked by *besides*."""
        if len(tops) < 2:
            return [[group] for _, group in tops]
        names = {fact.record.id: number for number, (fact, _) in enumerate(tops)}
        cluster = list(range(len(tops)))

        def join(one: int, other: int) -> None:
            old, new = cluster[other], cluster[one]
            cluster[:] = [new if at == old else at for at in cluster]

        sentences: dict[int, int] = {}
        for number, (fact, _) in enumerate(tops):
            join(sentences.setdefault(fact.sentence, number), number)
            for other in map(self._canonical, fact.record.besides):
                root = self._root(other)
                if root in names:
                    join(names[root], number)
        found: dict[int, list[Group]] = defaultdict(list)
        for number, (_, group) in enumerate(tops):
            found[cluster[number]].append(group)
        self._loosen(tops, found, cluster)
        return list(found.values())

    def _loosen(
        self,
        tops: list[tuple[Fact, Group]],
        clusters: dict[int, list[Group]],
        cluster: list[int],
    ) -> None:
        """An indefinite count by itself may be of the people of other counts."""
        numbered = [g for f, g in tops if f.record.quantifier is not Quantifier.INDEFINITE]
        for number, (fact, group) in enumerate(tops):
            alone = len(clusters[cluster[number]]) == 1
            if alone and fact.record.quantifier is Quantifier.INDEFINITE and numbered:
                apart = all(self._kinds.disjoint(group.limits, one.limits) for one in numbered)
                group.is_loose = not apart

    def _root(self, name: str) -> str:
        seen: set[str] = set()
        while name in self._by_id and name not in seen:
            seen.add(name)
            fact = self._by_id[name]
            near = [one for one in self._wholes(fact) if one.outcome == fact.outcome]
            if not near:
                break
            name = near[0].record.id
        return name

    def _besides(self) -> list[Fact]:
        return [
            fact
            for fact in self._facts
            if fact.events
            and fact.record.id not in self._out
            and any(
                other in self._by_id
                and other not in self._out
                and self._by_id[other].source.key != fact.source.key
                for other in fact.record.besides
            )
        ]


def _is_none(group: Group) -> bool:
    return group.count.stated == NONE

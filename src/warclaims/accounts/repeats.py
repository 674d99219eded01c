"""Restatements: one statement that several texts repeat, and what a text states as fact."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from warclaims.records.accounts import AccountMark

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from warclaims.accounts.accounts import SourceAccount


def mark_repeats(accounts: Sequence[SourceAccount]) -> None:
    """AccountMark the accounts of the same events that repeat each other.

    *Restatement*: one source, equal bounds, equal fields as far as both state them. *Stated as
    fact*: an outlet says in its own voice what another attributes to somebody.
    """
    sources: dict[Hashable, list[SourceAccount]] = defaultdict(list)
    numbers: dict[Hashable, list[SourceAccount]] = defaultdict(list)
    narrated: list[SourceAccount] = []
    for account in accounts:
        number = (account.outcome, account.closed, account.only_kind, account.total.stated)
        if account.source.is_named:
            sources[account.key.source, number].append(account)
        if account.source.is_narrator:
            narrated.append(account)
        elif account.source.is_named:
            numbers[number].append(account)
    for same in sources.values():
        if len(same) > 1:
            _mark_restatements(same)
    for account in narrated:
        number = (account.outcome, account.closed, account.only_kind, account.total.stated)
        for other in numbers.get(number, ())[:8]:
            elsewhere = other.facts[0].text.narrator != account.facts[0].text.narrator
            if elsewhere and _is_same(account, other):
                account.marks.add(AccountMark.STATED_AS_FACT)


def _mark_restatements(accounts: Sequence[SourceAccount]) -> None:
    groups: list[list[SourceAccount]] = []
    for account in accounts:
        for group in groups[:8]:
            if _is_same(account, group[0]):
                group.append(account)
                break
        else:
            groups.append([account])
    for group in groups:
        if len({one.document for one in group}) > 1:
            for account in group:
                account.marks.add(AccountMark.RESTATEMENT)


def _is_same(one: SourceAccount, other: SourceAccount) -> bool:
    """True if two accounts state the same wherever both state something."""
    if one.side is not None and other.side is not None and one.side != other.side:
        return False
    if one.causes and other.causes and one.causes != other.causes:
        return False
    return all(one.of(kind).stated == other.of(kind).stated for kind in one.stated & other.stated)

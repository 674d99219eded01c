"""Restatements: one statement that several texts repeat, and what a text states as fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.grouping import grouped
from warclaims.records.accounts import AccountMark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warclaims.accounts.accounts import SourceAccount

_MOST = 8
"""With how many others an account is compared, so that the cost grows with the accounts only."""


def mark_repeats(accounts: Sequence[SourceAccount]) -> None:
    """Mark the accounts of the same events that repeat each other.

    *Restatement*: one source, equal bounds, equal fields as far as both state them. *Stated as
    fact*: an outlet says in its own voice what another attributes to somebody.
    """
    named = [one for one in accounts if one.source.is_named]
    for same in grouped(named, lambda one: (one.key.source, _number(one))).values():
        if len(same) > 1:
            _mark_restatements(same)
    attributed = grouped((one for one in named if not one.source.is_narrator), _number)
    for account in (one for one in accounts if one.source.is_narrator):
        for other in attributed.get(_number(account), [])[:_MOST]:
            elsewhere = other.facts[0].text.voices != account.facts[0].text.voices
            if elsewhere and _is_same(account, other):
                account.marks.add(AccountMark.STATED_AS_FACT)


def _number(account: SourceAccount) -> tuple[object, ...]:
    return (account.outcome, account.closed, account.only_kind, account.total.stated)


def _mark_restatements(accounts: Sequence[SourceAccount]) -> None:
    groups: list[list[SourceAccount]] = []
    for account in accounts:
        near = (group for group in groups[:_MOST] if _is_same(account, group[0]))
        group = next(near, None)
        if group is None:
            groups.append([account])
        else:
            group.append(account)
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

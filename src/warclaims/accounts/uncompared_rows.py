"""Rows that show counts without comparing their numbers, each with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.accounts.bounds import count_of
from warclaims.accounts.facts import STATES, Fact
from warclaims.accounts.positions import AccountStance, disagree
from warclaims.accounts.rows import Row, RowPosition, account_total, number_words
from warclaims.derive.dates import is_before
from warclaims.records.accounts import AccountMark, ComparisonKind, Respect
from warclaims.records.vocabulary import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warclaims.accounts.accounts import AnyAccount, SourceAccount


def before_and_after(outcome: str, accounts: list[AnyAccount]) -> list[list[AnyAccount]]:
    """Accounts of held and missing people, before and after it was known how many still were."""
    known = [
        one.date
        for one in accounts
        if one.date and one.still is not None and one.still.maximum < one.total.stated.maximum
    ]
    if outcome not in STATES or not known:
        return [accounts]
    later = [one for one in accounts if is_before(min(known), one.date)]
    return [[one for one in accounts if one not in later], later]


def after_it_was_known(outcome: str, parts: Sequence[Sequence[AnyAccount]]) -> list[Row]:
    """Say why later numbers of held and missing people are not compared with the old whole."""
    closed = [AccountStance(one, one.total) for part in parts for one in part if one.closed]
    if len(parts) < 2 or not all(parts) or not disagree(closed):
        return []
    reason = f"how many were still {outcome} was known before the later counts"
    return [_not_compared(parts, "epochs", reason)]


def other_outcomes(accounts: Sequence[AnyAccount]) -> list[Row]:
    """Different numbers of harms that only notes name."""
    if len({one.total.stated for one in accounts}) < 2:
        return []
    ordered = sorted(accounts, key=lambda one: (one.total.stated.minimum, one.id))
    reason = f"the outcome is “{Outcome.OTHER}”, and only the notes say which harm is counted"
    return [_not_compared([[one] for one in ordered], "other", reason)]


def _not_compared(parts: Sequence[Sequence[AnyAccount]], dim: str, lead: str) -> Row:
    return Row(
        parts[0][0].events,
        parts[0][0].outcome,
        Respect.TOTAL,
        ComparisonKind.NOT_COMPARABLE,
        [RowPosition(list(part), map(account_total, part)) for part in parts],
        lead=lead,
        dims={dim},
    )


def denied_row(fact: Fact) -> Row:
    """The row that shows a number which somebody only denies."""
    mark = AccountMark.DENIED if AccountMark.DENIED in fact.marks else AccountMark.NOT_CONFIRMED
    verb = "denies" if mark is AccountMark.DENIED else "does not confirm"
    number = number_words(count_of(fact.record, fact.words, fact.language))
    return Row(
        fact.events,
        fact.outcome,
        Respect.TOTAL,
        ComparisonKind.NOT_COMPARABLE,
        [RowPosition([], [number], {fact.id: fact.words})],
        marks={mark},
        dims={f"denied {fact.id}"},
        lead=f"{fact.source.text} {verb} “{fact.words}”; nobody is said to claim it",
    )


def text_minimum_rows(fact: Fact, accounts: Sequence[SourceAccount]) -> list[Row]:
    """The least number in a text that adds a count of one source to that of another."""
    near = [one for one in accounts if one.document == fact.text.id and one.outcome == fact.outcome]
    own = [one for one in near if fact.id in one.records]
    others = [one for one in near if fact.id not in one.records and one.tops]
    if not own or not others:
        return []
    both = [own[0], max(others, key=lambda one: (one.total.stated.minimum, one.id))]
    least = sum(one.total.stated.minimum for one in both)
    row = Row(
        fact.events,
        fact.outcome,
        Respect.TOTAL,
        ComparisonKind.COMPATIBLE,
        [RowPosition(list(both), [f"at least {least:,}"], summed=True)],
        marks={AccountMark.COMPUTED},
        dims={f"text {fact.id}"},
        lead=f"text {fact.text.id} as a whole has at least {least:,}: "
        f"{' and '.join(map(account_total, reversed(both)))} in addition",
    )
    return [row]

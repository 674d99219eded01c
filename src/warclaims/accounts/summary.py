"""What sources say of an event, in a few sentences."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from warclaims.accounts.selection import speaker
from warclaims.accounts.wording import people
from warclaims.records.accounts import AccountMark, ComparisonKind, Respect
from warclaims.records.vocabulary import Outcome
from warclaims.wording import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from warclaims.records.accounts import Account, Comparison
    from warclaims.records.registry import Side

_VICTIMS = {
    "killed": "dead",
    "killed_or_injured": "dead or injured",
    "other": "people harmed otherwise",
}
"""What the victims of an outcome are called, if not by its value: the injured, the missing."""

_RESPECTS = {
    Respect.TOTAL: "the number of {}",
    Respect.WHO: "who the {} were",
    Respect.AGE_SEX: "the age and sex of the {}",
    Respect.SIDE: "the side of the {}",
    Respect.CAUSE: "the cause",
    Respect.PERPETRATOR: "the perpetrator",
}

_REMARKS = {
    AccountMark.DENIED: "denied",
    AccountMark.NOT_CONFIRMED: "not confirmed",
    AccountMark.PRESUMED_ONLY: "presumed",
    AccountMark.UNVERIFIED_ONLY: "unverified",
    AccountMark.COMPUTED: "computed from other counts",
}
"""Marks without which the total of an account would be misread."""

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

_MOST_TOTALS = 6
"""Above this number of different totals only the least and the greatest are named."""


def event_summary(
    rows: Sequence[Comparison],
    accounts: Sequence[Account],
    known: Mapping[str, Account],
    sides: Mapping[str, Side],
) -> str:
    """How many each outcome has by how many texts, what was updated, and the disagreements.

    Args:
        rows: The comparisons of one event, or of several counted together.
        accounts: The accounts of just these events.
        known: All accounts by id.
        sides: The sides of the registry.
    """
    said = [*_totals(rows, accounts, sides)]
    for row in rows:
        if row.kind is ComparisonKind.UPDATE:
            said.append(f"Updated number of {victims(row.outcome)}: {row.reason}.")
        elif row.kind is ComparisonKind.DIFFERENT_KINDS:
            said.append(f"{row.reason[:1].upper()}{row.reason[1:]}.")
    if disputed := disagreements(rows, known):
        said.append(disputed)
    elif any(row.kind is not ComparisonKind.NOT_COMPARABLE for row in rows):
        said.append("No disagreement.")
    return " ".join(said)


def disagreements(rows: Iterable[Comparison], known: Mapping[str, Account]) -> str | None:
    """What sources disagree on, with the positions and how many texts take each.

    ``known`` are all accounts by id. ``None`` if they disagree on nothing.
    """
    disputed = [row for row in rows if row.kind is ComparisonKind.DISAGREEMENT]
    firm = [_disputed(row, known) for row in disputed if row.holds_under_every_reading]
    loose = [_disputed(row, known) for row in disputed if not row.holds_under_every_reading]
    said = []
    if firm:
        said.append(f"Sources disagree on {'; on '.join(firm)}.")
    if loose:
        said.append(f"Depending on how words are read, they disagree on {'; on '.join(loose)}.")
    return " ".join(said) or None


def compared_in(row: Comparison) -> str:
    """What a row compares: ``the cause``, ``who the dead were``."""
    return _RESPECTS[row.respect].format(victims(row.outcome))


def victims(outcome: str | None) -> str:
    """What the victims of an outcome are called: the dead, the injured."""
    return _VICTIMS.get(outcome or "", plain(outcome or ""))


def total_words(account: Account, sides: Mapping[str, Side], noun: str = "") -> str:
    """How many people an account counts: ``at least 6``, ``2 civilians``, ``1 of side X``.

    ``noun`` is added to the number: ``at least 6 dead``.
    """
    number = _interval(account.minimum, account.maximum, soft=account.soft)
    own = [one for one in account.breakdown if _is_all(one.minimum, one.maximum, account)]
    kinds = [] if account.closed else [one.kind for one in own if one.field in ("who", "age_sex")]
    of = [sides[one.kind].label for one in own if one.field == "side" and one.kind in sides]
    remarks = [words for mark, words in _REMARKS.items() if mark in account.marks]
    words = f"{people(number, *kinds[:1])} {noun}".rstrip()
    words += "".join(f" of side {label}" for label in of[:1])
    return f"{words} ({', '.join(remarks)})" if remarks else words


def kind_words(account: Account, field: str) -> list[str]:
    """The numbers that an account has for each kind of a field: ``4 soldiers``."""
    return [
        people(_interval(one.minimum, one.maximum), one.kind)
        for one in account.breakdown
        if one.field == field
    ]


def _is_all(minimum: int, maximum: int | None, account: Account) -> bool:
    return (minimum, maximum) == (account.minimum, account.maximum)


def _interval(least: int, most: int | None, *, soft: bool = False) -> str:
    if most is None:
        return f"at least {least:,}"
    if least == most:
        return f"{least:,}"
    if soft and most * 4 <= least * 5:  # ten percent either way
        return f"about {(least + most) // 2:,}"
    return f"at most {most:,}" if least == 0 else f"{least:,} to {most:,}"


def _totals(
    rows: Sequence[Comparison], accounts: Sequence[Account], sides: Mapping[str, Side]
) -> Iterator[str]:
    """For each outcome how many texts give which number, without numbers that were replaced."""
    old = _replaced(rows)
    by_outcome: dict[str, list[Account]] = defaultdict(list)
    for account in accounts:
        if account.id not in old:
            by_outcome[account.outcome].append(account)
    order = [one.value for one in Outcome]
    known = [one for one in order if one in by_outcome]
    for outcome in (*known, *sorted(by_outcome.keys() - set(known))):
        found: dict[str, list[Account]] = defaultdict(list)
        for account in by_outcome[outcome]:
            found[total_words(account, sides)].append(account)
        yield _total(outcome, found, sides)


def _total(outcome: str, found: Mapping[str, list[Account]], sides: Mapping[str, Side]) -> str:
    everybody = [account for of in found.values() for account in of]
    if len(found) > _MOST_TOTALS:
        least = min(account.minimum for account in everybody)
        tops = [account.maximum for account in everybody]
        most = "more" if None in tops else f"{max(filter(None, tops), default=0):,}"
        who = _count([everybody], 0)
        return f"{who} give {least:,} to {most} {victims(outcome)}."
    groups = sorted(found.values(), key=lambda of: (-len(of), of[0].minimum))
    parts = []
    for number, group in enumerate(groups):
        verb = "" if number else " gives" if len(group) == 1 else " give"
        value = total_words(group[0], sides, "" if number else victims(outcome))
        parts.append(f"{_count(groups, number)}{verb} {value}")
    said = ", ".join(parts)
    return f"{said[:1].upper()}{said[1:]}."


def _replaced(rows: Iterable[Comparison]) -> set[str]:
    """The ids of accounts whose numbers were replaced by later ones."""
    found: set[str] = set()
    for row in rows:
        if row.kind is ComparisonKind.UPDATE and row.respect is Respect.TOTAL:
            last = set(row.positions[-1].accounts)
            found.update(name for one in row.positions[:-1] for name in one.accounts)
            found -= last
    return found


def _count(groups: Sequence[Sequence[Account]], number: int) -> str:
    """How many texts a group is of, or how many sources if texts are in several groups."""
    texts = [{account.document for account in group} for group in groups]
    speakers = {(one.document, *speaker(one)) for one in groups[number]}
    is_apart = sum(map(len, texts)) == len(set().union(*texts))
    if is_apart and len(texts[number]) == len(speakers):
        size, noun = len(speakers), "text"
    else:
        size, noun = len({speaker(one) for one in groups[number]}), "source"
    return _few(size) if number else f"{_few(size)} {noun}{'' if size == 1 else 's'}"


def _few(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"


def _disputed(row: Comparison, known: Mapping[str, Account]) -> str:
    """A disagreement with how many take each position: texts, or sources if they share texts."""
    names = [(*one.accounts, *one.records) for one in row.positions]
    texts = [{name.partition(":")[0] for name in of} for of in names]
    is_apart = sum(map(len, texts)) == len(set().union(*texts))

    def taken(some: Iterable[str]) -> int:
        if is_apart:
            return len({name.partition(":")[0] for name in some})
        return len({speaker(known[name]) if name in known else name for name in some})

    noun = "text" if is_apart else "source"
    parts = []
    for position, of in zip(row.positions, names, strict=True):
        unsure = [name for name in of if _is_unsure(name, row, known)]
        firm = taken(name for name in of if name not in unsure)
        who = f"{_few(firm)} {noun}{'' if firm == 1 else 's'}"
        more = f", and {_few(taken(unsure))} depending on a reading" if unsure else ""
        parts.append(f"{position.value} ({who}{more})")
    soft = ", though the numbers are approximate" if row.soft else ""
    return f"{compared_in(row)}: {' or '.join(parts)}{soft}"


def _is_unsure(name: str, row: Comparison, known: Mapping[str, Account]) -> bool:
    """True if the place of an account depends on how words are read."""
    if not row.depends_on or not row.holds_under_every_reading or name not in known:
        return False
    return not set(row.depends_on).isdisjoint(known[name].records)

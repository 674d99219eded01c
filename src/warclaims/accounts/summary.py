"""What sources say of an event, in a few sentences."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from warclaims.accounts.selection import speaker
from warclaims.accounts.wording import people, source_name
from warclaims.records.accounts import AccountMark, ComparisonKind, Respect
from warclaims.records.vocabulary import Outcome
from warclaims.wording import bounds_words, in_prose, listed, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from warclaims.records.accounts import Account, BreakdownEntry, Comparison
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
}
"""Marks without which the total of an account would be misread."""

_MOST_NAMES = 3
"""So many sources are named if there are no others, else one less; more are counted."""

_MOST_TOTALS = 6
"""Above this number of totals or positions, those between the first and the last are counted."""


def event_summary(
    rows: Sequence[Comparison],
    accounts: Sequence[Account],
    known: Mapping[str, Account],
    sides: Mapping[str, Side],
) -> str:
    """The sentences of ``event_sentences`` as prose."""
    return " ".join(event_sentences(rows, accounts, known, sides))


def event_sentences(
    rows: Sequence[Comparison],
    accounts: Sequence[Account],
    known: Mapping[str, Account],
    sides: Mapping[str, Side],
) -> list[str]:
    """How many each outcome has by how many texts, what was updated, and the disagreements.

    Args:
        rows: The comparisons of one event, or of several counted together.
        accounts: The accounts of just these events.
        known: All accounts by id.
        sides: The sides of the registry.
    """
    said = [*_totals(rows, accounts, sides)]
    said += _updates(rows, known)
    said += [
        f"{row.reason[:1].upper()}{row.reason[1:]}."
        for row in rows
        if row.kind is ComparisonKind.DIFFERENT_KINDS or (row.marks and _is_apart(row))
    ]
    said += [f"Not compared: {row.reason}." for row in rows if _is_apart(row) and not row.marks]
    if disputed := disagreements(rows, known):
        said.append(disputed)
    elif not all(map(_is_apart, rows)):
        said.append("No disagreement.")
    return said


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


def _is_apart(row: Comparison) -> bool:
    return row.kind is ComparisonKind.NOT_COMPARABLE


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
    named = [one for one in account.breakdown if one.field == "side" and one.kind in sides]
    if len(named) > 1 and not account.closed:  # no text states their sum
        of_sides = [
            f"{_interval(one.minimum, one.maximum)} of {sides[one.kind].label}" for one in named
        ]
        return f"{listed(of_sides)} {noun}".rstrip()
    stated = (one for one in account.breakdown if not one.computed)
    kinds = [one for one in stated if one.field in ("who", "age_sex")]
    if (account.minimum, account.maximum) == (0, None) and kinds:  # only says of which none died
        return f"{listed([_kind_words(one) for one in kinds])} {noun}".rstrip()
    whole = [one.kind for one in kinds if _is_all(one, account)] if not account.closed else []
    number = _interval(account.minimum, account.maximum, soft=account.soft)
    words = f"{people(number, *whole[:1])} {noun}".rstrip()
    of = [sides[one.kind].label for one in named if _is_all(one, account)]
    return words + "".join(f" of side {label}" for label in of[:1])


def kind_words(account: Account, field: str) -> list[str]:
    """The numbers that an account has for each kind of a field: ``4 soldiers``."""
    return [_kind_words(one) for one in account.breakdown if one.field == field]


def _kind_words(entry: BreakdownEntry) -> str:
    words = people(_interval(entry.minimum, entry.maximum), entry.kind)
    if entry.computed:
        return f"{words} (computed: children count as civilians)"
    return f"{words} (on the word of {entry.word_of})" if entry.word_of else words


def _is_all(entry: BreakdownEntry, account: Account) -> bool:
    return (entry.minimum, entry.maximum) == (account.minimum, account.maximum)


def _interval(least: int, most: int | None, *, soft: bool = False) -> str:
    if soft and most is not None:
        middle = (least + most) // 2
        if (least, most) == (middle * 9 // 10, -(-middle * 11 // 10)):  # ten percent either way
            return f"about {middle:,}"
    return bounds_words(least, most)


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
            found[total_words(account, sides) + _remarks(account)].append(account)
        yield _total(outcome, found, sides)


def _updates(rows: Iterable[Comparison], known: Mapping[str, Account]) -> Iterator[str]:
    """The numbers that later ones replaced, each once, with those who say so."""
    found: dict[tuple[str | None, str], dict[str | None, None]] = defaultdict(dict)
    for row in rows:
        if row.kind is not ComparisonKind.UPDATE:
            continue
        said = [one.value for one in row.positions]
        if row.updated_by is None:  # one text puts the number of one before another's
            names = [_givers(one.accounts, known) for one in row.positions]
            said = [f"{one} ({by})" if by else one for one, by in zip(said, names, strict=True)]
        found[row.outcome, " → ".join(said)][row.updated_by] = None
    for (outcome, steps), sources in found.items():
        names_of = "; ".join(filter(None, sources))
        noun, by = ("Updated", f" ({names_of})") if names_of else ("Earlier and later", "")
        yield f"{noun} number of {victims(outcome)}: {steps}{by}."


def _givers(names: Iterable[str], known: Mapping[str, Account]) -> str:
    return listed([*dict.fromkeys(source_name(known[name]) for name in names if name in known)])


def _total(outcome: str, found: Mapping[str, list[Account]], sides: Mapping[str, Side]) -> str:
    everybody = [account for of in found.values() for account in of]
    if len(found) > _MOST_TOTALS:
        least = min(account.minimum for account in everybody)
        tops = [account.maximum for account in everybody]
        most = "or more" if None in tops else f"to {max(filter(None, tops), default=0):,}"
        said = f"{_count([everybody], 0)} give {least:,} {most} {victims(outcome)}."
        return f"{said[:1].upper()}{said[1:]}"
    groups = sorted(found.values(), key=lambda of: (-len(of), of[0].minimum))
    named = [_names(group, everybody) for group in groups]
    who = [name or _count(groups, number) for number, name in enumerate(named)]
    totals = [total_words(of[0], sides) for of in groups]
    remarks = [_remarks(of[0]) for of in groups]
    if named[0]:  # a verb would have to agree with the name
        values = [f"{a} ({b}{c})" for a, b, c in zip(totals, who, remarks, strict=True)]
        said = f"{victims(outcome)}: {'; '.join(values)}"
    else:
        verb = "gives" if who[0].startswith("one ") else "give"
        totals[0] = f"{verb} {total_words(groups[0][0], sides, victims(outcome))}"
        said = ", ".join(f"{b} {a}{c}" for a, b, c in zip(totals, who, remarks, strict=True))
    return f"{said[:1].upper()}{said[1:]}."


def _remarks(account: Account) -> str:
    words = [
        f"{_interval(one.minimum, one.maximum)} of them still {plain(account.outcome)}"
        for one in account.breakdown
        if one.field == "still" and (one.minimum or one.maximum is not None)
    ]
    words += [words for mark, words in _REMARKS.items() if mark in account.marks]
    if account.computed_from:
        words.append(f"computed from {listed(account.computed_from)}")
    return "".join(f", {one}" for one in words)


def _replaced(rows: Iterable[Comparison]) -> set[str]:
    """The ids of accounts whose totals were replaced by later ones."""
    return {name for row in rows if row.respect is Respect.TOTAL for name in row.replaced}


def _count(groups: Sequence[Sequence[Account]], number: int) -> str:
    """How many texts a group is of, and of how many sources if these are fewer."""
    texts = [{account.document for account in group} for group in groups]
    speakers = {speaker(one) for one in groups[number]}
    if sum(map(len, texts)) > len(set().union(*texts)):  # a text is in several groups
        return _plural(len(speakers), "source") if not number else in_prose(len(speakers))
    words = _plural(len(texts[number]), "text")
    if len(speakers) < len(texts[number]):
        return f"{words} of {_plural(len(speakers), 'source')}"
    return words if not number else in_prose(len(texts[number]))


def _plural(number: int, noun: str) -> str:
    return f"{in_prose(number)} {noun}{'' if number == 1 else 's'}"


def _names(accounts: Sequence[Account], everybody: Iterable[Account]) -> str:
    """Who gives accounts, by name: up to two sources, or three if that is all; else empty."""
    found: dict[tuple[str, ...], str] = {}
    for one in accounts:
        found.setdefault(speaker(one), source_name(one))
    few = len({*map(speaker, everybody)}) <= _MOST_NAMES
    if not found or len(found) > (_MOST_NAMES if few else _MOST_NAMES - 1):
        return ""
    names = list(dict.fromkeys(found.values()))
    texts = {one.document for one in accounts}
    more = f", in {in_prose(len(texts))} texts" if len(texts) > len(names) == 1 else ""
    return listed(names) + more


def _disputed(row: Comparison, known: Mapping[str, Account]) -> str:
    """A disagreement with how many take each position: texts, or sources if they share texts."""
    names = [(*one.accounts, *one.records) for one in row.positions]
    texts = [{name.partition(":")[0] for name in of} for of in names]
    is_apart = sum(map(len, texts)) == len(set().union(*texts))
    noun = "text" if is_apart else "source"
    everybody = [known[name] for of in names for name in of if name in known]

    def taken(some: Sequence[str]) -> str:
        accounts = [known[name] for name in some if name in known]
        if len(accounts) == len(some) and (said := _names(accounts, everybody)):
            return said
        if is_apart:
            number = len({name.partition(":")[0] for name in some})
        else:
            number = len({speaker(known[name]) if name in known else name for name in some})
        return _plural(number, noun) if accounts else listed(some)

    parts = []
    for position, of in zip(row.positions, names, strict=True):
        unsure = [name for name in of if _is_unsure(name, row, known)]
        firm = [name for name in of if name not in unsure]
        who = [taken(firm)] if firm else []
        if unsure:
            who.append(f"{taken(unsure)} depending on a reading")
        parts.append(f"{position.value} ({', and '.join(who)})")
    if len(parts) > _MOST_TOTALS:
        parts = [*parts[:3], f"{len(parts) - 4} others", parts[-1]]
    soft = ", though the numbers are approximate" if row.soft else ""
    return f"{compared_in(row)}: {' or '.join(parts)}{soft}"


def _is_unsure(name: str, row: Comparison, known: Mapping[str, Account]) -> bool:
    """True if the position of an account depends on how words are read."""
    if not row.depends_on or not row.holds_under_every_reading or name not in known:
        return False
    return not set(row.depends_on).isdisjoint(known[name].records)

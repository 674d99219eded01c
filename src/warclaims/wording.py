"""Short wordings of numbers, lists, claims and events, the same wherever they are shown."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Mapping, Sequence

    from warclaims.records import (
        Account,
        BlameStatement,
        Casualty,
        ChainStep,
        Claim,
        Event,
        VictimGroup,
    )


def plural(number: int, noun: str) -> str:
    """A number with its noun.

    >>> plural(1, "error"), plural(1200, "error")
    ('1 error', '1,200 errors')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


_SMALL = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]


def in_prose(number: int) -> str:
    """A number as prose has it: in words up to twelve.

    >>> in_prose(5), in_prose(92), in_prose(1200)
    ('five', '92', '1,200')
    """
    return _SMALL[number] if number < len(_SMALL) else f"{number:,}"


def bounds_words(least: int, most: float | None) -> str:
    """Bounds in words; ``None`` and infinite are open.

    >>> bounds_words(4, None), bounds_words(1, 3)
    ('at least 4', 'at most 3')
    """
    if least == most:
        return f"{least:,}"
    if most is None or most == inf:
        return f"at least {least:,}"
    return f"at most {most:,}" if least <= 1 else f"{least:,}–{most:,}"


def listed(words: Sequence[str]) -> str:
    """Words as a list in a sentence.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def counted(found: Counter[str], most: int | None = None) -> str:
    """The most frequent names with their numbers, and how many others there are.

    >>> from collections import Counter
    >>> counted(Counter({"Token": 1200, "Lemma": 3, "Stem": 1}), 2)
    'Token (1,200), Lemma (3), 1 more'
    """
    shown = [f"{name} ({number:,})" for name, number in found.most_common(most)]
    more = len(found) - len(shown)
    return ", ".join([*shown, f"{more:,} more"] if more else shown)


def text_name(of: Account | BlameStatement | Claim) -> str:
    """The text that something is from: its outlet, or *text* and its id."""
    return of.outlet or f"text {of.document}"


def dated_text(of: Account | BlameStatement | Claim) -> str:
    """The text that something is from, with its day if known: ``BBC News, 2023-09-19``."""
    return f"{text_name(of)}, {of.date}" if of.date else text_name(of)


def told_by(claim: Claim, actors: Mapping[str, str] | None = None) -> str:
    """The chain of sources in words, outermost first; *the text itself* if there is none.

    ``actors`` gives the labels of actors by id.
    """
    if not claim.chain:
        return "the text itself"
    return " → ".join(worded(step, actors) for step in claim.chain)


def worded(step: ChainStep, actors: Mapping[str, str] | None = None) -> str:
    """One step of a chain: who says it, and the cue."""
    return f"{who(step, actors)} ({step.cue})" if step.cue else who(step, actors)


def who(step: ChainStep, actors: Mapping[str, str] | None = None) -> str:
    """Who says a step of a chain: the words for them, else the actors, else *nobody named*."""
    names = [(actors or {}).get(name, name) for name in step.entity]
    return " and ".join(step.source) or " and ".join(names) or "nobody named"


def count(claim: Claim) -> str:
    """The bounds of the count, in figures: ``6``, ``≥ 2``; ``≈ 32,000`` if it has none."""
    least, most = claim.minimum, claim.maximum
    if claim.fraction is not None and least is None and most is None:
        return f"{claim.fraction.numerator}/{claim.fraction.denominator}"
    if least is None and most is None:
        return f"≈ {claim.value:,}"
    if least == most:
        return f"{least:,}"
    return f"≥ {least:,}" if most is None else f"{least or 0:,}–{most:,}"


def described(claim: Claim, sides: Mapping[str, str] | None = None) -> str:
    """What happened to whom by what, as far as the text says: ``killed · police · landmine``.

    ``sides`` gives the labels of sides by id.
    """
    label = (sides or {}).get(claim.side or "", claim.side)
    side = f"side {label}" if label else None
    words = [
        claim.outcome,
        *descriptions(claim),
        side,
        *claim.cause,
        claim.certainty if claim.certainty != "asserted" else "",
    ]
    return " · ".join(plain(word) for word in words if word)


def descriptions(victims: Claim | Casualty) -> list[str]:
    """Who the victims are said to be, each value in words: status, age, sex, then the groups."""
    values = [*victims.status, victims.age, victims.sex]
    found = [plain(value) for value in values if value != "unspecified"]
    return [*found, *map(group_in_words, victims.groups)]


def group_in_words(group: VictimGroup) -> str:
    """A group of victims: ``civilian adult female``."""
    kinds = [*group.status, group.age, group.sex]
    return " ".join(plain(kind) for kind in kinds if kind != "unspecified")


def plain(value: str) -> str:
    """A value of a closed list as words: ``killed or injured``."""
    return value.replace("_", " ")


def other_reading(
    alternative: Mapping[str, Any], record_words: Mapping[str, str] | None = None
) -> str:
    """An alternative in words; ``record_words`` may give words for ids of records.

    >>> other_reading({"outcome": "killed_or_injured", "cause": ["landmine"], "side": None})
    'or outcome killed or injured, cause landmine, side none'
    >>> other_reading({"blames": ["a98"]}, {"a98": "“Baku”"})
    'or blames “Baku”'
    """
    known = record_words or {}
    return "or " + ", ".join(
        f"{plain(name)} {_reading_value(value, known)}" for name, value in alternative.items()
    )


def _reading_value(value: Any, known: Mapping[str, str]) -> str:
    if isinstance(value, list):
        parts = [_reading_value(one, known) for one in value]
        return listed(parts) if parts else "none"
    if isinstance(value, dict):
        words = [_reading_value(one, known) for one in value.values()]
        return str(value.get("text") or "/".join(words))
    return "none" if value is None else known.get(str(value)) or plain(str(value))


def score(value: float | None, interval: tuple[float, float] | None = None) -> str:
    """A score with its interval: ``0.912 [0.850, 0.961]``; a dash if there is none."""
    if value is None:
        return "–"
    return f"{value:.3f}" + (f" [{interval[0]:.3f}, {interval[1]:.3f}]" if interval else "")


def when(event: Event) -> str:
    """The time span of an event."""
    if event.start == event.end:
        return event.start or ""
    if event.end:
        return f"{event.start or '?'} to {event.end}"
    return f"since {event.start}" if event.start else ""


def label_of(name: str, registry: Mapping[str, Any]) -> str:
    """The label of the registry entry ``name``; the id if it is unknown."""
    return registry[name].label if name in registry else name


def labels_of(registry: Mapping[str, Any]) -> dict[str, str]:
    """The labels of registry entries by id."""
    return {name: entry.label for name, entry in registry.items()}


def labels(claim: Claim, events: Mapping[str, Event]) -> str:
    """The labels of the claim's events."""
    return "; ".join(label_of(name, events) for name in claim.events)

"""What the readers of words get right on phrases and passages that nobody tuned them to.

The files in ``frozen`` were written in own wording by people who had not seen the readers, and
were not changed after their first run. ``docs/systems.md`` has the figures.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import warclaims
from warclaims.language import read_number
from warclaims.language.quotations import quotations
from warclaims.records.description import RuleSetting
from warclaims.validation import RULES, check_annotations
from warclaims.validation.settings import RuleSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent / "frozen"
LANGUAGES = ("en", "es", "ru", "ar")
_UNTOLD = ("indefinite", None, None, None)


def _cases(path: str) -> Iterator[dict[str, Any]]:
    with (HERE / path).open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


class NumberScore(NamedTuple):
    """How many phrases were read rightly (or rightly left unread), wrongly, or not at all."""

    phrases: int
    right: int
    wrong: int
    unread: int


def numbers(language: str) -> tuple[NumberScore, Counter[tuple[str, str]]]:
    """The score of a language, and how often a quantifier was read as another one."""
    counts: Counter[str] = Counter()
    confusion: Counter[tuple[str, str]] = Counter()
    for case in _cases(f"numbers/{language}.jsonl"):
        reading = read_number(case["phrase"], language)
        stated = "unread" if case.get("unread") else case["quantifier"]
        confusion[stated, str(reading.quantifier) if reading else "unread"] += 1
        if reading is None:
            may_be = case.get("unread") or case.get("may_be_unread")
            counts["right" if may_be else "unread"] += 1
            continue
        share = Fraction(*reading.fraction) if reading.fraction else None
        number = (reading.value, reading.value_max, share)
        read = {_plain((name, *number)) for name in (reading.quantifier, *reading.also_fits)}
        counts["right" if read & _expected(case) else "wrong"] += 1
    total = sum(counts.values())
    return NumberScore(total, counts["right"], counts["wrong"], counts["unread"]), confusion


def _expected(case: dict[str, Any]) -> set[tuple[Any, ...]]:
    if case.get("unread"):
        return set()
    found = set()
    for one in (case, *({**case, **other} for other in case.get("also", ()))):
        share = Fraction(*one["fraction"]) if one.get("fraction") else None
        found.add(_plain((one["quantifier"], one.get("value"), one.get("value_max"), share)))
    return found


def _plain(reading: tuple[Any, ...]) -> tuple[Any, ...]:
    """A reading; the least that indefinite words imply is not compared."""
    return _UNTOLD if reading[0] == "indefinite" else tuple(reading)


class FoundScore(NamedTuple):
    """True and false finds, and what was to be found."""

    true: int
    false: int
    wanted: int
    found: int

    @property
    def precision(self) -> float:
        """The share of finds that are right."""
        return self.true / (self.true + self.false)

    @property
    def recall(self) -> float:
        """The share that was found of what was to be found."""
        return self.found / self.wanted


def quoted() -> FoundScore:
    """Quotations by their exact ranges, in many languages."""
    true = false = wanted = 0
    for case in _cases("quotations.jsonl"):
        ranges = {tuple(one) for one in case["quotations"]}
        found = set(quotations(case["text"])) - {tuple(one) for one in case.get("optional", ())}
        true += len(ranges & found)
        false += len(found - ranges)
        wanted += len(ranges)
    return FoundScore(true, false, wanted, true)


_ALL_ON = RuleSettings({code: RuleSetting.WARNING for code, rule in RULES.items() if rule.warns})


def harm_and_speech(language: str) -> tuple[FoundScore, FoundScore]:
    """Warnings about blank annotations: W620 and W621 by sentence, W622 by cue."""
    harm: Counter[str] = Counter()
    speech: Counter[str] = Counter()
    for case in _cases(f"harm/{language}.jsonl"):
        text = case["text"]
        blank = warclaims.build_document(text, document="d", language=language)
        document = blank.bundle.document
        found = check_annotations(blank.annotations, document, text, settings=_ALL_ON)
        _count_harm(case, [one.start for one in found if one.code in ("W620", "W621")], harm)
        _count_speech(case, [(one.start, one.end) for one in found if one.code == "W622"], speech)
    names = ("true", "false", "wanted", "found")
    return FoundScore(*(harm[n] for n in names)), FoundScore(*(speech[n] for n in names))


def _count_harm(case: dict[str, Any], starts: list[int], counts: Counter[str]) -> None:
    ends = [one.start() for one in re.finditer(r"(?<=[.!?؟。])[\"”’»)]*\s+|\n+", case["text"])]

    def sentence(at: int) -> int:
        return sum(end < at for end in ends)

    wanted = {sentence(start) for start, _ in case["casualty_sentences"]}
    ignored = {sentence(start) for start, _ in case.get("optional_casualties", ())} - wanted
    found = [one for one in map(sentence, starts) if one not in ignored]
    counts["true"] += sum(one in wanted for one in found)
    counts["false"] += sum(one not in wanted for one in found)
    counts["wanted"] += len(wanted)
    counts["found"] += len(wanted.intersection(found))


def _count_speech(case: dict[str, Any], found: list[tuple[int, int]], counts: Counter[str]) -> None:
    ignored = case.get("optional_speech") or case.get("speech_optional") or ()

    def meets(one: tuple[int, int], others: Any) -> bool:
        return any(start < one[1] and one[0] < end for start, end in others)

    counted = [one for one in found if not meets(one, ignored) or meets(one, case["speech"])]
    counts["true"] += sum(meets(one, case["speech"]) for one in counted)
    counts["false"] += sum(not meets(one, case["speech"]) for one in counted)
    counts["wanted"] += len(case["speech"])
    counts["found"] += sum(meets(tuple(one), found) for one in case["speech"])


def tables() -> str:
    """The figures as Markdown tables, as in ``docs/systems.md``."""
    lines = ["| language | phrases | right | wrong | unread |", "|---|---|---|---|---|"]
    for language in LANGUAGES:
        score, _ = numbers(language)
        shares = (f"{100 * n / score.phrases:.1f} %" for n in score[1:])
        lines.append(f"| {language} | {score.phrases} | {' | '.join(shares)} |")
    quotes = quoted()
    lines += ["", "| what | language | precision | recall |", "|---|---|---|---|"]
    lines.append(f"| quotations | 33 languages | {quotes.precision:.2f} | {quotes.recall:.2f} |")
    for language in LANGUAGES:
        for what, score in zip(
            ("harm (W620, W621)", "speech (W622)"), harm_and_speech(language), strict=True
        ):
            lines.append(f"| {what} | {language} | {score.precision:.2f} | {score.recall:.2f} |")
    lines += ["", "| language | stated | read as | times |", "|---|---|---|---|"]
    for language in LANGUAGES:
        _, confusion = numbers(language)
        for (stated, read), times in sorted(confusion.items(), key=lambda one: (-one[1], one[0])):
            if stated != read:
                lines.append(f"| {language} | {stated} | {read} | {times} |")
    return "\n".join(lines) + "\n"

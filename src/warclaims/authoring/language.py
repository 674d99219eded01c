"""Detect the language of a text offline, and whether the result is reliable."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache
from importlib.metadata import version
from typing import Any, NamedTuple

from warclaims.folding import fold

SURE = 0.9
"""Least probability of a detected language."""

_VERY_SURE = 0.99

_SAMPLE = 20_000
"""Code points of a text that are examined."""

_PART = 300
"""Code points of the parts that are compared to detect a text in two languages."""

_ONE_SCRIPT = 0.9
"""Least share of letters of one script; with fewer the text is in several languages."""

_MEMBERS = {
    **dict.fromkeys(("wuu", "yue"), "zh"),
    **dict.fromkeys(("ary", "arz"), "ar"),
    **{"uzs": "uz", "ltg": "lv", "sdh": "ku", "fuv": "ff", "gug": "gn", "gom": "kok", "nn": "no"},
}
"""Languages that ISO 639-3 counts as members of another."""

_NO_LANGUAGE = "zxx"
_EAST_ASIAN = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL")


class DetectedLanguage(NamedTuple):
    """The likeliest language and its probability; ``is_sure`` if it is reliable."""

    tag: str | None
    probability: float
    is_sure: bool

    @property
    def is_very_sure(self) -> bool:
        """True if no other language is plausible."""
        return self.is_sure and self.probability >= _VERY_SURE

    def __str__(self) -> str:
        return f"{self.tag} ({min(self.probability, 0.99):.2f})"


def detector() -> str:
    """Name and version of the program that detects languages."""
    return f"py3langid {version('py3langid')}"


def detect_language(text: str) -> DetectedLanguage:
    """The language of ``text``; unsure for names, numbers, and texts in several languages.

    >>> detect_language("Nine people were killed when shells hit a market in the town.").tag
    'en'
    >>> detect_language("12:30, 2023-09-19").is_sure
    False
    """
    sample = " ".join(fold(text[:_SAMPLE]).split())
    has_letters = any(map(str.isalpha, sample))
    tag, probability = _likeliest(sample) if has_letters else (_NO_LANGUAGE, 0.0)
    if tag == _NO_LANGUAGE:
        return DetectedLanguage(None, 0.0, is_sure=False)
    is_sure = probability >= SURE and _is_of_one_script(sample) and _parts_agree(sample, tag)
    return DetectedLanguage(tag, probability, is_sure)


def _likeliest(words: str) -> tuple[str, float]:
    shares: Counter[str] = Counter()
    for tag, probability in _identifier().rank(words):
        shares[_MEMBERS.get(tag, tag)] += probability
    return max(shares.items(), key=lambda share: share[1])


def _parts_agree(sample: str, tag: str) -> bool:
    """False if a quarter of the text is clearly in another language."""
    parts = [sample[start : start + _PART] for start in range(0, len(sample), _PART)]
    if len(parts) > 1 and len(parts[-1]) < _PART // 2:
        parts.pop()
    found = [_likeliest(part) for part in parts]
    others = sum(other != tag and probability >= SURE for other, probability in found)
    return 4 * others < len(found)


def _is_of_one_script(sample: str) -> bool:
    scripts = Counter(_script(char) for char in sample if char.isalpha())
    return scripts.most_common(1)[0][1] >= _ONE_SCRIPT * scripts.total()


@cache
def _script(char: str) -> str:
    """The script of a letter: the first word of its Unicode name."""
    script = unicodedata.name(char, "UNKNOWN").partition(" ")[0]
    return "EAST ASIAN" if script in _EAST_ASIAN else script


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)

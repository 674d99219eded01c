"""Phrases and what they say: a file per language, with a phrase and its reading in each line."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.txt"))


def cases(language):
    """The phrases of a language with what they say."""
    for line in (FOLDER / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            phrase, _, expected = line.rpartition("|")
            yield phrase.strip(), expected.strip()


def shown(reading):
    """A reading as the files have it: *range 10 15*, *more_than 1/2*, *unread*."""
    if reading is None:
        return "unread"
    said = [reading.quantifier, reading.value, reading.value_max]
    if reading.fraction:
        said = [reading.quantifier, "{}/{}".format(*reading.fraction)]
    return " ".join(str(part) for part in said if part is not None)

"""Words of the texts replaced by references in notes, evidence and pages.

Three words in a row of a text become ``⟦000:123-140⟧``: document and half-open code points. A mark
says where case differs: ``^`` a capital, ``_`` a small first letter, ``!`` capitals, ``~`` small
letters.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING

from warclaims.textfree.words import Word, words

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping

    WordsAt = Callable[[str, int, int], str | None]

RUN = 3
"""This many words in a row of a text are replaced."""

MOST_PLACES = 50
"""The longest match is looked for among this many places of a run."""

OPEN, _ESCAPED = "⟦", "⟦⟦⟧"
REFERENCE = re.compile(
    r"⟦(?:(?P<escape>⟦)|(?P<document>[^:⟧⟦]+):(?P<start>\d+)-(?P<end>\d+)(?P<case>[\^_!~]?))⟧"
)
"""A reference, or an opening bracket that was there before."""

_CASES: dict[str, Callable[[str], str]] = {
    "": lambda word: word,
    "^": lambda word: word[:1].upper() + word[1:],
    "_": lambda word: word[:1].lower() + word[1:],
    "!": str.upper,
    "~": str.lower,
}

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


class Masker:
    """Replaces words of ``texts`` (by document id) by references.

    The methods take ``which``, the documents whose words count (see :meth:`scope`); by default all.

    >>> texts = {"a": "Five people have been killed."}
    >>> Masker(texts).mask("it says five people have been hurt")
    'it says ⟦a:0-4_⟧ ⟦a:5-21⟧ hurt'
    >>> reveal('it says ⟦a:0-4_⟧ ⟦a:5-21⟧ hurt', words_in(texts))
    'it says five people have been hurt'
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts
        self._words = {name: words(text) for name, text in texts.items()}
        self._runs: defaultdict[tuple[str, ...], list[tuple[str, int]]] = defaultdict(list)
        for name, found in self._words.items():
            for at in range(len(found) - RUN + 1):
                self._runs[_run(found, at)].append((name, at))

    def runs(self, string: str, which: Container[str] | None = None) -> Iterator[tuple[int, int]]:
        """Where three words in a row of ``string`` are in a text: half-open code points."""
        found = words(string)
        for at in range(len(found) - RUN + 1):
            if any(self._places(found, at, which)):
                yield found[at].start, found[at + RUN - 1].end

    def holds_run(self, string: str, which: Container[str] | None = None) -> bool:
        """True if three words in a row of ``string`` are in a text."""
        return next(self.runs(string, which), None) is not None

    def mask(self, string: str, which: Container[str] | None = None) -> str:
        """``string`` with all runs of words of the texts replaced by references.

        A word that differs from the text in a way that a reference cannot express, such as by a
        soft hyphen, stays.
        """
        found = words(string)
        out: list[str] = []
        done = at = 0
        while at < len(found):
            name, there, length = self._longest(found, at, which)
            if length:
                out.append(_escape(string[done : found[at].start]))
                theirs = self._words[name][there : there + length]
                out += self._references(string, found[at : at + length], name, theirs)
                done = found[at + length - 1].end
            at += length or 1
        return "".join([*out, _escape(string[done:])])

    def scope(self, string: str, about: str | None) -> frozenset[str] | None:
        """The documents whose words are removed from a string; `None` stands for all.

        If it is ``about`` a document: that document, and those that the string names by id.
        """
        if about not in self.texts:
            return None
        return frozenset([about, *(name for name in _ID.findall(string) if name in self.texts)])

    def _places(
        self, found: list[Word], at: int, which: Container[str] | None
    ) -> Iterator[tuple[str, int]]:
        """Where the texts have the run at word ``at``: document and number of its first word."""
        places = self._runs.get(_run(found, at), ())
        return (place for place in places if which is None or place[0] in which)

    def _longest(
        self, found: list[Word], at: int, which: Container[str] | None
    ) -> tuple[str, int, int]:
        """Document, first word and length of the longest run of the texts at word ``at``."""
        best = ("", 0, 0)
        for name, there in islice(self._places(found, at, which), MOST_PLACES):
            length, theirs = RUN, self._words[name]
            room = min(len(found) - at, len(theirs) - there)
            while length < room and found[at + length].plain == theirs[there + length].plain:
                length += 1
            best = max(best, (name, there, length), key=lambda one: one[2])
        return best

    def _references(
        self, string: str, run: list[Word], name: str, theirs: list[Word]
    ) -> Iterator[str]:
        """As few references as express the run exactly, with what is between them."""
        text = self.texts[name]
        at = 0
        while at < len(run):
            last = at
            word = string[run[at].start : run[at].end]
            case = _case(word, text[theirs[at].start : theirs[at].end])
            while (
                case == ""
                and last + 1 < len(run)
                and string[run[at].start : run[last + 1].end]
                == text[theirs[at].start : theirs[last + 1].end]
            ):
                last += 1
            if case is None:
                yield _escape(word)
            else:
                yield f"⟦{name}:{theirs[at].start}-{theirs[last].end}{case}⟧"
            if last + 1 < len(run):
                yield _escape(string[run[last].end : run[last + 1].start])
            at = last + 1


def words_in(texts: Mapping[str, str]) -> WordsAt:
    """A function of document, start and end that returns words of ``texts``.

    It returns `None` for unknown documents and raises ValueError beyond the end of a text.
    """

    def words_at(document: str, start: int, end: int) -> str | None:
        text = texts.get(document)
        if text is None:
            return None
        if not start < end <= len(text):
            raise ValueError(f"{document}:{start}-{end} is beyond its text")
        return text[start:end]

    return words_at


def reveal(string: str, words_at: WordsAt) -> str:
    """``string`` with references replaced by ``words_at`` their place; if `None`, they stay."""

    def words_of(match: re.Match[str]) -> str:
        if match["escape"]:
            return OPEN
        found = words_at(match["document"], int(match["start"]), int(match["end"]))
        return match[0] if found is None else _CASES[match["case"]](found)

    return REFERENCE.sub(words_of, string)


def _run(found: list[Word], at: int) -> tuple[str, ...]:
    """The three words from ``at`` on, as they are compared."""
    return tuple(word.plain for word in found[at : at + RUN])


def _escape(string: str) -> str:
    return string.replace(OPEN, _ESCAPED)


def _case(word: str, theirs: str) -> str | None:
    """The mark that makes the word of a text the ``word``; `None` if there is none."""
    return next((case for case, change in _CASES.items() if change(theirs) == word), None)

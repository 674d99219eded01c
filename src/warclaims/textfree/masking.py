"""Words of the texts left out of notes, evidence and pages, as references to where they stand.

Wherever three words in a row stand in a text, they are replaced by ``⟦000:123-140⟧``: document and
half-open code points. Case is told where it differs: ``^`` a capital, ``_`` a small first letter,
``!`` capitals, ``~`` small letters.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from warclaims.textfree.strings import Room
from warclaims.textfree.words import Word, normal, words

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping

    from warclaims.textfree.anchors import Carrier

RUN = 3
"""So many words of a text in a row are never left standing."""

MOST_PLACES = 50
"""Of so many places where a run stands the one where it goes on longest is looked for."""

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

_Place = tuple[str, int]

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


class Masker:
    """Replaces what the ``texts``, by document id, say.

    All methods take ``which``, the documents whose words count (see :meth:`scope`); by default all.

    >>> texts = {"a": "Five people have been killed."}
    >>> Masker(texts).mask("it says five people have been hurt")
    'it says ⟦a:0-4_⟧ ⟦a:5-21⟧ hurt'
    >>> reveal('it says ⟦a:0-4_⟧ ⟦a:5-21⟧ hurt', texts)
    'it says five people have been hurt'
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts
        self._words = {name: words(text) for name, text in texts.items()}
        self._normal = {
            name: [normal(texts[name][w.start : w.end]) for w in found]
            for name, found in self._words.items()
        }
        self._runs: dict[tuple[str, ...], dict[str, list[int]]] = {}
        for name, found in self._normal.items():
            for at in range(len(found) - RUN + 1):
                places = self._runs.setdefault(tuple(found[at : at + RUN]), {})
                places.setdefault(name, [])
                if len(places[name]) < MOST_PLACES:
                    places[name].append(at)

    def holds_run(self, string: str, which: Container[str] | None = None) -> bool:
        """True if three words in a row of ``string`` stand so in a text."""
        return next(self.runs(string, which), None) is not None

    def runs(self, string: str, which: Container[str] | None = None) -> Iterator[tuple[int, int]]:
        """Where three words in a row of ``string`` stand so in a text: half-open code points."""
        found = words(string)
        plain = [normal(string[w.start : w.end]) for w in found]
        for at in range(len(plain) - RUN + 1):
            if next(self._places(plain, at, which), None) is not None:
                yield found[at].start, found[at + RUN - 1].end

    def mask(self, string: str, which: Container[str] | None = None) -> str:
        """``string`` with references in place of all runs of words of the texts.

        A word that differs from that of the text in a way that a reference cannot say, such as a
        soft hyphen in it, is left standing.
        """
        found = words(string)
        plain = [normal(string[w.start : w.end]) for w in found]
        out: list[str] = []
        done = at = 0
        while at < len(found):
            place, length = self._longest(plain, at, which)
            if not length:
                at += 1
                continue
            out.append(_escape(string[done : found[at].start]))
            out += self._references(string, found[at : at + length], place)
            done = found[at + length - 1].end
            at += length
        return "".join([*out, _escape(string[done:])])

    def scope(self, string: str, about: str | None) -> frozenset[str] | None:
        """The documents whose words are left out of a string.

        Of one that is ``about`` a document these are its own words, and those of documents that
        the string names by their ids; otherwise, null: the words of all texts.
        """
        if about not in self.texts:
            return None
        return frozenset([about, *(name for name in _ID.findall(string) if name in self.texts)])

    def _places(self, plain: list[str], at: int, which: Container[str] | None) -> Iterator[_Place]:
        """Where the run that begins with word ``at`` stands."""
        for name, starts in self._runs.get(tuple(plain[at : at + RUN]), {}).items():
            if which is None or name in which:
                yield from ((name, start) for start in starts)

    def mask_words(self, string: str, document: str, start: int) -> str:
        """A whole string as the words of a document at ``start``; by :meth:`mask` if it is not."""
        if string and self.texts.get(document, "")[start : start + len(string)] == string:
            return f"⟦{document}:{start}-{start + len(string)}⟧"
        return self.mask(string, self.scope(string, document))

    def _longest(
        self, plain: list[str], at: int, which: Container[str] | None
    ) -> tuple[_Place, int]:
        """The place in the texts with the longest run that begins with word ``at``."""
        best: tuple[_Place, int] = (("", 0), 0)
        for number, (name, there) in enumerate(self._places(plain, at, which)):
            if number == MOST_PLACES:
                break
            length, theirs = RUN, self._normal[name]
            while (
                at + length < len(plain)
                and there + length < len(theirs)
                and plain[at + length] == theirs[there + length]
            ):
                length += 1
            if length > best[1]:
                best = ((name, there), length)
        return best

    def _references(self, string: str, run: list[Word], place: _Place) -> Iterator[str]:
        """As few references as say the run exactly; between them what is there."""
        name, first = place
        text = self.texts[name]
        theirs = self._words[name][first : first + len(run)]
        at = 0
        while at < len(run):
            last = at
            word = string[run[at].start : run[at].end]
            case = _case(word, text[slice(*theirs[at])])
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


def reveal(string: str, texts: Mapping[str, str], room: Room | None = None) -> str:
    """``string`` with the words of ``texts`` in place of references; others are left standing.

    Raises:
        ValueError: a reference goes beyond its text, or there is no ``room`` left.
    """
    room = room or Room()

    def words_of(match: re.Match[str]) -> str:
        if match["escape"]:
            return OPEN
        text = texts.get(match["document"])
        if text is None:
            return match[0]
        if not int(match["start"]) < int(match["end"]) <= len(text):
            raise ValueError(f"{match[0]} is beyond its text")
        return _CASES[match["case"]](room.take(text[int(match["start"]) : int(match["end"])]))

    return REFERENCE.sub(words_of, string)


def reveal_carried(
    string: str, texts: Mapping[str, str], carriers: Mapping[str, Carrier], room: Room
) -> str:
    """As :func:`reveal`, also with the words of other copies, where they are found for sure.

    Raises:
        ValueError: a reference goes beyond its text, or there is no ``room`` left.
    """

    def words_of(match: re.Match[str]) -> str:
        carrier = carriers.get(match["document"] or "")
        if carrier is None:
            return reveal(match[0], texts, room)
        found = carrier.carry(int(match["start"]), int(match["end"]))
        if found.fate.value in ("lost", "doubtful"):
            return match[0]
        return _CASES[match["case"]](room.take(carrier.copy[found.start : found.end]))

    return REFERENCE.sub(words_of, string)


def _escape(string: str) -> str:
    return string.replace(OPEN, _ESCAPED)


def _case(word: str, theirs: str) -> str | None:
    """What makes the word of a text the ``word``; null if no case does."""
    return next((case for case, change in _CASES.items() if change(theirs) == word), None)

"""Read columns of tokens and IOB2 tags."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from warclaims.corpus.reading import read_json
from warclaims.errors import InvalidFile
from warclaims.formats.annotated_text import AnnotatedText, LabelledSpan
from warclaims.formats.conll.writing import COLUMNS, TEXT
from warclaims.formats.files_of_format import files_of_format
from warclaims.formats.lines import also_compressed, numbered_records
from warclaims.formats.problems import FormatProblems, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SUFFIXES = (".bio", ".conll", ".conllu", ".conllup", ".iob", ".iob2", ".tsv")
_COMMENT = re.compile(r"# *(\S+(?: id)?) += ?(.*)", re.DOTALL)
_TAG = re.compile(r"O|([BIESLU])-(\S+)")
_GOES_ON = "IEL"
_NEW_DOCUMENT = ("newdoc", "newdoc id")
_JOINT = "WARCLAIMS:JOINT"
"""The column that only repeats what is in others."""


def read_documents(path: Path, problems: FormatProblems) -> Iterator[AnnotatedText]:
    """The documents in the file or files at ``path``, one at a time.

    A document begins at ``-DOCSTART-`` or a comment ``newdoc``, or with the file. Without its text,
    it is made of the tokens: sentences by the comments ``text``, or with spaces, a line each.

    Raises:
        WarclaimsError: a folder has no such file.
    """
    for file in files_of_format(path, problems, *also_compressed(*_SUFFIXES)):
        yield from _TaggedFile(file, problems).documents()


class _TaggedFile:
    """Reads the lines of one file."""

    def __init__(self, path: Path, problems: FormatProblems) -> None:
        self._path, self._problems = path, problems
        self._names: list[str] = []
        self._width = 0
        self._form = 0
        self._tags: list[int] = []
        self._separator: str | None = None

    def documents(self) -> Iterator[AnnotatedText]:
        """The documents that have tokens or a text."""
        name, count = self._path.name.partition(".")[0], 1
        document = _TaggedDocument(name)
        last = 0
        for number, data in numbered_records(self._path, self._problems):
            try:
                line = data.decode("utf-8-sig").rstrip()
                if not line:
                    continue
                if number > last + 1:
                    document.end_sentence()
                last = number
                found = self._comment(line)
                is_new = line.startswith("-DOCSTART-") or (found and found[1] in _NEW_DOCUMENT)
                if is_new:
                    if not document.is_empty:
                        yield document.result(str(self._path))
                        count += 1
                    given = found[2] if found else ""
                    document = _TaggedDocument(self._name(name, given or str(count)))
                elif found:
                    self._note(document, found[1], found[2])
                elif not line.startswith("#") or self._is_row(line):
                    document.add(number, *self._row(line))
            except UnicodeDecodeError:
                self._problems.add(str(self._path), number, "X201", "is not UTF-8")
            except Unreadable as error:
                self._problems.add(str(self._path), number, error.code, str(error))
        if not document.is_empty:
            yield document.result(str(self._path))

    def _name(self, file: str, given: str) -> str:
        return given if _JOINT in self._names else f"{file}-{given}"

    def _comment(self, line: str) -> re.Match[str] | None:
        """A comment with a name and a value; ``# O`` may be a token."""
        return _COMMENT.fullmatch(line) or re.fullmatch(r"#\s*(newdoc)(\s*)", line)

    def _is_row(self, line: str) -> bool:
        columns = line.split(self._separator)
        is_whole = len(columns) == self._width if self._width else len(columns) > 1
        return is_whole and bool(_TAG.fullmatch(columns[-1]))

    def _note(self, document: _TaggedDocument, name: str, value: str) -> None:
        if name == COLUMNS:
            self._names = value.split()
        elif name == TEXT:
            try:
                text = read_json(value.encode(), str(self._path))
            except InvalidFile:
                text = None
            if not isinstance(text, str):
                raise Unreadable("X201", f"has a {TEXT} that is not a JSON string")
            document.text, document.has_text = text, True
        elif name == "text":
            document.sentence = value

    def _row(self, line: str) -> tuple[str, list[tuple[int, str]], tuple[str, str] | None]:
        """The token, its tags with their columns, and its offsets if the file has them."""
        if not self._width:
            self._separator = "\t" if "\t" in line else None
        columns = line.split(self._separator)
        if not self._width:
            self._look_at(columns)
        if len(columns) != self._width:
            raise Unreadable(
                "X201", f"has {len(columns)} columns; the first token has {self._width}"
            )
        tags = [(at, columns[at]) for at in self._tags]
        for _, tag in tags:
            if not _TAG.fullmatch(tag):
                raise Unreadable(
                    "X201", f"has the tag {tag!r}, which is not like B-PER, I-PER or O"
                )
        token = columns[self._form].strip()
        if not token:
            raise Unreadable("X201", "has no token")
        places = None
        if "START" in self._names and "END" in self._names:
            places = columns[self._names.index("START")], columns[self._names.index("END")]
        return token, tags, places

    def _look_at(self, columns: list[str]) -> None:
        """Find out which columns hold tokens and tags, from the first row."""
        if self._names and len(self._names) != len(columns):
            raise Unreadable("X201", f"has {len(columns)} columns; {len(self._names)} are named")
        if "FORM" in self._names:
            form = self._names.index("FORM")
        else:
            form = int(len(columns) > 2 and _has_numbers(self._path))
        tags: list[int] = []
        for at in range(len(columns) - 1, form, -1):
            if not _TAG.fullmatch(columns[at]):
                break
            if self._names[at : at + 1] != [_JOINT]:
                tags.insert(0, at)
        if not tags:
            last = columns[-1][:60]
            raise Unreadable(
                "X201", f"has no tag such as B-PER or O in its last column, but {last!r}"
            )
        self._width, self._form, self._tags = len(columns), form, tags


def _has_numbers(path: Path) -> bool:
    """True if the first column numbers the tokens of each sentence."""
    lines = (data for _, data in numbered_records(path, FormatProblems()))
    rows = (line for line in lines if not line.startswith((b"#", b"-DOCSTART-")))
    numbers = [row.split()[0] for row in islice(rows, 2)]
    return numbers in ([b"1", b"2"], [b"1", b"1"])


class _TaggedDocument:
    """Collects the tokens and tags of one document."""

    def __init__(self, name: str) -> None:
        self.text = ""
        self.has_text = False
        self.sentence = ""
        self._name = name
        self._parts: list[str] = []
        self._length = 0
        self._tokens: list[tuple[int, str, list[tuple[int, str]]]] = []
        self._spans: list[LabelledSpan] = []
        self._open: dict[int, tuple[str, int, int, int]] = {}

    @property
    def is_empty(self) -> bool:
        """True without a token or text."""
        return not (self._tokens or self._length or self.text)

    def add(
        self, line: int, token: str, tags: list[tuple[int, str]], places: tuple[str, str] | None
    ) -> None:
        """Add a token; with its places in a text that is known, it is tagged at once."""
        if not self.has_text:
            self._tokens.append((line, token, tags))
            return
        if places is None or not all(place.isdecimal() and len(place) < 12 for place in places):
            raise Unreadable("X201", "has no START and END, although the text is given")
        start, end = map(int, places)
        if self.text[start:end] != token:
            there = self.text[start:end][:60]
            raise Unreadable(
                "X301", f"has {token!r} at {start}–{end}, where the text has {there!r}"
            )
        self._tag(line, start, end, tags)

    def end_sentence(self) -> None:
        """Place the tokens of the sentence in the text, and end what is open."""
        if self._tokens:
            self._place()
        self._close(list(self._open))
        self._tokens, self.sentence = [], ""

    def result(self, file: str) -> AnnotatedText:
        """The text with everything that was read."""
        self.end_sentence()
        text = self.text or "".join(self._parts)
        return AnnotatedText(self._name, text, tuple(self._spans), (), {}, file)

    def _place(self) -> None:
        words = [token for _, token, _ in self._tokens]
        starts = _starts(words, self.sentence)
        sentence = self.sentence if starts else " ".join(words)
        starts = starts or _starts(words, sentence)
        for (line, token, tags), start in zip(self._tokens, starts, strict=True):
            at = self._length + start
            self._tag(line, at, at + len(token), tags)
        self._parts.append(f"{sentence}\n")
        self._length += len(sentence) + 1

    def _tag(self, line: int, start: int, end: int, tags: list[tuple[int, str]]) -> None:
        for column, tag in tags:
            kind, label = tag[0], tag[2:]
            begun = self._open.get(column)
            if begun and kind in _GOES_ON and begun[0] == label:
                self._open[column] = (label, begun[1], end, begun[3])
                continue
            self._close([column])
            if kind != "O":
                self._open[column] = (label, start, end, line)

    def _close(self, columns: list[int]) -> None:
        for column in columns:
            if begun := self._open.pop(column, None):
                label, start, end, line = begun
                name = f"s{len(self._spans) + 1}"
                self._spans.append(LabelledSpan(name, label, ((start, end),), line=line))


def _starts(words: list[str], sentence: str) -> list[int]:
    """Where ``words`` begin in ``sentence``, one after the other; empty if they do not."""
    found: list[int] = []
    end = 0
    for word in words:
        start = sentence.find(word, end)
        if start < 0 or sentence[end:start].strip():
            return []
        found.append(start)
        end = start + len(word)
    return found

"""Read columns of tokens and IOB2 tags."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from warclaims.corpus.reading import read_json
from warclaims.errors import InvalidFile
from warclaims.formats.annotated_text import AnnotatedText, LabelledSpan
from warclaims.formats.conll.writing import COLUMNS, TEXT
from warclaims.formats.files_of_format import files_of_format
from warclaims.formats.lines import also_compressed, numbered_records
from warclaims.formats.problems import FormatProblems, Unreadable
from warclaims.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SUFFIXES = (".bio", ".conll", ".conllu", ".conllup", ".iob", ".iob2", ".tsv")
_COMMENT = re.compile(r"# *(\S+(?: id)?) += ?(.*)", re.DOTALL)
_TAG = re.compile(r"O|([BIESLU])-(\S+)")
_GOES_ON = "IEL"
_NUMBER = re.compile(r"(\d+)(?:-(\d+)|(\.\d+))?")
"""The number of a word; of the words of a multiword token (``1-2``); of an empty node (``1.1``)."""
_EMPTY = ("_", "-", "*", "")
"""What a column has where it says nothing: of a multiword token, for one, but of its words."""
_LOOKED_AT = 30
"""Rows that are looked at to find out what the columns are."""
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


class _UnknownLayout(Unreadable):
    """It cannot be known which column holds what, so the file cannot be read."""

    def __init__(self, message: str) -> None:
        how = f"Name the columns in a first line: # {COLUMNS} = … with FORM for the words"
        super().__init__("X201", f"{message}. {how}")


class _TokenRow(NamedTuple):
    """A line with a token: its tags with their columns, its offsets if the file has them.

    ``number`` is the match of its number, if tokens are numbered.
    """

    line: int
    token: str
    tags: list[tuple[int, str]]
    places: tuple[str, str] | None
    number: re.Match[str] | None


class _TaggedFile:
    """Reads the lines of one file."""

    def __init__(self, path: Path, problems: FormatProblems) -> None:
        self._path, self._problems = path, problems
        self._names: list[str] = []
        self._width = 0
        self._form = 0
        self._number: int | None = None
        self._tags: list[int] = []
        self._others: dict[int, str] = {}
        self._left_out: Counter[str] = Counter()
        self._separator: str | None = None

    def documents(self) -> Iterator[AnnotatedText]:
        """The documents that have tokens or a text."""
        name, count = self._path.name.partition(".")[0], 1
        document = _TaggedDocument(name, str(self._path), self._problems)
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
                if self._is_start(line) or (found and found[1] in _NEW_DOCUMENT):
                    if not document.is_empty:
                        yield document.result()
                        count += 1
                    given = self._name(name, (found[2] if found else "") or str(count))
                    document = _TaggedDocument(given, str(self._path), self._problems, number)
                elif found:
                    self._note(document, found[1], found[2])
                elif not line.startswith("#") or self._is_row(line):
                    document.add(self._row(number, line))
            except UnicodeDecodeError:
                self._problems.add(str(self._path), number, "X201", "is not UTF-8")
            except Unreadable as error:
                self._problems.add(str(self._path), number, error.code, str(error))
                if isinstance(error, _UnknownLayout):
                    return
        if not document.is_empty:
            yield document.result()
        if self._left_out:
            message = f"left out, since only tags become labels: {counted(self._left_out)}"
            self._problems.add(str(self._path), None, "X603", message)

    def _is_start(self, line: str) -> bool:
        """True for ``-DOCSTART-`` alone or with columns that say nothing; else it is a token."""
        first, *others = line.split()
        is_tagged = any(_TAG.fullmatch(one) and one != "O" for one in others)
        return first == "-DOCSTART-" and not (self._names or is_tagged)

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
        elif name != "sent_id":
            self._left_out[f"comments {name}"] += 1

    def _row(self, line: int, words: str) -> _TokenRow:
        if not self._width:
            self._look_at(words)
        columns = words.split(self._separator)
        if len(columns) != self._width:
            raise Unreadable(
                "X201", f"has {len(columns)} columns; the first token has {self._width}"
            )
        number = None
        if self._number is not None:
            number = _NUMBER.fullmatch(columns[self._number])
            if number is None:
                raise Unreadable("X201", f"has no number such as 2, but {columns[self._number]!r}")
        tags = [(at, columns[at]) for at in self._tags]
        if number and number.end() > number.end(1):
            tags = [(at, "O" if tag in _EMPTY else tag) for at, tag in tags]
        for _, tag in tags:
            if not _TAG.fullmatch(tag):
                raise Unreadable(
                    "X201", f"has the tag {tag!r}, which is not like B-PER, I-PER or O"
                )
        token = columns[self._form].strip()
        if not token:
            raise Unreadable("X201", "has no token")
        self._left_out.update(
            name for at, name in self._others.items() if columns[at] not in _EMPTY
        )
        places = None
        if "START" in self._names and "END" in self._names:
            places = columns[self._names.index("START")], columns[self._names.index("END")]
        return _TokenRow(line, token, tags, places, number)

    def _look_at(self, line: str) -> None:
        """Find out which columns hold numbers, tokens and tags, from the first rows."""
        self._separator = "\t" if "\t" in line else None
        sentences = self._first_rows()
        rows = [row for rows in sentences for row in rows] or [line.split(self._separator)]
        if self._names and len(self._names) != len(rows[0]):
            raise _UnknownLayout(f"has {len(rows[0])} columns; {len(self._names)} are named")
        if "FORM" in self._names:
            self._form = self._names.index("FORM")
            self._number = self._names.index("ID") if "ID" in self._names else None
        elif len(rows[0]) > 2:
            self._find_words(sentences, rows)
        columns = rows[0]
        if self._number is not None:
            at = self._number
            columns = next((row for row in rows if row[at : at + 1] and row[at].isdigit()), columns)
        for at in range(len(columns) - 1, self._form, -1):
            if not _TAG.fullmatch(columns[at]):
                break
            if self._names[at : at + 1] != [_JOINT]:
                self._tags.insert(0, at)
        if not self._tags:
            last = columns[-1][:60]
            raise _UnknownLayout(f"has no tag such as B-PER or O in its last column, but {last!r}")
        self._width = len(columns)
        self._others = dict(self._other_columns())

    def _other_columns(self) -> Iterator[tuple[int, str]]:
        """The columns that are not read, with their names."""
        read = {self._number, self._form, *self._tags}
        for at, name in enumerate(self._names or map(str, range(1, self._width + 1))):
            if at not in read and name not in ("START", "END", _JOINT):
                yield at, f"column {name}"

    def _find_words(self, sentences: list[list[list[str]]], rows: list[list[str]]) -> None:
        """Take the first column for the words, or the second if the first numbers them."""

        def is_counted(at: int, sentences: list[list[list[str]]]) -> bool:
            return all(
                _is_counted([row[at] for row in rows if at < len(row)]) for rows in sentences
            )

        first_two = [
            sentences[0][:2],
            *(rows[:1] for rows in sentences[1:2] if len(sentences[0]) < 2),
        ]
        is_sure = len(rows) > 1 or self._path.suffix == ".conllu"
        others = (at for at in range(1, len(rows[0])) if is_counted(at, sentences))
        if is_sure and is_counted(0, first_two):
            self._number, self._form = 0, 1
        elif len(rows) > len(sentences) and (at := next(others, None)) is not None:
            raise _UnknownLayout(f"numbers its tokens in column {at + 1}")
        elif len(rows) > 2 and all(_NUMBER.fullmatch(row[0]) for row in rows):
            raise _UnknownLayout("begins with a number like all rows after it")
        elif len(rows) > 2 and len({row[0] for row in rows}) == 1:
            raise _UnknownLayout(f"begins with {rows[0][0][:60]!r} like all rows after it")

    def _first_rows(self) -> list[list[list[str]]]:
        """The columns of the first tokens, sentence by sentence."""
        found: list[list[list[str]]] = []
        last = 0
        rows = (
            (number, data.decode("utf-8-sig", "replace").rstrip())
            for number, data in numbered_records(self._path, FormatProblems())
            if not data.startswith((b"#", b"-DOCSTART-"))
        )
        for number, line in islice(rows, _LOOKED_AT):
            if line:
                if number > last + 1 or not found:
                    found.append([])
                found[-1].append(line.split(self._separator))
                last = number
        return found


def _is_counted(numbers: list[str]) -> bool:
    """True if words are numbered from 0 or 1.

    >>> _is_counted(["1-2", "1", "2", "2.1", "3"]), _is_counted(["1", "4"])
    (True, False)
    """
    following: int | None = None
    for number in numbers:
        if not (found := _NUMBER.fullmatch(number)):
            return False
        first = int(found[1]) + (found[3] is not None)
        if first != following and not (following is None and first in (0, 1)):
            return False
        following = first + (found.end() == found.end(1))
    return True


class _TaggedDocument:
    """Collects the tokens and tags of one document."""

    def __init__(self, name: str, file: str, problems: FormatProblems, line: int = 1) -> None:
        self.text = ""
        self.has_text = False
        self.sentence = ""
        self._name, self._file, self._line = name, file, line
        self._problems = problems
        self._parts: list[str] = []
        self._length = 0
        self._tokens: list[tuple[int, str, list[list[tuple[int, str]]]]] = []
        self._last_inside = -1
        self._spans: list[LabelledSpan] = []
        self._open: dict[int, tuple[str, int, int, int]] = {}

    @property
    def is_empty(self) -> bool:
        """True without a token or text."""
        return not (self._tokens or self._length or self.text)

    def add(self, row: _TokenRow) -> None:
        """Add a token; with its places in a text that is known, it is tagged at once.

        The words of a multiword token have its place and their own tags; empty nodes have none.
        """
        line, token, tags, places, number = row
        if number and number[3]:
            return
        if not self.has_text:
            if number and not number[2] and int(number[1]) <= self._last_inside:
                self._tokens[-1][2].append(tags)
                return
            self._last_inside = int(number[2]) if number and number[2] else -1
            self._tokens.append((line, token, [tags]))
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
        self._tokens, self.sentence, self._last_inside = [], "", -1

    def result(self) -> AnnotatedText:
        """The text with everything that was read."""
        self.end_sentence()
        text = self.text or "".join(self._parts)
        spans = tuple(self._spans)
        return AnnotatedText(self._name, text, spans, (), {}, self._file, self._line)

    def _place(self) -> None:
        words = [token for _, token, _ in self._tokens]
        sentence = self.sentence or " ".join(words)
        starts = _starts(words, sentence)
        if not starts:
            message = f"and the tokens after it are not the words of {self.sentence[:60]!r}"
            self._problems.add(self._file, self._tokens[0][0], "X301", message)
            sentence = " ".join(words)
            starts = _starts(words, sentence)
        for (line, token, tags), start in zip(self._tokens, starts, strict=True):
            at = self._length + start
            whole, *inside = tags
            is_tagged = any(tag != "O" for one in inside for _, tag in one)
            for one in inside if is_tagged else [whole]:
                self._tag(line, at, at + len(token), one)
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

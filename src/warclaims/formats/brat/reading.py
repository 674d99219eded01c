"""Read standoff files of brat."""

from __future__ import annotations

import json
import re
from os.path import commonprefix
from typing import TYPE_CHECKING, Any

from warclaims.authoring.texts import read_new_text
from warclaims.errors import WarclaimsError
from warclaims.files import files_below, read_file, reason
from warclaims.formats.annotated_text import AnnotatedText, LabelledLink, LabelledSpan, free_id
from warclaims.formats.brat.writing import NOTE, RECORD_NOTE
from warclaims.formats.files_of_format import document_names, files_of_format
from warclaims.formats.problems import Unreadable
from warclaims.records import LAYERS, shapes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from warclaims.formats.problems import FormatProblems

    _LineReader = Callable[["_StandoffReader", list[str], int], None]

_SUFFIXES = (".ann", ".a1", ".a2", ".rel", ".co")
"""The endings of standoff files; those of one document are read together, in this order."""

_ENDINGS = ", ".join(_SUFFIXES)

_SPAN = re.compile(r"(\S+) ([0-9]{1,12} [0-9]{1,12}(?:;[0-9]{1,12} [0-9]{1,12})*)")
_ARGUMENT = re.compile(r"([^\s:]+):(\S+)")

_REGISTRY_FIELDS = {
    name
    for model in LAYERS.values()
    for name, shape in shapes(model).items()
    if shape.target is not None and shape.target.in_registry
}
"""Fields that hold ids of registry entries."""


def read_documents(path: Path, problems: FormatProblems) -> Iterator[AnnotatedText]:
    """The texts with standoff files at ``path``, in the order of their names.

    Raises:
        WarclaimsError: there is no standoff file.
    """
    if path.is_file() and path.suffix.lower() not in _SUFFIXES:
        raise WarclaimsError(f"{path}: brat needs a folder, or a file ending in {_ENDINGS}")
    documents: dict[Path, list[Path]] = {}
    for file in files_of_format(path, problems, *_SUFFIXES, beside=(".txt", ".conf")):
        documents.setdefault(file.with_suffix(""), []).append(file)
    below = files_below(path) if path.is_dir() else ()
    texts = {file.with_suffix(""): file for file in below if file.suffix.lower() == ".txt"}
    for stem in (one for one in texts if one not in documents):
        message = "is left out: it has no standoff file. An empty one says that it has no labels"
        problems.add(str(texts[stem]), None, "X603", message)
    names = document_names([*documents], path)
    for stem, parts in documents.items():
        text_file = texts.get(stem, stem.with_name(f"{stem.name}.txt"))
        parts.sort(key=lambda one: _SUFFIXES.index(one.suffix.lower()))
        if reader := _read_document(text_file, parts, problems):
            yield reader.result(names[stem])


def _read_document(
    text_file: Path, parts: list[Path], problems: FormatProblems
) -> _StandoffReader | None:
    """Read a text and its standoff files; ``None`` if one of them cannot be read."""
    try:
        reader = _StandoffReader(read_new_text(text_file).text, str(parts[0]), problems)
    except WarclaimsError as error:
        problems.add(str(parts[0]), None, "X101", str(error))
        return None
    for part in parts:
        try:
            lines = read_file(part).decode("utf-8-sig").split("\n")
        except (OSError, UnicodeDecodeError) as error:
            why = reason(error) if isinstance(error, OSError) else "it is not UTF-8"
            problems.add(str(part), None, "X101", f"cannot be read: {why}")
            return None
        reader.read(str(part), lines)
    return reader


class _StandoffReader:
    """Reads the lines of one document: first those with words, then what refers to them.

    An event is a span with the words of its trigger, linked to its arguments; a trigger that has
    the type of its event as its label is not a span of its own.
    """

    def __init__(self, text: str, file: str, problems: FormatProblems) -> None:
        self._text, self._file, self._problems = text, file, problems
        self._spans: dict[str, dict[str, Any]] = {}
        self._event_of: dict[str, str] = {}
        self._ids: dict[str, str] = {}
        self._given_ids: set[str] = set()
        self._links: list[tuple[str, str, str]] = []
        self._relations: dict[str, int] = {}
        self._owners: dict[str, tuple[str, str]] = {}

    def read(self, file: str, lines: list[str]) -> None:
        """Read the lines of a file; those that cannot be read are reported."""
        left = self._split(file, lines)
        for step in _STEPS:
            for number, columns in left:
                if (read := step.get(columns[0][0])) is not None:
                    try:
                        read(self, columns, number)
                    except Unreadable as error:
                        self._problems.add(file, number, error.code, str(error))

    def result(self, name: str) -> AnnotatedText:
        """The text with everything that was read.

        A span that has the id of another one's note gets a new one.
        """
        for key in [one for one in self._spans if one not in self._ids and one in self._given_ids]:
            self._ids[key] = free_id(key[0], 1, self._spans, self._given_ids)
            self._given_ids.add(self._ids[key])
        spans = tuple(
            LabelledSpan(self._ids.get(key, key), **span)
            for key, span in self._spans.items()
            if key not in self._event_of
        )
        links = tuple(
            LabelledLink(label, self._ids.get(source, source), self._ids.get(target, target))
            for label, source, target in self._links
        )
        return AnnotatedText(name, self._text, spans, links, {}, self._file)

    def _split(self, file: str, lines: list[str]) -> list[tuple[int, list[str]]]:
        """The lines in columns, with their numbers."""
        found = []
        for number, line in enumerate(lines, 1):
            columns = line.rstrip("\r").split("\t")
            if not line.strip():
                continue
            if line[0] not in _KINDS:
                message = f"begins with {line[0]!r}, which no line of brat does"
            elif len(columns) < 2:
                message = f"needs columns separated by tabs, not {line[:60]!r}"
            elif columns[0] in self._owners and columns[0] != "*":
                message = f"uses the id {columns[0]} a second time"
            else:
                self._owners[columns[0]] = (columns[0], "")
                found.append((number, columns))
                continue
            self._problems.add(file, number, "X201", message)
        return found

    def _span(self, columns: list[str], number: int) -> None:
        found = _SPAN.fullmatch(columns[1].strip())
        if found is None:
            raise Unreadable("X201", f"needs a label and offsets, not {columns[1][:60]!r}")
        pairs = (pair.split() for pair in found[2].split(";"))
        ranges = tuple((int(start), int(end)) for start, end in pairs)
        if any(not 0 <= start < end <= len(self._text) for start, end in ranges):
            raise Unreadable("X301", f"{found[2]} is not in the text of {len(self._text):,}")
        words = " ".join(" ".join(self._text[start:end] for start, end in ranges).split())
        given = " ".join(columns[2].split()) if len(columns) > 2 else words
        if given != words:
            at = max(0, len(commonprefix([given, words])) - 20)  # noqa: RUF071 - no paths
            there, here = (f"{'…' * (at > 0)}{one[at : at + 60]}" for one in (given, words))
            raise Unreadable("X301", f"has {there!r} at {found[2]}, where the text has {here!r}")
        self._spans[columns[0]] = {
            "label": found[1],
            "ranges": ranges,
            "attributes": {},
            "line": number,
        }

    def _event(self, columns: list[str], number: int) -> None:
        label, trigger = self._arguments(columns, 1)[0]
        words = self._spans.get(trigger)
        if words is None:
            raise Unreadable("X401", f"there is no {trigger} to be its trigger")
        made = {**words, "label": label, "attributes": {}, "line": number}
        self._spans[columns[0]] = made
        if words["label"] == label:
            self._event_of.setdefault(trigger, columns[0])

    def _event_links(self, columns: list[str], number: int) -> None:
        if columns[0] in self._spans:
            self._link(columns[0], self._arguments(columns, 1)[1:])

    def _relation(self, columns: list[str], number: int) -> None:
        label, _, rest = columns[1].partition(" ")
        (first, source), (second, target), *more = self._arguments(["", rest], 2)
        if more:
            raise Unreadable("X201", f"has {len(more) + 2} arguments; a relation has two")
        if (first, second) != ("Arg1", "Arg2"):
            label = f"{label}:{first}:{second}"
        self._owners[columns[0]] = (self._node(source), f"{label}.")
        self._link(self._node(source), [(label, target)])
        self._relations[columns[0]] = len(self._links) - 1

    def _equivalence(self, columns: list[str], number: int) -> None:
        words = columns[1].split()
        if len(words) < 3:
            raise Unreadable("X201", f"needs two ids or more, not {columns[1][:60]!r}")
        label, *ids = words
        self._link(self._node(ids[0]), [(label, other) for other in ids[1:]])

    def _attribute(self, columns: list[str], number: int) -> None:
        words = columns[1].split()
        if not 2 <= len(words) <= 3:
            raise Unreadable("X201", f"needs a name, an id and a value, not {columns[1][:60]!r}")
        name, target, *value = words
        self._put(columns[0], target, name, value[0] if value else True)

    def _normalisation(self, columns: list[str], number: int) -> None:
        parts = columns[1].split(maxsplit=2)
        resource, _, entry = parts[2].partition(":") if len(parts) == 3 else ("", "", "")
        if not entry:
            form = "a type, an id and RESOURCE:ENTRY"
            raise Unreadable("X201", f"needs {form}, not {columns[1][:60]!r}")
        if resource in _REGISTRY_FIELDS:
            self._put(columns[0], parts[1], resource, entry)
        else:
            words = {"text": columns[2]} if len(columns) > 2 else {}
            made = {"type": parts[0], "resource": resource, "id": entry, **words}
            self._put(columns[0], parts[1], "normalisations", made)

    def _note(self, columns: list[str], number: int) -> None:
        parts = columns[1].split()
        if len(parts) != 2:
            raise Unreadable("X201", f"needs a type and an id, not {columns[1][:60]!r}")
        kind, target = parts
        words = "\t".join(columns[2:])
        if kind == RECORD_NOTE and self._record(target, words):
            return
        key, before = self._owner(target)
        attributes = self._spans[key]["attributes"]
        if kind == NOTE and not before and target == key and "note" not in attributes and words:
            attributes["note"] = words
        else:
            note = {"type": kind, "on": target, "text": words}
            attributes["notes"] = [*attributes.get("notes", ()), note]

    def _record(self, target: str, words: str) -> bool:
        """Take what an export has written about a span or link; false if it is another note."""
        try:
            known = json.loads(words)
        except (ValueError, RecursionError):
            return False
        if target in self._relations:
            at = self._relations[target]
            is_label = isinstance(known, dict) and isinstance(known.get("label"), str)
            if is_label:
                self._links[at] = (known["label"], *self._links[at][1:])
            return is_label
        key = self._node(target)
        kinds = {"id": str, "attributes": dict, "scheme": str, "label": str, "extra": dict}
        if not isinstance(known, dict) or "id" not in known:
            return False
        if not all(isinstance(one, kinds.get(key, ())) for key, one in known.items()):
            return False
        name = known["id"]
        if name in self._given_ids:
            raise Unreadable("X201", f"gives the id {name!r} a second time")
        self._given_ids.add(name)
        self._ids[key] = name
        span = self._spans[key]
        span["attributes"] |= known.pop("attributes", {})
        span |= {field: known[field] for field in ("scheme", "label", "extra") if field in known}
        return True

    def _arguments(self, columns: list[str], least: int) -> list[tuple[str, str]]:
        """The names and ids in a column of ``NAME:ID``."""
        words = columns[1].split()
        found = [_ARGUMENT.fullmatch(word) for word in words]
        if len(words) < least or not all(found):
            raise Unreadable("X201", f"needs NAME:ID separated by spaces, not {columns[1][:60]!r}")
        return [(one[1], one[2]) for one in found if one]

    def _link(self, source: str, targets: list[tuple[str, str]]) -> None:
        """Link a span to those with ids of the file; ids of nothing are reported together."""
        known = [one for one in targets if one[1] in self._spans]
        self._links += [(label, source, self._node(target)) for label, target in known]
        if missing := [target for _, target in targets if target not in self._spans]:
            raise Unreadable("X401", f"there is no {', '.join(missing)} with words")

    def _node(self, name: str) -> str:
        """The span with an id of the file; for a trigger, its event."""
        if name not in self._spans:
            raise Unreadable("X401", f"there is no {name} with words")
        return self._event_of.get(name, name)

    def _owner(self, name: str) -> tuple[str, str]:
        """The span that something belongs to, and what goes before the name of an attribute."""
        key, before = self._owners.get(name, (name, ""))
        return self._node(key), before

    def _put(self, own: str, target: str, name: str, value: Any) -> None:
        key, before = self._owner(target)
        self._owners[own] = (key, f"{before}{name}.")
        attributes = self._spans[key]["attributes"]
        name = f"{before}{name}"
        if name in attributes or name == "normalisations":
            had = attributes.get(name, [])
            value = [*(had if isinstance(had, list) else [had]), value]
        attributes[name] = value


_STEPS: tuple[dict[str, _LineReader], ...] = (
    {"T": _StandoffReader._span},
    {"E": _StandoffReader._event},
    {
        "E": _StandoffReader._event_links,
        "R": _StandoffReader._relation,
        "*": _StandoffReader._equivalence,
    },
    {
        "A": _StandoffReader._attribute,
        "M": _StandoffReader._attribute,
        "N": _StandoffReader._normalisation,
    },
    {"#": _StandoffReader._note},
)
"""What is read one after the other, by the first letter of a line."""

_KINDS = {kind for step in _STEPS for kind in step}

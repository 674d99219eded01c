"""Read JSON Lines with spans and relations, as Prodigy and doccano write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from warclaims.corpus.reading import read_json
from warclaims.errors import InvalidFile
from warclaims.formats.annotated_text import AnnotatedText, LabelledLink, LabelledSpan, free_id
from warclaims.formats.extra_fields import both, with_rest
from warclaims.formats.files_of_format import files_of_format
from warclaims.formats.lines import also_compressed, numbered_records
from warclaims.formats.problems import Unreadable
from warclaims.formats.spans.writing import MADE_BY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from warclaims.formats.problems import FormatProblems

_PLACES = {"start", "end", "start_offset", "end_offset", "fragments", "token_start", "token_end"}
_OF_SPAN = {*_PLACES, "id", "label", "record", "attributes", "scheme"}
_OF_LINK = {"id", "label", "type", "from_id", "to_id", "color"}
_OF_LINK |= {"head", "child", "head_span", "child_span"}
_READ = {"text", "spans", "entities", "label", "labels", "relations", "tokens", "id", *MADE_BY}
_READ |= {"_input_hash", "_task_hash", "_is_binary", "_view_id"}
"""Keys that are read, or can be computed; all others are kept."""


def read_documents(path: Path, problems: FormatProblems) -> Iterator[AnnotatedText]:
    """The texts in the files of JSON Lines at ``path``, one at a time.

    Lines that were rejected or ignored in Prodigy are left out and reported.

    Raises:
        WarclaimsError: a folder has no such file.
    """
    for file in files_of_format(path, problems, *also_compressed(".jsonl")):
        yield from _texts_in(file, problems)


def _texts_in(path: Path, problems: FormatProblems) -> Iterator[AnnotatedText]:
    for number, data in numbered_records(path, problems):
        try:
            line = read_json(data, str(path))
        except InvalidFile as error:
            problems.add(str(path), number, "X201", error.findings[0].message)
            continue
        if not isinstance(line, dict) or not isinstance(line.get("text"), str):
            problems.add(str(path), number, "X201", "is not an object with a text")
        elif _is_own(line) and not _has_facts(line):
            problems.add(str(path), number, "X201", "has facts that are not an object")
        elif line.get("answer", "accept") != "accept":
            message = f"was answered with {line['answer']!r} and is left out"
            problems.add(str(path), number, "X602", message)
        else:
            reader = _SpanLineReader(line, str(path), number, problems)
            yield reader.result(f"{path.name.partition('.')[0]}-{line.get('id', number)}")


class _SpanLineReader:
    """Reads the spans and relations of one line; those that cannot be read are reported."""

    def __init__(
        self, line: dict[str, Any], file: str, number: int, problems: FormatProblems
    ) -> None:
        self._line, self._file, self._number = line, file, number
        self._text = line["text"]
        self._problems = problems
        self._spans: dict[str, LabelledSpan] = {}
        self._keys: dict[Any, str] = {}
        self._given_ids: dict[str, set[str]] = {"record": set(), "id": set()}

    def result(self, name: str) -> AnnotatedText:
        """The text with everything that was read."""
        line = self._line
        spans = [
            (f"{field} {place}", one)
            for field in ("spans", "entities", "label", "labels")
            for place, one in enumerate(self._list(field), 1)
        ]
        for key, ids in self._given_ids.items():
            ids |= {str(one[key]) for _, one in spans if isinstance(one, dict) and key in one}
        for what, one in spans:
            with self._problem(what):
                self._add_span(one)
        links = []
        for place, one in enumerate(self._list("relations"), 1):
            with self._problem(f"relations {place}"):
                links.append(self._link(one))
        about: dict[str, Any] = {}
        rest = {key: value for key, value in line.items() if key not in _READ}
        if _is_own(line):
            name = str(line.get("id", name))
            about = {key: rest.pop(key) for key in ("document", "annotations") if key in rest}
        if rest := {key: value for key, value in rest.items() if value not in (None, [], {}, "")}:
            facts = about.get("annotations", {})
            about["annotations"] = {
                **facts,
                "extra": with_rest(facts.get("extra", {}), "spans", rest),
            }
        read = tuple(self._spans.values())
        return AnnotatedText(name, self._text, read, tuple(links), about, self._file, self._number)

    def _problem(self, what: str) -> _Reporting:
        return _Reporting(self._problems, self._file, self._number, what)

    def _list(self, field: str) -> list[Any]:
        found = self._line.get(field) or []
        if isinstance(found, list):
            return found
        message = f"{field} is not a list"
        self._problems.add(self._file, self._number, "X201", message)
        return []

    def _add_span(self, given: Any) -> None:
        if isinstance(given, list) and len(given) == 3:
            given = dict(zip(("start", "end", "label"), given, strict=True))
        if not isinstance(given, dict):
            raise Unreadable("X201", f"is neither an object nor a triple: {str(given)[:60]}")
        label = given.get("label")
        if not isinstance(label, str) or not label:
            raise Unreadable("X201", "has no label")
        ranges = self._ranges(given)
        key = self._key(given)
        if key in self._spans:
            raise Unreadable("X201", f"uses the id {key} a second time")
        if not (_is_table(given, "attributes") and _is_table(given, "extra")):
            raise Unreadable("X201", "has attributes that are not an object")
        others = {name: one for name, one in given.items() if name not in _OF_SPAN}
        scheme = str(given.get("scheme", ""))
        extra = others.pop("extra", {}) if scheme else {}
        attributes = both(others, given.get("attributes", {}))
        self._spans[key] = LabelledSpan(key, label, ranges, attributes, scheme, extra, self._number)
        self._remember(key, given, ranges[0][0], ranges[-1][1])

    def _key(self, given: dict[str, Any]) -> str:
        """The id of a span; a new one if it has none, or the number that a record has as its id."""
        if "record" in given:
            return str(given["record"])
        if "id" in given and str(given["id"]) not in self._given_ids["record"]:
            return str(given["id"])
        return free_id("s", len(self._spans) + 1, self._spans, *self._given_ids.values())

    def _remember(self, key: str, given: dict[str, Any], start: int, end: int) -> None:
        """Note by what relations may name a span."""
        places = [(name, given[name]) for name in ("id", "token_end") if name in given]
        for place in [*places, (start, end, given.get("label")), (start, end, None)]:
            if isinstance(place[1], int | str):
                self._keys.setdefault(place, key)

    def _ranges(self, given: dict[str, Any]) -> tuple[tuple[int, int], ...]:
        fragments = given.get("fragments")
        if fragments is None:
            start = given.get("start", given.get("start_offset"))
            fragments = [[start, given.get("end", given.get("end_offset"))]]
        found = []
        for one in fragments if isinstance(fragments, list) else [fragments]:
            if not (isinstance(one, list) and len(one) == 2 and all(type(at) is int for at in one)):
                raise Unreadable("X201", f"has no offsets: {str(one)[:60]}")
            if not 0 <= one[0] < one[1] <= len(self._text):
                where = f"{one[0]}–{one[1]}"
                raise Unreadable("X301", f"{where} is not in the text of {len(self._text):,}")
            found.append((one[0], one[1]))
        if not found:
            raise Unreadable("X201", "has no fragments")
        return tuple(found)

    def _link(self, given: Any) -> LabelledLink:
        if not isinstance(given, dict):
            raise Unreadable("X201", f"is not an object: {str(given)[:60]}")
        label = given.get("label", given.get("type"))
        if not isinstance(label, str) or not label:
            raise Unreadable("X201", "has neither label nor type")
        if "from_id" in given:
            ends = [self._known(("id", given.get(name))) for name in ("from_id", "to_id")]
        else:
            ends = [self._end(given, name) for name in ("head", "child")]
        rest = {name: one for name, one in given.items() if name not in _OF_LINK}
        return LabelledLink(label, ends[0], ends[1], rest)

    def _end(self, given: dict[str, Any], name: str) -> str:
        """The span at an end of a relation of Prodigy: that of its offsets, or of its token.

        A token that is in no span becomes a span with the label ``token``.
        """
        span = given.get(f"{name}_span")
        if not isinstance(span, dict):
            return self._known(("token_end", given.get(name)))
        ((start, end),) = self._ranges(span)
        place = (start, end, span.get("label"))
        if place not in self._keys:
            self._add_span({"start": start, "end": end, "label": span.get("label") or "token"})
        return self._known(place)

    def _known(self, place: Any) -> str:
        try:
            return self._keys[place]
        except (KeyError, TypeError):
            raise Unreadable("X401", f"begins or ends at nothing: {place[1]!r}") from None


def _is_own(line: dict[str, Any]) -> bool:
    """True if an export of WarClaims wrote the line."""
    return MADE_BY.items() <= line.items()


def _has_facts(line: dict[str, Any]) -> bool:
    """True if the facts about an own line are objects, as far as they are there."""
    are_tables = _is_table(line, "document") and _is_table(line, "annotations")
    return are_tables and _is_table(line.get("annotations", {}), "extra")


def _is_table(line: dict[str, Any], key: str) -> bool:
    """True if there is an object at ``key``, or nothing."""
    return isinstance(line.get(key, {}), dict)


class _Reporting:
    """Adds what cannot be read inside the block to the problems."""

    def __init__(self, problems: FormatProblems, file: str, number: int, what: str) -> None:
        self._problems, self._file, self._number, self._what = problems, file, number, what

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        if isinstance(error, Unreadable):
            message = f"{self._what} {error}"
            self._problems.add(self._file, self._number, error.code, message)
            return True
        return False

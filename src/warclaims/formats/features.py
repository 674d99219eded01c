"""The features of annotated documents that a format keeps or loses, each with its count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from warclaims.records import Bundle, FieldShape, Fragment, Layer


@dataclass(frozen=True)
class Feature:
    """Something that annotated documents may have.

    Attributes:
        name: What tables and declarations call it.
        meaning: What it is, in a few words.
        count: How often a document has it.
    """

    name: str
    meaning: str
    count: Callable[[Bundle], int]


def _records(bundle: Bundle) -> Iterator[Layer]:
    from warclaims.records import LAYERS

    for layer in LAYERS:
        yield from getattr(bundle.annotations, layer)


def _fields(bundle: Bundle) -> Iterator[tuple[Layer, FieldShape, Any]]:
    """Every field that has a value, with its record and shape."""
    from warclaims.records import shapes  # pydantic is slow to import

    for record in _records(bundle):
        for name, shape in shapes(type(record)).items():
            value = getattr(record, name)
            if value not in (None, (), {}):
                yield record, shape, value


def _with(bundle: Bundle, field: str) -> int:
    """How many records have a value in ``field``."""
    return sum(shape.name == field for _, shape, _ in _fields(bundle))


def _references(bundle: Bundle, *, in_registry: bool) -> int:
    """How many references there are, to entries of registries or to records of the same file."""
    return sum(
        len(value) if shape.many else 1
        for _, shape, value in _fields(bundle)
        if shape.target is not None and shape.target.in_registry == in_registry
    )


def _spans(bundle: Bundle, *, main: bool) -> list[tuple[Fragment, ...]]:
    """The spans that place records in the text, or the others: cues and triggers."""
    return [
        value
        for record, shape, value in _fields(bundle)
        if shape.kind == "span" and (shape.name == record.main_span) == main
    ]


def _nested(bundle: Bundle) -> int:
    hulls = sorted({(span[0].start, -span[-1].end) for span in _spans(bundle, main=True)})
    found = last = 0
    for _, negative_end in hulls:
        found += -negative_end <= last
        last = max(last, -negative_end)
    return found


def _discontinuous(bundle: Bundle) -> int:
    every = [*_spans(bundle, main=True), *_spans(bundle, main=False)]
    return sum(len(span) > 1 for span in every)


def _identical(bundle: Bundle) -> int:
    spans = _spans(bundle, main=True)
    return len(spans) - len(set(spans))


def _attributes(bundle: Bundle) -> int:
    return sum(shape.kind in ("choice", "integer", "record") for _, shape, _ in _fields(bundle))


def _counts(field: str) -> Callable[[Bundle], int]:
    return lambda bundle: _with(bundle, field)


_CUES = "the words that attribute, or state a harm"
_TABLE: tuple[tuple[str, str, Callable[[Bundle], int]], ...] = (
    ("texts", "the words of the whole document", lambda bundle: 1),
    ("nested spans", "a record inside the words of another one", _nested),
    ("discontinuous spans", "spans of several fragments", _discontinuous),
    ("identical spans", "several records on the same words", _identical),
    ("cues and triggers", _CUES, lambda bundle: len(_spans(bundle, main=False))),
    ("links", "references between records", lambda bundle: _references(bundle, in_registry=False)),
    ("attributes", "values of closed lists, numbers, groups, fractions", _attributes),
    ("registries", "ids of registry entries", lambda bundle: _references(bundle, in_registry=True)),
    ("alternatives", "other readings of a record", _counts("alternatives")),
    ("notes", "remarks for people", _counts("note")),
    ("scores", "how sure a system is", _counts("score")),
    ("extra fields", "what a corpus keeps in `extra` of a record", _counts("extra")),
    (
        "foreign labels",
        "labels that no layer has a place for",
        lambda bundle: len(bundle.annotations.foreign),
    ),
    ("annotators", "who annotated, or which system", lambda bundle: 1),
    ("metadata", "title, outlet, date, segments of a document", lambda bundle: 1),
)

FEATURES = {name: Feature(name, meaning, count) for name, meaning, count in _TABLE}
"""The features by name, in the order of tables."""

EVERY_FEATURE = tuple(FEATURES)
"""The names of all features."""

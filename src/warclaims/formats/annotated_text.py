"""A text with labelled spans and links between them: what most formats of other programs hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

from warclaims.corpus.canonical import to_plain
from warclaims.records import LAYERS, FieldKind, shapes

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from warclaims.records import Bundle, FieldShape, ForeignLabel, Fragment, Layer

Ranges = tuple[tuple[int, int], ...]
"""The fragments of a span: pairs of offsets (code points, half-open)."""

LINK = "→"
"""Begins the name of an attribute that holds links: the ids of what the label is linked to."""


@dataclass(frozen=True, slots=True)
class LabelledSpan:
    """Words with a label.

    Attributes:
        id: Unique in the text.
        label: For own records, the noun of the layer, ``cue`` or ``trigger``.
        ranges: Where the words are.
        attributes: JSON values by name. For own records these are the fields.
        scheme: Where a label comes from that no layer has a place for; empty for own records.
        extra: The extra fields of such a label.
        line: The line of the file that it was read from.
    """

    id: str
    label: str
    ranges: Ranges
    attributes: dict[str, Any] = field(default_factory=dict)
    scheme: str = ""
    extra: dict[str, Any] = field(default_factory=dict)
    line: int = 0


@dataclass(frozen=True, slots=True)
class LabelledLink:
    """A link with a label from one span to another, by their ids.

    Attributes:
        label: What the link is.
        source: The span at which it begins.
        target: The span at which it ends.
        attributes: JSON values by name; own links have none.
    """

    label: str
    source: str
    target: str
    attributes: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """A text with labelled spans and links.

    Attributes:
        name: Its id, or the name of its file.
        text: The text.
        spans: The labelled spans.
        links: The links between them.
        about: ``document``, the entry of the index, and ``annotations``, the annotator and the
            other facts about the annotations, as JSON; empty if the format does not hold them.
        file: The file that it was read from, for messages.
        line: The line at which it begins there; 0 if it is the whole file.
    """

    name: str
    text: str
    spans: tuple[LabelledSpan, ...]
    links: tuple[LabelledLink, ...]
    about: dict[str, Any] = field(default_factory=dict)
    file: str = ""
    line: int = 0


def annotated_text(bundle: Bundle) -> AnnotatedText:
    """The records of a document as labelled spans and links.

    A record is a span with its noun as the label; its cue or trigger is a span of its own, linked
    from it. Fields with closed lists, registry ids, notes and others are attributes.

    >>> import warclaims
    >>> text = annotated_text(warclaims.open().bundle("004"))
    >>> text.spans[0].label, text.spans[0].attributes["entity"]
    ('actor', 'azerbaijan')
    """
    annotations = bundle.annotations
    spans: list[LabelledSpan] = []
    links: list[LabelledLink] = []
    for layer in LAYERS:
        for record in getattr(annotations, layer):
            plain = to_plain(record)
            spans.append(_record_span(record, plain))
            for part in _parts(record):
                spans.append(part)
                links.append(LabelledLink(part.label, record.id, part.id))
            links += _links(record)
    for label in annotations.foreign:
        spans.append(_foreign_span(label))
    links += _foreign_links(spans)
    plain = to_plain(annotations)
    rest = {name: value for name, value in plain.items() if name not in (*LAYERS, "foreign")}
    return AnnotatedText(
        bundle.document.id,
        bundle.text,
        tuple(spans),
        tuple(links),
        {"document": to_plain(bundle.document), "annotations": rest},
    )


def free_id(kind: str, first: int, *taken: Container[str]) -> str:
    """An id for a span that has none: ``kind`` with the next number that is not taken.

    >>> free_id("s", 2, {"s2"}, ["s3"])
    's4'
    """
    names = (f"{kind}{number}" for number in count(first))
    return next(name for name in names if not any(name in ids for ids in taken))


def ranges_of(span: tuple[Fragment, ...]) -> Ranges:
    """The offsets of the fragments of a span."""
    return tuple((fragment.start, fragment.end) for fragment in span)


def _record_span(record: Layer, plain: dict[str, Any]) -> LabelledSpan:
    attributes = {
        name: plain[name]
        for name, shape in shapes(type(record)).items()
        if name in plain and name != "id" and not is_linked(shape)
    }
    main = ranges_of(getattr(record, record.main_span))
    return LabelledSpan(record.id, record.noun, main, attributes)


def is_linked(shape: FieldShape) -> bool:
    """True for fields that are spans or references to records of the same file."""
    is_link = shape.target is not None and not shape.target.in_registry
    return is_link or shape.kind is FieldKind.SPAN


def _parts(record: Layer) -> Iterator[LabelledSpan]:
    """The cue or trigger of a record."""
    for name, shape in shapes(type(record)).items():
        value = getattr(record, name)
        if shape.kind is FieldKind.SPAN and name != record.main_span and value is not None:
            yield LabelledSpan(f"{record.id}/{name}", name, ranges_of(value))


def _links(record: Layer) -> Iterator[LabelledLink]:
    for name, shape in shapes(type(record)).items():
        value = getattr(record, name)
        if shape.target is not None and not shape.target.in_registry and value:
            for target in value if shape.many else (value,):
                yield LabelledLink(name, record.id, target)


def _foreign_span(label: ForeignLabel) -> LabelledSpan:
    return LabelledSpan(
        label.id, label.label, ranges_of(label.span), label.attributes, label.scheme, label.extra
    )


def _foreign_links(spans: list[LabelledSpan]) -> list[LabelledLink]:
    """The links of foreign labels to other spans, taken out of their attributes."""
    known = {span.id for span in spans}
    found = []
    for at, span in enumerate(spans):
        linked = {
            name: targets
            for name, targets in span.attributes.items()
            if span.scheme
            and len(name) > 1
            and name.startswith(LINK)
            and isinstance(targets, list)
            and targets
            and all(isinstance(one, str) and one in known for one in targets)
        }
        if linked:
            rest = {name: one for name, one in span.attributes.items() if name not in linked}
            spans[at] = LabelledSpan(
                span.id, span.label, span.ranges, rest, span.scheme, span.extra
            )
            for name, targets in linked.items():
                found += [LabelledLink(name[1:], span.id, target) for target in targets]
    return found

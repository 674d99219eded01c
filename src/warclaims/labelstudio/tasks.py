"""Documents with their annotations as Label Studio tasks."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from warclaims.corpus.canonical import to_plain
from warclaims.errors import InvalidFile, WarclaimsError
from warclaims.labelstudio.codes import FindingCollector
from warclaims.labelstudio.exported import ENCODING
from warclaims.labelstudio.interface import (
    BOILERPLATE,
    CONTINUES,
    LINKS,
    MARK_CONTROL,
    MARKS,
    TEXT_OBJECT,
    Control,
    controls,
    controls_of,
    head_id,
    mark_id,
)
from warclaims.layout import GOLD, Layout
from warclaims.records import LAYERS, Annotations, FieldKind, LayerName, Segment, shapes
from warclaims.records.base import SCHEMA_VERSION
from warclaims.records.vocabulary import ANNOTATABLE, SegmentKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from warclaims.corpus import Corpus, Registries
    from warclaims.records import Bundle, Document, Layer, Span


UNANNOTATED = "not annotated"
"""What the prediction is called that a task without annotation begins from."""


def blank_annotations(document: Document, annotator: str, guidelines: str) -> Annotations:
    """Annotations of a document in which nothing is annotated yet."""
    return Annotations(
        schema_version=SCHEMA_VERSION,
        document=document.id,
        sha256=document.sha256,
        annotator=annotator,
        guidelines=guidelines,
        actors=(),
        locations=(),
        casualties=(),
        attributions=(),
    )


def boilerplate(document: Document) -> tuple[tuple[int, int], ...]:
    """Where a document holds what is no part of the article."""
    return tuple((s.start, s.end) for s in document.segments if s.kind not in ANNOTATABLE)


def with_boilerplate(document: Document, spans: Sequence[tuple[int, int]]) -> Document:
    """A document as it was when just these spans were no part of the article."""
    kept = [segment for segment in document.segments if segment.kind in ANNOTATABLE]
    others = [Segment(kind=SegmentKind.BOILERPLATE, start=s, end=e) for s, e in spans]
    return document.model_copy(update={"segments": (*kept, *others)})


def guidelines_followed(corpus: Corpus) -> str:
    """The version of the guidelines that gold follows; in a corpus without, the shipped one's.

    Raises:
        WarclaimsError: neither has gold, as in an installation that is not whole.
    """
    from warclaims.corpus import open as open_corpus

    for some in (corpus, open_corpus()):
        for name in reversed(some.documents):
            if some.layout.is_annotated(GOLD, name):
                return some.annotations(name).guidelines
    raise WarclaimsError(
        "no annotations say which version of the guidelines is followed; is WarClaims installed "
        "with its corpus?"
    )


def tasks_bytes(tasks: Iterable[dict[str, Any]]) -> bytes:
    """A file of tasks that Label Studio imports: a JSON list, one task a line."""
    lines = [json.dumps(task, ensure_ascii=False, allow_nan=False).encode() for task in tasks]
    return b"".join([b"[\n", b",\n".join(lines), b"\n]\n"])


def task(bundle: Bundle, registries: Registries, set_name: str = GOLD) -> dict[str, Any]:
    """One document as a task: its text, its marks and what is needed to bring them back.

    Offsets are code points of ``data.text``, half-open, as Label Studio counts them. A document
    without any record becomes a task without an annotation, to be annotated from the start; a
    prediction shows what is no part of the article, so that it is grey there, too.

    Raises:
        InvalidFile: the document holds something that Label Studio would damage.
    """
    document, annotations = bundle.document, bundle.annotations
    _refuse_what_would_break(bundle, set_name)
    stated = (document.title, document.outlet.value, document.date.value)
    data = {
        "document": document.id,
        "set": set_name,
        "sha256": document.sha256,
        "encoding": ENCODING,
        "header": " · ".join([document.id, *(value for value in stated if value)]),
        TEXT_OBJECT: bundle.text,
        "boilerplate": [[start, end] for start, end in boilerplate(document)],
        "exported": to_plain(annotations),
        **_taxonomies(registries),
    }
    has_records = any(getattr(annotations, layer) for layer in LAYERS)
    result = _result(bundle)
    if not has_records:
        shown = [{"model_version": UNANNOTATED, "result": result}] if result else []
        return {"data": data, "annotations": [], **({"predictions": shown} if shown else {})}
    # Label Studio takes an annotation that does not say so for ground truth.
    return {"data": data, "annotations": [{"result": result, "ground_truth": set_name == GOLD}]}


def _refuse_what_would_break(bundle: Bundle, set_name: str) -> None:
    in_corpus = Layout(Path()).annotation_file(set_name, bundle.document.id)
    report = FindingCollector(in_corpus.as_posix(), bundle.document.id)
    if bundle.text.startswith("\ufeff"):
        report.add(
            "L101",
            "",
            "the seed begins with a byte-order mark (U+FEFF); Label Studio misplaces every mark "
            "on such a text. Index the text without it, as a new document.",
            (0, 1),
        )
    known = {
        layer: {record.id for record in getattr(bundle.annotations, layer)} for layer in LAYERS
    }
    for layer in LAYERS:
        ids = Counter(record.id for record in getattr(bundle.annotations, layer))
        for position, record in enumerate(getattr(bundle.annotations, layer)):
            if ids[record.id] > 1:
                message = f"the id {record.id!r} stands {ids[record.id]} times; give each its own"
                report.add("L501", f"/{layer}/{position}/id", message)
            _check_references(known, layer, record, f"/{layer}/{position}", report)
    if report.findings:
        raise InvalidFile(sorted(report.findings))


def _check_references(
    known: Mapping[LayerName, set[str]],
    layer: LayerName,
    record: Layer,
    pointer: str,
    report: FindingCollector,
) -> None:
    """A link that leads nowhere makes a task unopenable; of two equal ones, one is lost.

    ``known`` are the ids of the records of each layer.
    """
    for name, shape in shapes(LAYERS[layer]).items():
        if shape.kind is not FieldKind.REFERENCE or shape.target is None:
            continue
        value = getattr(record, name)
        values = value if isinstance(value, tuple) else (value,) if value else ()
        for item, times in Counter(values).items():
            if times > 1:
                message = f"{item!r} stands {times} times in {name!r}; once is enough"
                report.add("L501", f"{pointer}/{name}", message)
            if shape.target.in_registry:
                continue
            target = shape.target.collection
            if item not in known[cast("LayerName", target)]:
                message = f"{name!r} refers to {item!r}, which is not in {target}"
                report.add("L401", f"{pointer}/{name}", message)


def _taxonomies(registries: Registries) -> dict[str, list[dict[str, str]]]:
    """The registries as choices: names are shown and searched, ids are stored."""
    found: dict[str, list[dict[str, str]]] = {}
    for key in dict.fromkeys(c.registry for c in controls().values()):
        if key is None:
            continue
        entries = getattr(registries, key).values()
        same = Counter(entry.label for entry in entries)
        found[key] = [
            {
                "value": entry.label if same[entry.label] == 1 else f"{entry.label} ({entry.id})",
                "alias": entry.id,
            }
            for entry in entries
        ]
    return found


def _result(bundle: Bundle) -> list[dict[str, Any]]:
    """Marks in text order, the longer first, each followed by its attributes; then the links."""
    regions = _Regions(bundle.text)
    for start, end in boilerplate(bundle.document):
        regions.add(mark_id(BOILERPLATE, start, end), BOILERPLATE, start, end)
    heads = {
        (layer, record.id): _head_label(layer, record)
        for layer in LAYERS
        for record in getattr(bundle.annotations, layer)
    }
    links: dict[tuple[str, str], list[str]] = {}
    for layer in LAYERS:
        for record in getattr(bundle.annotations, layer):
            label = heads[layer, record.id]
            _add_head(regions, links, layer, record, label)
            for name, from_id, to_id in _links(regions, layer, record, label, heads):
                links.setdefault((from_id, to_id), []).append(name)
    relations = [
        {"type": "relation", "from_id": f, "to_id": t, "direction": "right", "labels": names}
        for (f, t), names in links.items()
    ]
    return [*regions.results(), *relations]


def _head_label(layer: LayerName, record: Layer) -> str:
    """The label that a record hangs on: the first of its layer whose span it has."""
    return next(
        mark.label
        for mark in MARKS.values()
        if mark.head and mark.layer == layer and getattr(record, mark.field) is not None
    )


class _Regions:
    """The regions of one task, each once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[str, tuple[int, int, list[dict[str, Any]]]] = {}

    def add(self, region: str, label: str, start: int, end: int) -> str:
        if region not in self._found:
            self._found[region] = (start, end, [])
            self.attribute(region, MARK_CONTROL, "labels", "labels", [label])
        return region

    def attribute(self, region: str, control: str, type: str, key: str, value: object) -> None:
        start, end, items = self._found[region]
        place = {"start": start, "end": end, "text": self._text[start:end]}
        items.append(
            {
                "id": region,
                "from_name": control,
                "to_name": TEXT_OBJECT,
                "type": type,
                "value": {**place, key: value},
            }
        )

    def results(self) -> list[dict[str, Any]]:
        in_order = sorted(self._found.values(), key=lambda found: (found[0], -found[1]))
        return [item for items in map(itemgetter(2), in_order) for item in items]


def _add_head(
    regions: _Regions,
    links: dict[tuple[str, str], list[str]],
    layer: LayerName,
    record: Layer,
    label: str,
) -> None:
    span: Span = getattr(record, MARKS[label].field)
    ids = [
        regions.add(head_id(label, record.id, position), label, fragment.start, fragment.end)
        for position, fragment in enumerate(span, start=1)
    ]
    for pair in pairwise(ids):
        links[pair] = [CONTINUES]
    for control in controls_of(layer).values():
        value = getattr(record, control.shape.name)
        if value is None or value is False or value == ():
            continue
        shown = _shown(control, value)
        regions.attribute(ids[0], control.name, control.type, control.value_key, shown)


def _shown(control: Control, value: Any) -> object:
    """A field's value as the control holds it."""
    kind = control.shape.kind
    if kind is FieldKind.FLAG:
        return [control.shape.name]
    if kind is FieldKind.REFERENCE:
        return [[item] for item in value] if control.shape.many else [[value]]
    if kind is FieldKind.INTEGER:
        return value
    return list(value) if control.shape.many else [value]


def _links(
    regions: _Regions,
    layer: LayerName,
    record: Layer,
    label: str,
    heads: dict[tuple[LayerName, str], str],
) -> Iterator[tuple[str, str, str]]:
    """The links of a record, as name, from, to; its triggers and contents become regions."""
    own = head_id(label, record.id, 1)
    model_shapes = shapes(LAYERS[layer])
    for link in LINKS:
        mine, other = (
            (link.to_label, link.from_label)
            if link.owner_is_target
            else (link.from_label, link.to_label)
        )
        if mine != label:
            continue
        value = getattr(record, link.name)
        if model_shapes[link.name].kind is FieldKind.SPAN:
            ends = [
                regions.add(mark_id(other, f.start, f.end), other, f.start, f.end)
                for f in value or ()
            ]
        else:
            target = MARKS[other].layer
            assert target is not None
            ids = value if isinstance(value, tuple) else (value,) if value else ()
            ends = [head_id(heads[target, i], i, 1) for i in ids]
        for end in ends:
            yield (link.name, end, own) if link.owner_is_target else (link.name, own, end)

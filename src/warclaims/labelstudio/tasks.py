"""Make Label Studio tasks of documents with their annotations."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from itertools import chain, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from warclaims.corpus.canonical import to_plain
from warclaims.errors import InvalidFile
from warclaims.findings import Finding
from warclaims.labelstudio.exported import ENCODING
from warclaims.labelstudio.labels_and_relations import (
    BOILERPLATE,
    CONTINUES,
    REGION_CONTROL,
    REGION_LABELS,
    RELATION_TYPES,
    SOURCE,
    TEXT_OBJECT,
    AttributeControl,
    controls,
    controls_of,
    head_id,
    region_id,
)
from warclaims.labelstudio.notation import written
from warclaims.labelstudio.record_keys import by_key
from warclaims.layout import GOLD, Layout
from warclaims.records import LAYERS, FieldKind, LayerName, Segment, shapes
from warclaims.records.fields import defaults
from warclaims.records.vocabulary import ANNOTATABLE, SegmentKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from warclaims.corpus import Registries
    from warclaims.labelstudio.record_keys import RecordKey
    from warclaims.records import Bundle, Document, Layer


UNANNOTATED = "not annotated"
"""Name of the prediction that shows boilerplate in a task without annotation."""


def boilerplate(document: Document) -> tuple[tuple[int, int], ...]:
    """The spans of a document that are not part of the article."""
    return tuple((s.start, s.end) for s in document.segments if s.kind not in ANNOTATABLE)


def with_boilerplate(document: Document, spans: Sequence[tuple[int, int]]) -> Document:
    """The document with just these spans as boilerplate, as when a task was sent."""
    kept = [segment for segment in document.segments if segment.kind in ANNOTATABLE]
    others = [Segment(kind=SegmentKind.BOILERPLATE, start=s, end=e) for s, e in spans]
    return document.model_copy(update={"segments": (*kept, *others)})


def tasks_bytes(tasks: Iterable[dict[str, Any]]) -> bytes:
    """A file of tasks that Label Studio imports: a JSON list, one task per line."""
    lines = [json.dumps(task, ensure_ascii=False, allow_nan=False).encode() for task in tasks]
    return b"".join([b"[\n", b",\n".join(lines), b"\n]\n"])


def task(bundle: Bundle, registries: Registries, set_name: str = GOLD) -> dict[str, Any]:
    """One document as a task: its text, its regions, and what is needed to import them again.

    Offsets are code points of ``data.text``, half-open, as in Label Studio. A document without any
    record becomes a task without an annotation; a prediction shows which text is boilerplate.

    The annotations must have no errors; see :func:`.files.sound_task`.

    Raises:
        InvalidFile: Label Studio would misplace regions on this text.
    """
    document, annotations = bundle.document, bundle.annotations
    if bundle.text.startswith("\ufeff"):
        file = Layout(Path()).annotation_file(set_name, document.id).as_posix()
        message = (
            "the source text begins with a byte-order mark (U+FEFF); Label Studio misplaces every "
            "region on such a text. Add the text without the mark, as a new document."
        )
        raise InvalidFile([Finding(file, "", "L101", message, document.id, 0, 1)])
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
    # Without this key, Label Studio takes the annotation for ground truth.
    return {"data": data, "annotations": [{"result": result, "ground_truth": set_name == GOLD}]}


def _taxonomies(registries: Registries) -> dict[str, list[dict[str, str]]]:
    """The registries as choices: all names are shown and searched, ids stored."""
    found: dict[str, list[dict[str, str]]] = {}
    for key in dict.fromkeys(c.registry for c in controls().values()):
        if key is None:
            continue
        entries = getattr(registries, key).values()
        same = Counter(entry.label for entry in entries)
        shown = [
            {"value": _all_names(entry, with_id=same[entry.label] > 1), "alias": entry.id}
            for entry in entries
        ]
        found[key] = sorted(shown, key=lambda one: _as_people_sort(one["value"]))
    return found


def _all_names(entry: Any, *, with_id: bool) -> str:
    """The label of a registry entry; in brackets its id and other names, unless they are in it.

    Label Studio searches just what it shows.
    """
    label = entry.label.casefold()
    others = [
        name.name for name in getattr(entry, "names", ()) if name.name.casefold() not in label
    ]
    if with_id or entry.id.casefold() not in label:
        others.insert(0, entry.id)
    return f"{entry.label} ({'; '.join(dict.fromkeys(others))})" if others else entry.label


def _as_people_sort(name: str) -> list[tuple[int, str]]:
    """A key that ignores case and accents, and puts 9 before 10.

    >>> sorted(["Unit 10", "zone", "Ärzte", "Unit 9"], key=_as_people_sort)
    ['Ärzte', 'Unit 9', 'Unit 10', 'zone']
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    parts = re.findall(r"[0-9]+|[^0-9]+", plain.casefold())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


class SentRegion(NamedTuple):
    """A region of a record in a task."""

    id: str
    label: str
    start: int
    end: int


def regions_of(layer: LayerName, record: Layer) -> list[SentRegion]:
    """The regions of a record: the fragments it is attached to, then its further spans."""
    head = head_label(layer, record)
    found = [
        SentRegion(head_id(head, record.id, number), head, part.start, part.end)
        for number, part in enumerate(getattr(record, REGION_LABELS[head].field), start=1)
    ]
    for label in REGION_LABELS.values():
        if label.layer == layer and not label.head and label.field != REGION_LABELS[head].field:
            for part in getattr(record, label.field) or ():
                region = region_id(label.name, part.start, part.end)
                found.append(SentRegion(region, label.name, part.start, part.end))
    return found


def head_label(layer: LayerName, record: Layer) -> str:
    """The label of a record's head regions: the first of its layer whose span field is not null."""
    return next(
        label.name
        for label in REGION_LABELS.values()
        if label.head and label.layer == layer and getattr(record, label.field) is not None
    )


def _result(bundle: Bundle) -> list[dict[str, Any]]:
    """The regions in text order, each followed by its attributes; then the relations."""
    regions: dict[str, list[dict[str, Any]]] = {}

    def add(region: SentRegion, control: str, type_: str, key: str, value: object) -> None:
        text = bundle.text[region.start : region.end]
        values = {"start": region.start, "end": region.end, "text": text, key: value}
        item = {"id": region.id, "from_name": control, "to_name": TEXT_OBJECT, "type": type_}
        regions.setdefault(region.id, []).append({**item, "value": values})

    def draw(region: SentRegion) -> None:
        if region.id not in regions:
            add(region, REGION_CONTROL, "labels", "labels", [region.label])

    for start, end in boilerplate(bundle.document):
        draw(SentRegion(region_id(BOILERPLATE, start, end), BOILERPLATE, start, end))
    records = by_key(bundle.annotations)
    heads = {key: head_id(head_label(key[0], record), key[1], 1) for key, record in records.items()}
    relations: dict[tuple[str, str], list[str]] = {}
    for (layer, _), record in records.items():
        own = regions_of(layer, record)
        for region in own:
            draw(region)
        for control in controls_of(layer).values():
            value = getattr(record, control.shape.name)
            usual = defaults(LAYERS[layer]).get(control.shape.name)
            # A list of which nothing is chosen is read as empty, whatever its default.
            if value is not None and value != (() if control.shape.many else usual):
                shown = _shown(control, value)
                add(own[0], control.name, control.type, control.value_key, shown)
        fragments = [region.id for region in own if region.label == own[0].label]
        for pair in pairwise(fragments):
            relations[pair] = [CONTINUES]
        for name, from_id, to_id in _relations(layer, record, own, heads):
            relations.setdefault((from_id, to_id), []).append(name)
    in_order = sorted(
        regions.values(), key=lambda found: (found[0]["value"]["start"], -found[0]["value"]["end"])
    )
    related = [
        {"type": "relation", "from_id": f, "to_id": t, "direction": "right", "labels": names}
        for (f, t), names in relations.items()
    ]
    return [*chain.from_iterable(in_order), *related]


def _shown(control: AttributeControl, value: Any) -> object:
    """The value of a field in the form of its control."""
    kind = control.shape.kind
    if kind is FieldKind.FLAG:
        return [control.shape.name]
    if kind is FieldKind.REFERENCE:
        return [[item] for item in value] if control.shape.many else [[value]]
    if kind is FieldKind.INTEGER:
        return value
    if kind in (FieldKind.RECORD, FieldKind.OPEN):
        return [written(control.shape, value)]
    return list(value) if control.shape.many else [value]


def _relations(
    layer: LayerName, record: Layer, own: list[SentRegion], heads: Mapping[RecordKey, str]
) -> Iterator[tuple[str, str, str]]:
    """The relations of a record: name, and ids of the regions from and to which it leads."""
    head = own[0]
    for relation in RELATION_TYPES:
        if relation.owner_label != head.label:
            continue
        if shapes(LAYERS[layer])[relation.name].kind is FieldKind.SPAN:
            ends = [region.id for region in own if region.label == relation.other_label]
        else:
            value = getattr(record, relation.name)
            ids = value if isinstance(value, tuple) else (value,) if value else ()
            other = cast("LayerName", REGION_LABELS[relation.other_label].layer)
            ends = [heads[other, name] for name in ids]
            ends = [end for end in ends if end.startswith(f"{relation.other_label}-")]
        for end in ends:
            yield (
                (relation.name, end, head.id)
                if relation.name == SOURCE
                else (relation.name, head.id, end)
            )

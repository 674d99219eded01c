"""Read the results of one annotation as regions and relations."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from warclaims.labelstudio.labels_and_relations import (
    CONTINUES,
    REGION_CONTROL,
    REGION_LABELS,
    SOURCE,
    AttributeControl,
    controls,
    relations_between,
)
from warclaims.labelstudio.notation import read
from warclaims.records import LAYERS, FieldKind, shapes
from warclaims.validation.words import quoted

if TYPE_CHECKING:
    from pydantic import JsonValue

    from warclaims.labelstudio.codes import FindingCollector
    from warclaims.labelstudio.exported import Result, ResultValue
    from warclaims.labelstudio.incoming import IncomingTask
    from warclaims.labelstudio.labels_and_relations import RegionLabel
    from warclaims.records import Lists

Plain = str | int | float | bool | tuple[str, ...] | dict[str, Any] | list[dict[str, Any]]
"""The value of an attribute in JSON."""


@dataclass(eq=False)
class Region:
    """A region of the text, with the value and pointer of its attributes by control."""

    id: str
    label: RegionLabel
    start: int
    end: int
    pointer: str
    values: dict[str, tuple[Plain, str]] = field(default_factory=dict)

    @property
    def order(self) -> tuple[int, int]:
        """Sort key: text order, the longer region first."""
        return (self.start, -self.end)

    @property
    def place(self) -> tuple[int, int]:
        """Start and end."""
        return (self.start, self.end)


@dataclass(frozen=True, eq=False)
class GraphRelation:
    """A relation between the region of the record that has the field, and another region."""

    name: str
    owner: Region
    other: Region
    pointer: str


@dataclass(frozen=True)
class AnnotationGraph:
    """The regions in text order, and the relations in the order of the export."""

    regions: tuple[Region, ...]
    edges: tuple[GraphRelation, ...]


def read_graph(task: IncomingTask) -> AnnotationGraph:
    """The regions and relations in the results of a task.

    The words of a region must be the words at its offsets; they may be missing, and white space may
    differ, because Label Studio changes it. When a region is moved in the browser, both change; if
    they disagree, something else changed only one of them. Attributes that do not belong to the
    label of their region are left out with a warning. Results that cannot be read are reported and
    left out.
    """
    regions = _read_regions(task)
    known = {r.id for r in task.results if not r.is_relation and r.id is not None}
    edges: dict[tuple[str, int, int], GraphRelation] = {}
    for position, result in enumerate(task.results):
        if result.is_relation:
            pointer = f"{task.pointer}/{position}"
            for edge in _read_relation(result, pointer, regions, known, task.report):
                edges.setdefault((edge.name, id(edge.owner), id(edge.other)), edge)
    in_order = sorted(regions.values(), key=lambda region: region.order)
    return AnnotationGraph(tuple(in_order), tuple(edges.values()))


def _read_regions(task: IncomingTask) -> dict[str, Region]:
    report = task.report
    regions: dict[str, Region] = {}
    attributes: list[tuple[Result, str]] = []
    broken: set[str] = set()
    for position, result in enumerate(task.results):
        place = f"{task.pointer}/{position}"
        if result.is_relation:
            continue
        missing = [n for n in ("id", "from_name", "value") if getattr(result, n) is None]
        if missing:
            report.add("L201", place, f"lacks {' and '.join(missing)}", result.place)
        elif not result.is_region:
            attributes.append((result, place))
        elif (region := _read_region(result, place, task.text, report)) is None:
            broken.add(str(result.id))
        elif region.id in regions:
            message = f"the region {region.id!r} occurs twice in this annotation"
            report.add("L501", place, message, region.place)
        else:
            regions[region.id] = region
    for result, place in attributes:
        owner = regions.get(str(result.id))
        if owner is not None:
            _read_attribute(result, place, owner, task)
        elif result.id not in broken:
            message = (
                f"{result.from_name!r} is set on a region without a label. Give the region a label"
            )
            report.add("L203", place, message, result.place)
    return regions


def _read_region(result: Result, place: str, text: str, report: FindingCollector) -> Region | None:
    value = result.value
    assert value is not None
    span = result.place
    labels = value.labels or ()
    if result.type != "labels":
        report.add("L201", place, f"has the type {result.type!r}; a region has 'labels'", span)
    elif len(labels) != 1 or labels[0] not in REGION_LABELS:
        given = f"the labels {', '.join(labels)}" if labels else "no label"
        message = f"a region has one label of {', '.join(REGION_LABELS)}; this one has {given}"
        report.add("L203", f"{place}/value/labels", message, span)
    elif span is None:
        report.add("L201", f"{place}/value", "lacks start or end")
    elif not 0 <= span[0] < span[1] <= len(text):
        message = f"{span[0]}–{span[1]} is outside this text of {len(text)} code points"
        report.add("L301", f"{place}/value", message, span)
    elif not _same_words(value.text, text[span[0] : span[1]]):
        given = quoted(value.text) if isinstance(value.text, str) else "no text"
        message = (
            f"the region says {given}, the text at {span[0]}–{span[1]} is "
            f"{quoted(text[span[0] : span[1]])}. Draw it again in Label Studio"
        )
        report.add("L302", f"{place}/value/text", message, span)
    else:
        return Region(str(result.id), REGION_LABELS[labels[0]], *span, place)
    return None


_BLANK = re.compile(r"\\[nrt]|[\s\x00-\x1f\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2069]")
"""Characters that are not compared. Label Studio returns line breaks as backslash and n, and
several spaces as one; browsers do not show zero-width characters and direction marks.
"""


def _same_words(given: JsonValue, own: str) -> bool:
    """True if ``given`` is missing, or differs from ``own`` in white space only."""
    if given is None or given == own:
        return True
    return isinstance(given, str) and _BLANK.sub("", given) == _BLANK.sub("", own)


def _read_attribute(result: Result, place: str, region: Region, task: IncomingTask) -> None:
    report = task.report
    span = region.place
    control = controls().get(str(result.from_name))
    if control is None:
        known = ", ".join([REGION_CONTROL, *controls()])
        message = f"unknown control {result.from_name!r}; known: {known}"
        report.add("L202", f"{place}/from_name", message, span)
        return
    if result.type != control.type:
        message = f"has the type {result.type!r}; {control.name!r} has {control.type!r}"
        report.add("L201", f"{place}/type", message, span)
        return
    assert result.value is not None
    try:
        value = _plain(control, result.value, region, task.corpus.lists)
    except ValueError as error:
        report.add("L204", f"{place}/value", f"{control.name!r} {error}", span)
        return
    if value is None:
        return
    if region.label.name not in control.labels:
        message = f"{control.name!r} does not belong to a region {region.label.name!r}; left out"
        report.add("L602", place, message, span)
    elif control.name in region.values:
        message = f"{control.name!r} occurs twice on this region; keep one"
        report.add("L501", place, message, span)
    else:
        region.values[control.name] = (value, place)


def _plain(
    control: AttributeControl, value: ResultValue, region: Region, lists: Lists
) -> Plain | None:
    """The value of an attribute; ``None`` if it is empty.

    Raises:
        ValueError: not a value of this control; the message says why.
    """
    if getattr(value, control.value_key) is None:
        raise ValueError(f"lacks its value, {control.value_key!r}")
    if control.tag == "Number":
        if not value.number.is_integer():  # type: ignore[union-attr]
            raise ValueError(f"is {value.number}; it must be a whole number")
        return int(value.number)  # type: ignore[arg-type]
    if control.tag == "TextArea":
        words = _words(value)
        is_text = control.shape.kind is FieldKind.TEXT
        return words if is_text or not words else _structure(control, words, region, lists)
    picked = _ids(value) if control.tag == "Taxonomy" else _options(control, value, lists)
    if not picked:
        return None
    if control.shape.kind is FieldKind.FLAG:
        return True
    if control.shape.many:
        return picked
    if len(picked) > 1:
        raise ValueError(f"has {len(picked)} values, {', '.join(picked)}; keep one")
    return picked[0]


def _structure(control: AttributeControl, words: str, region: Region, lists: Lists) -> Plain | None:
    layer = region.label.layer
    return read(control.shape, words, shapes(LAYERS[layer]), lists) if layer else None


def _words(value: ResultValue) -> str | None:
    lines = value.text if isinstance(value.text, list) else [value.text]
    if not all(isinstance(line, str) for line in lines):
        raise ValueError("is not text")
    return "\n".join(map(str, lines)) or None


def _ids(value: ResultValue) -> tuple[str, ...]:
    paths = value.taxonomy or ()
    if any(len(path) != 1 for path in paths):
        raise ValueError("has an entry that is not one id of the registry")
    return tuple(dict.fromkeys(path[0] for path in paths))


def _options(control: AttributeControl, value: ResultValue, lists: Lists) -> tuple[str, ...]:
    picked = value.choices or ()
    options = control.options(lists)
    wrong = [choice for choice in picked if choice not in options]
    if wrong:
        offered = ", ".join(options)
        raise ValueError(f"cannot be {', '.join(map(repr, wrong))}; it can be {offered}")
    return tuple(dict.fromkeys(picked))


def _read_relation(
    result: Result,
    pointer: str,
    regions: dict[str, Region],
    known: set[str],
    report: FindingCollector,
) -> list[GraphRelation]:
    missing = [n for n in ("from_id", "to_id", "direction") if getattr(result, n) is None]
    if missing:
        report.add("L201", pointer, f"the relation lacks {' and '.join(missing)}")
        return []
    ends = [str(result.from_id), str(result.to_id)]
    if result.direction not in ("left", "right"):
        code, message = "L201", f"the direction is {result.direction!r}; it can be right or left"
        if result.direction == "bi":
            code = "L402"
            message = (
                f"the relation between {ends[0]!r} and {ends[1]!r} points both ways. Click its "
                "arrow in the list of relations until it points one way"
            )
        report.add(code, f"{pointer}/direction", message, _place(regions, ends[0]))
        return []
    for end, other in (ends, reversed(ends)):
        if end not in regions and end not in known:
            message = (
                f"the relation leads to a region {end!r} that does not exist. Delete the relation"
            )
            report.add("L401", pointer, message, _place(regions, other))
    if not regions.keys() >= set(ends):
        return []
    tail, head = (regions[end] for end in ends)
    if result.direction == "left":
        tail, head = head, tail
    return _edges(result, tail, head, pointer, report)


def _edges(
    result: Result, tail: Region, head: Region, pointer: str, report: FindingCollector
) -> list[GraphRelation]:
    allowed = relations_between(tail.label.name, head.label.name)
    names = result.labels or allowed[:1]
    wrong = [name for name in names if name not in allowed] or ([""] if not names else [])
    if wrong or tail is head:
        report.add("L403", pointer, _why_not(tail, head, wrong), tail.place)
        return []
    return [
        GraphRelation(name, *((head, tail) if name == SOURCE else (tail, head)), pointer)
        for name in names
    ]


def _place(regions: dict[str, Region], region: str) -> tuple[int, int] | None:
    return regions[region].place if region in regions else None


def _why_not(tail: Region, head: Region, wrong: list[str]) -> str:
    if tail is head:
        return "the relation begins and ends at the same region. Delete it"
    a, b = tail.label.name, head.label.name
    named = f" as {', '.join(wrong)}" if any(wrong) else ""
    message = f"{a} at {tail.start} cannot be related to {b} at {head.start}{named}"
    allowed, reverse = relations_between(a, b), relations_between(b, a)
    if allowed:
        return f"{message}; from {a} to {b} the relation can be {' or '.join(allowed)}"
    if reverse and reverse != (CONTINUES,):
        return f"{message}; draw it from {b} to {a} ({', '.join(reverse)})"
    return f"{message}; these two are never related"

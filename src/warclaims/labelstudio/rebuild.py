"""Marks and links back into records."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson
from pydantic import ValidationError

from warclaims.labelstudio.interface import (
    BOILERPLATE,
    CONTINUES,
    ID_PREFIXES,
    LINKS,
    MARKS,
    NOUNS,
    HeadId,
    controls_of,
    parse_head_id,
)
from warclaims.labelstudio.outcome import Proposal
from warclaims.labelstudio.proposals import link_registered, proposed_name
from warclaims.records import (
    LAYERS,
    Annotations,
    FieldKind,
    Layer,
    LayerName,
    shapes,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from warclaims.corpus import Registries
    from warclaims.labelstudio.codes import Report
    from warclaims.labelstudio.graph import Graph, Plain, Region
    from warclaims.records import FieldShape


Key = tuple[LayerName, str]
"""Names a record of a document: its layer and id."""


@dataclass(eq=False)
class _Draft:
    """A record in the making: its own fragments, and what is linked to it by field."""

    layer: LayerName
    regions: list[Region]
    id: str = ""
    marks: dict[str, list[Region]] = field(default_factory=lambda: defaultdict(list))
    others: dict[str, list[_Draft]] = field(default_factory=lambda: defaultdict(list))

    @property
    def head(self) -> Region:
        return self.regions[0]

    @property
    def own_field(self) -> str:
        return self.head.mark.field

    @property
    def order(self) -> tuple[int, int]:
        """Text order as files have it: an attribution's words are its source's, too."""
        words = list(self.regions)
        if self.layer == "attributions":
            words += self.marks.get("content", [])
            words += [region for other in self.others.get("source", []) for region in other.regions]
        return (min(r.start for r in words), -max(r.end for r in words))

    @property
    def place(self) -> tuple[int, int]:
        return (self.head.start, self.head.end)


@dataclass(frozen=True)
class Rebuilt:
    """Records made of marks, and where the mark of each is: pointer in the export, offsets.

    ``owners`` tells by the id of a mark which records, also such as could not be made, are made of
    it; each is named by its layer and id. ``drawn`` are the records whose marks an annotator drew,
    by the id of the mark: nothing else in it names them.
    """

    records: dict[LayerName, list[Layer]]
    pointers: dict[str, str]
    places: dict[str, tuple[int, int]]
    proposals: tuple[Proposal, ...]
    owners: dict[str, list[Key]]
    drawn: dict[str, str]


def rebuild(
    graph: Graph,
    exported: Annotations,
    current: Annotations | None,
    text: str,
    report: Report,
    *,
    drawn: Mapping[str, str] | None = None,
    registries: Registries | None = None,
) -> Rebuilt:
    """The records that ``graph`` shows.

    ``exported`` are the annotations as they were sent out, ``current`` those now in the set. They
    give records their ids again, and what the interface does not show: ``extra``, and the order of
    lists whose members are the same. New records get the next free number of their layer, in text
    order; one that an earlier import of the same work brought in keeps the id it got then:
    ``drawn`` tells it by the id of its mark, else it is known by its place.

    A new entry that somebody proposed is linked if ``registries`` have it by now.
    """
    drafts = _drafts(graph, report)
    _give_ids(drafts, exported, current, drawn or {})
    known = {layer: {record.id: record for record in getattr(exported, layer)} for layer in LAYERS}
    rank = {
        record.id: position
        for layer in LAYERS
        for position, record in enumerate(getattr(exported, layer))
    }
    records: dict[LayerName, list[Layer]] = {layer: [] for layer in LAYERS}
    proposals: list[Proposal] = []
    for draft in sorted(drafts, key=lambda d: (d.order, rank.get(d.id, len(rank)))):
        for region in draft.regions:
            name = proposed_name(region)
            if name is None:
                continue
            if registries is None or not link_registered(
                draft.layer,
                draft.regions,
                region,
                registries,
                has_source=bool(draft.others.get("source")),
            ):
                place = (region.start, region.end)
                proposals.append(Proposal(exported.document, draft.layer, draft.id, name, *place))
        record = _record(draft, known[draft.layer].get(draft.id), text, report)
        if record is not None:
            records[draft.layer].append(record)
    pointers = {draft.id: draft.head.pointer for draft in drafts}
    places = {draft.id: draft.place for draft in drafts}
    owners: defaultdict[str, list[Key]] = defaultdict(list)
    for draft in drafts:
        for region in [*draft.regions, *(r for regions in draft.marks.values() for r in regions)]:
            owners[region.id].append((draft.layer, draft.id))
    named = {
        region.id: draft.id
        for draft in drafts
        for region in draft.regions
        if parse_head_id(region.id) is None
    }
    return Rebuilt(records, pointers, places, tuple(proposals), dict(owners), named)


def _drafts(graph: Graph, report: Report) -> list[_Draft]:
    """The marks grouped into records, with the links between them."""
    groups = _groups(graph)
    drafts: list[_Draft] = []
    draft_of: dict[int, _Draft] = {}
    for group in groups:
        mark = group[0].mark
        if mark.head and mark.layer is not None:
            draft = _Draft(mark.layer, group)
            drafts.append(draft)
            draft_of |= {id(region): draft for region in group}
    group_of = {id(region): group for group in groups for region in group}
    owned: set[int] = set()
    for edge in graph.edges:
        if edge.name == CONTINUES:
            continue
        owner = draft_of[id(edge.owner)]
        if id(edge.other) in draft_of:
            other = draft_of[id(edge.other)]
            if other is owner:
                message = f"the {NOUNS[owner.layer]} is linked to itself ({edge.name})"
                report.add("L403", edge.pointer, message, owner.place)
            elif other not in owner.others[edge.name]:
                owner.others[edge.name].append(other)
        else:
            for region in group_of[id(edge.other)]:
                owned.add(id(region))
                if region not in owner.marks[edge.name]:
                    owner.marks[edge.name].append(region)
    for region in graph.regions:
        if id(region) not in owned and id(region) not in draft_of:
            _report_stray(region, report)
    return drafts


def _groups(graph: Graph) -> list[list[Region]]:
    """The marks that ``continues`` joins, each group in text order."""
    joined: dict[int, list[Region]] = {id(region): [region] for region in graph.regions}
    for edge in graph.edges:
        if edge.name == CONTINUES:
            small, large = sorted((joined[id(edge.owner)], joined[id(edge.other)]), key=len)
            if small is not large:
                large += small
                joined.update((id(region), large) for region in small)
    groups = {id(group): group for group in joined.values()}
    return [sorted(group, key=lambda region: region.order) for group in groups.values()]


def _report_stray(region: Region, report: Report) -> None:
    label = region.mark.label
    if label == BOILERPLATE:
        return
    link = next(link for link in LINKS if link.to_label == label)
    report.add(
        "L503",
        region.pointer,
        f"this {label} belongs to no {link.from_label}: draw a link from the {link.from_label} "
        "to it, or delete it"
        + (", or label it content_uncued if no words attribute it" if label == "content" else ""),
        (region.start, region.end),
    )


_NUMBERED = re.compile(r"([a-z])([0-9]{1,9})")


def _give_ids(
    drafts: list[_Draft],
    exported: Annotations,
    current: Annotations | None,
    drawn: Mapping[str, str],
) -> None:
    """Known ids to records whose marks carry them, else the next free numbers."""
    rank = {
        (layer, record.id): position
        for layer in LAYERS
        for position, record in enumerate(getattr(exported, layer))
    }
    claims = []
    for index, draft in enumerate(drafts):
        linked = [region for regions in draft.marks.values() for region in regions]
        for region in [*draft.regions, *linked]:
            said = parse_head_id(region.id)
            if said is None and region in draft.regions and region.id in drawn:
                said = HeadId(draft.head.mark.label, 1, drawn[region.id])
            if said is None or MARKS[said.label].layer != draft.layer:
                continue
            key = (draft.layer, said.record)
            if key in rank:
                same_label = said.label == draft.head.mark.label
                claims.append((not same_label, said.position, rank[key], index, said.record))
    taken: set[tuple[LayerName, str]] = set()
    for *_, index, record in sorted(claims):
        draft = drafts[index]
        if not draft.id and (draft.layer, record) not in taken:
            draft.id = record
            taken.add((draft.layer, record))

    # Records that an earlier import added have no mark that names them: known by their place.
    used = {record.id for layer in LAYERS for record in getattr(exported, layer)}
    earlier = _by_place(exported, lambda layer, record: (layer, record) not in taken)
    if current:
        for place, names in _by_place(current, lambda _, record: record not in used).items():
            earlier[place] += names
    used |= {i for ids in earlier.values() for i in ids}
    highest: dict[str, int] = defaultdict(int)
    for match in filter(None, map(_NUMBERED.fullmatch, used)):
        highest[match[1]] = max(highest[match[1]], int(match[2]))
    for draft in sorted((d for d in drafts if not d.id), key=lambda d: d.order):
        found = earlier.get(_draft_signature(draft))
        if found:
            draft.id = found.pop(0)
            continue
        prefix = ID_PREFIXES[draft.layer]
        highest[prefix] += 1
        draft.id = f"{prefix}{highest[prefix]}"


def _by_place(
    annotations: Annotations, wanted: Callable[[LayerName, str], bool]
) -> defaultdict[tuple[Any, ...], list[str]]:
    """The ids of the records that are wanted, by where they stand."""
    found: defaultdict[tuple[Any, ...], list[str]] = defaultdict(list)
    for layer in LAYERS:
        for record in getattr(annotations, layer):
            if wanted(layer, record.id):
                found[_signature(layer, record)].append(record.id)
    return found


def _span_fields(layer: LayerName) -> tuple[str, ...]:
    return tuple(s.name for s in shapes(LAYERS[layer]).values() if s.kind is FieldKind.SPAN)


def _signature(layer: LayerName, record: Layer) -> tuple[Any, ...]:
    spans = (getattr(record, name) or () for name in _span_fields(layer))
    return (layer, *(tuple((f.start, f.end) for f in span) for span in spans))


def _draft_signature(draft: _Draft) -> tuple[Any, ...]:
    spans = (_span_regions(draft, name) for name in _span_fields(draft.layer))
    return (draft.layer, *(tuple((r.start, r.end) for r in span) for span in spans))


def _span_regions(draft: _Draft, name: str) -> list[Region]:
    regions = draft.regions if name == draft.own_field else draft.marks.get(name, [])
    return sorted(regions, key=lambda region: region.order)


def _record(draft: _Draft, before: Layer | None, text: str, report: Report) -> Layer | None:
    """The record of a draft; none if something in it is missing or impossible (reported)."""
    so_far = len(report.findings)
    model = LAYERS[draft.layer]
    values = {"id": draft.id, **_values(draft, report)}
    plain: dict[str, Any] = {}
    missing: list[str] = []
    for name, shape in shapes(model).items():
        if shape.kind is FieldKind.SPAN:
            span = [
                {"start": r.start, "end": r.end, "text": text[r.start : r.end]}
                for r in _span_regions(draft, name)
            ]
            if not span and not shape.nullable:
                missing.append(name)
            plain[name] = span or None
        elif name in values:
            plain[name] = values[name]
        elif shape.target is not None and not shape.target.in_registry:
            plain[name] = _references(draft, shape, report)
        elif shape.required or shape.many:
            if not shape.many and not shape.nullable:
                missing.append(name)
            plain[name] = [] if shape.many else None
        if shape.many and before is not None and name in plain:
            plain[name] = _in_known_order(plain[name], getattr(before, name))
    if missing:
        noun = NOUNS[draft.layer]
        report.add(
            "L503", draft.head.pointer, f"the {noun} lacks {', '.join(missing)}", draft.place
        )
    if len(report.findings) > so_far:
        return None
    try:
        record = model.model_validate_json(orjson.dumps(plain))
        return record.model_copy(update={"extra": before.extra}) if before else record
    except ValidationError as error:
        for wrong in error.errors():
            where = wrong["loc"][0] if wrong["loc"] else ""
            message = f"{where!r}: {wrong['msg'][0].lower()}{wrong['msg'][1:]}"
            report.add("L204", draft.head.pointer, message, draft.place)
        return None


def _values(draft: _Draft, report: Report) -> dict[str, Plain]:
    """The attributes of all fragments by field."""
    found: dict[str, Plain] = {}
    names = {control.name: name for name, control in controls_of(draft.layer).items()}
    for region in draft.regions:
        for control, (value, pointer) in region.values.items():
            name = names.get(control)
            if name is None:
                continue
            if found.setdefault(name, value) != value:
                message = (
                    f"the fragments of this {NOUNS[draft.layer]} differ in {name!r}: "
                    f"{found[name]!r} and {value!r}; keep one"
                )
                report.add("L502", pointer, message, (region.start, region.end))
    return found


def _references(draft: _Draft, shape: FieldShape, report: Report) -> list[str] | str | None:
    others = sorted(draft.others.get(shape.name, ()), key=lambda other: other.order)
    if shape.many:
        return [other.id for other in others]
    if len(others) > 1:
        message = f"has {len(others)} links {shape.name!r}; keep one"
        report.add("L501", draft.head.pointer, message, draft.place)
    return others[0].id if others else None


def _in_known_order(values: Iterable[str], before: Sequence[str]) -> list[str]:
    """``values`` with those of ``before`` first, in its order."""
    rest = dict.fromkeys(values)
    return [v for v in before if v in rest] + [v for v in rest if v not in before]

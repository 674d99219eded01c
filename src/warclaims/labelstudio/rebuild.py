"""Rebuild records from the regions and relations of an annotation."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any

import msgspec
from pydantic import ValidationError

from warclaims.corpus.model_schema import model_schema, with_lists
from warclaims.corpus.schema_check import JsonSchema
from warclaims.labelstudio.import_result import RegistryProposal
from warclaims.labelstudio.labels_and_relations import (
    BOILERPLATE,
    CONTINUES,
    NEW_ENTRY,
    ONLY_IF,
    REGION_LABELS,
    RELATION_TYPES,
    HeadId,
    controls_of,
    parse_head_id,
)
from warclaims.labelstudio.proposals import entries_called, read_proposal
from warclaims.labelstudio.record_keys import by_key, places
from warclaims.records import LAYERS, FieldKind, Layer, LayerName, shapes, span_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from warclaims.corpus import Registries
    from warclaims.labelstudio.codes import FindingCollector
    from warclaims.labelstudio.graph import AnnotationGraph, Plain, Region
    from warclaims.labelstudio.incoming import IncomingTask
    from warclaims.labelstudio.proposals import ProposedEntry
    from warclaims.labelstudio.record_keys import RecordKey
    from warclaims.records import FieldShape, Lists


@dataclass(eq=False)
class _RecordDraft:
    """The regions of a record to build, and the regions and records related to it, by field."""

    layer: LayerName
    regions: list[Region]
    id: str = ""
    related: dict[str, list[Region]] = field(default_factory=lambda: defaultdict(list))
    others: dict[str, list[_RecordDraft]] = field(default_factory=lambda: defaultdict(list))

    @property
    def head(self) -> Region:
        return self.regions[0]

    @property
    def key(self) -> RecordKey:
        return (self.layer, self.id)

    @property
    def all_regions(self) -> list[Region]:
        return [*self.regions, *chain.from_iterable(self.related.values())]

    def regions_of(self, name: str) -> list[Region]:
        """The regions of a span field, in text order."""
        regions = self.regions if name == self.head.label.field else self.related.get(name, [])
        return sorted(regions, key=lambda region: region.order)

    @property
    def places(self) -> tuple[Any, ...]:
        """The layer, and the start and end of each fragment per span field."""
        spans = map(self.regions_of, span_fields(LAYERS[self.layer]))
        return (self.layer, *(tuple((r.start, r.end) for r in span) for span in spans))

    @property
    def order(self) -> tuple[int, int]:
        """Sort key: text order, to which the source of an attribution counts, too."""
        words = list(self.regions)
        if self.layer == "attributions":
            words += self.related.get("content", [])
            words += [region for other in self.others.get("source", []) for region in other.regions]
        return (min(r.start for r in words), -max(r.end for r in words))


@dataclass(frozen=True)
class RebuiltRecords:
    """Records built from regions, in text order.

    Attributes:
        records: The records that could be built.
        heads: The first region of every record, including those that could not be built.
        proposals: New registry entries that annotators propose.
        owners: The records of each region by its id, including those that could not be built.
        drawn: Ids of new records by the ids of the regions drawn for them.
    """

    records: Mapping[RecordKey, Layer]
    heads: Mapping[RecordKey, Region]
    proposals: tuple[RegistryProposal, ...]
    owners: Mapping[str, list[RecordKey]]
    drawn: Mapping[str, str]

    def pointer(self, key: RecordKey, default: str = "") -> str:
        """The JSON pointer of a record's first region in the export."""
        return self.heads[key].pointer if key in self.heads else default

    def place(self, key: RecordKey) -> tuple[int, int] | None:
        """Start and end of a record's first region in the text, if it has one."""
        return self.heads[key].place if key in self.heads else None


def rebuild(graph: AnnotationGraph, task: IncomingTask) -> RebuiltRecords:
    """Build the records that ``graph`` shows.

    Ids, ``extra`` and the order of lists, which the interface does not show, are taken from the
    annotations as exported and those now in the set. New records get the next free number of their
    layer, in text order. A record that an earlier import added keeps the id it got then; it is
    recognized by the id of its region, or by its place.

    If the registries have a proposed entry now, the record refers to it.
    """
    drafts = _drafts(graph, task.report)
    _give_ids(drafts, task)
    known = by_key(task.exported)
    rank = {key: position for position, key in enumerate(known)}
    drafts.sort(key=lambda draft: (draft.order, rank.get(draft.key, len(rank))))
    records: dict[RecordKey, Layer] = {}
    proposals: list[RegistryProposal] = []
    owners: defaultdict[str, list[RecordKey]] = defaultdict(list)
    for draft in drafts:
        for region in draft.regions:
            proposed = _proposed_entry(draft, region, task.corpus.lists)
            if proposed is not None and not _use_registered_entry(
                draft, region, proposed, task.corpus.registries
            ):
                where = (task.exported.document, *draft.key)
                proposals.append(RegistryProposal(*where, proposed, *region.place))
        record = _record(draft, known.get(draft.key), task)
        if record is not None:
            records[draft.key] = record
        for region in draft.all_regions:
            owners[region.id].append(draft.key)
    drawn = {
        region.id: draft.id
        for draft in drafts
        for region in draft.regions
        if parse_head_id(region.id) is None
    }
    heads = {draft.key: draft.head for draft in drafts}
    return RebuiltRecords(records, heads, tuple(proposals), dict(owners), drawn)


def _drafts(graph: AnnotationGraph, report: FindingCollector) -> list[_RecordDraft]:
    """Group regions into records, and add the relations between them."""
    groups = _groups(graph)
    drafts: list[_RecordDraft] = []
    draft_of: dict[int, _RecordDraft] = {}
    for group in groups:
        label = group[0].label
        if label.head and label.layer is not None:
            draft = _RecordDraft(label.layer, group)
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
                message = f"the {LAYERS[owner.layer].noun} has a relation to itself ({edge.name})"
                report.add("L403", edge.pointer, message, owner.head.place)
            elif other not in owner.others[edge.name]:
                owner.others[edge.name].append(other)
        else:
            for region in group_of[id(edge.other)]:
                owned.add(id(region))
                if region not in owner.related[edge.name]:
                    owner.related[edge.name].append(region)
    for region in graph.regions:
        if id(region) not in owned and id(region) not in draft_of:
            _report_stray(region, report)
    return drafts


def _groups(graph: AnnotationGraph) -> list[list[Region]]:
    """The regions that ``continues`` joins, each group in text order."""
    joined: dict[int, list[Region]] = {id(region): [region] for region in graph.regions}
    for edge in graph.edges:
        if edge.name == CONTINUES:
            small, large = sorted((joined[id(edge.owner)], joined[id(edge.other)]), key=len)
            if small is not large:
                large += small
                joined.update((id(region), large) for region in small)
    groups = {id(group): group for group in joined.values()}
    return [sorted(group, key=lambda region: region.order) for group in groups.values()]


def _report_stray(region: Region, report: FindingCollector) -> None:
    label = region.label.name
    if label == BOILERPLATE:
        return
    owner = next(found.from_label for found in RELATION_TYPES if found.to_label == label)
    report.add(
        "L503",
        region.pointer,
        f"this {label} belongs to no {owner}. Draw a relation from the {owner} to it, or delete it"
        + (", or label it content_uncued if no words attribute it" if label == "content" else ""),
        region.place,
    )


_NUMBERED = re.compile(r"([a-z])([0-9]{1,9})")


def _give_ids(drafts: list[_RecordDraft], task: IncomingTask) -> None:
    """Give each record the id that its regions carry, or the next free number."""
    exported = by_key(task.exported)
    _give_ids_of_regions(drafts, task.history.drawn, list(exported))
    # No region names a record that an earlier import added; it is recognized by its place.
    taken = {draft.key for draft in drafts}
    used = {name for _, name in exported}
    earlier: defaultdict[tuple[Any, ...], list[str]] = defaultdict(list)
    for (layer, name), record in exported.items():
        if (layer, name) not in taken:
            earlier[layer, *places(record, layer)].append(name)
    for (layer, name), record in by_key(task.current).items():
        if name not in used:
            earlier[layer, *places(record, layer)].append(name)
    highest: dict[str, int] = defaultdict(int)
    for match in filter(None, map(_NUMBERED.fullmatch, {*used, *chain(*earlier.values())})):
        highest[match[1]] = max(highest[match[1]], int(match[2]))
    for draft in sorted((d for d in drafts if not d.id), key=lambda d: d.order):
        found = earlier.get(draft.places)
        if found:
            draft.id = found.pop(0)
            continue
        prefix = LAYERS[draft.layer].id_prefix
        highest[prefix] += 1
        draft.id = f"{prefix}{highest[prefix]}"


def _give_ids_of_regions(
    drafts: list[_RecordDraft], drawn: Mapping[str, str], known: list[RecordKey]
) -> None:
    """Give records the ids that their regions carry; of several ids, the first fragment's."""
    rank = {key: position for position, key in enumerate(known)}
    claims = []
    for index, draft in enumerate(drafts):
        label = draft.head.label.name
        for region in draft.all_regions:
            said = parse_head_id(region.id)
            if said is None and region in draft.regions and region.id in drawn:
                said = HeadId(label, 1, drawn[region.id])
            if said is None or REGION_LABELS[said.label].layer != draft.layer:
                continue
            key = (draft.layer, said.record)
            if key in rank:
                claims.append((said.label != label, said.position, rank[key], index, said.record))
    taken: set[RecordKey] = set()
    for *_, index, record in sorted(claims):
        draft = drafts[index]
        if not draft.id and (draft.layer, record) not in taken:
            draft.id = record
            taken.add(draft.key)


def _record(draft: _RecordDraft, before: Layer | None, task: IncomingTask) -> Layer | None:
    """The record of a draft; ``None`` if a value is missing or invalid, which is reported."""
    report, head = task.report, draft.head
    so_far = len(report.errors)
    values = {"id": draft.id, **_values(draft, report)}
    plain: dict[str, Any] = {}
    missing: list[str] = []
    for name, shape in shapes(LAYERS[draft.layer]).items():
        if shape.kind is FieldKind.SPAN:
            plain[name] = _span(draft, name, task.text) or None
        elif name in values:
            plain[name] = values[name]
        elif shape.target is not None and not shape.target.in_registry:
            plain[name] = _references(draft, shape, report)
        elif shape.required or shape.many:
            plain[name] = [] if shape.many else None
        if plain.get(name, ()) is None and not shape.nullable:
            missing.append(name)
        listed = shape.many and before is not None and plain[name]
        if listed and all(isinstance(value, str) for value in plain[name]):
            plain[name] = _in_known_order(plain[name], getattr(before, name))
    if missing:
        message = f"the {LAYERS[draft.layer].noun} lacks {', '.join(missing)}"
        report.add("L503", head.pointer, message, head.place)
    if len(report.errors) > so_far:
        return None
    return _validated(draft, plain, before, task)


def _span(draft: _RecordDraft, name: str, text: str) -> list[dict[str, Any]]:
    return [
        {"start": r.start, "end": r.end, "text": text[r.start : r.end]}
        for r in draft.regions_of(name)
    ]


def _validated(
    draft: _RecordDraft, plain: dict[str, Any], before: Layer | None, task: IncomingTask
) -> Layer | None:
    report = task.report
    if plain.get("alternatives"):  # the model takes any
        schema = _record_schema(draft.layer, task.corpus.lists)
        if found := schema.findings(plain, report.file):
            for finding in found:
                message = f"{finding.pointer.strip('/')!r}: {finding.message}"
                report.add("L204", draft.head.pointer, message, draft.head.place)
            return None
    try:
        record = LAYERS[draft.layer].model_validate_json(msgspec.json.encode(plain))
    except ValidationError as error:
        for wrong in error.errors():
            where = wrong["loc"][0] if wrong["loc"] else ""
            message = f"{where!r}: {wrong['msg'][0].lower()}{wrong['msg'][1:]}"
            report.add("L204", draft.head.pointer, message, draft.head.place)
        return None
    kept = {"extra": before.extra, "score": before.score} if before else {}
    return record.model_copy(update=kept)


@lru_cache(maxsize=16)
def _record_schema(layer: LayerName, lists: Lists) -> JsonSchema:
    """The JSON Schema of one record, with the values of a corpus's lists."""
    return JsonSchema(with_lists(model_schema(LAYERS[layer]), lists), layer)


def _values(draft: _RecordDraft, report: FindingCollector) -> dict[str, Plain]:
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
                    f"the fragments of this {LAYERS[draft.layer].noun} differ in {name!r}: "
                    f"{found[name]!r} and {value!r}; keep one"
                )
                report.add("L502", pointer, message, region.place)
    for control, (other, wanted) in ONLY_IF.items():
        name, condition = names.get(control), names.get(other)
        if name in found and condition and found.get(condition) != wanted:
            del found[name]
            message = f"{name!r} belongs to {condition} {wanted!r} only; left out"
            report.add("L602", draft.head.pointer, message, draft.head.place)
    return found


def _references(
    draft: _RecordDraft, shape: FieldShape, report: FindingCollector
) -> list[str] | str | None:
    others = sorted(draft.others.get(shape.name, ()), key=lambda other: other.order)
    if shape.many:
        return [other.id for other in others]
    if len(others) > 1:
        message = f"has {len(others)} relations {shape.name!r}; keep one"
        report.add("L501", draft.head.pointer, message, draft.head.place)
    return others[0].id if others else None


def _in_known_order(values: Iterable[str], before: Sequence[str]) -> list[str]:
    """``values``, those in ``before`` first and in its order."""
    rest = dict.fromkeys(values)
    return [v for v in before if v in rest] + [v for v in rest if v not in before]


def _proposed_entry(draft: _RecordDraft, region: Region, lists: Lists) -> ProposedEntry | None:
    """The entry proposed on a region, if any."""
    if NEW_ENTRY.name not in region.values:
        return None
    return read_proposal(str(region.values[NEW_ENTRY.name][0]), draft.layer, lists)


def _use_registered_entry(
    draft: _RecordDraft, region: Region, proposed: ProposedEntry, registries: Registries
) -> bool:
    """Refer to the one registry entry that has the name proposed on a region of a record.

    False if no entry, or more than one, has the name, or several fields could hold it (an inferred
    source or somebody blamed) and the annotator has not chosen it in one. What the annotator has
    chosen in the meantime stays. What is inferred is filled only if no region is related instead.
    """
    found = [
        (control, entry)
        for control in controls_of(draft.layer).values()
        if (key := control.registry) and (proposed.kind is None or key == f"{proposed.kind}s")
        for entry in entries_called(proposed.name, getattr(registries, key).values())
    ]
    if len(found) != 1:
        return len({entry for _, entry in found}) == 1 and any(
            entry in (chosen if isinstance(chosen, tuple) else (chosen,))
            for one in draft.regions
            for control, entry in found
            for chosen, _ in (one.values.get(control.name, ((), "")),)
        )
    control, entry = found[0]
    holder = next((one for one in draft.regions if control.name in one.values), region)
    chosen, pointer = holder.values.get(control.name, ((), region.values[NEW_ENTRY.name][1]))
    if control.shape.many:
        known = chosen if isinstance(chosen, tuple) else ()
        holder.values[control.name] = (tuple(dict.fromkeys((*known, entry))), pointer)
    elif not chosen and not draft.others.get(control.shape.name.removeprefix("inferred_")):
        holder.values[control.name] = (entry, pointer)
    return True

"""Find the records to which the findings about an annotation belong.

If a finding belongs to no record or region, the whole task cannot be used.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from warclaims.labelstudio.codes import FindingCollector
from warclaims.labelstudio.exported import Result, ResultValue
from warclaims.labelstudio.graph import AnnotationGraph, read_graph
from warclaims.labelstudio.labels_and_relations import (
    REGION_CONTROL,
    REGION_LABELS,
    RELATION_TYPES,
    controls,
    region_id,
)
from warclaims.labelstudio.record_keys import by_key, referrers
from warclaims.labelstudio.tasks import regions_of
from warclaims.records import LAYERS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from warclaims.findings import Finding
    from warclaims.labelstudio.incoming import IncomingTask
    from warclaims.labelstudio.rebuild import RebuiltRecords
    from warclaims.labelstudio.record_keys import RecordKey
    from warclaims.labelstudio.tasks import SentRegion
    from warclaims.records import Layer, LayerName


class UnusableTask(Exception):
    """An error belongs to no single record.

    The arguments are the findings that have not been reported yet.
    """


@dataclass(frozen=True)
class WrongRecords:
    """The records of a task that cannot be imported.

    Attributes:
        records: A finding for each record with an error.
        hidden: A finding for each layer that may have records among the regions that cannot be
            read, so that a missing record is not necessarily deleted.
        loose: Findings about new regions that belong to no record.
    """

    records: dict[RecordKey, Finding]
    hidden: dict[LayerName, Finding]
    loose: list[Finding]


class _KnownRegion(NamedTuple):
    """A region as it was sent, and its records."""

    sent: SentRegion
    owners: tuple[RecordKey, ...]


class RecordBlame:
    """Finds the regions and records to which the findings about one annotation belong.

    Args:
        task: The annotation, and what it was sent with. Its report has the findings of reading it.
        graph: The regions and relations that could be read.

    Raises:
        UnusableTask: a finding belongs to no region, or no region can be read.
    """

    def __init__(self, task: IncomingTask, graph: AnnotationGraph) -> None:
        self._task = task
        self._results = list(task.results)
        self._pointer = re.compile(re.escape(task.pointer) + r"/([0-9]+)(/.*)?")
        self._records = by_key(task.exported)
        self._referrers = referrers(self._records)
        self._sent = _regions_as_sent(self._records, task.history.drawn)
        self._labels = _labels_said(task.results) | {r.id: r.label.name for r in graph.regions}
        regions = [result for result in task.results if result.is_region]
        self._places = {str(r.id): r.place for r in reversed(regions)}
        self._times = Counter(r.id for r in regions)
        found = task.report.errors
        if found and not any(region.label.layer for region in graph.regions):
            raise UnusableTask
        readable = {region.id for region in graph.regions}
        self._broken: dict[str, Finding] = {}
        for finding in found:
            result = self._result(finding)
            if result.is_relation:
                gone = [end for end in _ends(result) if end not in self._labels]
                self._broken |= dict.fromkeys(gone, finding)
            elif result.id not in readable or result.is_region:
                self._broken[str(result.id)] = finding

    def _result(self, finding: Finding) -> Result:
        """The result to which a finding belongs."""
        at = self._pointer.fullmatch(finding.pointer)
        if at is None:
            raise UnusableTask
        result = self._results[int(at[1])]
        if None in ((result.from_id, result.to_id) if result.is_relation else (result.id,)):
            raise UnusableTask
        return result

    def repaired(self) -> AnnotationGraph:
        """The regions and relations, with unreadable regions as they were sent.

        Relations to these regions keep their meaning. Findings are not reported again.
        """
        positions = {r.id: n for n, r in reversed([*enumerate(self._results)]) if r.is_region}
        for name in self._broken:
            if name not in self._sent:
                continue
            sent = self._sent[name].sent
            value = ResultValue(start=sent.start, end=sent.end, labels=(sent.label,))
            region = Result(type="labels", id=name, from_name=REGION_CONTROL, value=value)
            if name in positions:
                self._results[positions[name]] = region
            else:
                self._results.append(region)
        scratch = FindingCollector(self._task.report.file)
        return read_graph(replace(self._task, results=tuple(self._results), report=scratch))

    def wrong(self, rebuilt: RebuiltRecords) -> WrongRecords:
        """The records that cannot be imported, by all findings in the report of the task.

        Raises:
            UnusableTask: a finding belongs to no region.
        """
        wrong: dict[RecordKey, Finding] = {}
        loose = []
        for finding in self._task.report.errors:
            result = self._result(finding)
            keys = self._owners_of(result, rebuilt)
            if not keys:
                loose.append(finding)
            for key in keys:
                wrong.setdefault(key, finding)
        for result in self._results:
            if result.is_relation:
                for end in _ends(result):
                    if end in self._broken and self._is_ambiguous(end):
                        for key in self._owners_of(result, rebuilt):
                            wrong.setdefault(key, self._broken[end])
        # A record is not deleted if its head region now belongs to a wrong record.
        for region, owners in rebuilt.owners.items():
            known = self._sent.get(region)
            if known and REGION_LABELS[known.sent.label].head:
                for key in (key for key in owners if key in wrong):
                    for other in known.owners:
                        wrong.setdefault(other, wrong[key])
        return WrongRecords(wrong, self._hidden(), loose)

    def _owners_of(self, result: Result, rebuilt: RebuiltRecords) -> Sequence[RecordKey]:
        """The records to which a result belongs; of a relation, only those that are not as sent.

        If the labels at its ends do not decide to which record a relation belongs, these are also
        the records that had the ends, or referred to them, when they were sent, because one of them
        may have lost a value.
        """
        if not result.is_relation:
            return self._owners_of_region(str(result.id), rebuilt)
        ends = _ends(result)
        labels = [self._labels.get(end) for end in ends]
        owning = {
            relation.owner_label
            for relation in RELATION_TYPES
            if None not in labels
            and sorted(map(str, labels)) == sorted((relation.from_label, relation.to_label))
        }
        keys: list[RecordKey] = []
        for end, label in zip(ends, labels, strict=True):
            if label in owning or not owning:
                keys += self._owners_of_region(end, rebuilt)
            if not owning and end in self._sent:
                keys += self._sent[end].owners
        if not owning:
            keys += [other for key in keys for other in self._referrers[key]]
        return [key for key in keys if rebuilt.records.get(key) != self._records.get(key)]

    def _owners_of_region(self, region: str, rebuilt: RebuiltRecords) -> Sequence[RecordKey]:
        """The records built from a region; if there are none, its records as sent."""
        if region in rebuilt.owners:
            return rebuilt.owners[region]
        sent = self._sent.get(region)
        place, label = self._places.get(region), self._labels.get(region)
        if sent is None and label and place:
            sent = self._sent.get(region_id(label, *place))
        return sent.owners if sent else ()

    def _is_ambiguous(self, region: str) -> bool:
        """True if relations to this region are lost, or may lead to another of the same id."""
        return region not in self._sent or self._times[region] > 1

    def _hidden(self) -> dict[LayerName, Finding]:
        found: dict[LayerName, Finding] = {}
        for region, finding in self._broken.items():
            if region in self._sent:
                continue
            label = self._labels.get(region)
            if label is None:
                found |= dict.fromkeys(LAYERS, finding)
            elif (layer := REGION_LABELS[label].layer) and REGION_LABELS[label].head:
                found[layer] = finding
        return found


def _ends(relation: Result) -> tuple[str, str]:
    return str(relation.from_id), str(relation.to_id)


def _labels_said(results: Sequence[Result]) -> dict[str, str]:
    """The labels of regions, including broken ones, by their own label or their attributes."""
    found: dict[str, str] = {}
    for result in results:
        if result.is_relation or result.id is None:
            continue
        control = controls().get(str(result.from_name))
        if (
            control is not None
            and len({REGION_LABELS[label].layer for label in control.labels}) == 1
        ):
            found.setdefault(result.id, control.labels[0])
    for result in results:
        labels = result.value.labels if result.is_region and result.value else None
        if labels and len(labels) == 1 and labels[0] in REGION_LABELS:
            found[str(result.id)] = labels[0]
    return found


def _regions_as_sent(
    records: Mapping[RecordKey, Layer], drawn: Mapping[str, str]
) -> dict[str, _KnownRegion]:
    """The regions of records as a task has them, by id.

    A record for which an annotator drew one region also has the id of that region.
    """
    found: dict[str, _KnownRegion] = {}
    times = Counter(drawn.values())
    by_hand = {record: region for region, record in drawn.items() if times[record] == 1}
    for key, record in records.items():
        regions = regions_of(key[0], record)
        for region in regions:
            others = found[region.id].owners if region.id in found else ()
            found[region.id] = _KnownRegion(region, (*others, key))
        heads = [region for region in regions if REGION_LABELS[region.label].head]
        if key[1] in by_hand and len(heads) == 1:
            found[by_hand[key[1]]] = found[heads[0].id]
    return found

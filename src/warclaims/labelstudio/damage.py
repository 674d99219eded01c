"""Which records of an annotation are wrong: every finding laid to those that it is about.

What cannot be laid to records or marks spoils the whole task.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from warclaims.labelstudio.codes import Report
from warclaims.labelstudio.exported import Result, Value
from warclaims.labelstudio.graph import Graph, read_graph
from warclaims.labelstudio.interface import (
    LINKS,
    MARK_CONTROL,
    MARKS,
    controls,
    head_id,
    mark_id,
)
from warclaims.labelstudio.tolerance import Spoilt, by_key, referrers
from warclaims.records import LAYERS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from warclaims.findings import Finding
    from warclaims.labelstudio.rebuild import Key, Rebuilt
    from warclaims.records import Annotations, Layer, LayerName


@dataclass(frozen=True)
class _Sent:
    """A mark as it was sent out, and the records that are made of it."""

    label: str
    start: int
    end: int
    owners: tuple[Key, ...]


class Damage:
    """The findings of one annotation, laid to its marks.

    ``results`` stand at ``place``, ``exported`` is what was sent out, or what an earlier import
    brought in, with ids of marks ``drawn`` for it. ``found`` are the findings of
    reading the marks and links, ``graph`` is what could be read.

    Raises:
        Spoilt: a finding cannot be laid to a mark, or no mark can be read.
    """

    def __init__(
        self,
        results: Sequence[Result],
        place: str,
        exported: Annotations,
        graph: Graph,
        found: Sequence[Finding],
        *,
        drawn: Mapping[str, str],
    ) -> None:
        self._results = list(results)
        self._place = re.compile(re.escape(place) + r"/([0-9]+)(/.*)?")
        self._sent = _marks_as_sent(exported, drawn)
        self._records = by_key(exported)
        self._made: dict[Key, Layer] = {}
        self._referrers = referrers(self._records)
        self._labels = _labels_said(results) | {r.id: r.mark.label for r in graph.regions}
        self._places = {r.id: _span(r) for r in reversed(results) if _is_mark(r)}
        self._times = Counter(r.id for r in results if _is_mark(r))
        if found and not any(region.mark.layer for region in graph.regions):
            raise Spoilt
        readable = {region.id for region in graph.regions}
        self._broken: dict[str, Finding] = {}
        for finding in found:
            result = self._result(finding)
            if result.type == "relation":
                gone = [i for i in self._ends(result) if i not in self._labels]
                self._broken |= dict.fromkeys(gone, finding)
            elif result.id not in readable or _is_mark(result):
                self._broken[str(result.id)] = finding

    def _result(self, finding: Finding) -> Result:
        """The result that a finding is about.

        Raises:
            Spoilt: it is about none, or about one that does not say which mark it is of.
        """
        at = self._place.fullmatch(finding.pointer)
        if at is None:
            raise Spoilt
        result = self._results[int(at[1])]
        if None in ((result.from_id, result.to_id) if result.type == "relation" else (result.id,)):
            raise Spoilt
        return result

    @staticmethod
    def _ends(result: Result) -> tuple[str, str]:
        return str(result.from_id), str(result.to_id)

    def mended(self, place: str, text: str, file: str) -> Graph:
        """The marks and links with those that cannot be read put back where they were sent.

        So links to a mark that was known keep their meaning; what was found is not found again.
        """
        positions = {r.id: n for n, r in reversed([*enumerate(self._results)]) if _is_mark(r)}
        for name in self._broken:
            sent = self._sent.get(name)
            if sent is None:
                continue
            value = Value(start=sent.start, end=sent.end, labels=(sent.label,))
            mark = Result(type="labels", id=name, from_name=MARK_CONTROL, value=value)
            if name in positions:
                self._results[positions[name]] = mark
            else:
                self._results.append(mark)
        return read_graph(tuple(self._results), place, text, Report(file))

    def wrong(
        self, rebuilt: Rebuilt, found: Sequence[Finding]
    ) -> tuple[dict[Key, Finding], list[Finding]]:
        """The records that something is wrong with, each with a finding; findings of no record.

        ``found`` are all findings, those of rebuilding the records, too. A finding is of no record
        if its mark is new and cannot be read, or is linked to nothing.

        Raises:
            Spoilt: one of them cannot be laid to a mark.
        """
        self._made = {(n, record.id): record for n, rs in rebuilt.records.items() for record in rs}
        wrong: dict[Key, Finding] = {}
        of_none = []
        for finding in found:
            result = self._result(finding)
            keys: Sequence[Key]
            if result.type == "relation":
                keys = self._keys_of_relation(result, rebuilt)
            else:
                keys = self._keys(str(result.id), rebuilt)
            if not keys:
                of_none.append(finding)
            wrong |= {key: finding for key in keys if key not in wrong}
        for result in self._results:
            if result.type == "relation":
                for mark in self._ends(result):
                    if mark in self._broken and self._is_doubtful(mark):
                        keys = self._keys_of_relation(result, rebuilt)
                        wrong |= {k: self._broken[mark] for k in keys if k not in wrong}
        # A record that a wrong one swallowed, or that fell apart into one, is not gone.
        for mark, owners in rebuilt.owners.items():
            sent = self._sent.get(mark)
            if sent and MARKS[sent.label].head:
                for key in owners:
                    if key in wrong:
                        wrong |= {other: wrong[key] for other in sent.owners if other not in wrong}
        return wrong, of_none

    def _keys(self, mark: str, rebuilt: Rebuilt) -> Sequence[Key]:
        """The records made of a mark; of one that belongs to none now, those as sent."""
        if mark in rebuilt.owners:
            return rebuilt.owners[mark]
        sent = self._sent.get(mark)
        place, label = self._places.get(mark), self._labels.get(mark)
        if sent is None and label and place:
            sent = self._sent.get(mark_id(label, *place))
        return sent.owners if sent else ()

    def _keys_of_relation(self, relation: Result, rebuilt: Rebuilt) -> list[Key]:
        """The records that a relation may belong to, and that are not as they were sent.

        Where its ends do not tell, these are also those that had or referred to the ends when they
        were sent: one of them may have lost what the relation gave it.
        """
        ends = self._ends(relation)
        labels = [self._labels.get(end) for end in ends]
        owning = {
            link.to_label if link.owner_is_target else link.from_label
            for link in LINKS
            if None not in labels
            and sorted(map(str, labels)) == sorted((link.from_label, link.to_label))
        }
        keys: list[Key] = []
        for end, label in zip(ends, labels, strict=True):
            if label in owning:
                keys += self._keys(end, rebuilt)
            elif not owning:
                sent = self._sent.get(end)
                keys += [*self._keys(end, rebuilt), *(sent.owners if sent else ())]
        if not owning:
            keys += [other for key in keys for other in self._referrers[key]]
        return [key for key in keys if self._made.get(key) != self._records.get(key)]

    def _is_doubtful(self, mark: str) -> bool:
        """True if links to this mark are lost, or may be meant for another of the same id."""
        return mark not in self._sent or self._times[mark] > 1

    def hidden(self) -> dict[LayerName, Finding]:
        """The layers whose records may be among what cannot be read, though nothing names them.

        That one of their records is missing does not mean that it was deleted.
        """
        found: dict[LayerName, Finding] = {}
        for mark, finding in self._broken.items():
            if mark in self._sent:
                continue
            label = self._labels.get(mark)
            if label is None:
                found |= dict.fromkeys(LAYERS, finding)
            elif (layer := MARKS[label].layer) and MARKS[label].head:
                found[layer] = finding
        return found


def _is_mark(result: Result) -> bool:
    return result.type != "relation" and result.from_name == MARK_CONTROL


def _span(result: Result) -> tuple[int, int] | None:
    value = result.value
    if value is None or value.start is None or value.end is None:
        return None
    return (value.start, value.end)


def _labels_said(results: Sequence[Result]) -> dict[str, str]:
    """What marks seem to be by their own label or that of an attribute, also if they are broken."""
    found: dict[str, str] = {}
    for result in results:
        if result.type == "relation" or result.id is None:
            continue
        control = controls().get(str(result.from_name))
        if control is not None and len({MARKS[label].layer for label in control.labels}) == 1:
            found.setdefault(result.id, control.labels[0])
    for result in results:
        labels = result.value.labels if _is_mark(result) and result.value else None
        if labels and len(labels) == 1 and labels[0] in MARKS:
            found[str(result.id)] = labels[0]
    return found


def _marks_as_sent(exported: Annotations, drawn: Mapping[str, str]) -> dict[str, _Sent]:
    """The marks of records by id, as a task has them; of those drawn by hand only if it is one."""
    found: dict[str, _Sent] = {}
    marks_of = Counter(drawn.values())
    by_hand = {record: mark for mark, record in drawn.items() if marks_of[record] == 1}
    for layer in LAYERS:
        marks = [mark for mark in MARKS.values() if mark.layer == layer]
        for record in getattr(exported, layer):
            spans = {mark.label: getattr(record, mark.field) or () for mark in marks}
            head = next(mark for mark in marks if mark.head and spans[mark.label])
            for mark in marks:
                if mark is not head and (mark.head or mark.field == head.field):
                    continue
                for number, part in enumerate(spans[mark.label], start=1):
                    place = (part.start, part.end)
                    name = (
                        head_id(mark.label, record.id, number)
                        if mark is head
                        else mark_id(mark.label, *place)
                    )
                    others = found[name].owners if name in found else ()
                    found[name] = _Sent(mark.label, *place, (*others, (layer, record.id)))
                    if mark is head and record.id in by_hand and len(spans[mark.label]) == 1:
                        found[by_hand[record.id]] = found[name]
    return found

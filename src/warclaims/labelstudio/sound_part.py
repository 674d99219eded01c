"""Import the sound part of an annotation in which some records have errors.

Records with errors stay as they were sent. New ones are left out, and so are the records that refer
to them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from warclaims.labelstudio.codes import FindingCollector
from warclaims.labelstudio.import_result import ImportedDocument, RecordLeftOut
from warclaims.labelstudio.merge import merge
from warclaims.labelstudio.rebuild import rebuild
from warclaims.labelstudio.record_keys import by_key, referrers, with_records
from warclaims.labelstudio.saved_work import SavedWork, saved_work
from warclaims.labelstudio.stale_edits import reverted
from warclaims.labelstudio.wrong_records import RecordBlame, UnusableTask
from warclaims.records import LAYERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from warclaims.findings import Finding
    from warclaims.labelstudio.graph import AnnotationGraph
    from warclaims.labelstudio.import_result import RegistryProposal
    from warclaims.labelstudio.incoming import IncomingTask
    from warclaims.labelstudio.merge import Merged
    from warclaims.labelstudio.rebuild import RebuiltRecords
    from warclaims.labelstudio.record_keys import RecordKey
    from warclaims.labelstudio.wrong_records import WrongRecords
    from warclaims.records import Annotations, Layer, LayerName


def import_sound_part(
    task: IncomingTask, graph: AnnotationGraph
) -> tuple[ImportedDocument, tuple[RegistryProposal, ...]] | None:
    """The sound part of an annotation, and the registry entries it proposes; ``None`` if unusable.

    Errors that the file in the corpus already has do not matter, except repeated ids, with which it
    is unknown to which record the work belongs.
    """
    own = task.check(task.current) if task.current is not None else []
    if repeated := [finding for finding in own if finding.code == "R404"]:
        path = task.corpus.layout.annotation_file(task.set_name, task.exported.document)
        file = task.corpus.layout.relative(path)
        task.report.findings += [replace(finding, file=file) for finding in repeated]
        return None
    try:
        blame = RecordBlame(task, graph)
        rebuilt = rebuild(blame.repaired(), task)
        wrong = blame.wrong(rebuilt)
        return _SoundImport(task, rebuilt, wrong, own).result()
    except UnusableTask as unusable:
        task.report.findings += unusable.args
        return None


class _SoundImport:
    """The import of one annotation without the records that have errors.

    Args:
        task: The imported annotation.
        rebuilt: The records built from it.
        wrong: Which of them have errors.
        own: The findings in the annotations of the corpus as they are.
    """

    def __init__(
        self, task: IncomingTask, rebuilt: RebuiltRecords, wrong: WrongRecords, own: list[Finding]
    ) -> None:
        self._task = task
        self._rebuilt = rebuilt
        self._wrong = wrong
        self._own = {(finding.code, finding.message) for finding in own}
        self._sent = by_key(task.exported)
        self._now = by_key(task.current or task.exported)
        self._doubted = reverted(task, rebuilt, wrong)
        self._work = SavedWork(frozenset(), frozenset())
        if task.history.sent is not None and task.current is not None:
            self._work = saved_work(task.history, task.exported, task.current)
        self._reasons = dict(wrong.records)
        for key in self._sent:
            if key not in rebuilt.records and key[0] in wrong.hidden:
                self._reasons.setdefault(key, wrong.hidden[key[0]])

    def result(self) -> tuple[ImportedDocument, tuple[RegistryProposal, ...]]:
        """Merge the sound records, and list the others.

        Raises:
            UnusableTask: the merged annotations have an error not due to an imported record.
        """
        task, rebuilt, work = self._task, self._rebuilt, self._work
        merged, records = self._merged()
        task.report.findings += new_findings(task, rebuilt, merged.after)
        left_out = [
            *(self._left_out(key, finding) for key, finding in self._reasons.items()),
            *(RecordLeftOut(None, None, f.start, f.end, f) for f in self._wrong.loose),
        ]
        there = by_key(merged.after)
        ids = {record for _, record in there}
        imported = ImportedDocument(
            task.exported.document,
            task.set_name,
            task.current,
            merged.after,
            with_records(task.exported, records),
            tuple(left_out),
            merged.conflicts,
            # A new record that was left out gets its id when it is imported.
            {region: record for region, record in rebuilt.drawn.items() if record in ids},
            self._doubted,
            frozenset(
                key
                for key in work.differing - work.missing - work.decided
                if records.get(key) == self._sent.get(key)
            ),
        )
        # A new record that was left out has no id yet.
        proposals = (
            p if (p.layer, p.record) in {*there, *self._sent} else replace(p, record=None)
            for p in rebuilt.proposals
        )
        return imported, tuple(proposals)

    def _merged(self) -> tuple[Merged, Mapping[RecordKey, Layer]]:
        """Merge without the wrong records; leave out more until no error is found."""
        task = self._task
        missing = self._work.differing if task.overwrite else self._work.missing
        errors: list[Finding] = []
        while True:
            records = self._without_left_out()
            merged = merge(task, records, doubted=self._doubted, missing=missing)
            coming = by_key(merged.after)
            found = list(self._dangling(coming)) or list(self._with_errors(merged.after, coming))
            if not found:
                task.report.findings += errors
                return merged, records
            if self._reasons.keys() >= dict(found).keys():  # leaving them out does not help
                raise UnusableTask(*(finding for _, finding in found))
            errors += (finding for _, finding in found)
            self._reasons |= dict(found)

    def _without_left_out(self) -> dict[RecordKey, Layer]:
        """The records to merge: known ones first, those left out as they were sent."""
        made, reasons = self._rebuilt.records, self._reasons
        known = {k: sent if k in reasons else made.get(k) for k, sent in self._sent.items()}
        new = {k: record for k, record in made.items() if k not in known and k not in reasons}
        return {key: record for key, record in known.items() if record is not None} | new

    def _dangling(self, coming: Mapping[RecordKey, Layer]) -> Iterator[tuple[RecordKey, Finding]]:
        """The records to leave out because a reference would lead nowhere, transitively."""
        now, rebuilt = self._now, self._rebuilt
        referring = referrers(coming)
        gone = [key for key in referring if key not in coming]
        seen: set[RecordKey] = set()
        scratch = FindingCollector(self._task.report.file, self._task.report.document)
        while gone:
            target = gone.pop()
            for key in referring[target]:
                is_changed = key not in self._reasons and coming[key] != now.get(key)
                culprit = key if is_changed else target
                if culprit in seen or (not is_changed and target not in now):
                    continue
                seen.add(culprit)
                this, other = self._named(key), self._named(target)
                message = (
                    f"{this} refers to {other}, which is left out, and is left out, too"
                    if is_changed
                    else f"{other} is not removed: {this} still refers to it"
                )
                scratch.add("L506", rebuilt.pointer(culprit), message, rebuilt.place(culprit))
                yield culprit, scratch.findings[-1]
                if is_changed and key not in now:
                    gone.append(key)

    def _named(self, key: RecordKey) -> str:
        noun = LAYERS[key[0]].noun
        return f"the {noun} {key[1]}" if key in self._now else f"the new {noun}"

    def _with_errors(
        self, after: Annotations, coming: Mapping[RecordKey, Layer]
    ) -> Iterator[tuple[RecordKey, Finding]]:
        """The imported records that have errors, or cause errors in others.

        Raises:
            UnusableTask: an error is not about any imported record.
        """
        task = self._task
        for finding in [] if after == task.current else task.check(after):
            if finding.is_warning or (finding.code, finding.message) in self._own:
                continue
            shown = at_region(task, self._rebuilt, after, finding)
            pointers = (finding.pointer, *(related.pointer for related in finding.related))
            keys = filter(None, (record_at(pointer, after) for pointer in pointers))
            culprit = next((key for key in keys if coming[key] != self._now.get(key)), None)
            if culprit is None:
                raise UnusableTask(shown)
            yield culprit, shown

    def _left_out(self, key: RecordKey, finding: Finding) -> RecordLeftOut:
        layer, record = key
        known = key in self._sent or key in self._now
        start, end = self._rebuilt.place(key) or (finding.start, finding.end)
        return RecordLeftOut(layer, record if known else None, start, end, finding)


def new_findings(task: IncomingTask, rebuilt: RebuiltRecords, after: Annotations) -> list[Finding]:
    """The findings in changed annotations, without warnings that were there before."""
    if after == task.current:
        return []
    before = task.check(task.current) if task.current is not None else []
    known = {(finding.code, finding.message) for finding in before}
    return [
        at_region(task, rebuilt, after, finding)
        for finding in task.check(after)
        if not (finding.is_warning and (finding.code, finding.message) in known)
    ]


_RECORD_POINTER = re.compile(r"/([a-z]+)/([0-9]+)(/.*)?")


def record_at(pointer: str, annotations: Annotations) -> RecordKey | None:
    """The record at or around the place to which a pointer into annotations leads."""
    found = _RECORD_POINTER.fullmatch(pointer)
    if found is None or found[1] not in LAYERS:
        return None
    return cast("LayerName", found[1]), getattr(annotations, found[1])[int(found[2])].id


def at_region(
    task: IncomingTask, rebuilt: RebuiltRecords, annotations: Annotations, finding: Finding
) -> Finding:
    """A finding about a record of ``annotations``, placed at the record's region in the export."""
    key = record_at(finding.pointer, annotations)
    if key is None:
        return replace(finding, file=task.report.file, pointer=task.pointer)
    start, end = finding.start, finding.end
    if start is None:
        start, end = rebuilt.place(key) or (start, end)
    return replace(
        finding,
        file=task.report.file,
        pointer=rebuilt.pointer(key, task.pointer),
        message=f"{key[0]} {key[1]}: {finding.message}",
        document=annotations.document,
        start=start,
        end=end,
    )

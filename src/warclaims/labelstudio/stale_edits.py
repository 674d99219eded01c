"""Detect edits that were reverted by saving a stale browser tab."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.labelstudio.labels_and_relations import REGION_LABELS
from warclaims.labelstudio.record_keys import by_key
from warclaims.labelstudio.tasks import head_label
from warclaims.records import span_ranges

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from warclaims.labelstudio.incoming import IncomingTask
    from warclaims.labelstudio.rebuild import RebuiltRecords
    from warclaims.labelstudio.record_keys import RecordKey
    from warclaims.labelstudio.wrong_records import WrongRecords
    from warclaims.records import Layer, LayerName

    Place = tuple[LayerName, tuple[tuple[int, int], ...]]


def reverted(
    task: IncomingTask, rebuilt: RebuiltRecords, wrong: WrongRecords
) -> frozenset[RecordKey]:
    """The records that were reverted by a save, perhaps by mistake.

    If a task is open in two browser tabs, the last save wins: it writes the whole task as that tab
    shows it, and discards what the other tab saved. If the discarded work had been pulled, every
    record it changed is again as it was sent, and something else is new, because a tab can save
    only after a change. The annotator reverted records on purpose if only some of them were
    reverted, if nothing else is new, or if something new replaces them: a record of the same layer
    that overlaps, or of another layer on the same words.
    """
    if task.history.sent is None or task.overwrite or not rebuilt.records:
        return frozenset()  # a document may be emptied
    before, since, now = by_key(task.history.sent), by_key(task.exported), rebuilt.records
    known_before = {**before, **since}
    unseen = _unseen(wrong, known_before, now)
    brought = {key for key in known_before if before.get(key) != since.get(key)} - unseen
    undone = {key for key in brought if now.get(key) == before.get(key)}
    known = (undone | unseen) & task.history.doubted
    if not brought <= undone | task.history.doubted:
        return frozenset(known)
    if now == before and not (known or wrong.records or wrong.loose):
        return frozenset()
    new = [
        *_places(now, (key for key in now if now[key] not in (before.get(key), since.get(key)))),
        *((key[0], (rebuilt.heads[key].place,)) for key in wrong.records if key in rebuilt.heads),
    ]
    replaced = {
        key
        for key in undone
        if _is_replaced([*_places(before, [key]), *_places(since, [key])], new)
    }
    return frozenset(known | (undone - replaced))


def _unseen(
    wrong: WrongRecords, known: Iterable[RecordKey], now: Mapping[RecordKey, Layer]
) -> set[RecordKey]:
    """The records with errors, and the known ones that may be among what cannot be read."""
    unread = {key for key in known if key[0] in wrong.hidden and key not in now}
    return unread.union(wrong.records)


def _places(records: Mapping[RecordKey, Layer], keys: Iterable[RecordKey]) -> list[Place]:
    """The layer of records, and the fragments of the span that they are attached to."""
    found: list[Place] = []
    for key in keys:
        if key in records:
            label = REGION_LABELS[head_label(key[0], records[key])]
            span = getattr(records[key], label.field)
            found.append((key[0], span_ranges(span)))
    return found


def _is_replaced(gone: list[Place], new: list[Place]) -> bool:
    """True if something new overlaps what is gone, or is of another layer on the same words."""
    return any(
        one[1] == other[1]
        if one[0] != other[0]
        else any(a < end and start < b for a, b in one[1] for start, end in other[1])
        for one in new
        for other in gone
    )

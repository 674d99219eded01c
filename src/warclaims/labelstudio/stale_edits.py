"""Detect edits that were reverted by saving a stale browser tab."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.labelstudio.interface import MARKS
from warclaims.labelstudio.record_keys import by_key

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
    """The records that somebody's save reverted, perhaps by mistake.

    Of two tabs on one task the last save wins: it writes the whole task as that tab had it, and
    erases what the other saved. If that was pulled before, all records that a pull brought are as
    at first again; and something else is new, for a tab can save only what was changed in it. The
    annotator meant it if some of the records are not as at first, if nothing else is new, or if
    what is new replaces what is gone: one of the same layer over it, or of another on just its
    words.
    """
    before, since, now = by_key(task.history.sent), by_key(task.exported), rebuilt.records
    if task.history.sent is None or task.overwrite or not now:  # emptied, and that is allowed
        return frozenset()
    all_known = {**before, **since}
    unseen = {
        *wrong.records,
        *(key for key in all_known if key[0] in wrong.hidden and key not in now),
    }
    brought = [key for key in all_known if before.get(key) != since.get(key) and key not in unseen]
    undone = {key for key in brought if now.get(key) == before.get(key)}
    known = (undone | unseen) & task.history.doubted
    if not (undone | task.history.doubted).issuperset(brought):
        return frozenset(known)
    if now == before and not (known or wrong.records or wrong.loose):
        return frozenset()
    new = [
        *_places(now, (key for key in now if now[key] not in (before.get(key), since.get(key)))),
        *((key[0], (rebuilt.heads[key].place,)) for key in wrong.records if key in rebuilt.heads),
    ]
    gone = {key: [*_places(before, [key]), *_places(since, [key])] for key in undone}
    return frozenset(known) | {
        key
        for key in undone - known
        if not any(_replaces(one, other) for one in new for other in gone[key])
    }


def _places(records: Mapping[RecordKey, Layer], keys: Iterable[RecordKey]) -> list[Place]:
    """The layer of records, and where their first fragments are."""
    found: list[Place] = []
    for key in keys:
        if key in records:
            heads = (mark.field for mark in MARKS.values() if mark.head and mark.layer == key[0])
            spans = (getattr(records[key], name) for name in heads)
            span = next(span for span in spans if span is not None)
            found.append((key[0], tuple((part.start, part.end) for part in span)))
    return found


def _replaces(new: Place, gone: Place) -> bool:
    if new[0] != gone[0]:
        return new[1] == gone[1]
    return any(a < end and start < b for a, b in new[1] for start, end in gone[1])

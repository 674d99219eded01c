"""Detect edits that were reverted by saving a stale browser tab."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.labelstudio.interface import REGION_LABELS
from warclaims.labelstudio.record_keys import by_key
from warclaims.labelstudio.tasks import head_label

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
    if task.history.sent is None or task.overwrite or not rebuilt.records:
        return frozenset()  # to empty a document is allowed
    before, since, now = by_key(task.history.sent), by_key(task.exported), rebuilt.records
    unseen = wrong.unreadable({**before, **since}, now)
    brought = {key for key in {**before, **since} if before.get(key) != since.get(key)} - unseen
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


def _places(records: Mapping[RecordKey, Layer], keys: Iterable[RecordKey]) -> list[Place]:
    """The layer of records, and where their first fragments are."""
    found: list[Place] = []
    for key in keys:
        if key in records:
            label = REGION_LABELS[head_label(key[0], records[key])]
            span = getattr(records[key], label.field)
            found.append((key[0], tuple((part.start, part.end) for part in span)))
    return found


def _is_replaced(gone: list[Place], new: list[Place]) -> bool:
    """True if something new is over what is gone, or of another layer on just its words."""
    return any(
        one[1] == other[1]
        if one[0] != other[0]
        else any(a < end and start < b for a, b in one[1] for start, end in other[1])
        for one in new
        for other in gone
    )

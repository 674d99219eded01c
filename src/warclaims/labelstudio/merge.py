"""Merge records from Label Studio with records that changed in the corpus meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from warclaims.labelstudio.record_keys import by_key
from warclaims.records import LAYERS, Annotations, Layer, LayerName
from warclaims.validation.geometry import text_order

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from warclaims.labelstudio.incoming import IncomingTask
    from warclaims.labelstudio.record_keys import RecordKey


class ConflictCause(StrEnum):
    """Why a record is in conflict; the value describes it."""

    BOTH_CHANGED = "was changed on both sides"
    REVERTED = (
        "is again as it was sent, although a change to it was pulled: was it reverted by saving a "
        "stale browser tab, or on purpose?"
    )
    MISSING = "was saved in Label Studio and pulled before, but the corpus does not contain it"


@dataclass(frozen=True)
class RecordConflict:
    """A record that differs between the corpus and Label Studio, in all its versions."""

    layer: LayerName
    record: str
    cause: ConflictCause
    sent: Layer | None
    corpus: Layer | None
    server: Layer | None

    def __str__(self) -> str:
        """Layer and id."""
        return f"{self.layer} {self.record}"

    @property
    def message(self) -> str:
        """A description of the conflict."""
        if self.cause is not ConflictCause.BOTH_CHANGED:
            return f"{self} {self.cause}"
        return (
            f"{self} was {_fate(self.sent, self.server)} in Label Studio and "
            f"{_fate(self.sent, self.corpus)} in the corpus since the export. Compare the two, or "
            "take Label Studio's with --overwrite"
        )


@dataclass(frozen=True)
class Merged:
    """The merged annotations, and the records in conflict."""

    after: Annotations
    conflicts: tuple[RecordConflict, ...]


def merge(
    task: IncomingTask,
    records: Mapping[RecordKey, Layer],
    *,
    doubted: Collection[RecordKey] = (),
    missing: Collection[RecordKey] = (),
) -> Merged:
    """Merge the records of a task with those of the corpus.

    A record that the annotator did not change is taken from the corpus. A record that was changed
    or added differently on both sides is in conflict: the corpus's version stays, unless the task
    is to overwrite the corpus.

    Args:
        task: The imported annotation, and what it is compared with.
        records: The annotator's records.
        doubted: Records that were reverted, perhaps by saving a stale browser tab.
        missing: Records that were pulled before and that the corpus does not contain.
    """
    now = task.current or task.exported
    base, corpus, first = by_key(task.exported), by_key(now), by_key(task.history.sent)
    found: dict[LayerName, list[Layer]] = {layer: [] for layer in LAYERS}
    conflicts = []
    for key in dict.fromkeys([*records, *corpus]):
        sent, mine, theirs = base.get(key), corpus.get(key), records.get(key)
        chosen, cause = mine, None
        if theirs == sent and key not in missing:
            pass
        elif task.overwrite:
            chosen = theirs
        elif theirs == sent:
            cause, sent = ConflictCause.MISSING, first.get(key)
        elif mine == sent and key in doubted:
            cause = ConflictCause.REVERTED
        elif mine in (sent, theirs):
            chosen = theirs
        else:
            cause = ConflictCause.BOTH_CHANGED
        if cause:
            conflicts.append(RecordConflict(*key, cause, sent, mine, theirs))
        if chosen is not None:
            found[key[0]].append(chosen)
    after = now
    for layer, chosen_records in found.items():  # actors first: attributions sort by their sources
        in_order = _in_order(layer, chosen_records, now, after)
        after = after.model_copy(update={layer: tuple(in_order)})
    return Merged(after, tuple(conflicts))


def _fate(before: Layer | None, after: Layer | None) -> str:
    if after is None:
        return "removed"
    return "added" if before is None else "changed"


def _in_order(
    layer: LayerName, records: list[Layer], now: Annotations, merged: Annotations
) -> list[Layer]:
    """``records`` in text order, if the records of the file are now in text order.

    Otherwise known records keep their places, and each new record is put before the first record
    that begins after it.
    """
    known: tuple[Layer, ...] = getattr(now, layer)
    rank = {record.id: position for position, record in enumerate(known)}
    actors_now = {actor.id: actor for actor in now.actors}
    actors = actors_now if layer == "actors" else {actor.id: actor for actor in merged.actors}
    keys = [text_order(record, actors_now) for record in known]
    if keys == sorted(keys):
        return sorted(
            records, key=lambda r: (*text_order(r, actors), rank.get(r.id, len(rank)), r.id)
        )
    placed = sorted((r for r in records if r.id in rank), key=lambda r: rank[r.id])
    keys = [text_order(record, actors) for record in placed]
    for record in records:
        if record.id not in rank:
            key = text_order(record, actors)
            position = next((n for n, other in enumerate(keys) if other > key), len(keys))
            placed.insert(position, record)
            keys.insert(position, key)
    return placed

"""Work that comes back joined with what happened in the corpus meanwhile, record by record."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from itertools import accumulate
from operator import itemgetter
from typing import TYPE_CHECKING, cast

from warclaims.records import LAYERS, Annotations, Layer, LayerName
from warclaims.validation.order import text_order

if TYPE_CHECKING:
    from collections.abc import Collection

    from warclaims.labelstudio.codes import Report
    from warclaims.labelstudio.rebuild import Key, Rebuilt


DOUBT = (
    "is again as it was sent, though a change of it was pulled: did a page that was open before "
    "undo it, or somebody on purpose?"
)
"""What to say of a record that is in doubt."""

MISSING = "was saved in Label Studio and pulled before, but the corpus does not contain it"
"""What to say of saved work that is not in the corpus."""


def merge(
    rebuilt: Rebuilt,
    exported: Annotations,
    current: Annotations | None,
    report: Report,
    *,
    overwrite: bool = False,
    doubted: Collection[Key] = (),
    missing: Collection[Key] = (),
) -> Annotations:
    """The annotations to write: ``rebuilt``, with the records changed only in ``current`` kept.

    ``exported`` are the annotations as they were sent out. A record that an annotator left as it
    was stays as it is now; one changed or added on both sides, differently, is reported unless
    ``overwrite`` says that the annotator's counts. So is one of ``doubted``, of which it cannot be
    told who undid it, and one of ``missing``, which was pulled before and is not in ``current``.
    Without ``current`` there is nothing to keep.
    """
    now = current or exported
    merged = now
    for layer in LAYERS:  # actors first: where an attribution stands depends on its sources
        found = _merge_layer(
            layer,
            rebuilt,
            exported,
            now,
            report,
            overwrite=overwrite,
            doubted=doubted,
            missing=missing,
        )
        merged = merged.model_copy(update={layer: tuple(_in_order(layer, found, now, merged))})
    return merged


def _merge_layer(
    layer: LayerName,
    rebuilt: Rebuilt,
    exported: Annotations,
    current: Annotations,
    report: Report,
    *,
    overwrite: bool,
    doubted: Collection[Key],
    missing: Collection[Key],
) -> list[Layer]:
    sent, mine, theirs = (
        {record.id: record for record in cast("tuple[Layer, ...]", records)}
        for records in (
            getattr(exported, layer),
            getattr(current, layer),
            rebuilt.records[layer],
        )
    )
    found: list[Layer] = []
    for record_id in dict.fromkeys([*theirs, *mine]):
        before, here, there = (known.get(record_id) for known in (sent, mine, theirs))
        if there == before and (layer, record_id) in missing:
            chosen = there if overwrite else here
            if not overwrite:
                report.add(
                    "L504",
                    rebuilt.pointers.get(record_id, ""),
                    f"{layer} {record_id} {MISSING}",
                    rebuilt.places.get(record_id),
                )
        elif there == before:
            chosen = here
        elif (layer, record_id) in doubted and here == before:
            chosen = here
            report.add(
                "L504",
                rebuilt.pointers.get(record_id, ""),
                f"{layer} {record_id} {DOUBT}",
                rebuilt.places.get(record_id),
            )
        elif here in (before, there) or overwrite:
            chosen = there
        else:
            chosen = here
            report.add(
                "L504",
                rebuilt.pointers.get(record_id, ""),
                f"{layer} {record_id} was {_fate(before, there)} in Label Studio and "
                f"{_fate(before, here)} in the corpus since the export; compare the two, or import "
                "with --overwrite to take Label Studio's",
            )
        if chosen is not None:
            found.append(chosen)
    return found


def _fate(before: Layer | None, after: Layer | None) -> str:
    if after is None:
        return "removed"
    return "added" if before is None else "changed"


def _in_order(
    layer: LayerName, records: list[Layer], now: Annotations, merged: Annotations
) -> list[Layer]:
    """``records`` in the order of a file: that of the text, if the file as it is now has it.

    In a file that has not, known records keep their places, and a new one comes before the first
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
    new = [(text_order(record, actors), record) for record in records if record.id not in rank]
    # How far those up to each reach: the first that begins after a key is where this passes it.
    furthest = list(accumulate((text_order(record, actors) for record in placed), max))
    before: defaultdict[int, list[Layer]] = defaultdict(list)
    for key, record in sorted(new, key=itemgetter(0)):
        before[bisect_right(furthest, key)].append(record)
    return [
        record
        for position in range(len(placed) + 1)
        for record in (*before[position], *placed[position : position + 1])
    ]

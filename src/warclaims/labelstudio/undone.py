"""What a page that was open all the while may have undone by its save: somebody has to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.labelstudio.interface import MARKS
from warclaims.labelstudio.tolerance import by_key
from warclaims.records import LAYERS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from warclaims.labelstudio.interface import Mark
    from warclaims.labelstudio.rebuild import Key, Rebuilt
    from warclaims.labelstudio.saved_work import Sent
    from warclaims.records import Annotations, Layer, LayerName, Span

    Place = tuple[LayerName, tuple[tuple[int, int], ...]]


def doubted(
    rebuilt: Rebuilt,
    first: Sent,
    pulled: Annotations,
    *,
    wrong: Collection[Key],
    hidden: Collection[LayerName],
    has_loose: bool,
) -> frozenset[Key]:
    """The records of which it cannot be told who undid them: a stale page, or a wish.

    Of two pages on one task the last save wins: it writes the whole task as that page had it, and
    erases what the other saved. If that was pulled before, all records that a pull brought are as
    at first again; and something else is new, for a page can save only what was changed on it. It
    is a wish if some of the records are not as at first, if nothing else is new, or if what is new
    takes the place of what is gone: one of the same layer over it, or of another on just its words.

    Args:
        rebuilt: What the server has now.
        first: What the task was sent with.
        pulled: What the server had at the last pull.
        wrong: Records that cannot be taken as they are; they say nothing.
        hidden: Layers whose records may be there though they are not seen.
        has_loose: Whether there are marks that belong to no record.
    """
    before, since = by_key(first.annotations), by_key(pulled)
    now = {(layer, r.id): r for layer in LAYERS for r in rebuilt.records[layer]}
    if not now:
        return frozenset()  # emptied, and that is allowed
    unseen = {*wrong, *(key for key in {**before, **since} if key[0] in hidden and key not in now)}
    brought = [
        key
        for key in {**before, **since}
        if before.get(key) != since.get(key) and key not in unseen
    ]
    undone = {key for key in brought if now.get(key) == before.get(key)}
    known = {key for key in (*undone, *unseen) if " ".join(key) in first.doubted}
    if any(key not in undone and " ".join(key) not in first.doubted for key in brought):
        return frozenset(known)
    if now == before and not (known or wrong or has_loose):
        return frozenset()
    new = [
        *_places(now, (key for key in now if now[key] not in (before.get(key), since.get(key)))),
        *((key[0], (rebuilt.places[key[1]],)) for key in wrong if key[1] in rebuilt.places),
    ]
    gone = {key: [*_places(before, [key]), *_places(since, [key])] for key in undone}
    return frozenset(
        key
        for key in known | undone
        if key in known or not any(_replaces(one, other) for one in new for other in gone[key])
    )


def _places(records: Mapping[Key, Layer], keys: Iterable[Key]) -> list[Place]:
    """The layer of records, and where the words are that each hangs on."""
    return [
        (layer, tuple((part.start, part.end) for part in _words(records[layer, name], layer)))
        for layer, name in keys
        if (layer, name) in records
    ]


def _words(record: Layer, layer: LayerName) -> Span:
    spans = (getattr(record, mark.field) for mark in MARKS.values() if _heads(mark, layer))
    found: Span = next(span for span in spans if span is not None)
    return found


def _heads(mark: Mark, layer: LayerName) -> bool:
    return mark.head and mark.layer == layer


def _replaces(new: Place, gone: Place) -> bool:
    if new[0] != gone[0]:
        return new[1] == gone[1]
    return any(a < end and start < b for a, b in new[1] for start, end in gone[1])

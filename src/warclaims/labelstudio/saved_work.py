"""Find work saved in Label Studio that the corpus does not contain, whatever was pulled before."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from warclaims.corpus.canonical import to_plain
from warclaims.labelstudio.tolerance import by_key
from warclaims.records import LAYERS, FieldKind, shapes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from warclaims.labelstudio.rebuild import Key
    from warclaims.records import Annotations, Layer, LayerName

Reading = dict[str, Any] | None
"""A record as plain values; ``None`` if it is not there."""


@dataclass(frozen=True)
class Sent:
    """What a task was sent with, and what earlier pulls of it found. Records by layer and id.

    Attributes:
        annotations: The annotations as they were sent.
        doubted: Records whose change was pulled and then undone by a save, perhaps by mistake.
        decided: The server's readings that somebody rejected for the corpus's.
        earlier: Readings of the corpus that a pull replaced with the server's.
    """

    annotations: Annotations
    doubted: frozenset[str] = frozenset()
    decided: Mapping[str, Reading] = field(default_factory=dict)
    earlier: Mapping[str, Sequence[Reading]] = field(default_factory=dict)


@dataclass(frozen=True)
class SavedWork:
    """Records that were changed on the server and are not so in the corpus.

    Those in ``missing`` are as they were before the change, or gone. The others were edited in the
    corpus, or somebody decided for the corpus.
    """

    differing: frozenset[Key]
    missing: frozenset[Key]


def saved_work(first: Sent, server: Annotations, corpus: Annotations | None) -> SavedWork:
    """Compare the work on a task with the corpus, record by record.

    A record counts as contained if the corpus has it under another id. The corpus is not asked how
    it came to be as it is: a file may be of an older commit or another branch.

    Args:
        first: What the task was sent with.
        server: The annotations as they are on the server.
        corpus: The annotations in the corpus; ``None`` if there is no file.
    """
    before, there = by_key(first.annotations), by_key(server)
    here = by_key(corpus) if corpus else {}
    others = [_content(key[0], record) for key, record in here.items() if key not in there]
    differing = {
        key
        for key in {**before, **there}
        if there.get(key) not in (before.get(key), here.get(key))
        and not (key in there and _content(key[0], there[key]) in others)
    }
    missing = {
        key
        for key in differing
        if (name := " ".join(key)) not in first.decided
        or first.decided[name] != reading(there.get(key))
        if _is_missing(
            key[0], before.get(key), there.get(key), here.get(key), first.earlier.get(name, ())
        )
    }
    return SavedWork(frozenset(differing), frozenset(missing))


def reused_ids(first: Sent, server: Annotations, corpus: Annotations) -> set[Key]:
    """Records that were added on the server, and whose ids the corpus has for other records."""
    before, there, here = by_key(first.annotations), by_key(server), by_key(corpus)
    return {
        key
        for key in there.keys() & here.keys() - before.keys()
        if not _is_same(key[0], [there[key]], here[key])
    }


def reading(record: Layer | None) -> Reading:
    """A record as plain values."""
    return to_plain(record) if record is not None else None


def _content(layer: LayerName, record: Layer) -> tuple[LayerName, dict[str, Any]]:
    return layer, {name: value for name, value in to_plain(record).items() if name != "id"}


def _is_missing(
    layer: LayerName,
    before: Layer | None,
    there: Layer | None,
    here: Layer | None,
    earlier: Sequence[Reading],
) -> bool:
    """True if the corpus lacks the change from ``before`` to ``there``.

    It has it if all that was changed is as on the server, or was changed again.
    """
    if here is None or not _is_same(layer, [before, there], here):
        return there is not None
    if there is None:
        return True
    old, new, now = (to_plain(record) if record else {} for record in (before, there, here))
    former = [one for one in (old, *earlier) if one]
    return any(
        now.get(name) != new.get(name) and now.get(name) in [one.get(name) for one in former]
        for name in {*old, *new}
        if old.get(name) != new.get(name)
    )


def _is_same(layer: LayerName, records: Sequence[Layer | None], other: Layer) -> bool:
    """True if ``other`` shares words with the records of its id: an id may be used again."""
    words = [place for record in records if record for place in _words(layer, record)]
    return any(a < end and start < b for a, b in words for start, end in _words(layer, other))


def _words(layer: LayerName, record: Layer) -> list[tuple[int, int]]:
    """Where the words are that a record holds."""
    names = [n for n, shape in shapes(LAYERS[layer]).items() if shape.kind is FieldKind.SPAN]
    spans = (getattr(record, name, None) or () for name in names)
    return [(part.start, part.end) for span in spans for part in span]

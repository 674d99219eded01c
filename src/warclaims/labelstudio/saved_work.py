"""Find work saved in Label Studio that the corpus does not contain."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from warclaims.corpus.canonical import to_plain
from warclaims.labelstudio.record_keys import by_key, places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warclaims.labelstudio.incoming import PlainRecord, TaskHistory
    from warclaims.labelstudio.record_keys import RecordKey
    from warclaims.records import Annotations, Layer, LayerName


@dataclass(frozen=True)
class SavedWork:
    """Records that were changed on the server and differ in the corpus.

    For those in ``decided``, somebody decided to keep the corpus's version. Those in ``missing``
    are as they were before the change, or do not exist. The others were edited in the corpus.
    """

    differing: frozenset[RecordKey]
    missing: frozenset[RecordKey]
    decided: frozenset[RecordKey] = frozenset()


def saved_work(history: TaskHistory, server: Annotations, corpus: Annotations | None) -> SavedWork:
    """Compare the work on a task with the corpus, record by record.

    A record that the corpus has under another id counts as contained. What was pulled before does
    not count, because the file may be from an older commit or another branch.

    Args:
        history: What the task was sent with, and the results of earlier pulls.
        server: The annotations on the server.
        corpus: The annotations in the corpus; ``None`` if there is no file.
    """
    before, there, here = by_key(history.sent), by_key(server), by_key(corpus)
    others = [_content(key[0], record) for key, record in here.items() if key not in there]
    differing = {
        key
        for key in {**before, **there}
        if there.get(key) not in (before.get(key), here.get(key))
        and not (key in there and _content(key[0], there[key]) in others)
    }
    decided = {
        key
        for key in differing & history.decided.keys()
        if history.decided[key] == plain(there.get(key))
    }
    missing = {
        key
        for key in differing - decided
        if _is_missing(
            key[0], before.get(key), there.get(key), here.get(key), history.earlier.get(key, ())
        )
    }
    return SavedWork(frozenset(differing), frozenset(missing), frozenset(decided))


def reused_ids(history: TaskHistory, server: Annotations, corpus: Annotations) -> set[RecordKey]:
    """Records added on the server whose ids other records have in the corpus."""
    before, there, here = by_key(history.sent), by_key(server), by_key(corpus)
    return {
        key
        for key in there.keys() & here.keys() - before.keys()
        if not _is_same(key[0], [there[key]], here[key])
    }


def plain(record: Layer | None) -> PlainRecord:
    """A record as plain JSON values."""
    return to_plain(record) if record is not None else None


def _content(layer: LayerName, record: Layer) -> tuple[LayerName, dict[str, Any]]:
    return layer, {name: value for name, value in to_plain(record).items() if name != "id"}


def _is_missing(
    layer: LayerName,
    before: Layer | None,
    there: Layer | None,
    here: Layer | None,
    earlier: Sequence[PlainRecord],
) -> bool:
    """True if the corpus does not contain the change from ``before`` to ``there``.

    It does if every changed field is as on the server, or was changed again since.
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
    """True if ``other`` overlaps the records of the same id; an id may have been reused."""
    words = [place for record in records if record for place in _words(layer, record)]
    return any(a < end and start < b for a, b in words for start, end in _words(layer, other))


def _words(layer: LayerName, record: Layer) -> list[tuple[int, int]]:
    """Start and end of each fragment of a record."""
    return list(chain.from_iterable(places(record, layer)))

"""The order of records in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from warclaims.records import ActorMention


def text_order(record: Any, actors: Mapping[str, ActorMention]) -> tuple[int, int]:
    """Sort key of a record within its layer: where its words start, the longer first.

    An attribution's words are those of its source, cue and content; ``actors`` are the actor
    mentions of the file by id.
    """
    own = getattr(record, "span", None)
    if own is not None:
        return own[0].start, -own[-1].end
    start, end = record.content[0].start, record.content[-1].end
    spans = [actors[name].span for name in record.source if name in actors]
    if record.cue is not None:
        spans.append(record.cue)
    for span in spans:
        start, end = min(start, span[0].start), max(end, span[-1].end)
    return start, -end

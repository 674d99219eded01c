"""What is compared: the kinds of spans, and the items of each kind in one file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from warclaims.records import span_start, span_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from warclaims.records import Annotations, Fragment


@dataclass(frozen=True)
class Item:
    """A span to be paired, with the record it belongs to.

    ``other`` is a second span that tells records apart whose first spans are equal: the content
    beside a cue.
    """

    span: tuple[Fragment, ...]
    record: Any
    other: tuple[Fragment, ...] = ()

    @property
    def start(self) -> int:
        """Where the span starts."""
        return span_start(self.span)

    @property
    def words(self) -> str:
        """The words of the span."""
        return span_text(self.span)

    @property
    def key(self) -> tuple[tuple[int, int], ...]:
        """The offsets of the span: equal for equal spans."""
        return tuple((fragment.start, fragment.end) for fragment in self.span)


def _mentions(layer: str) -> Callable[[Annotations], list[Item]]:
    return lambda a: [Item(record.span, record) for record in getattr(a, layer)]


def _sources(annotations: Annotations) -> list[Item]:
    sources = {name for attribution in annotations.attributions for name in attribution.source}
    return [Item(mention.span, mention) for mention in annotations.actors if mention.id in sources]


def _cues(annotations: Annotations) -> list[Item]:
    return [Item(t.cue, t, t.content) for t in annotations.attributions if t.cue]


def _contents(annotations: Annotations) -> list[Item]:
    return [Item(t.content, t, t.cue or ()) for t in annotations.attributions]


UNITS: dict[str, Callable[[Annotations], list[Item]]] = {
    "actors": _mentions("actors"),
    "locations": _mentions("locations"),
    "casualties": _mentions("casualties"),
    "sources": _sources,
    "cues": _cues,
    "contents": _contents,
}
"""The kinds of spans that are scored. A source is a mention that stands in a source slot."""

"""Nesting of attributions, the chain of those around a span, and what their actors are called."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from warclaims.records import span_text
from warclaims.records.vocabulary import Level

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from warclaims.records import Actor, ActorMention, Attribution, Fragment


class AttributionTree:
    """The attributions of one document by the containment of their contents.

    An attribution is inside another if the content of the other covers its cue (or, without a cue,
    its content); its parent is the innermost of these.
    """

    def __init__(self, attributions: Sequence[Attribution]) -> None:
        self._by_id = {attribution.id: attribution for attribution in attributions}
        self._size = sizes = {
            a.id: (sum(fragment.end - fragment.start for fragment in a.content), number)
            for number, a in enumerate(attributions)
        }
        self._widest_first = [
            (*_bounds(a.content), a)
            for a in sorted(self._by_id.values(), key=lambda a: sizes[a.id], reverse=True)
        ]

    @cached_property
    def parents(self) -> dict[str, str | None]:
        """The id of each attribution's parent; ``None`` in the narrator's own voice."""
        around = self.covering({a.id: a.cue or a.content for a in self._by_id.values()})
        return {
            name: next(
                (outer for outer in reversed(found) if self._size[outer] > self._size[name]), None
            )
            for name, found in around.items()
        }

    def covering(self, spans: dict[str, tuple[Fragment, ...]]) -> dict[str, list[str]]:
        """For each named span the attributions whose content covers all of it, widest first."""
        found = {}
        for name, span in spans.items():
            start, end = _bounds(span)
            found[name] = [
                outer.id
                for first, last, outer in self._widest_first
                if first <= start and end <= last and _covers(outer.content, span)
            ]
        return found

    def chain(self, innermost: str | None) -> list[Attribution]:
        """The attributions from the outermost down to ``innermost``."""
        steps: list[Attribution] = []
        while innermost is not None:
            steps.append(self._by_id[innermost])
            innermost = self.parents[innermost]
        return steps[::-1]

    def chains(self, spans: dict[str, tuple[Fragment, ...]]) -> dict[str, list[Attribution]]:
        """For each named span the attributions around it, outermost first."""
        return {
            name: self.chain(found[-1] if found else None)
            for name, found in self.covering(spans).items()
        }


def mention_name(mention: ActorMention, actors: Mapping[str, Actor]) -> str:
    """The words of a mention; of a pronoun, the label of who is meant, if that is known."""
    actor = actors.get(mention.entity or "")
    return actor.label if actor and mention.level is Level.PRONOUN else span_text(mention.span)


def _bounds(span: tuple[Fragment, ...]) -> tuple[int, int]:
    return min(fragment.start for fragment in span), max(fragment.end for fragment in span)


def _covers(content: tuple[Fragment, ...], span: tuple[Fragment, ...]) -> bool:
    return all(any(f.start <= p.start and p.end <= f.end for f in content) for p in span)

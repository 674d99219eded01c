"""Nesting of attributions: which contains which, and the chain of those around a span."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from warclaims.records import span_end, span_start

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warclaims.records import Attribution, Fragment


class AttributionTree:
    """The attributions of one document by the containment of their contents.

    An attribution is inside another if the content of the other covers its cue (or, without a cue,
    its content); its parent is the innermost of these. One sweep in text order keeps the open
    fragments, so the cost is that of sorting.
    """

    def __init__(self, attributions: Sequence[Attribution]) -> None:
        self._by_id = {attribution.id: attribution for attribution in attributions}
        self._order = {attribution.id: n for n, attribution in enumerate(attributions)}
        self._length = {
            a.id: sum(fragment.end - fragment.start for fragment in a.content) for a in attributions
        }

    @cached_property
    def parents(self) -> dict[str, str | None]:
        """The id of each attribution's parent; ``None`` in the narrator's own voice."""
        probes = {a.id: a.cue or a.content for a in self._by_id.values()}
        around = self.covering(probes)
        return {
            name: next((outer for outer in reversed(found) if self._inside(name, outer)), None)
            for name, found in around.items()
        }

    def _inside(self, inner: str, outer: str) -> bool:
        if inner == outer:
            return False
        mine = (self._length[inner], self._order[inner])
        return mine < (self._length[outer], self._order[outer])

    def covering(self, spans: dict[str, tuple[Fragment, ...]]) -> dict[str, list[str]]:
        """For each named span the attributions whose content covers all of it, widest first."""
        pieces = sorted(
            (fragment.start, -fragment.end, name)
            for name, attribution in self._by_id.items()
            for fragment in attribution.content
        )
        probes = sorted(
            (fragment.start, -fragment.end, name, number)
            for name, span in spans.items()
            for number, fragment in enumerate(span)
        )
        found: dict[str, dict[str, set[int]]] = {name: {} for name in spans}
        open_pieces: list[tuple[int, str]] = []
        next_piece = 0
        for start, minus_end, name, number in probes:
            while next_piece < len(pieces) and pieces[next_piece][0] <= start:
                piece_start, piece_minus_end, owner = pieces[next_piece]
                open_pieces = [piece for piece in open_pieces if piece[0] > piece_start]
                open_pieces.append((-piece_minus_end, owner))
                next_piece += 1
            for end, owner in open_pieces:
                if end >= -minus_end:
                    found[name].setdefault(owner, set()).add(number)
        return {
            name: sorted(
                (owner for owner, parts in owners.items() if len(parts) == len(spans[name])),
                key=lambda owner: (-self._length[owner], -self._order[owner]),
            )
            for name, owners in found.items()
        }

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


def text_order(span: tuple[Fragment, ...]) -> tuple[int, int]:
    """Sort key of spans: by first start, the longer first."""
    return span_start(span), -span_end(span)

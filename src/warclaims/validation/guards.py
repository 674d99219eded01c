"""The spans of fast records: laid out as lists of numbers, then swept in the order of the file."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import chain, pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from warclaims.records.base import MAX_OFFSET
from warclaims.records.vocabulary import ANNOTATABLE
from warclaims.validation.acceptance.edges import Edges
from warclaims.validation.geometry import Piece
from warclaims.validation.rules.spans import crossings, holds, repetitions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_EDGES = Edges()
_RANGE, _WORDS, _END = attrgetter("start", "end"), attrgetter("text"), attrgetter("end")
_SPAN, _TRIGGER = attrgetter("span"), attrgetter("trigger")
_CONTENT, _CUE = attrgetter("content"), attrgetter("cue")

Range = tuple[int, int]


class Sweep:
    """The spans of one document; its methods say false where a rule may object.

    Attributes:
        ranges: Start and end of each fragment by what it belongs to, in the order of the file.
    """

    def __init__(self, record: Any, document: Any, text: str) -> None:
        self._record = record
        self._segments = document.segments
        self._text = text
        self.ranges: dict[str, list[Range]] = {}
        self._words: list[str] = []
        self._starts: list[int] = []
        self._parted = False
        for name, spans in (
            ("actors", map(_SPAN, record.actors)),
            ("locations", map(_SPAN, record.locations)),
            ("casualties", map(_SPAN, record.casualties)),
            ("triggers", filter(None, map(_TRIGGER, record.casualties))),
            ("contents", map(_CONTENT, record.attributions)),
            ("cues", filter(None, map(_CUE, record.attributions))),
            ("waivers", filter(None, map(_SPAN, record.waivers))),
        ):
            self._add(name, list(spans))

    def _add(self, name: str, spans: list[tuple[Any, ...]]) -> None:
        fragments = list(chain.from_iterable(spans))
        self.ranges[name] = list(map(_RANGE, fragments))
        self._words += map(_WORDS, fragments)
        if len(fragments) > len(spans) and not all(map(_ordered, spans)):
            self._parted = True

    def sound(self) -> bool:
        """True if T306 to T314 (but for the order of attributions), T316 and C510 find nothing."""
        record = self._record
        return (
            not self._parted
            and self._fragments_sound()
            and self._placed()
            and self._layer_sound("actors", record.actors)
            and self._layer_sound("locations", record.locations)
            and self._layer_sound("casualties", record.casualties)
            and self._contents_sound(record.attributions)
        )

    def _fragments_sound(self) -> bool:
        """True if words, edges and bounds of each fragment are sound."""
        text = self._text
        ranges = list(chain.from_iterable(self.ranges.values()))
        if [text[start:end] for start, end in ranges] != self._words:
            return False
        self._starts = [start for start, _ in ranges]
        ends = [end for _, end in ranges]
        return not ends or (max(ends) <= len(text) and _EDGES.sound(text, self._starts, ends))

    def _placed(self) -> bool:
        """True if every fragment lies in one segment, and that is annotated.

        Where all segments end with a line, a fragment without a line break lies in one.
        """
        text, segments = self._text, self._segments
        starts = sorted(self._starts)
        for segment in segments:
            if segment.kind not in ANNOTATABLE and bisect_left(
                starts, segment.start
            ) != bisect_left(starts, segment.end):
                return False
        ends = list(map(_END, segments))
        if "\n" not in "".join(self._words) and all([text[end - 1] == "\n" for end in ends[:-1]]):
            return True
        ranges = chain.from_iterable(self.ranges.values())
        return all(end <= ends[bisect_right(ends, start)] for start, end in ranges)

    def _layer_sound(self, layer: str, records: Sequence[Any]) -> bool:
        """True if the mentions stand in text order, do not cross, and none stands twice."""
        ranges = self.ranges[layer]
        if len(ranges) > len(records):
            edges = [(record.span[0].start, -record.span[-1].end) for record in records]
            return edges == sorted(edges) and self._crossless(layer, "span", records)
        around = [MAX_OFFSET]
        limit = MAX_OFFSET
        last_start, last_end = -1, 0
        for start, end in ranges:
            if start >= last_end:
                while start >= limit:
                    around.pop()
                    limit = around[-1]
                if end > limit:
                    return False
            else:
                if start < last_start or end > last_end:
                    return False
                if start == last_start and end == last_end:
                    return ranges == sorted(ranges, key=_longer_first) and self._crossless(
                        layer, "span", records
                    )
                around.append(last_end)
                limit = last_end
            last_start = start
            last_end = end
        return True

    def _contents_sound(self, records: Sequence[Any]) -> bool:
        """True if the contents of attributions do not cross, and no record stands twice.

        As in the rule a fragment is compared with the nearest one around it, and fragments of
        discontinuous contents with all of the other content.
        """
        spans = list(map(_CONTENT, records))
        if len(self.ranges["contents"]) == len(spans):
            rows: Iterable[int] = range(len(spans))
        else:
            rows = [row for row, span in enumerate(spans) for _ in span]
        edges = sorted(
            [
                (start, -end, row)
                for (start, end), row in zip(self.ranges["contents"], rows, strict=True)
            ]
        )
        around = [(-1, -MAX_OFFSET, -1)]
        compared: set[tuple[int, int]] = set()
        for edge in edges:
            start, minus_end, row = edge
            while -around[-1][1] <= start:
                around.pop()
            outer_start, outer_end, outer = around[-1]
            if minus_end < outer_end:
                return False
            if start == outer_start and minus_end == outer_end:
                return self._crossless("attributions", "content", records)
            if outer >= 0 and (len(spans[row]) > 1 or len(spans[outer]) > 1):
                if (outer, row) not in compared and not (
                    holds(spans[outer], spans[row]) or holds(spans[row], spans[outer])
                ):
                    return False
                compared.add((outer, row))
            around.append(edge)
        return True

    def _crossless(self, layer: str, field: str, records: Sequence[Any]) -> bool:
        """As the rules decide it, where spans are discontinuous or equal."""
        pieces = sorted(
            Piece(fragment.start, -fragment.end, row, position, layer, field, record, span)
            for row, record in enumerate(records)
            for span in [getattr(record, field)]
            for position, fragment in enumerate(span)
        )
        found = chain(crossings("", pieces), repetitions("", layer, pieces))
        return next(found, None) is None


def _ordered(span: tuple[Any, ...]) -> bool:
    """True if the fragments of ``span`` stand in order with text between them."""
    return len(span) == 1 or all(before.end < after.start for before, after in pairwise(span))


def _longer_first(edges: Range) -> Range:
    return edges[0], -edges[1]

"""A fast record as the rules look at it."""

from __future__ import annotations

from functools import cached_property
from itertools import accumulate, chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from warclaims.records import LAYERS, FieldKind, Target, shapes
from warclaims.records.base import MAX_OFFSET
from warclaims.validation.scanning import Covers
from warclaims.validation.views import AnnotationView

if TYPE_CHECKING:
    from collections.abc import Callable

    from warclaims.validation.acceptance.spans import Range
    from warclaims.validation.known import Known

REFERENCES: dict[str, tuple[tuple[Callable[[Any], Any], bool, str], ...]] = {
    layer: tuple(
        (attrgetter(shape.name), shape.many, shape.target.value)
        for shape in shapes(model).values()
        if shape.target is not None
    )
    for layer, model in LAYERS.items()
}
"""The reference fields of each layer: how to get at one, whether it is a list, its target."""

if any(
    shape.kind is FieldKind.RECORD for model in LAYERS.values() for shape in shapes(model).values()
):
    raise TypeError("FastView looks for references in the records of layers, not deeper")


class FastView(AnnotationView):
    """A view of fast annotations, for the rules that have no faster counterpart.

    ``ranges`` are those of their :class:`~.spans.Sweep`.
    """

    def __init__(
        self, record: Any, known: Known, document: Any, text: str, ranges: dict[str, list[Range]]
    ) -> None:
        super().__init__("", record, known, document, text)
        self._ranges = ranges

    @cached_property
    def lists(self) -> dict[str, tuple[Any, ...]]:
        """The layers by name."""
        return {layer: getattr(self.record, layer) for layer in LAYERS}

    @cached_property
    def referred(self) -> dict[str, set[str]]:
        """The ids that something in the file refers to, by value of their target."""
        found: dict[str, set[Any]] = {target.value: set() for target in Target}
        found[Target.DOCUMENT.value].add(self.record.document)
        found[Target.ANNOTATOR.value].add(self.record.annotator)
        for layer, records in self.lists.items():
            for field, many, target in REFERENCES[layer]:
                values = map(field, records)
                found[target].update(chain.from_iterable(values) if many else values)
        for ids in found.values():
            ids.discard(None)
        return found

    @cached_property
    def reach(self) -> dict[str, tuple[list[int], list[int]]]:
        """Of mentions the starts of the fragments, and how far those up to each one reach."""
        return {
            layer: (
                [start for start, _ in ranges],
                list(accumulate([end for _, end in ranges], max)),
            )
            for layer in ("actors", "locations")
            for ranges in [sorted(self._ranges[layer])]
        }

    @cached_property
    def covers(self) -> Covers:
        """What holds words of the text."""
        ranges = self._ranges
        names = ("actors", "locations", "casualties", "triggers", "cues", "contents")
        return Covers(*self.unread, *[sorted(ranges[name]) for name in names])

    @property
    def segment_starts(self) -> list[int]:
        """Where segments begin, and at last an offset past every text."""
        segments = self.document.segments if self.document is not None else ()
        return [*[segment.start for segment in segments], MAX_OFFSET + 1]

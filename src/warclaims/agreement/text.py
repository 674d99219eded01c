"""Two sets of annotations of one text: pairs, counts per sentence, differences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warclaims.agreement.items import UNITS, Item, comparable, compared_fields
from warclaims.agreement.pairing import pair
from warclaims.derive import Placement
from warclaims.records import LAYERS, LayerName, shapes

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from warclaims.records import Bundle

    Aligned = list[tuple[Item | None, Item | None]]
    Counts = NDArray[np.float64]
    Match = tuple[Item, Item, dict[str, tuple[Hashable, Hashable]]]


@dataclass(frozen=True)
class Difference:
    """One thing on which the two sets differ."""

    document: str
    unit: str
    kind: str
    start: int
    first: str
    second: str
    records: tuple[str | None, str | None]
    words: str
    sentence: str


def aligned(ones: Sequence[Item], others: Sequence[Item]) -> Aligned:
    """Every item once: with the one it is paired with, or ``None`` if there is none."""
    pairs = {found.one: found.other for found in pair(ones, others)}
    found: Aligned = [
        (item, others[pairs[number]] if number in pairs else None)
        for number, item in enumerate(ones)
    ]
    alone = set(range(len(others))) - set(pairs.values())
    return found + [(None, others[number]) for number in sorted(alone)]


def _paired(found: Aligned) -> list[tuple[Item, Item]]:
    return [(one, other) for one, other in found if one and other]


class TextComparison:
    """Two sets of annotations of one text.

    ``keep`` chooses the items that are compared. An item is left out together with the one it is
    paired with, so that leaving out never makes a disagreement.
    """

    def __init__(
        self, one: Bundle, other: Bundle, keep: Callable[[Item], bool] = lambda item: True
    ) -> None:
        self.document = one.document.id
        self._text = one.text
        self._placement = Placement(one.document, one.text)
        everything = {
            unit: aligned(items(one.annotations), items(other.annotations))
            for unit, items in UNITS.items()
        }
        self._items = {
            unit: [items for items in found if all(keep(item) for item in items if item)]
            for unit, found in everything.items()
        }
        self._names: tuple[dict[str, str], dict[str, str]] = ({}, {})
        self._words: dict[str, str] = {}
        for first, second in everything["actors"] + everything["casualties"]:
            item = _either(first, second)
            # Paired records have one name, which no record of another text has.
            name = f"{self.document}:{'' if first else 'B:'}{item.record.id}"
            self._words[name] = item.words
            for names, record in zip(self._names, (first, second), strict=True):
                if record:
                    names[record.record.id] = name

    @property
    def sentences(self) -> int:
        """The number of sentences of the text."""
        return len(self._placement.sentences)

    def sentence(self, item: Item) -> int:
        """The number of the sentence in which an item starts."""
        return self._placement.sentence_number(item.start)

    def counts(self, unit: str) -> dict[str, Counts]:
        """What is in both sets, in the first and in the second, per sentence: arrays 3 × n.

        Spans with a pair are in both: with an equal one under *exact*, with any that overlaps under
        *overlapping*. Under *characters*, characters are counted instead of spans.
        """
        import numpy as np

        ones = [one for one, _ in self._items[unit] if one]
        others = [other for _, other in self._items[unit] if other]
        paired = _paired(self._items[unit])
        starts = np.array([sentence.start for sentence in self._placement.sentences])
        number = np.searchsorted(starts, np.arange(len(self._text)), side="right") - 1
        covered = np.zeros((3, len(self._text)), dtype=bool)
        for side, items in ((1, ones), (2, others)):
            for fragment in (fragment for item in items for fragment in item.span):
                covered[side, fragment.start : fragment.end] = True
        covered[0] = covered[1] & covered[2]

        def by_sentence(*groups: list[Item]) -> Counts:
            found = [list(map(self.sentence, items)) for items in groups]
            return np.array([np.bincount(at, minlength=self.sentences) for at in found], float)

        return {
            "exact": by_sentence([one for one, o in paired if one.key == o.key], ones, others),
            "overlapping": by_sentence([one for one, _ in paired], ones, others),
            "characters": np.array(
                [
                    np.bincount(np.maximum(number, 0), weights=mask, minlength=self.sentences)
                    for mask in covered
                ]
            ),
        }

    def matches(self, layer: LayerName) -> list[Match]:
        """The paired records of a layer, and by field the values that are compared.

        Attributions are paired by cue, the rest of them by content.
        """
        pairs = _paired(self._items["cues" if layer == "attributions" else layer])
        if layer == "attributions":
            first_ids = {one.record.id for one, _ in pairs}
            second_ids = {other.record.id for _, other in pairs}
            contents = self._items["contents"]
            ones = [one for one, _ in contents if one and one.record.id not in first_ids]
            others = [other for _, other in contents if other and other.record.id not in second_ids]
            pairs += _paired(aligned(ones, others))
        fields = [shapes(LAYERS[layer])[name] for name in compared_fields(layer)]
        first, second = self._names
        return [
            (
                one,
                other,
                {
                    shape.name: (
                        comparable(one.record, shape, first),
                        comparable(other.record, shape, second),
                    )
                    for shape in fields
                },
            )
            for one, other in pairs
        ]

    def differences(self) -> Iterator[Difference]:
        """Each thing on which the sets differ, in text order within a unit."""
        for unit in UNITS:
            yield from sorted(self._span_differences(unit), key=lambda d: d.start)
        contents = {difference.records for difference in self._span_differences("contents")}
        for layer in LAYERS:
            for one, other, values in self.matches(layer):
                first, second = str(one.record.id), str(other.record.id)
                is_reported = {(first, second), (first, None), (None, second)} & contents
                for field, both in values.items():
                    if both[0] != both[1] and not (field == "content" and is_reported):
                        shown = (self._shown(both[0]), self._shown(both[1]))
                        yield self._difference(layer, field, one, other, shown)

    def _span_differences(self, unit: str) -> Iterator[Difference]:
        for one, other in self._items[unit]:
            words = (one.words if one else "", other.words if other else "")
            if one is None or other is None:
                kind = "only first" if one else "only second"
                yield self._difference(unit, kind, one, other, words)
            elif one.key != other.key:
                yield self._difference(unit, "edges", one, other, words)

    def _shown(self, value: Hashable) -> str:
        if isinstance(value, tuple):
            return " … ".join(self._text[start:end] for start, end in value)
        if isinstance(value, frozenset):
            names = map(str, value)
            return ", ".join(sorted(self._words.get(name, name) for name in names)) or "none"
        return "none" if value is None else str(value)

    def _difference(
        self, unit: str, kind: str, one: Item | None, other: Item | None, values: tuple[str, str]
    ) -> Difference:
        item = _either(one, other)
        return Difference(
            document=self.document,
            unit=unit,
            kind=kind,
            start=item.start,
            first=values[0],
            second=values[1],
            records=(one.record.id if one else None, other.record.id if other else None),
            words=item.words,
            sentence=self._placement.sentence(item.start, item.span[-1].end),
        )


def _either(one: Item | None, other: Item | None) -> Item:
    item = one or other
    assert item
    return item

"""Two sets of annotations of one text: pairs, counts by sentence, differences."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import compress
from typing import TYPE_CHECKING, Any, NamedTuple

from warclaims.agreement.pairing import Pair, pair
from warclaims.agreement.units import UNITS, Item
from warclaims.agreement.values import compared_fields, value_reader
from warclaims.derive import Placement
from warclaims.records import LAYERS, Fragment, LayerName

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from warclaims.records import Bundle


class Counts(NamedTuple):
    """By sentence: what is in both sets, in the first, in the second."""

    both: NDArray[np.float64]
    first: NDArray[np.float64]
    second: NDArray[np.float64]


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


@dataclass(frozen=True)
class Match:
    """Two paired records of a layer with the values they are compared by."""

    sentence: int
    ones: dict[str, Hashable]
    others: dict[str, Hashable]
    first: Item
    second: Item


class TextComparison:
    """Two sets of annotations of one text. ``keep`` chooses the spans that are looked at."""

    def __init__(
        self, one: Bundle, other: Bundle, keep: Callable[[Item], bool] = lambda item: True
    ) -> None:
        self.document = one.document.id
        self._text = one.text
        self._placement = Placement(one.document, one.text)
        self._annotations = (one.annotations, other.annotations)
        self._keep = keep

    @property
    def sentences(self) -> int:
        """The number of sentences of the text."""
        return len(self._placement.sentences)

    @cached_property
    def _all(self) -> dict[str, tuple[list[Item], list[Item]]]:
        one, other = self._annotations
        return {unit: (items(one), items(other)) for unit, items in UNITS.items()}

    @cached_property
    def items(self) -> dict[str, tuple[list[Item], list[Item]]]:
        """The items of each unit in both sets that are looked at.

        An item is left out together with the one it is paired with, so that leaving out never
        makes a disagreement.
        """
        return {unit: self._kept(*both) for unit, both in self._all.items()}

    def _kept(self, ones: list[Item], others: list[Item]) -> tuple[list[Item], list[Item]]:
        keep = [[self._keep(item) for item in items] for items in (ones, others)]
        for found in pair(ones, others):
            both = keep[0][found.one] and keep[1][found.other]
            keep[0][found.one] = keep[1][found.other] = both
        return list(compress(ones, keep[0])), list(compress(others, keep[1]))

    @cached_property
    def pairs(self) -> dict[str, list[Pair]]:
        """The pairs of each unit; positions are those in :attr:`items`."""
        return {unit: pair(*both) for unit, both in self.items.items()}

    def _sentence(self, item: Item) -> int:
        return self._placement.sentence_number(item.start)

    def spans(self, unit: str, *, exact: bool) -> Counts:
        """The counts of paired spans: equal ones only, or all that overlap."""
        ones, others = self.items[unit]
        paired = [
            ones[p.one]
            for p in self.pairs[unit]
            if not exact or ones[p.one].key == others[p.other].key
        ]
        return Counts(self._tally(paired), self._tally(ones), self._tally(others))

    def _tally(self, items: list[Item]) -> NDArray[np.float64]:
        import numpy as np

        numbers = [self._sentence(item) for item in items]
        return np.bincount(numbers, minlength=self.sentences).astype(np.float64)

    def characters(self, unit: str) -> Counts:
        """The counts of characters that spans of the unit cover in both, in each set."""
        import numpy as np

        starts = np.array([sentence.start for sentence in self._placement.sentences])
        sentence = np.searchsorted(starts, np.arange(len(self._text)), side="right") - 1
        sentence = np.maximum(sentence, 0)
        covered = []
        for items in self.items[unit]:
            mask = np.zeros(len(self._text), dtype=bool)
            for item in items:
                for fragment in item.span:
                    mask[fragment.start : fragment.end] = True
            covered.append(mask)
        masks = (covered[0] & covered[1], covered[0], covered[1])
        both, first, second = (
            np.bincount(sentence, weights=mask, minlength=self.sentences).astype(np.float64)
            for mask in masks
        )
        return Counts(both, first, second)

    @cached_property
    def _names(self) -> tuple[dict[str, str], dict[str, str]]:
        """For ids of either set a name in which paired records are alike, and no two texts'."""
        first: dict[str, str] = {}
        second: dict[str, str] = {}
        for unit in ("actors", "casualties"):
            ones, others = self._all[unit]
            first |= {item.record.id: f"{self.document}:{item.record.id}" for item in ones}
            second |= {item.record.id: f"{self.document}:B:{item.record.id}" for item in others}
            for found in pair(ones, others):
                second[others[found.other].record.id] = first[ones[found.one].record.id]
        return first, second

    def matches(self, layer: LayerName) -> list[Match]:
        """The paired records of a layer. Attributions pair by cue, without one by content."""
        fields = compared_fields(layer)
        first = {f: value_reader(layer, f, self._names[0]) for f in fields}
        second = {f: value_reader(layer, f, self._names[1]) for f in fields}
        return [
            Match(
                sentence=self._sentence(one),
                ones={f: read(one.record) for f, read in first.items()},
                others={f: read(other.record) for f, read in second.items()},
                first=one,
                second=other,
            )
            for one, other in self._paired_records(layer)
        ]

    def _paired_records(self, layer: LayerName) -> Iterator[tuple[Item, Item]]:
        if layer != "attributions":
            ones, others = self.items[layer]
            yield from ((ones[p.one], others[p.other]) for p in self.pairs[layer])
            return
        ones, others = self.items["cues"]
        by_cue = [(ones[p.one], others[p.other]) for p in self.pairs["cues"]]
        yield from by_cue
        # The rest, of which one has no cue or another one, pairs by content.
        paired = [{pair[side].record.id for pair in by_cue} for side in (0, 1)]
        rest = [
            [item for item in items if item.record.id not in paired[side]]
            for side, items in enumerate(self.items["contents"])
        ]
        yield from ((rest[0][p.one], rest[1][p.other]) for p in pair(*rest))

    def differences(self) -> Iterator[Difference]:
        """Each thing on which the sets differ, in text order within a unit."""
        for unit, (ones, others) in self.items.items():
            yield from sorted(self._span_differences(unit, ones, others), key=lambda d: d.start)
        told = {
            (d.records[0], d.records[1])
            for d in self._span_differences("contents", *self.items["contents"])
        }
        for layer in LAYERS:
            for match in self.matches(layer):
                ids = (match.first.record.id, match.second.record.id)
                for field, value in match.ones.items():
                    other = match.others[field]
                    content = field == "content" and (
                        ids in told or (ids[0], None) in told or (None, ids[1]) in told
                    )
                    if value != other and not content:
                        shown_values = (self._shown(value), self._shown(other))
                        yield self._difference(
                            layer, field, match.first, match.second, shown_values
                        )

    def _span_differences(
        self, unit: str, ones: list[Item], others: list[Item]
    ) -> Iterator[Difference]:
        paired = {p.one: p.other for p in self.pairs[unit]}
        for number, item in enumerate(ones):
            other = others[paired[number]] if number in paired else None
            if other is None:
                yield self._difference(unit, "only first", item, None, (item.words, ""))
            elif other.key != item.key:
                yield self._difference(unit, "edges", item, other, (item.words, other.words))
        for number in set(range(len(others))) - set(paired.values()):
            item = others[number]
            yield self._difference(unit, "only second", None, item, ("", item.words))

    def _shown(self, value: Any) -> str:
        if isinstance(value, tuple):
            return " … ".join(self._text[start:end] for start, end in value)
        if isinstance(value, frozenset):
            names = [str(name) for name in value]
            return ", ".join(sorted(self._words.get(name, name) for name in names)) or "none"
        return "none" if value is None else str(value)

    @cached_property
    def _words(self) -> dict[str, str]:
        """The words of mentions and casualties, by the names of :attr:`_names`."""
        words: dict[str, str] = {}
        for unit in ("actors", "casualties"):
            for side in (1, 0):
                for item in self._all[unit][side]:
                    words[self._names[side][item.record.id]] = item.words
        return words

    def _difference(
        self, unit: str, kind: str, one: Item | None, other: Item | None, values: tuple[str, str]
    ) -> Difference:
        item = one or other
        if item is None:
            raise ValueError("a difference has at least one side")
        last: Fragment = item.span[-1]
        return Difference(
            document=self.document,
            unit=unit,
            kind=kind,
            start=item.start,
            first=values[0],
            second=values[1],
            records=(one.record.id if one else None, other.record.id if other else None),
            words=item.words,
            sentence=self._placement.sentence(item.start, last.end),
        )

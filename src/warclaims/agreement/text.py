"""Sets of annotations of one text: matched records, counts per sentence, differences."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from warclaims.agreement.items import UNITS, Item, comparable, compared_fields
from warclaims.agreement.pairing import pair
from warclaims.derive import Placement
from warclaims.records import LAYERS, LayerName, shapes

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from warclaims.records import Bundle

    Counts = NDArray[np.float64]
    Group = tuple[Item | None, ...]
    Match = tuple[Group, dict[str, tuple[Hashable, ...]]]


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


def grouped(sets: Sequence[Sequence[Item]]) -> list[Group]:
    """Every item once, with the items of the other sets that it is paired with: one per set.

    ``None`` stands for a set without such an item. An item joins the group whose first item, that
    of the earliest set, it is paired with.
    """
    groups: list[list[Item | None]] = []
    for number, items in enumerate(sets):
        firsts = [next(filter(None, group)) for group in groups]
        found = {one.other: groups[one.one] for one in pair(firsts, items)}
        for at, item in enumerate(items):
            if at not in found:
                found[at] = [None] * len(sets)
                groups.append(found[at])
            found[at][number] = item
    return [tuple(group) for group in groups]


def _members(group: Group) -> list[Item]:
    return [item for item in group if item]


class MatchedText:
    """The annotations of one text in two or more sets, with the records that match."""

    def __init__(self, *bundles: Bundle) -> None:
        self.document = bundles[0].document.id
        self._text = bundles[0].text
        self._placement = Placement(bundles[0].document, self._text)
        self._items = {
            unit: grouped([items(bundle.annotations) for bundle in bundles])
            for unit, items in UNITS.items()
        }
        self._names: list[dict[str, str]] = [{} for _ in bundles]
        self._words: dict[str, str] = {}
        self._matches: dict[LayerName, list[Match]] = {}
        for group in chain.from_iterable(_records(layer, self._items) for layer in LAYERS):
            # Matched records have one name, which no record of another text has.
            number, item = next((n, item) for n, item in enumerate(group) if item)
            name = f"{self.document}:{number or ''}:{item.record.id}"
            self._words[name] = item.words
            for names, member in zip(self._names, group, strict=True):
                if member:
                    names[member.record.id] = name

    @property
    def sentences(self) -> int:
        """The number of sentences of the text."""
        return len(self._placement.sentences)

    def sentence(self, item: Item) -> int:
        """The number of the sentence in which an item starts."""
        return self._placement.sentence_number(item.start)

    def matches(self, layer: LayerName) -> list[Match]:
        """The records of a layer that two or more sets have, and by field their values.

        Attributions are matched by cue, the rest of them by content.
        """
        if layer not in self._matches:
            self._matches[layer] = self._matched(layer)
        return self._matches[layer]

    def _matched(self, layer: LayerName) -> list[Match]:
        fields = [shapes(LAYERS[layer])[name] for name in compared_fields(layer)]
        return [
            (
                group,
                {
                    shape.name: tuple(
                        comparable(item.record, shape, names)
                        for item, names in zip(group, self._names, strict=True)
                        if item
                    )
                    for shape in fields
                },
            )
            for group in _records(layer, self._items)
            if len(_members(group)) > 1
            and all(isinstance(item.record, LAYERS[layer]) for item in _members(group))
        ]

    def name(self, number: int, record: str) -> str:
        """What a record of a set is called: the same as the records it is matched with."""
        return self._names[number].get(record, record)


def _records(layer: LayerName, items: Mapping[str, list[Group]]) -> list[Group]:
    """The records of a layer, each once: attributions by cue, the rest of them by content."""
    if layer != "attributions":
        return items[layer]
    by_cue = [group for group in items["cues"] if len(_members(group)) > 1]
    done = {(number, item.record.id) for one in by_cue for number, item in enumerate(one) if item}
    rest = [
        [item for item in of_set if item and (number, item.record.id) not in done]
        for number, of_set in enumerate(zip(*items["contents"], strict=True))
    ]
    return by_cue + grouped(rest)


class TextComparison(MatchedText):
    """Two sets of annotations of one text, and on what they differ."""

    def counts(self, unit: str) -> dict[str, Counts]:
        """What is in both sets, in the first and in the second, per sentence: arrays 3 × n.

        Spans with a pair are in both: with an equal one under *exact*, with any that overlaps under
        *overlapping*. Under *characters*, characters are counted instead of spans.
        """
        import numpy as np

        ones = [one for one, _ in self._items[unit] if one]
        others = [other for _, other in self._items[unit] if other]
        both = [(one, other) for one, other in self._items[unit] if one and other]
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
            "exact": by_sentence([one for one, o in both if one.key == o.key], ones, others),
            "overlapping": by_sentence([one for one, _ in both], ones, others),
            "characters": np.array(
                [
                    np.bincount(np.maximum(number, 0), weights=mask, minlength=self.sentences)
                    for mask in covered
                ]
            ),
        }

    def differences(self) -> Iterator[Difference]:
        """Each thing on which the sets differ, in text order within a unit."""
        for unit in UNITS:
            yield from sorted(self._span_differences(unit), key=lambda d: d.start)
        contents = {difference.records for difference in self._span_differences("contents")}
        for layer in LAYERS:
            for (one, other), values in self.matches(layer):
                assert one
                assert other
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

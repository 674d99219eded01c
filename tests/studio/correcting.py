"""What an annotator does to make the regions and relations of a task into those of another one.

A click, a key and a drag are one action each, as ``test_actions`` counts them in a browser.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Mark = tuple[str, int, int]
"""Label, start and end of a region."""

TYPED = frozenset(("note", "alternatives", "new_entry"))
"""What is written in words, in both ways of working alike; it is left out."""


@dataclass
class Marked:
    """The regions of a task with their attributes, and the relations between them."""

    regions: dict[Mark, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))
    relations: dict[tuple[Mark, Mark], str] = field(default_factory=dict)

    @classmethod
    def of(cls, result: Iterable[Mapping[str, Any]]) -> Marked:
        """What is in the result of a task. Of several regions with one mark the first counts."""
        items = list(result)
        found = cls()
        names: dict[str, Mark] = {}
        for item in items:
            if item["type"] == "labels":
                value = item["value"]
                mark = (value["labels"][0], value["start"], value["end"])
                names[item["id"]] = mark
                found.regions[mark]
        for item in items:
            if item["type"] == "relation":
                pair = names[item["from_id"]], names[item["to_id"]]
                found.relations.setdefault(pair, (item.get("labels") or [""])[0])
            elif item["type"] != "labels" and item["from_name"] not in TYPED:
                value = item["value"]
                given = value.get("choices") or value.get("taxonomy") or value.get("number")
                found.regions[names[item["id"]]].setdefault(item["from_name"], given)
        return found


@dataclass
class Plan:
    """What is to be done: each list in the order in which it is done."""

    deleted: list[Mark] = field(default_factory=list)
    moved: dict[Mark, Mark] = field(default_factory=dict)
    drawn: list[Mark] = field(default_factory=list)
    set: dict[Mark, dict[str, tuple[Any, Any]]] = field(default_factory=dict)
    """The attributes of a mark that change, with what they are before and after."""
    related: list[tuple[Mark, Mark]] = field(default_factory=list)

    def counts(self) -> Counter[str]:
        """How many actions it takes, by what they are for."""
        edges = sum(1 + (old[1] != new[1]) + (old[2] != new[2]) for old, new in self.moved.items())
        attributes = sum(1 + sum(map(_keys, one.values())) for one in self.set.values())
        return Counter(
            delete=2 * len(self.deleted),
            edges=edges,
            draw=2 * len(self.drawn),
            attributes=attributes,
            relate=3 * len(self.related),
        )


def plan(before: Marked, after: Marked) -> Plan:
    """How to make ``before`` into ``after``.

    A region that shares words with one of the same label that is wanted gets its edges; others that
    are not wanted are deleted, with their relations.
    """
    made = Plan()
    wanted = [mark for mark in after.regions if mark not in before.regions]
    stays = {mark: mark for mark in before.regions if mark in after.regions}
    for mark in before.regions:
        if mark in stays:
            continue
        near = [one for one in wanted if one[0] == mark[0] and _shared(one, mark) > 0]
        if near:
            new = max(near, key=lambda one: _shared(one, mark))
            wanted.remove(new)
            made.moved[mark] = stays[mark] = new
        else:
            made.deleted.append(mark)
    made.drawn = wanted
    old = {new: mark for mark, new in stays.items()}
    for mark, values in after.regions.items():
        known = before.regions[old[mark]] if mark in old else {}
        names = dict.fromkeys((*values, *known))
        changes = {
            name: (known.get(name), values.get(name))
            for name in names
            if known.get(name) != values.get(name)
        }
        if changes:
            made.set[mark] = changes
    kept = {
        (stays[one], stays[other])
        for one, other in before.relations
        if one in stays and other in stays
    }
    made.related = [pair for pair in after.relations if pair not in kept]
    return made


def _shared(one: Mark, other: Mark) -> int:
    return min(one[2], other[2]) - max(one[1], other[1])


def _keys(change: tuple[Any, Any]) -> int:
    """The actions for one attribute: a key per choice, two clicks per entry, a click and digits."""
    before, after = change
    if isinstance(before, int | float) or isinstance(after, int | float):
        return 1 + len(str(after or "")) + (before is not None)
    gone = [one for one in before or () if one not in (after or ())]
    new = [one for one in after or () if one not in (before or ())]
    is_entry = isinstance((after or before)[0], list)
    return (2 if is_entry else 1) * (len(new) + (len(gone) if is_entry or not new else 0))

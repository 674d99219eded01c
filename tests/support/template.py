"""A piece as JSON with holes: filling them is much faster than writing its records anew."""

from __future__ import annotations

import json
import re
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import orjson

from support.filler import chosen, sentence, written
from support.pieces import LINKS, SPANS
from support.said import LARGEST, Said

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from random import Random

    from support.pieces import Piece, Plain, Slot

_PART = "\0"
"""What parts the JSON of layers: no JSON holds it."""

TAILS = 0.05
"""So many of the records without a remark get one."""

_HOLE = re.compile('"\ue000([a-z]+)(\\d+)\ue001"|,"\ue000(tail)(\\d+)\ue001":0')


def dumps(value: Any) -> str:
    """JSON in one line as ``warclaims export bundles`` writes it."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def quoted(words: str) -> str:
    """``words`` as a JSON string."""
    return orjson.dumps(words).decode()


class Template:
    """A piece, ready to be filled; ``candidates`` are names and ids that may replace others."""

    def __init__(
        self,
        piece: Piece,
        candidates: Mapping[str, list[tuple[str, str]]],
        tail: Callable[..., str],
    ) -> None:
        self.piece = piece
        self._candidates = candidates
        self._tail = tail
        self._offsets: list[tuple[int, int]] = []
        self._changing: list[tuple[int, int]] = []
        self._slot_of = {(s.layer, s.row): n for n, s in enumerate(piece.slots) if s.layer}
        self.fragments = sum(1 for _ in piece.fragments())
        self.counts = [len(records) for records in piece.layers.values()]
        self._ids = {
            record["id"]: (number, row)
            for number, records in enumerate(piece.layers.values())
            for row, record in enumerate(records)
        }
        self._number_of = {name: n for n, name in enumerate(self._ids)}
        self._tails = sum(self.counts)
        self._waived = {waiver["record"] for waiver in piece.waivers}
        self._names = self._linked_names()
        self._number_order = self._wholes_first()
        self._drawing = [casualty for _, _, casualty in self._number_order]
        self._fixed = [c for c in piece.layers["casualties"] if c not in self._drawing]
        self._build()

    def _linked_names(self) -> dict[tuple[str, str], str]:
        """The names as they stand, with their links."""
        found = {}
        for layer, link in (("actors", "entity"), ("locations", "place")):
            for record in self.piece.layers[layer]:
                named = record["level"] == "name" and record[link] is not None
                if named:
                    words = " … ".join(f["text"] for f in record["span"])
                    found[layer, words] = record[link]
        return found

    def _wholes_first(self) -> list[tuple[int, Slot, Plain]]:
        casualties = self.piece.layers["casualties"]
        numbers = [
            (n, slot, casualties[slot.row])
            for n, slot in enumerate(self.piece.slots)
            if slot.kind == "number"
        ]
        return sorted(numbers, key=lambda item: len(item[2].get("subset_of", ())))

    # -- making the template ------------------------------------------------------------------

    def _build(self) -> None:
        piece = self.piece
        parts: list[Any] = [self._records(layer) for layer in piece.layers]
        parts.append([self._waiver(waiver) for waiver in piece.waivers])
        parts.append(
            [
                {**s, "start": self._offset(s["start"]), "end": self._offset(s["end"])}
                for s in piece.segments
            ]
        )
        ids, slots = len(self._number_of), len(piece.slots)
        begin = {"offset": 0}
        begin["text"] = len(self._offsets)
        begin["id"] = begin["text"] + len(self._changing)
        begin["slot"] = begin["id"] + ids
        begin["tail"] = begin["slot"] + slots
        order: list[int] = []

        def hole(match: re.Match[str]) -> str:
            order.append(begin[match[1] or match[3]] + int(match[2] or match[4]))
            return "%s"

        whole = _PART.join(dumps(part)[1:-1] for part in parts)
        self._form = _HOLE.sub(hole, whole.replace("%", "%%"))
        self._pick = itemgetter(*order)  # of the two ends of a segment at least

    def _offset(self, at: int) -> str:
        before = sum(1 for slot in self.piece.slots if slot.start < at)
        self._offsets.append((at, before))
        return f"\ue000offset{len(self._offsets) - 1}\ue001"

    def _span(self, span: list[Plain]) -> list[Plain]:
        made = []
        for fragment in span:
            start, end = fragment["start"], fragment["end"]
            first = len(self._offsets)
            plain = {"start": self._offset(start), "end": self._offset(end), "text": ""}
            if any(start <= slot.start < end for slot in self.piece.slots):
                plain["text"] = f"\ue000text{len(self._changing)}\ue001"
                self._changing.append((first, first + 1))
            else:
                plain["text"] = fragment["text"]
            made.append({**fragment, **plain})
        return made

    def _id(self, name: str) -> str:
        return f"\ue000id{self._number_of[name]}\ue001"

    def _records(self, layer: str) -> list[Plain]:
        return [self._record(layer, row) for row in range(len(self.piece.layers[layer]))]

    def _record(self, layer: str, row: int) -> Plain:
        name = self.piece.layers[layer][row]["id"]
        record = self._reading(layer, self.piece.layers[layer][row])
        record["id"] = self._id(name)
        slot = self._slot_of.get((layer, row))
        if slot is not None:
            changes = {"actors": "entity", "locations": "place", "casualties": "value"}
            record[changes[layer]] = f"\ue000slot{slot}\ue001"
        if (
            not {"score", "note", "alternatives", "extra"} & set(record)
            and name not in self._waived
        ):
            record[f"\ue000tail{self._number_of[name]}\ue001"] = 0
        return record

    def _reading(self, layer: str, given: Plain) -> Plain:
        """A record or the fields of one of its alternatives, with holes for offsets and ids."""
        made = dict(given)
        for field in SPANS[layer]:
            if made.get(field):
                made[field] = self._span(made[field])
        for field in LINKS[layer]:
            if value := made.get(field):
                many = isinstance(value, list)
                made[field] = [self._id(v) for v in value] if many else self._id(value)
        if "alternatives" in made:
            made["alternatives"] = [self._reading(layer, other) for other in made["alternatives"]]
        return made

    def _waiver(self, waiver: Plain) -> Plain:
        made = dict(waiver)
        if made.get("record"):
            made["record"] = self._id(made["record"])
        if made.get("span"):
            made["span"] = self._span(made["span"])
        return made

    # -- filling it ---------------------------------------------------------------------------

    def fill(
        self, random: Random, base: int, numbers: list[int], prefixes: list[str], said: Said
    ) -> tuple[str, list[str]]:
        """The text, and the JSON items of each layer, of the waivers and of the segments.

        The text begins at ``base`` of the document; ``numbers`` are the last ones given to ids
        by layer; ``said`` (changed) is what the document says so far.
        """
        slots = self.piece.slots
        words, values = self._choose(random, said)
        text: list[str] = []
        shift, last, moved = [base], 0, base
        for slot, new in zip(slots, words, strict=True):
            text += (self.piece.text[last : slot.start], new)
            last = slot.end
            moved += len(new) - (slot.end - slot.start)
            shift.append(moved)
        text.append(self.piece.text[last:])
        local = "".join(text)
        holes: list[Any] = [at + shift[before] for at, before in self._offsets]
        holes += [
            quoted(local[holes[start] - base : holes[end] - base]) for start, end in self._changing
        ]
        holes += [
            f'"{prefixes[layer]}{numbers[layer] + row + 1}"' for layer, row in self._ids.values()
        ]
        holes += values
        tails = [""] * self._tails
        for _ in range(int(self._tails * TAILS + random.random())):
            tails[int(random.random() * self._tails)] = self._tail(random)
        holes += tails
        return local, (self._form % self._pick(holes)).split(_PART)

    def _choose(self, random: Random, said: Said) -> tuple[list[str], list[Any]]:
        """The words and the value of each slot."""
        text = self.piece.text
        words, values = [""] * len(self.piece.slots), [None] * len(self.piece.slots)
        chosen: dict[str, int] = {}
        for number, slot, casualty in self._number_order:
            value = self._drawn(random, casualty, chosen, said)
            chosen[casualty["id"]] = value
            new = written(value, random)
            if text[slot.start].isupper():
                new = new[0].upper() + new[1:]
            words[number], values[number] = new, value  # type: ignore[call-overload]
        for number, slot in enumerate(self.piece.slots):
            if slot.kind == "sentence" and random.random() < 0.5:
                words[number] = " " + sentence(random)
            elif slot.kind == "name":
                words[number], values[number] = self._name(random, slot, said)  # type: ignore[call-overload]
        return words, values

    def _drawn(self, random: Random, casualty: Plain, chosen: dict[str, int], said: Said) -> int:
        limit = LARGEST
        for whole in casualty.get("subset_of", ()):
            row = self._ids[whole][1]
            old = self.piece.layers["casualties"][row]["value"]
            limit = min(limit, chosen.get(whole, old or 2))
        return said.draw(random, casualty, limit)

    def _name(self, random: Random, slot: Slot, said: Said) -> tuple[str, str]:
        record = self.piece.layers[slot.layer][slot.row]
        own = record["entity" if slot.layer == "actors" else "place"]
        for _ in range(3):
            name, link = chosen(random, self._candidates[slot.layer])
            if said.names.setdefault((slot.layer, name), link) == link:
                return name, quoted(link)
        return self.piece.text[slot.start : slot.end], quoted(own)

    def fits(self, said: Said) -> bool:
        """True if the piece contradicts nothing that is said so far; then it is noted."""
        return said.admits(self._names, self._fixed, self._drawing)

"""What becomes of the spans of the corpus in other copies: ``python tests/textfree/measure.py``.

The tables of ``docs/release.md`` are made by it.
"""

from __future__ import annotations

import sys
from collections import Counter
from random import Random
from typing import TYPE_CHECKING

from copies import other_copy

import warclaims
from warclaims.textfree.anchors import Fate, OtherCopy, anchors, fingerprints_of
from warclaims.textfree.words import words

if TYPE_CHECKING:
    from warclaims.corpus import Bundle


def spans_of(bundle: Bundle) -> list[tuple[int, int]]:
    """All fragments of a bundle that hold words."""
    annotations = bundle.annotations
    mentions = (*annotations.actors, *annotations.locations, *annotations.casualties)
    found = [fragment for record in mentions for fragment in record.span]
    for attribution in annotations.attributions:
        found += [*attribution.content, *(attribution.cue or ())]
    return [(fragment.start, fragment.end) for fragment in found]


def fates(seed: object, share: float = 0.01, row: int = 1) -> Counter[str]:
    """Spans of all documents in other copies, by what became of them.

    ``sure``, ``doubtful`` and ``lost`` are of spans on unchanged words. ``silent`` is what is said
    to be sure and is on other words, or on the same words of another place.
    """
    number: Counter[str] = Counter()
    for bundle in warclaims.open().bundles():
        name, text, spans = bundle.document.id, bundle.text, spans_of(bundle)
        copy = other_copy(text, Random(f"{seed} {name}"), share=share, row=row)
        known = anchors(text, spans)
        other = OtherCopy(name, fingerprints_of(text, name), known, copy.text)
        found = words(text)
        for start, end in spans:
            inside = [n for n, w in enumerate(found) if w.start < end and start < w.end]
            changed = not copy.changed.isdisjoint(inside)
            where = other.place(start, end)
            sure = where.fate in (Fate.EXACT, Fate.MOVED)
            if sure and (changed or not _right(copy.text, where, copy.places, inside)):
                number["silent"] += 1
            elif not changed:
                right = where.fate is Fate.LOST or _right(copy.text, where, copy.places, inside)
                number["sure" if sure else where.fate.value if right else "elsewhere"] += 1
            if sure and not changed:
                now, then = words(copy.text[where.start : where.end]), words(text[start:end])
                assert [word.plain for word in now] == [word.plain for word in then]
    return number


def _right(
    copy: str, where: tuple[int, int, Fate], places: list[tuple[int, int]], inside: list[int]
) -> bool:
    """True if a span takes in the words it should, and round them marks and blanks only."""
    first, last = places[inside[0]][0], places[inside[-1]][1]
    return (
        where[0] <= first
        and last <= where[1]
        and not any(map(str.isalnum, copy[where[0] : first] + copy[last : where[1]]))
    )


def main(seeds: int) -> None:
    """Print a table for texts with words changed one, two and three in a row."""
    print(
        "| words changed | in a row | spans on unchanged words | sure | doubtful | "
        "doubtful, elsewhere | lost | silently wrong |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for share, row in ((0.01, 1), (0.01, 2), (0.01, 3), (0.03, 1), (0.1, 1)):
        total: Counter[str] = Counter()
        for seed in range(seeds):
            total += fates(seed, share, row)
        told = ("sure", "doubtful", "elsewhere", "lost")
        all_of = sum(total[one] for one in told)
        shares = " | ".join(f"{total[one] / all_of:.2%}" for one in told)
        print(f"| {share:.0%} | {row} | {all_of} | {shares} | {total['silent']} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)

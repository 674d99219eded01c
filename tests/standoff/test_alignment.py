"""Spans carried over to another copy: on the right words, or told."""

from collections import Counter
from random import Random

import pytest
from copies import other_copy

import warclaims
from warclaims.standoff.anchors import Carrier, Fate, anchors, fingerprints_of
from warclaims.standoff.words import normal, words


def spans_of(bundle) -> list[tuple[int, int]]:
    annotations = bundle.annotations
    mentions = (*annotations.actors, *annotations.locations, *annotations.casualties)
    found = [fragment for record in mentions for fragment in record.span]
    for attribution in annotations.attributions:
        found += [*attribution.content, *(attribution.cue or ())]
    return [(fragment.start, fragment.end) for fragment in found]


def carried(document: str, text: str, spans, copy: str):
    known = anchors(text, spans)
    carrier = Carrier(document, fingerprints_of(text, document), known, copy)
    return {span: carrier.carry(*span) for span in spans}


def plain(text: str) -> list[str]:
    return [normal(text[w.start : w.end]) for w in words(text)]


def test_the_shipped_texts_in_other_copies():
    """1 % of the words changed: spans on other words land, and none is silently wrong."""
    fates: Counter[tuple[bool, Fate]] = Counter()
    for seed in range(8):
        for bundle in warclaims.open().bundles():
            text = bundle.text
            copy = other_copy(text, Random(f"{seed} {bundle.document.id}"))
            found = words(text)
            for (start, end), where in carried(
                bundle.document.id, text, spans_of(bundle), copy.text
            ).items():
                inside = [n for n, w in enumerate(found) if w.start < end and start < w.end]
                changed = not copy.changed.isdisjoint(inside)
                fates[changed, where.fate] += 1
                if where.fate in (Fate.EXACT, Fate.MOVED):
                    assert not changed, (bundle.document.id, start, end)
                    first, last = copy.places[inside[0]][0], copy.places[inside[-1]][1]
                    assert plain(copy.text[where.start : where.end]) == plain(text[start:end])
                    assert where.start <= first
                    assert last <= where.end
                    assert not any(map(str.isalnum, copy.text[where.start : first]))
                    assert not any(map(str.isalnum, copy.text[last : where.end]))
    unchanged = sum(number for (changed, _), number in fates.items() if not changed)
    landed = fates[False, Fate.MOVED] + fates[False, Fate.EXACT] + fates[False, Fate.DOUBTFUL]
    for_sure = landed - fates[False, Fate.DOUBTFUL]
    assert landed / unchanged >= 0.995
    assert for_sure / unchanged >= 0.97


def test_the_same_words_are_exact():
    bundle = warclaims.open().bundle("003")
    found = carried("003", bundle.text, spans_of(bundle), bundle.text)
    assert {where.fate for where in found.values()} == {Fate.EXACT}
    assert all((where.start, where.end) == span for span, where in found.items())


def test_only_white_space_and_quotes_differ():
    bundle = warclaims.open().bundle("002")
    copy = other_copy(bundle.text, Random(1), share=0, frame=False)
    fates = Counter(
        where.fate for where in carried("002", bundle.text, spans_of(bundle), copy.text).values()
    )
    assert set(fates) <= {Fate.EXACT, Fate.MOVED}


@pytest.mark.parametrize("copy", ["", "nothing of it", "five five five five five five five"])
def test_another_text_holds_nothing(copy):
    bundle = warclaims.open().bundle("000")
    found = carried("000", bundle.text, spans_of(bundle), copy)
    assert {where.fate for where in found.values()} == {Fate.LOST}


def test_a_passage_taken_out_is_lost_and_the_rest_is_found():
    bundle = warclaims.open().bundle("004")
    text = bundle.text
    gone = (
        text.index("Karabakh's human rights ombudsman"),
        text.index("Russia's foreign ministry"),
    )
    copy = text[: gone[0]] + text[gone[1] :]
    for (start, end), where in carried("004", text, spans_of(bundle), copy).items():
        if gone[0] <= start < gone[1]:
            assert where.fate is Fate.LOST
        elif end < gone[0] - 100 or start > gone[1] + 100:
            assert copy[where.start : where.end] == text[start:end]


def test_long_texts_align_in_reasonable_steps():
    """A text of 40,000 words with changes: sorting, not squares (it would not end otherwise)."""
    random = Random(5)
    vocabulary = [f"w{number}" for number in range(3000)]
    text = " ".join(random.choices(vocabulary, k=40_000))
    copy = other_copy(text, random, wrap=False)
    spans = [(w.start, w.end) for w in words(text)[::50]]
    fates = Counter(where.fate for where in carried("long", text, spans, copy.text).values())
    assert fates[Fate.MOVED] > 0.95 * len(spans)

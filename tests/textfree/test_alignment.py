"""Spans carried over to another copy: on the right words, or told."""

import html
import unicodedata
from collections import Counter
from random import Random

import pytest
from copies import other_copy
from measure import fates, spans_of

import warclaims
from cost import lines_run
from sizes import examples
from warclaims.textfree import alignment
from warclaims.textfree.alignment import align
from warclaims.textfree.anchors import Fate, OtherCopy, anchors, fingerprints_of
from warclaims.textfree.words import fingerprints, words


def carried(document: str, text: str, spans, copy: str):
    known = anchors(text, spans)
    other = OtherCopy(document, fingerprints_of(text, document), known, copy)
    return {span: other.place(*span) for span in spans}


@pytest.mark.soak
def test_the_shipped_texts_in_other_copies():
    """1 % of the words changed: spans on other words land, for sure, and none is silently wrong."""
    number = sum((fates(seed) for seed in range(examples(3, 10))), Counter())
    assert number["silent"] == number["elsewhere"] == 0
    unchanged = number["sure"] + number["doubtful"] + number["lost"]
    assert (number["sure"] + number["doubtful"]) / unchanged >= 0.99
    assert number["sure"] / unchanged >= 0.98


@pytest.mark.soak
@pytest.mark.parametrize("row", [2, 3])
def test_phrases_changed(row):
    """Two and three words in a row: less is sure, and still nothing is silently wrong."""
    number = sum((fates(seed, 0.01, row) for seed in range(examples(2, 5))), Counter())
    assert number["silent"] == 0
    assert number["sure"] / (number["sure"] + number["doubtful"] + number["lost"]) >= 0.96


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
    """A text of 10,000 words with changes: sorting, not squares (it would not end otherwise)."""
    random = Random(5)
    vocabulary = [f"w{number}" for number in range(3000)]
    text = " ".join(random.choices(vocabulary, k=10_000))
    copy = other_copy(text, random, wrap=False)
    spans = [(w.start, w.end) for w in words(text)[::50]]
    fates = Counter(where.fate for where in carried("long", text, spans, copy.text).values())
    assert fates[Fate.MOVED] > 0.95 * len(spans)


def unlike(random: Random, length: int) -> list[str]:
    """Words that no text has."""
    return [f"x{random.randrange(10**9)}" for _ in range(length)]


@pytest.mark.parametrize("more", [0, 7, 90])
def test_what_is_rewritten_is_not_found_by_chance(more):
    """The middle of a text in other words, as long or longer: none of it is found for sure."""
    found_by_chance = 0
    for seed in range(40):
        random = Random(seed)
        given = [f"w{random.randrange(4000)}" for _ in range(1000)]
        copy = given[:100] + unlike(random, 800 + more) + given[900:]
        for word, place in align(fingerprints(given, "a"), copy, "a").items():
            if 102 <= word < 898:
                found_by_chance += 1
            elif not place.doubtful:
                assert copy[place.at] == given[word]
    assert found_by_chance == 0


def test_phrases_rewritten_leave_no_word_beside_them_silently_wrong():
    """Stretches of three to five words in other words, as many, more or none."""
    wrong = Counter()
    for trial in range(30):
        random = Random(trial)
        given = [f"w{random.randrange(4000)}" for _ in range(2000)]
        copy: list[str] = []
        from_word: list[int | None] = []
        at = 0
        while at < len(given):
            if at % 40 == 20:
                gone = random.randint(3, 5)
                new = (random.randint(3, 5), random.randint(4, 6), 0)[trial % 3]
                copy += unlike(random, new)
                from_word += [None] * new
                at += gone
            else:
                copy.append(given[at])
                from_word.append(at)
                at += 1
        for word, place in align(fingerprints(given, "a"), copy, "a").items():
            if from_word[place.at] != word:
                wrong["doubtful" if place.doubtful else "likely" if place.likely else "sure"] += 1
    assert wrong["sure"] == 0
    assert wrong["likely"] <= 4  # of 1,500 changes; the length of the span tells most of them
    assert wrong["doubtful"] > 50  # or the trial is no trial


def test_one_changed_word_leaves_its_neighbours_sure():
    words_of = [f"w{number}" for number in range(60)]
    exact = Counter()
    for number in range(10, 50):
        copy = [*words_of[:number], "other", *words_of[number + 1 :]]
        found = align(fingerprints(words_of, "a"), copy, "a")
        doubtful = {word for word, place in found.items() if place.doubtful}
        assert number not in found or number in doubtful
        assert doubtful <= set(range(number - 4, number + 5))
        assert set(found) | {number} == set(range(60))
        exact[len(doubtful)] += 1
    assert exact[0] > 25  # all five fingerprints unequal, or only inner ones equal: 88 %


SPANS = "Shortly afterwards Élise told reporters: “Peacekeeping forces in Agdam” were on their way."


@pytest.mark.parametrize(
    "change",
    [
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("keep", "ke\u00adep").replace("port", "po\u200brt"),
        lambda text: text.replace("forces", "for-\nces").replace("wards", "-\r\n  wards"),
        lambda text: html.escape(text).replace("“", "&ldquo;").replace("É", "&Eacute;"),
        lambda text: text.replace("“", "&#8220;").replace("”", "&#x201D;").replace(" ", "&nbsp;"),
        lambda text: "\ufeff" + text,
    ],
    ids=["NFD", "no width", "divided", "named", "numbered", "BOM"],
)
def test_what_copying_does_to_words_changes_nothing(change):
    """Offsets are of the copy as it stands, and take in the whole of a character reference."""
    quoted = SPANS[SPANS.index("“") : SPANS.index("”") + 1]
    wanted = [
        (SPANS.index(part), SPANS.index(part) + len(part))
        for part in (quoted, quoted.strip("“”"), "Élise", "reporters", "afterwards", "forces")
    ]
    copy = change(SPANS)
    for (start, end), where in carried("a", SPANS, wanted, copy).items():
        assert where.fate in (Fate.EXACT, Fate.MOVED)
        assert copy[where.start : where.end] == change(SPANS[start:end]).removeprefix("\ufeff")


@pytest.mark.parametrize(
    "pair",
    [
        lambda n: ("w" * n, "w" * (n - 3)),
        lambda n: ("".join(Random(1).choices("0123456789abcdef", k=n)), "0f" * n),
        lambda n: tuple(
            "".join(Random(seed).choices("0123456789abcdef", k=n + seed)) for seed in (1, 9)
        ),
    ],
    ids=["one digit", "two digits", "another text"],
)
def test_the_cost_of_an_alignment_grows_as_the_texts_do(pair):
    small, large = (
        lines_run(lambda n=n: list(alignment._equal_runs(*pair(n)))) for n in (2000, 8000)
    )
    assert large < 5 * small

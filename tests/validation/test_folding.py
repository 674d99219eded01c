"""Words are read as they look: ligatures, soft hyphens and other scripts' digits hide nothing."""

from __future__ import annotations

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import warclaims
from warclaims.corpus.canonical import to_plain
from warclaims.folding import Folded, fold
from warclaims.language import read_number
from warclaims.records import REGISTRIES
from warclaims.records.registry import Name
from warclaims.textfree.words import normal
from warclaims.validation import check_annotations, check_bundle
from warclaims.validation.known import KnownIds

ODD = (
    "abcK 12\n.’“”é\ufb01\ufb02\u00ad\u200b\u2060\u0301\u0327\u0661\u00a0\u2011½²한\u1112\u1161"
    "\uff46\U0001d400ª\ufe0f\ufdfa\u2028"
)


@given(st.text(ODD))
def test_folding_again_changes_nothing_and_every_range_leads_back(text):
    folded = Folded(text)
    assert folded.text == fold(text) == fold(folded.text)
    length = len(folded.text)
    for start, end in ((a, b) for a in range(length) for b in range(a + 1, length + 1)):
        ((low, high),) = folded.outside([(start, end)])
        assert 0 <= low < high <= len(text)
        assert folded.text[start:end] in fold(text[low:high])
        ((first, last),) = folded.inside([(low, high)])
        assert first <= start
        assert end <= last


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("\ufb01ve people", 5),
        ("\ufb01fteen people", 15),
        ("fi\u00adve people", 5),
        ("t\u200bwo people", 2),
        ("twenty\u2011one people", 21),
        ("twenty\u2010one people", 21),
        ("\uff11\uff12 people", 12),
        ("\u0661\u0662 people", 12),
        ("\u06f4\u06f0 people", 40),
        ("\u0967\u0968 people", 12),
        ("1\u2009200 people", 1200),
        ("\U0001d41f\U0001d422\U0001d42f\U0001d41e people", 5),
    ],
)
def test_numbers_are_read_however_they_are_typeset(words, value):
    assert read_number(words, "en").value == value


@pytest.mark.parametrize("words", ["12\u00b2 people", "2\u00bd people"])
def test_footnotes_and_fractions_do_not_become_digits(words):
    assert read_number(words, "en") is None


def corpus_of(mini, text, record=None, names=()):
    """A text with the words of the first casualty marked in it, and what is known."""
    corpus = warclaims.open(mini)
    document, annotations = corpus.documents["one"], corpus.annotations("one")
    segment = document.segments[-2].model_copy(update={"start": 0, "end": len(text)})
    fields = {
        "length": len(text),
        "segments": (segment,),
        "title": None,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
    }
    document = document.model_copy(update=fields)
    nothing = dict.fromkeys(("actors", "locations", "casualties", "attributions"), ())
    changes = {**nothing, "sha256": document.sha256, **(record or {})}
    annotations = annotations.model_copy(update=changes)
    registries = corpus.registries
    entries = {name: dict(getattr(registries, name)) for name in REGISTRIES}
    place = next(iter(entries["places"].values()))
    entries["places"][place.id] = place.model_copy(
        update={"names": (*place.names, *(name_of(place, name) for name in names))}
    )
    return document, annotations, KnownIds(entries), registries


def name_of(place, name):
    return Name(name=name, used_by=(), evidence=place.evidence, basis="made up")


def found(mini, text, names=()):
    """What the rules find in a text in which nothing is marked."""
    document, annotations, known, _ = corpus_of(mini, text, names=names)
    bundle = {
        "document": to_plain(document),
        "text": text,
        "annotations": to_plain(annotations),
    }
    line = json.dumps(bundle, ensure_ascii=False, separators=(",", ":")).encode()
    return [
        (finding.code, text[finding.start : finding.end])
        for finding in check_bundle(line, known, "b", 1)
    ]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Five were kil\u00adled.", [("W620", "Five")]),
        ("\ufb01ve were killed.", [("W620", "\ufb01ve")]),
        ("Nine\u00a0\u00ad soldiers were wo\u200bunded.", [("W620", "Nine")]),
        ("\u0665 were killed.", [("W620", "\u0665")]),
        ("Civilians \ufb02ed.", [("W621", "\ufb02ed")]),
        ("Civilians were kil\u00adled.", [("W621", "kil\u00adled")]),
        ("A man sa\u00adid so.", [("W622", "sa\u00adid")]),
        ("He con\ufb01rmed it.", [("W622", "con\ufb01rmed")]),
        ("\u00ad\u00adThe man, of\ufb01cials sa\u2060id.", [("W622", "sa\u2060id")]),
    ],
)
def test_words_of_harm_and_speech_are_found_at_their_place_in_the_text(mini, text, codes):
    assert found(mini, text) == codes


@pytest.mark.parametrize(
    ("listed", "written"),
    [
        ("Sant'Anna", "Sant\u2019Anna"),
        ("Sant\u2019Anna", "Sant'Anna"),
        ("Xank\u0259ndi", "Xan\u00adk\u0259ndi"),
        ("Caf\u00e9town", "Cafe\u0301town"),
        ("Cafe\u0301town", "Caf\u00e9town"),
        ("Fif\u00adield", "Fi\ufb01eld"),
        ("Mar\u2011Town", "Mar-Town"),
    ],
)
def test_a_name_of_the_registry_is_found_however_it_is_typeset(mini, listed, written):
    text = f"It is quiet in {written} now."
    assert found(mini, text, [listed]) == [("W624", written)]


@pytest.mark.parametrize("words", ["\ufb01ve civilians", "\ufb01ve civi\u00adlians"])
def test_a_record_is_held_against_the_folded_words(mini, words):
    text = f"{words} were kil\u00adled."
    casualty = warclaims.open(mini).annotations("one").casualties[0]
    span = casualty.span[0].model_copy(update={"start": 0, "end": len(words), "text": words})
    at = text.index("kil")
    trigger = span.model_copy(update={"start": at, "end": at + 7, "text": text[at : at + 7]})

    def codes(**fields):
        record = casualty.model_copy(
            update={"span": (span,), "trigger": (trigger,), "subset_of": (), **fields}
        )
        document, annotations, _, registries = corpus_of(mini, text, {"casualties": (record,)})
        checked = check_annotations(annotations, document, text, registries)
        return [finding.code for finding in checked if finding.code[0] in "CW"]

    assert codes(value=5) == []
    assert codes(value=6) == ["C502"]
    assert codes(value=5, quantifier=type(casualty.quantifier).AT_LEAST) == ["C503"]
    assert codes(value=5, outcome="injured") == ["W613"]
    assert codes(value=5, status=("military",)) == ["W614"]


def test_texts_are_compared_by_the_same_folding():
    assert normal("\ufb01ve") == normal("fi\u00adve") == normal("FIVE") == "five"
    assert normal("\u0661\u0662") == "12"

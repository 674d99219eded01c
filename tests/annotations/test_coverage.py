"""Gold leaves nothing out that the rules can tell, and the rules tell what is taken out of it."""

import pytest

import warclaims
from warclaims.records import LAYERS, span_text
from warclaims.validation import check_annotations

CODES = ("W620", "W621", "W622", "W623", "W624")


def told(bundle, registries, annotations):
    """What the rules say is left out."""
    found = check_annotations(annotations, bundle.document, bundle.text, registries)
    return {(f.code, f.start) for f in found if f.code in CODES}


def unnoticed(corpus, layer):
    """The records of ``layer`` that gold could lack without a finding, by document."""
    missed = []
    for bundle in corpus.bundles():
        records = getattr(bundle.annotations, layer)
        for row, record in enumerate(records):
            others = (*records[:row], *records[row + 1 :])
            annotations = bundle.annotations.model_copy(update={layer: others})
            if not told(bundle, corpus.registries, annotations):
                missed.append((bundle.document.id, record))
    return missed


@pytest.fixture(scope="module")
def corpus(shipped):
    return warclaims.open(shipped)


def test_nothing_is_left_out_of_gold_but_what_it_waives(corpus):
    for bundle in corpus.bundles():
        assert told(bundle, corpus.registries, bundle.annotations) == set()


def test_a_casualty_that_is_taken_out_is_missed_unless_its_words_stay_held(corpus):
    """A child has no number; the others share their words with another record."""
    assert [(name, span_text(record.span)) for name, record in unnoticed(corpus, "casualties")] == [
        ("002", "a child"),
        ("003", "dead and wounded among civilians and soldiers"),
        ("003", "dead and wounded among civilians and soldiers"),
        ("004", "a child"),
        ("004", "the wounded"),
    ]


def test_an_attribution_that_is_taken_out_is_missed_unless_its_cue_has_other_words(corpus):
    """Only words that usually attribute are looked for: three of four cues have one."""
    missed: dict[str, list[str]] = {}
    for name, record in unnoticed(corpus, "attributions"):
        missed.setdefault(name, []).append(span_text(record.cue or record.content)[:30])
    assert missed == {
        "000": ["report", "is also evident from", "are said to be", "show", "calls"],
        "001": [
            *("have reported", "attributes the blame", "spoke about"),
            "«The United States is deeply c",
        ],
        "002": [
            *("demand", "there had been mutual complain", "reiterate", "was previously reported"),
            *("you can see", "can be heard", "has been accepting", "demands", "reject"),
            *("began to demand", "committed", "calls", "was communicated"),
            *("have even shown their satisfac", "has reviewed"),
        ],
        "003": [
            *("say", "There have been reports", "is trying to call for", "is to show", "ask"),
        ],
        "004": ["have been reported"],
    }


@pytest.mark.parametrize("layer", ["actors", "locations"])
def test_of_outer_names_taken_out_most_are_missed(corpus, layer):
    """Those inside another mention, and those that the registries do not list so, are not."""
    assert layer in LAYERS
    missed = [record for _, record in unnoticed(corpus, layer) if record.level == "name"]
    names = [
        record
        for bundle in corpus.bundles()
        for record in getattr(bundle.annotations, layer)
        if record.level == "name"
    ]
    assert len(missed) < len(names) * 0.4

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
    """A child and the victims have no number; the others share their words with another record."""
    assert [(name, span_text(record.span)) for name, record in unnoticed(corpus, "casualties")] == [
        ("000", "the victims"),
        ("002", "a child"),
        ("003", "dead and wounded among civilians and soldiers"),
        ("003", "dead and wounded among civilians and soldiers"),
        ("004", "a child"),
        ("004", "the wounded"),
    ]


def test_an_attribution_that_is_taken_out_is_missed_unless_its_cue_has_other_words(corpus):
    """Words such as show, report and call are not listed: mostly they attribute nothing."""
    missed = unnoticed(corpus, "attributions")
    words = [(name, span_text(record.cue or record.content)) for name, record in missed]
    assert [(name, text[:24]) for name, text in words] == [
        ("000", "report"),
        ("000", "is also evident"),
        ("000", "show"),
        ("000", "calls"),
        ("001", "attributes"),
        ("001", "«The United States is de"),
        ("002", "complaints"),
        ("002", "can see"),
        ("002", "can be heard"),
        ("002", "has been accepting"),
        ("002", "began to demand"),
        ("002", "committed"),
        ("002", "calls"),
        ("002", "was communicated"),
        ("002", "have even shown"),
        ("003", "reports"),
        ("003", "is to show"),
        ("003", "ask"),
    ]


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
    assert len(missed) < len(names) * 0.45

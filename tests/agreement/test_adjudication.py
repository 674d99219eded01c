"""Every difference between two passes of a round has its line, and gold follows the decision.

Decisions of the first round were made in format 1, where a record could be marked as uncertain;
passes keep the mark in ``extra``.
"""

import json

import pytest

import warclaims
from warclaims import WarclaimsError
from warclaims.agreement import compare
from warclaims.agreement.text import TextComparison
from warclaims.records import LAYERS


def texts(corpus, first, second):
    return [
        TextComparison(bundle, corpus.bundle(bundle.document.id, second))
        for bundle in corpus.bundles(first)
    ]


def differences(corpus, first, second):
    return compare(texts(corpus, first, second), rounds=2).differences


def marks(corpus, first, second):
    """The paired records of which one is marked as uncertain in format 1, as lines have them."""
    for text in texts(corpus, first, second):
        for layer in LAYERS:
            for (one, other), _ in text.matches(layer):
                readings = [str(bool(x.record.extra.get("uncertain"))) for x in (one, other)]
                if readings[0] != readings[1]:
                    yield text.document, layer, "uncertain", one.start, one.words, *readings


@pytest.mark.parametrize(
    ("first", "second"), [("scheme-a", "scheme-b"), ("a", "b"), ("second-a", "second-b")]
)
def test_every_difference_has_one_line(shipped, first, second):
    corpus = warclaims.open(shipped)
    expected = [
        (d.document, d.unit, d.kind, d.start, d.words, d.first, d.second)
        for d in differences(corpus, first, second)
    ]
    lines = [
        (d.document, d.unit, d.kind, d.start, d.words, d.first_reading, d.second_reading)
        for d in corpus.adjudication()
        if (d.first, d.second) == (first, second)
    ]
    assert sorted(lines) == sorted([*expected, *marks(corpus, first, second)])


def test_gold_follows_the_decisions(shipped):
    """Where the newest round follows a pass, gold does not differ from it there.

    Unless it differs from the gold before, about which a later line decides.
    """
    corpus = warclaims.open(shipped)
    lines = [line for line in corpus.adjudication() if line.first == "second-a"]
    assert len(lines) > 30
    later = {
        (line.document, line.start) for line in corpus.adjudication() if line.first == "gold-1"
    }
    for name, decision in (("second-a", "first"), ("second-b", "second")):
        differing = {
            (d.document, d.unit, d.kind, d.start) for d in differences(corpus, name, "gold")
        }
        for line in lines:
            if line.decision == decision and (line.document, line.start) not in later:
                place = line.document, line.unit, line.kind, line.start
                assert place not in differing, line


def test_every_line_has_a_reason(shipped):
    for line in warclaims.open(shipped).adjudication():
        assert len(line.reason) > 10


def test_a_broken_line_is_named(mini):
    (mini / "annotations" / "adjudication.jsonl").write_text(json.dumps({"first": "a"}) + "\n")
    with pytest.raises(WarclaimsError, match=r"adjudication\.jsonl:1#/second: S201"):
        warclaims.open(mini).adjudication()

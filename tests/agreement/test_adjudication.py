"""Every difference between two passes of a round has its line, and gold follows the decision.

The decisions were made in format 1, where a record could be marked as uncertain; passes keep the
mark in ``extra``, and gold has the other readings.
"""

import json

import pytest

import warclaims
from warclaims import WarclaimsError
from warclaims.agreement import compare
from warclaims.agreement.text import TextComparison
from warclaims.records import LAYERS, span_start

CORRECTED = {
    ("000", "attributions", "inferred_source", 446): "t5",
    ("002", "attributions", "blames", 7829): "t37",
    ("004", "locations", "place", 1645): "l20",
    ("004", "locations", "place", 3715): "l35",
}
"""Where a later review changed gold against a decision, and the record."""

SETTLED = {("002", 4940)}
"""What was uncertain until a later review decided it."""


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


@pytest.mark.parametrize(("first", "second"), [("scheme-a", "scheme-b"), ("a", "b")])
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
    """Where a line says that gold follows a pass, gold does not differ from it there.

    What a later review changed has other readings.
    """
    corpus = warclaims.open(shipped)
    lines = corpus.adjudication()
    assert lines
    found = set()
    for name in {line.first for line in lines} | {line.second for line in lines}:
        differing = {
            (d.document, d.unit, d.kind, d.start, d.words)
            for d in differences(corpus, name, "gold")
        }
        for line in lines:
            followed = {"first": line.first, "second": line.second}.get(line.decision.value)
            place = (line.document, line.unit, line.kind, line.start, line.words)
            if followed == name and place in differing:
                found.add(place[:4])
    assert found == set(CORRECTED)
    for (document, *_), record in CORRECTED.items():
        assert corpus.record(f"{document}:{record}").alternatives, record


def test_what_was_uncertain_has_other_readings_in_gold(shipped):
    corpus = warclaims.open(shipped)
    marked = [line for line in corpus.adjudication() if line.kind == "uncertain"]
    assert len(marked) > 5
    for line in marked:
        field = "cue" if line.unit == "attributions" else "span"
        records = getattr(corpus.annotations(line.document), line.unit)
        spans = [(getattr(record, field), record) for record in records]
        (record,) = [one for span, one in spans if span and span_start(span) == line.start]
        reading = line.first_reading if line.decision == "first" else line.second_reading
        has_other = bool(record.alternatives) or (line.document, line.start) in SETTLED
        assert reading == str(has_other), line


def test_every_line_has_a_reason(shipped):
    for line in warclaims.open(shipped).adjudication():
        assert len(line.reason) > 10


def test_a_broken_line_is_named(mini):
    (mini / "annotations" / "adjudication.jsonl").write_text(json.dumps({"first": "a"}) + "\n")
    with pytest.raises(WarclaimsError, match=r"adjudication\.jsonl:1#/second: S201"):
        warclaims.open(mini).adjudication()

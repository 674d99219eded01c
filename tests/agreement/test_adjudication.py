"""Every difference between two passes of a round has its line, and gold follows the decision."""

import json

import pytest

import warclaims
from warclaims import WarclaimsError
from warclaims.agreement import compare
from warclaims.agreement.text import TextComparison


def differences(corpus, first, second):
    texts = [
        TextComparison(bundle, corpus.bundle(bundle.document.id, second))
        for bundle in corpus.bundles(first)
    ]
    return compare(texts, rounds=2).differences


def key(entry, first, second):
    return (entry.document, entry.unit, entry.kind, entry.start, entry.words, first, second)


@pytest.mark.parametrize(("first", "second"), [("scheme-a", "scheme-b"), ("a", "b")])
def test_every_difference_has_one_line(shipped, first, second):
    corpus = warclaims.open(shipped)
    expected = sorted(key(d, d.first, d.second) for d in differences(corpus, first, second))
    lines = [
        key(line, line.first_reading, line.second_reading)
        for line in corpus.adjudication()
        if (line.first, line.second) == (first, second)
    ]
    assert sorted(lines) == expected


def test_gold_follows_the_decisions(shipped):
    """Where a line says that gold follows a pass, gold does not differ from it there."""
    corpus = warclaims.open(shipped)
    lines = corpus.adjudication()
    assert lines
    for name in {line.first for line in lines} | {line.second for line in lines}:
        differing = {
            (d.document, d.unit, d.kind, d.start, d.words)
            for d in differences(corpus, name, "gold")
        }
        for line in lines:
            followed = {"first": line.first, "second": line.second}.get(line.decision.value)
            if followed == name:
                place = (line.document, line.unit, line.kind, line.start, line.words)
                assert place not in differing, (line.words, line.kind, name)


def test_every_line_has_a_reason(shipped):
    for line in warclaims.open(shipped).adjudication():
        assert len(line.reason) > 10


def test_a_broken_line_is_named(mini):
    (mini / "annotations" / "adjudication.jsonl").write_text(json.dumps({"first": "a"}) + "\n")
    with pytest.raises(WarclaimsError, match=r"adjudication\.jsonl:1#/second: S201"):
        warclaims.open(mini).adjudication()

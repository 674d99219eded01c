"""Corpora restored with copies of other conventions: they validate, and no edge is wrong unsaid."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from conventions import QUOTES, any_copy, corpus_in

import warclaims
from sizes import examples
from warclaims.corpus.canonical import to_plain
from warclaims.records import LAYERS
from warclaims.textfree.edition import export_files
from warclaims.textfree.reading import check_edition
from warclaims.textfree.restoring import restore
from warclaims.textfree.words import words
from warclaims.validation import validate

ORIGINALS = ("curly", "two", "french", "ascii")


@pytest.fixture(scope="module", params=ORIGINALS)
def original(request, tmp_path_factory):
    """A corpus by one convention, its edition, and the errors that it has itself."""
    corpus = corpus_in(tmp_path_factory.mktemp(request.param), QUOTES[request.param])
    return corpus, check_edition(export_files(corpus)), errors(corpus)


GUESSES = ("C502", "C503", "C507")
"""What rules read in words and marks, which a copy can write otherwise."""


def errors(corpus) -> Counter:
    found = (f for f in validate(corpus) if not f.is_warning and f.code not in GUESSES)
    return Counter((f.file, f.code) for f in found)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(examples(1, 2)))
def test_a_restored_corpus_has_no_error_of_its_own(original, seed, tmp_path):
    corpus, edition, before = original
    copies = {
        name: any_copy(corpus.text(name), Random(f"{seed} {name} {corpus.root.name[:-1]}"))
        for name in corpus.documents
    }
    found = restore(edition, {name: copy.text.encode() for name, copy in copies.items()})
    for name, data in found.files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    after = warclaims.open(tmp_path)
    new = errors(after) - before
    assert not new
    sure = 0
    for name in after.documents:
        losses = found.losses.get(f"annotations/gold/{name}.json")
        sure += _check_edges(corpus, after, name, copies[name], losses)
    assert sure > 200


def _check_edges(corpus, after, name, copy, losses) -> int:
    """Every span that is not reported is just where it was written; the number of these."""
    told = set() if losses is None else {*losses.doubtful, *losses.lost}
    kept = {one.id: one for layer in LAYERS for one in getattr(after.annotations(name), layer)}
    found = words(corpus.text(name))
    sure = 0
    for layer in LAYERS:
        for record in getattr(corpus.annotations(name), layer):
            if record.id not in kept:
                assert record.id in losses.left_out
                continue
            now = to_plain(kept[record.id])
            for field in ("span", "trigger", "cue", "content"):
                was = to_plain(record).get(field)
                if not was or f"{record.id} {field}" in told:
                    continue
                sure += 1
                places = [(copy.at[one["start"]], copy.at[one["end"]]) for one in was]
                assert [(one["start"], one["end"]) for one in now[field]] == places
                inside = {
                    number
                    for number, word in enumerate(found)
                    if any(one["start"] < word.end and word.start < one["end"] for one in was)
                }
                assert not inside & copy.gone
    return sure

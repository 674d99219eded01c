"""Mistakes made by chance are found: in a copy of the corpus, and in generated bundles."""

from __future__ import annotations

import json
from random import Random

import pytest

import warclaims
from sizes import examples
from support.bundles import BROKEN_EVERY, Maker, lines, write
from support.detection import by_command, edits
from support.mutants import known
from support.mutation import NoPlace, facts
from support.mutators import MUTATORS, OF_BUNDLES, UNREACHED, apply
from warclaims.corpus import canonical_bytes, parse
from warclaims.formats.bundles.writing import bundle_line
from warclaims.records import Bundle
from warclaims.validation import RULES
from warclaims.validation.bundles import check_bundle


@pytest.fixture(scope="module")
def corpus(shipped):
    return warclaims.open(shipped)


def test_every_code_has_a_mutator_or_a_reason():
    declared = {code for mutator in MUTATORS for code in mutator.codes}
    assert declared.isdisjoint(UNREACHED)
    mistakes = {code for code, rule in RULES.items() if rule.mistake}
    assert declared | set(UNREACHED) | mistakes == set(RULES)


@pytest.mark.soak
def test_edits_of_the_corpus_are_found(corpus, tmp_path):
    made = edits(corpus, tmp_path / "copy", examples(15, 200), seed=11)
    missed = [edit for edit in made if not edit.detected]
    assert not missed, "\n".join(map(str, missed))


def test_edits_are_found_by_the_command(corpus, tmp_path):
    for edit in edits(corpus, tmp_path / "copy", 3, seed=12, judge=by_command):
        assert edit.detected, str(edit)


@pytest.fixture(scope="module")
def bundles(corpus):
    """Clean bundles that were generated."""
    maker, random = Maker(corpus), Random(7)
    return [maker.line(random, f"b{number}") for number in range(150)]


def test_generated_bundles_are_clean_and_differ(corpus, bundles):
    registries = known(corpus)
    found = [finding for data in bundles for finding in check_bundle(data, registries, "b", None)]
    assert not found, "\n".join(map(str, found[:10]))
    read = [parse(data, Bundle, "b") for data in bundles]
    assert len({bundle.text for bundle in read}) == len(read)
    assert all(3000 <= len(bundle.text) <= 10_000 for bundle in read)
    assert any(len(c.span) > 1 for bundle in read for c in bundle.annotations.casualties)


def test_generated_bundles_are_as_the_corpus_writes_them(bundles):
    for data in bundles[:20]:
        bundle = parse(data, Bundle, "b")
        assert data + b"\n" == bundle_line(bundle)
        assert parse(canonical_bytes(bundle), Bundle, "b") == bundle


@pytest.mark.parametrize("mutator", OF_BUNDLES, ids=lambda mutator: mutator.name)
def test_a_mutator_of_bundles_gives_its_code(mutator, bundles, corpus):
    registries, about, random = known(corpus), facts(corpus), Random(3)
    done = 0
    for data in bundles:
        try:
            broken = apply(mutator, data, random, about)
        except NoPlace:
            continue
        found = {finding.code for finding in check_bundle(broken, registries, "b", None)}
        assert found & mutator.codes, f"{mutator.name} gives {sorted(found) or 'nothing'}"
        done += 1
        if done == 5:
            break
    assert done


def test_one_bundle_in_a_hundred_is_broken_as_recorded(corpus, tmp_path):
    path, record = tmp_path / "bundles.jsonl", tmp_path / "broken.jsonl"
    write(corpus, 3 * BROKEN_EVERY, 5, path, record)
    entries = [json.loads(line) for line in record.read_bytes().splitlines()]
    assert [(entry["line"] - 1) // BROKEN_EVERY for entry in entries] == [0, 1, 2]
    written = path.read_bytes().splitlines()
    assert len(written) == 3 * BROKEN_EVERY
    registries = known(corpus)
    for entry in entries:
        found = check_bundle(written[entry["line"] - 1], registries, "b", None)
        assert {finding.code for finding in found} & set(entry["codes"])


def test_the_same_seed_gives_the_same_bundles(corpus):
    first, again, other = (list(lines(corpus, 101, seed)) for seed in (1, 1, 2))
    assert first == again
    assert first != other

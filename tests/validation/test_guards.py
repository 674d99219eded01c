"""A guard passes only what its rules find nothing in; fast records are judged like all records."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from making_mistakes import make_mistake

import warclaims
from sizes import examples
from strategies import bundles, registries
from support.mutants import mutants
from warclaims.corpus import Corpus, parse
from warclaims.corpus.canonical import to_plain
from warclaims.corpus.decoding import decode_bundle
from warclaims.corpus.schema_check import shipped_schema_of_bundles
from warclaims.errors import InvalidFile, WarclaimsError
from warclaims.records import LAYERS, REGISTRIES, Bundle
from warclaims.validation import RULES
from warclaims.validation.bundles import check, check_bundle
from warclaims.validation.known import KnownIds
from warclaims.validation.rule import Scope

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from warclaims.findings import Finding

SCHEMA = shipped_schema_of_bundles()
GUARDED = [rule for rule in RULES.values() if rule.guard]


def known_of(entries) -> KnownIds:
    return KnownIds({name: getattr(entries, name) for name in REGISTRIES})


def raw_bundles(root: Path) -> Iterator[bytes]:
    """The documents of a corpus, which may be broken, as bundles of what its files say."""
    index = json.loads((root / "seeds/index.json").read_bytes())
    for folder in ("gold", "passes/a"):
        for document in index["documents"]:
            try:
                text = (root / "seeds" / document["file"]).read_bytes().decode()
                annotations = (root / "annotations" / folder / f"{document['id']}.json").read_text()
            except (OSError, UnicodeDecodeError):
                continue
            yield "".join(
                (
                    f'{{"document":{json.dumps(document, ensure_ascii=False)},',
                    f'"text":{json.dumps(text, ensure_ascii=False)},"annotations":{annotations}}}',
                )
            ).encode()


def careful(data: bytes, known: KnownIds) -> list[Finding]:
    """The findings of a bundle that is read as pydantic records."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(check, "decode_bundle", lambda *_: None)
        return check_bundle(data, known, "b", 1)


def agree(data: bytes, known: KnownIds) -> list[Finding]:
    """The findings of a bundle, if guards are right and fast records say what others say."""
    found = check_bundle(data, known, "b", 1)
    assert found == careful(data, known)
    try:
        bundle = decode_bundle(data, SCHEMA) or parse(data, Bundle, "b")
    except InvalidFile:
        return found
    document, annotations = check.views_of(bundle, known, "b")
    for view, scope in ((document, Scope.DOCUMENT), (annotations, Scope.ANNOTATIONS)):
        rules = [rule for rule in GUARDED if scope in rule.scopes]
        passed = {guard for guard in {rule.guard for rule in rules} if guard(view)}
        for rule in rules:
            if rule.guard in passed:
                assert list(rule.check(view)) == [], rule.code
    return found


def test_there_are_guards():
    assert len(GUARDED) > len({rule.guard for rule in GUARDED}) > 0


@pytest.mark.soak
def test_mutants(shipped):
    corpus = warclaims.open(shipped)
    known = known_of(corpus.registries)
    clean = set()
    for change, number, bundle, mutant in mutants(corpus, examples(200, 20_000), seed=21):
        if number not in clean:
            clean.add(number)
            assert not agree(bundle, known)
        try:
            agree(mutant, known)
        except Exception as error:
            error.add_note(f"bundle {number}: {change}")
            raise


@pytest.mark.parametrize("rule", [rule for rule in RULES.values() if rule.mistake], ids=str)
def test_declared_mistakes(mini, rule):
    make_mistake(rule.mistake, mini)
    try:
        known = known_of(Corpus(mini).registries)
        lines = list(raw_bundles(mini))
    except (WarclaimsError, ValueError, OSError):
        pytest.skip("a registry or the index cannot be read, so there are no bundles")
    for line in lines:
        agree(line, known)


def written(plain: object) -> bytes:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()


@pytest.mark.soak
@settings(
    deadline=None,
    max_examples=examples(30, 2000),
    suppress_health_check=[HealthCheck.too_slow],
)
@given(bundles(), st.data())
def test_random_documents(bundle, data):
    """As they are, and with one fragment moved."""
    known = known_of(registries())
    plain = to_plain(bundle)
    agree(written(plain), known)
    spans = [
        record[field]
        for layer in LAYERS
        for record in plain["annotations"][layer]
        for field in ("span", "trigger", "cue", "content")
        if record.get(field)
    ]
    if spans:
        fragment = data.draw(st.sampled_from(data.draw(st.sampled_from(spans))))
        start = max(0, fragment["start"] + data.draw(st.integers(-5, 5)))
        end = max(1, fragment["end"] + data.draw(st.integers(-5, 5)))
        fragment |= {"start": start, "end": end, "text": bundle.text[start:end] or "x"}
        agree(written(plain), known)


def test_the_shipped_corpus_passes_every_guard(shipped):
    corpus = Corpus(shipped)
    known = known_of(corpus.registries)
    for bundle in corpus.bundles():
        assert not agree(orjson.dumps(to_plain(bundle)), known)
        _, view = check.views_of(bundle, known, "b")
        assert all(rule.guard(view) for rule in GUARDED if Scope.ANNOTATIONS in rule.scopes)


def test_a_fast_record_says_what_the_record_says(mini):
    bundle = next(Corpus(mini).bundles())
    fast = decode_bundle(orjson.dumps(to_plain(bundle)), SCHEMA)
    (first, *_), (casualty, *_) = fast.annotations.casualties, bundle.annotations.casualties
    assert (first.outcome, first.cause, first.age) == ("killed", ("artillery",), "unspecified")
    assert first.quantifier is casualty.quantifier
    assert first.certainty is casualty.certainty
    assert [m.span[0].text for m in fast.annotations.actors] == [
        m.span[0].text for m in bundle.annotations.actors
    ]


def test_defaults_may_be_written(mini):
    line = orjson.dumps(to_plain(next(Corpus(mini).bundles())))
    written = line.replace(b'"annotator":"a",', b'"annotator":"a","waivers":[],')
    assert decode_bundle(written, SCHEMA) == decode_bundle(line, SCHEMA)
    twice = written.replace(b'"waivers":[],', b'"waivers":[],"waivers":[],')
    assert decode_bundle(twice, SCHEMA) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(b'"id":', b'"id":"x","id":', id="a key that stands twice"),
        pytest.param(b'"id":', b'"i\\u0064":"x","id":', id="the same, spelt otherwise"),
        pytest.param(b'"id":', b'"id" :"x","id":', id="the same before a blank"),
        pytest.param(b'"start":0,', b'"start":-1,', id="a negative offset"),
        pytest.param(b'"annotator":"', b'"annotator":"\\n', id="an id that ends a line"),
        pytest.param(
            b'"annotator":"a",',
            b'"annotator":"a","guidelines":"\\u003ax","guidelines":"x",',
            id="a key that stands twice and a colon that hides it",
        ),
        pytest.param(b'{"document"', b'\xef\xbb\xbf{"document"', id="a byte-order mark"),
    ],
)
def test_tricks_of_writing(mini, old, new):
    known = known_of(Corpus(mini).registries)
    for bundle in Corpus(mini).bundles():
        line = orjson.dumps(to_plain(bundle))
        for at in range(min(line.count(old), 40)):
            parts = line.split(old)
            changed = old.join(parts[: at + 1]) + new + old.join(parts[at + 1 :])
            assert decode_bundle(changed, SCHEMA) is None
            assert check_bundle(changed, known, "b", 1)


def test_more_waived_findings_than_are_told_hide_no_error(mini):
    corpus = Corpus(mini)
    known = known_of(corpus.registries)
    bundle = to_plain(corpus.bundle("one"))
    casualty = bundle["annotations"]["casualties"][0]
    many = [
        {**casualty, "id": f"x{number}", "events": [], "subset_of": [], "value": 2 + number}
        for number in range(1101)
    ]
    bundle["annotations"]["casualties"] = many
    bundle["annotations"]["waivers"] = [
        {"code": code, "record": None, "span": None, "reason": "a test"}
        for code in ("W605", "W611")
    ]
    line = orjson.dumps(bundle)
    assert "C502" in {finding.code for finding in check_bundle(line, known, "b", 1)}


def test_one_name_in_one_fragment_and_in_two(mini):
    """A span may hold the very sign that parts the fragments of another one."""
    corpus = Corpus(mini)
    known = known_of(corpus.registries)
    plain = to_plain(corpus.bundle("one"))
    text = "Dorn … army met. Dorn has army here.\n"
    document = plain["document"]
    document |= {"length": len(text), "sha256": hashlib.sha256(text.encode()).hexdigest()}
    document["segments"] = [{"kind": "paragraph", "start": 0, "end": len(text)}]
    first, second = list(known.registries["actors"])[:2]
    spans = ([(0, 11)], [(17, 21), (26, 30)])
    actors = [
        {
            "id": f"a{number}",
            "span": [{"start": s, "end": e, "text": text[s:e]} for s, e in span],
            "entity": entity,
            "level": "name",
        }
        for number, (span, entity) in enumerate(zip(spans, (first, second), strict=True))
    ]
    empty = {layer: [] for layer in ("locations", "casualties", "attributions")}
    plain["annotations"] |= {"sha256": document["sha256"], "actors": actors, **empty}
    plain["text"] = text
    line = orjson.dumps(plain)
    assert "W602" in {finding.code for finding in check_bundle(line, known, "b", 1)}

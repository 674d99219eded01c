"""The fast test never accepts what a rule would find, and accepts what no rule objects to."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import orjson
import pytest
from cases import CASES
from hypothesis import HealthCheck, given, settings

from strategies import bundles, registries
from warclaims.corpus import Corpus
from warclaims.corpus.canonical import to_plain
from warclaims.errors import WarclaimsError
from warclaims.records import REGISTRIES, Bundle
from warclaims.validation.acceptance import Acceptance, Suspicion
from warclaims.validation.acceptance.decoding import decode_bundle
from warclaims.validation.bundles import check_bundle
from warclaims.validation.bundles.checker import Checker
from warclaims.validation.known import Known

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from warclaims.findings import Finding


def known_of(entries) -> Known:
    return Known({name: getattr(entries, name) for name in REGISTRIES})


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


def told(found: list[Finding]) -> list[str]:
    return [str(finding) for finding in found if finding.waived is None]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_what_a_rule_finds_is_not_accepted(mini, case):
    case.damage(mini)
    try:
        known = known_of(Corpus(mini).registries)
        lines = list(raw_bundles(mini))
    except (WarclaimsError, ValueError, OSError):
        pytest.skip("a registry or the index cannot be read, so there are no bundles")
    acceptance = Acceptance(known)
    for line in lines:
        found = check_bundle(line, known, "bundles.jsonl", 1, Suspicion(None))
        assert not (found and acceptance.accepts(line)), found
        assert told(Checker(known, "bundles.jsonl").check(line, 1)) == told(found)


def test_the_undamaged_corpus_is_accepted(mini):
    known = known_of(Corpus(mini).registries)
    assert all(Acceptance(known).accepts(line) for line in raw_bundles(mini))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(bundles())
def test_what_is_accepted_is_just_what_the_rules_pass(bundle):
    known = known_of(registries())
    line = json.dumps(to_plain(bundle), ensure_ascii=False, separators=(",", ":")).encode()
    accepted = Acceptance(known).accepts(line)
    found = check_bundle(line, known, "bundles.jsonl", 1)
    assert told(Checker(known, "bundles.jsonl").check(line, 1)) == told(found)
    if accepted or found:
        assert accepted is not bool(found)
    else:
        assert '"extra"' in line.decode()


def test_the_shipped_bundles_are_accepted(shipped):
    corpus = Corpus(shipped)
    acceptance = Acceptance(known_of(corpus.registries))
    for bundle in corpus.bundles():
        assert acceptance.accepts(orjson.dumps(to_plain(bundle))), bundle.document.id


def test_a_fast_record_says_what_the_record_says(shipped):
    bundle = next(Corpus(shipped).bundles())
    fast = decode_bundle(orjson.dumps(to_plain(bundle)))
    assert fast.annotations.casualties[0].outcome is bundle.annotations.casualties[0].outcome
    again = Bundle.model_validate_json(orjson.dumps(to_plain(bundle)))
    assert [m.span[0].text for m in fast.annotations.actors] == [
        m.span[0].text for m in again.annotations.actors
    ]


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
    acceptance = Acceptance(known)
    for bundle in Corpus(mini).bundles():
        line = orjson.dumps(to_plain(bundle))
        for at in range(min(line.count(old), 40)):
            parts = line.split(old)
            changed = old.join(parts[: at + 1]) + new + old.join(parts[at + 1 :])
            found = check_bundle(changed, known, "bundles.jsonl", 1, Suspicion(None))
            assert found
            assert told(Checker(known, "bundles.jsonl").check(changed, 1)) == told(found)
            assert not acceptance.accepts(changed)


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
    found = check_bundle(line, known, "bundles.jsonl", 1)
    assert {"C502"} <= {finding.code for finding in found}
    assert told(Checker(known, "bundles.jsonl").check(line, 1)) == told(found)


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
    found = check_bundle(line, known, "bundles.jsonl", 1)
    assert "W602" in {finding.code for finding in found}
    assert told(Checker(known, "bundles.jsonl").check(line, 1)) == told(found)

"""Editions whose entries were made up: a result or a clean error, whatever they say."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from random import Random

import pytest

import warclaims
from warclaims.authoring import StatedFacts, add_texts, new_corpus, read_new_text
from warclaims.errors import WarclaimsError
from warclaims.files.limits import MIB
from warclaims.textfree.edition import export_files
from warclaims.textfree.reading import MANIFEST, check_edition
from warclaims.textfree.restoring import restore

MINI = Path(__file__).parents[1] / "fixtures" / "mini"


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return export_files(warclaims.open(MINI))


def outcome(files: dict[str, bytes], *, exact: bool) -> str:
    """What comes of an edition with the very texts, or with other copies: *refused* or *taken*."""
    texts = {name: warclaims.open(MINI).text(name) for name in ("one", "two")}
    copies = {name: text if exact else f"Menu\n{text}\nMore" for name, text in texts.items()}
    try:
        restore(check_edition(files), {name: text.encode() for name, text in copies.items()})
    except WarclaimsError:
        return "refused"
    return "taken"


def forged(files: dict[str, bytes], name: str, data: bytes) -> dict[str, bytes]:
    """The edition with another file, whose hash the manifest names."""
    facts = json.loads(files[MANIFEST])
    for one in facts["files"]:
        if one["path"] == name:
            one["sha256"] = hashlib.sha256(data).hexdigest()
    return files | {name: data, MANIFEST: json.dumps(facts).encode()}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("starts", lambda rows: [[rows[0][0], rows[0][1] + 9, rows[0][2]], *rows[1:]]),
        ("starts", lambda rows: [[at, 0, 0] for at, _, _ in rows]),
        ("starts", lambda rows: rows[::-1]),
        ("starts", lambda rows: [[at, word, 10**30] for at, word, _ in rows]),
        ("starts", lambda rows: [[at, -word - 1, away] for at, word, away in rows]),
        ("starts", lambda _: []),
        ("ends", lambda rows: [[at, rows[0][1], away] for at, _, away in rows]),
        ("ends", lambda rows: [[at + 0.5, word, away] for at, word, away in rows]),
        ("gaps", lambda rows: [[number, "some words"] for number, _ in rows]),
        ("gaps", lambda rows: [[10**9, gap] for _, gap in rows]),
        ("gaps", lambda rows: [[number, "”" * 10**5] for number, _ in rows]),
        ("fingerprints", lambda digits: digits[::-1]),
        ("fingerprints", lambda digits: "0" * len(digits)),
        ("words", lambda _: 2**63),
        ("length", lambda _: True),
        ("sha256", lambda digest: digest.upper()),
    ],
)
@pytest.mark.parametrize("exact", [True, False])
def test_forged_entries(files, field, value, exact):
    facts = json.loads(files[MANIFEST])
    facts["documents"][0][field] = value(facts["documents"][0][field])
    took = outcome(files | {MANIFEST: json.dumps(facts).encode()}, exact=exact)
    assert took == "refused" or field in ("starts", "fingerprints")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"end": 39', b'"end": 99999'),
        (b'"end": 39', b'"end": -1'),
        (b'"end": 39', b'"end": 20'),
        (b'"end": 39', b'"end": 1e400'),
        (b'"end": 39', b'"end": "39"'),
        (b'"end": 39', b'"end": ' + b"9" * 5000),
        (b'"value": 2', b'"value": ' + b"9" * 30),
        (b'"document": "one"', b'"document": ["one"]'),
        (b'"actors": [', b'"actors": [[' + b"[" * 2000),
        (b'"id": "a1"', b'"id": "\xe2\x9f\xa6two:5-99999\xe2\x9f\xa7"'),
    ],
)
def test_forged_annotations(files, old, new):
    name = "annotations/gold/one.json"
    assert old in files[name]
    spoilt = forged(files, name, files[name].replace(old, new, 1))
    assert outcome(spoilt, exact=False) == "refused"


@pytest.fixture(scope="module")
def long(tmp_path_factory) -> tuple[dict[str, bytes], str]:
    """An edition of a corpus with one text of 20,000 characters, and the text."""
    folder = tmp_path_factory.mktemp("long")
    corpus = new_corpus(folder / "corpus") and warclaims.open(folder / "corpus")
    draw = Random(1)
    text = " ".join("".join(draw.choices("abcdefgh", k=9)) for _ in range(2_000))
    (folder / "big.txt").write_text(text)
    new = read_new_text(folder / "big.txt")
    add_texts(corpus, [(new, StatedFacts(language="en"))], "me")
    (folder / "corpus/annotations/NOTES.md").write_text("Nothing.\n")
    return export_files(warclaims.open(folder / "corpus")), text


MANY = 60
"""References to all of the long text: with them a file has more than a MiB of words."""


def notes(files: dict[str, bytes], length: int) -> dict[str, bytes]:
    words = f"⟦big:0-{length}⟧" * MANY
    return forged(files, "annotations/NOTES.md", words.encode())


def registry(files: dict[str, bytes], length: int) -> dict[str, bytes]:
    name = "annotations/registry/annotators.json"
    record = json.loads(files[name])
    record["annotators"][0]["description"] = f"⟦big:0-{length}⟧" * MANY
    return forged(files, name, json.dumps(record).encode())  # with the brackets escaped


def fragments(files: dict[str, bytes], length: int) -> dict[str, bytes]:
    name = "annotations/gold/big.json"
    span = f'{{"start": 0, "end": {length}}}'
    waiver = f'{{"code": "W401", "record": null, "span": [{span}], "reason": "As it stands."}}'
    record = json.loads(files[name]) | {"waivers": []}
    waivers = f'"waivers": [{", ".join([waiver] * MANY)}]'
    return forged(files, name, json.dumps(record).replace('"waivers": []', waivers).encode())


@pytest.mark.parametrize("forge", [notes, registry, fragments])
@pytest.mark.parametrize("exact", [True, False])
def test_many_references_to_much_are_refused(long, forge, exact, monkeypatch):
    monkeypatch.setattr("warclaims.textfree.restoring.MAX_FILE", MIB)
    files, text = long
    edition = check_edition(forge(files, len(text)))
    copy = text if exact else f"Menu {text}"
    with pytest.raises(WarclaimsError, match="with its words it is larger than 1 MiB"):
        restore(edition, {"big": copy.encode()})

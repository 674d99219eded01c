"""The edition without texts, and the corpus back from it, over the command line."""

import json
import re
import shutil
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from copies import other_copy

import warclaims
from warclaims.records import LAYERS
from warclaims.standoff.edition import export_files
from warclaims.standoff.masking import REFERENCE, Masker, reveal
from warclaims.standoff.words import normal, words

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')


@pytest.fixture(scope="module")
def edition(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("edition")
    for name, data in export_files(warclaims.open()).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def runs(text: str) -> set[tuple[str, ...]]:
    found = [normal(text[w.start : w.end]) for w in words(text)]
    return set(zip(found, found[1:], found[2:], strict=False))


def test_no_file_holds_three_words_of_a_text(edition, shipped):
    seeds = [path.read_bytes().decode() for path in (shipped / "seeds").glob("*.txt")]
    known = set().union(*map(runs, seeds))
    assert len(known) > 3000
    for path in edition.rglob("*"):
        if path.is_file() and path.name not in ("README.md", "standoff.json"):
            data = path.read_bytes().decode()
            for string in [data] if path.suffix == ".md" else _STRING.findall(data):
                if re.fullmatch(r'"[\w-]*"', string):
                    continue  # an id
                for part in re.split(r"⟦[^⟧]*⟧", string):
                    assert not runs(part) & known, (path, part)


def test_no_fragment_has_words(edition):
    gold = json.loads((edition / "annotations" / "gold" / "004.json").read_bytes())
    assert gold["casualties"][0]["span"] == [{"start": 2037, "end": 2074}] or set(
        gold["casualties"][0]["span"][0]
    ) == {"start", "end"}


def test_fingerprints_are_four_bits_a_word(edition, shipped):
    facts = json.loads((edition / "standoff.json").read_bytes())
    for one in facts["documents"]:
        text = (shipped / "seeds" / one["file"]).read_bytes().decode()
        assert len(one["fingerprints"]) == one["words"] == len(words(text))
        assert set(one["fingerprints"]) <= set("0123456789abcdef")
    assert facts["bits_a_word"] == 4 < facts["entropy_bits_a_word"]


def test_with_the_seeds_everything_is_back_byte_for_byte(cli, edition, shipped, tmp_path):
    run = cli("hydrate", edition, "--texts", shipped / "seeds", "--out", tmp_path / "back")
    assert run.returncode == 0, run.stdout + run.stderr
    before = {
        p.relative_to(shipped): p for p in (shipped / "annotations").rglob("*") if p.is_file()
    }
    after = {
        p.relative_to(tmp_path / "back") for p in (tmp_path / "back").rglob("*") if p.is_file()
    }
    assert set(before) <= after
    for name, path in before.items():
        assert (tmp_path / "back" / name).read_bytes() == path.read_bytes(), name
    for path in (shipped / "seeds").iterdir():
        assert (tmp_path / "back" / "seeds" / path.name).read_bytes() == path.read_bytes()


def ids(annotations) -> set[str]:
    return {record.id for layer in LAYERS for record in getattr(annotations, layer)}


@pytest.fixture
def copies(shipped, tmp_path) -> Path:
    folder = tmp_path / "copies"
    folder.mkdir()
    for name, document in warclaims.open().documents.items():
        text = other_copy(warclaims.open().text(name), Random(name), wrap=False).text
        (folder / document.file).write_text(text, "utf-8", newline="")
    return folder


def test_other_copies_make_a_sound_corpus_and_every_loss_is_told(cli, edition, copies, tmp_path):
    run = cli("hydrate", edition, "--texts", copies, "--out", tmp_path / "back", "--format", "json")
    assert run.returncode == 1
    told = json.loads(run.stdout)
    assert set(told["documents"].values()) == {"another copy"}
    assert told["spans"]["moved"] > 20 * told["spans"]["lost"]
    checked = cli("--corpus", tmp_path / "back", "validate", "--errors-only")
    assert checked.returncode == 0, checked.stdout[-2000:]
    gold = told["files"]["annotations/gold/002.json"]
    kept = ids(warclaims.open(tmp_path / "back").annotations("002"))
    every = ids(warclaims.open().annotations("002"))
    assert every - kept == set(gold["left_out"])


def test_a_missing_text_is_left_out_with_its_annotations(cli, edition, shipped, tmp_path):
    texts = tmp_path / "texts"
    texts.mkdir()
    (whole,) = (shipped / "seeds").glob("004*")
    shutil.copy(whole, texts / "mine.txt")  # known by its content
    run = cli("hydrate", edition, "--texts", texts, "--out", tmp_path / "back")
    assert run.returncode == 1
    assert "004  the same" in run.stdout
    assert "000  no copy" in run.stdout
    back = warclaims.open(tmp_path / "back")
    assert list(back.documents) == ["004"]
    assert back.bundle("004").annotations == warclaims.open().bundle("004").annotations


def test_what_is_no_edition_and_what_is_full(cli, edition, shipped, tmp_path):
    run = cli("hydrate", shipped / "seeds", "--texts", shipped / "seeds", "--out", tmp_path / "x")
    assert run.returncode == 2
    assert "no edition without texts" in run.stderr
    run = cli("hydrate", edition, "--texts", edition, "--out", tmp_path / "x")
    assert run.returncode == 2
    assert "has none of the texts" in run.stderr
    run = cli("hydrate", edition, "--texts", shipped / "seeds", "--out", shipped / "seeds")
    assert run.returncode == 2
    assert "holds something already" in run.stderr


def test_export_writes_the_edition(cli, tmp_path):
    run = cli("export", "standoff", "--out", tmp_path / "edition")
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "edition" / "standoff.json").is_file()
    assert "warclaims hydrate" in run.stdout


@pytest.mark.parametrize(
    "string",
    [
        "said that FIVE PEOPLE have been killed",
        "five people — have been “killed”!",
        "⟦ five people have been killed ⟧",
        "five people",
        "⟦a:0-4⟧ is no reference of ours",
        "",
    ],
)
def test_masking_and_revealing(string):
    texts = {"a": "Five people have been killed, five people have been hurt."}
    masker = Masker(texts)
    masked = masker.mask(string)
    assert reveal(masked, texts) == string
    assert not any(masker.holds_run(part) for part in REFERENCE.split(masked) if part)


def test_references_stand_in_order():
    texts = {"a": "one two three four five"}
    masked = Masker(texts).mask("one two three, four five")
    spans = [(int(m["start"]), int(m["end"])) for m in REFERENCE.finditer(masked)]
    assert all(before[1] <= after[0] for before, after in pairwise(spans))

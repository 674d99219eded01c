"""``suggest`` and ``score`` over a corpus of shards, in one process, in several and on Ray."""

from __future__ import annotations

import gzip
import json
import os
from importlib.util import find_spec

import pytest

import warclaims
from warclaims.corpus.canonical import to_plain

needs_ray = pytest.mark.skipif(
    find_spec("ray") is None and "WARCLAIMS_TEST_EVERYTHING" not in os.environ,
    reason="Ray is not installed",
)
ENGINES = [("--processes", "1"), ("--processes", "2")]
RAY = pytest.param(("--engine", "ray"), marks=needs_ray)


@pytest.fixture
def sharded(mini, tmp_path):
    """The two texts of the small corpus, three times, in three shards of a corpus."""
    lines = [json.dumps(to_plain(one)) for one in warclaims.open(mini).bundles()]
    root = tmp_path / "sharded"
    (root / "shards").mkdir(parents=True)
    (root / "annotations").mkdir()
    (mini / "annotations/registry").rename(root / "annotations/registry")
    (root / "corpus.toml").write_text('title = "Many"\nshards = ["shards/*.jsonl*"]\n')
    for number in range(3):
        renamed = [
            line.replace(f'"{name}"', f'"{name}{number}"').replace(f'"{name}.txt"', '"x.txt"')
            for name, line in zip(("one", "two"), lines, strict=True)
        ]
        (root / f"shards/{number}.jsonl").write_text("\n".join(renamed) + "\n")
    return root


def predictions(root):
    return {
        path.name: gzip.decompress(path.read_bytes())
        for path in sorted((root / "annotations/predictions/rules").iterdir())
    }


def without_time(bundles):
    return [one.annotations.model_copy(update={"system": None}) for one in bundles]


def test_predictions_are_shards_and_read_as_a_set(cli, sharded):
    run = cli("--corpus", sharded, "suggest")
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("6 documents: ")
    assert list(predictions(sharded)) == [f"0000{number}.jsonl.gz" for number in (1, 2, 3)]
    corpus = warclaims.open(sharded)
    written = list(corpus.bundles("predictions/rules"))
    assert [one.document.id for one in written] == list(corpus.documents)
    assert without_time(written) == without_time(warclaims.suggest(sharded))
    shown = cli("--corpus", sharded, "show", "two1", "--set", "predictions/rules").stdout
    assert f"predictions of rules {warclaims.__version__} (" in shown
    assert cli("--corpus", sharded, "agree", "gold", "predictions/rules").returncode == 0
    assert cli("--corpus", sharded, "compare", "--set", "predictions/rules").returncode == 0
    checked = cli("--corpus", sharded, "validate", "annotations/predictions/rules", "--errors-only")
    assert checked.returncode == 0, checked.stdout
    assert cli("--corpus", sharded, "validate").returncode in (0, 1)


@pytest.mark.parametrize("engine", [*ENGINES[1:], RAY])
def test_engines_suggest_the_same(cli, sharded, engine, monkeypatch):
    monkeypatch.setattr("warclaims.systems.running._now", lambda: "2001")
    cli("--corpus", sharded, "suggest", "--processes", "1")
    alone = predictions(sharded)
    run = cli("--corpus", sharded, "suggest", *engine)
    assert run.returncode == 0, run.stderr
    for name, lines in predictions(sharded).items():
        for line, other in zip(lines.splitlines(), alone[name].splitlines(), strict=True):
            one, same = json.loads(line), json.loads(other)
            del one["annotations"]["system"], same["annotations"]["system"]
            assert one == same


@pytest.mark.parametrize("engine", [*ENGINES, RAY])
def test_engines_score_the_same(cli, sharded, engine):
    cli("--corpus", sharded, "suggest")
    run = cli("--corpus", sharded, "score", "rules", "--format", "json", *engine)
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    assert len(found["texts"]) == 6
    pairs = zip(
        warclaims.open(sharded).bundles(),
        warclaims.open(sharded).bundles("predictions/rules"),
        strict=True,
    )
    from warclaims.agreement.scoring import score_texts

    registries = warclaims.open(sharded).registries
    expected = score_texts(pairs, registries, system="rules", against="gold")
    assert [tuple(row.values()) for row in found["rows"]] == [
        tuple(vars(row).values()) for row in expected.rows
    ]


@pytest.mark.parametrize("engine", ENGINES)
def test_what_cannot_be_read_is_reported_and_the_rest_is_done(cli, sharded, engine):
    first, last = (sharded / f"shards/{number}.jsonl" for number in (0, 2))
    first.write_bytes(b'{"document": {\n' + first.read_bytes())
    last.write_bytes(gzip.compress(last.read_bytes() * 40)[:-9])
    run = cli("--corpus", sharded, "suggest", *engine)
    assert run.returncode == 1
    assert "shards/0.jsonl:1: is not a bundle with a document and a text" in run.stderr
    assert "shards/2.jsonl" in run.stderr
    assert "F110" in run.stderr
    assert [lines.count(b"\n") for lines in predictions(sharded).values()][:2] == [2, 2]


def test_a_run_continues_and_old_files_go(cli, sharded, tmp_path):
    keep = tmp_path / "kept"
    cli("--corpus", sharded, "suggest", "--resume", keep)
    before = {path: path.stat().st_mtime_ns for path in keep.iterdir()}
    alone = predictions(sharded)
    (sharded / "shards/2.jsonl").unlink()
    assert cli("--corpus", sharded, "suggest", "--resume", keep).returncode == 0
    assert {path: path.stat().st_mtime_ns for path in keep.iterdir()} == before
    assert predictions(sharded) == {name: alone[name] for name in list(alone)[:2]}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("suggest", "--processes", "2"), "need a corpus of shards"),
        (("suggest", "--resume", "kept"), "need a corpus of shards"),
        (("score", "a", "--engine", "ray"), "need a corpus of shards"),
    ],
)
def test_options_that_would_do_nothing_are_refused(cli, mini, words, said):
    run = cli("--corpus", mini, *words)
    assert run.returncode == 2
    assert said in run.stderr


def test_all_documents_of_shards_are_annotated(cli, sharded):
    run = cli("--corpus", sharded, "suggest", "one0")
    assert run.returncode == 2
    assert "all documents are annotated, not some" in run.stderr

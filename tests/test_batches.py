"""Findings and claims of tables of bundles, and the examples of docs/large-corpora.md."""

import json
import os
import pickle
import re
import shutil
import subprocess
import sys

import pyarrow as pa
import pytest

import warclaims
from support import bundles
from warclaims.build.columns import model_columns, model_row
from warclaims.errors import WarclaimsError
from warclaims.files.limits import MAX_BUNDLE
from warclaims.formats.bundles.writing import export_file
from warclaims.records import Claim


@pytest.fixture(scope="module")
def made():
    """100 bundles, one of them with a warning; then one that is cut off, and another one."""
    lines = [line for line, _ in bundles.lines(warclaims.open(), 101, 7)]
    return [*lines[:100], lines[0][:-100], lines[100]]


@pytest.fixture(scope="module")
def known():
    return pickle.loads(pickle.dumps(warclaims.known_ids()))


def table(lines, kind=None):
    return pa.table({"other": [1] * len(lines), "bundle": pa.array(lines, kind or pa.binary())})


def test_findings_are_those_of_validate(made, known, cli, tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\n".join(made))
    found = pickle.loads(pickle.dumps(warclaims.check_table))(table(made), known).to_pylist()
    expected = json.loads(cli("validate", path, "--format", "json").stdout)["findings"]
    assert found
    assert [(one["row"], one["code"], one["pointer"], one["severity"]) for one in found] == [
        (one["line"], one["code"], one["pointer"], one["severity"]) for one in expected
    ]
    assert any(one["text"] for one in found)


def test_claims_are_those_of_the_corpus(known):
    corpus = warclaims.open()
    lines = [bundle.model_dump_json().encode() for bundle in corpus.bundles()]
    found = warclaims.claims_table(table(lines), known)
    assert found.to_pylist() == [model_row(claim) for claim in warclaims.claims()]
    assert found.column_names == [column.name for column in model_columns(Claim)]


def test_bundles_with_errors_have_no_claims(made, known):
    findings = warclaims.check_table(table(made), known).to_pylist()
    wrong = {one["row"] for one in findings if one["severity"] == "error"}
    assert wrong
    sound = [line for row, line in enumerate(made, 1) if row not in wrong]
    assert warclaims.claims_table(table(made), known).equals(
        warclaims.claims_table(table(sound), known)
    )


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.large_binary()])
def test_texts_and_large_columns_are_read(kind, known):
    lines = [bundle.model_dump_json() for bundle in warclaims.open().bundles()]
    assert warclaims.claims_table(table(lines, kind), known).num_rows == len(warclaims.claims())


def test_bundles_in_any_state_have_findings(known):
    lines = [None, b"", b"\xff", b"[" * 100_000, b" " * (MAX_BUNDLE + 1)]
    found = warclaims.check_table(table(lines), known).to_pylist()
    assert [(one["row"], one["code"]) for one in found] == [
        (1, "S204"),
        (3, "F102"),
        (4, "F103"),
        (5, "F107"),
    ]
    assert warclaims.claims_table(table(lines), known).num_rows == 0


def test_a_table_without_bundles_is_refused(known):
    for wrong in (pa.table({"text": ["a"]}), pa.table({"bundle": [1]})):
        with pytest.raises(WarclaimsError, match="The table of bundles"):
            warclaims.check_table(wrong, known)


def test_registries_that_cannot_be_read_are_reported(mini):
    (mini / "annotations" / "registry" / "actors.json").write_text("{")
    with pytest.raises(WarclaimsError, match=r"actors\.json"):
        warclaims.known_ids(mini)


@pytest.mark.parametrize(("engine", "says"), [("concurrent", "findings"), ("datasets", "claims")])
def test_examples_of_the_page_run(engine, says, shipped, tmp_path):
    page = (shipped / "docs" / "large-corpora.md").read_text("utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    (code,) = (block for block in blocks if block.startswith(f"import {engine}"))
    (tmp_path / "example.py").write_text(code)
    (tmp_path / "shards").mkdir()
    corpus = warclaims.open()
    export_file(corpus.bundles(), corpus, tmp_path / "shards" / "1.parquet")
    run = subprocess.run(
        [sys.executable, "example.py"],
        cwd=tmp_path,
        env={**os.environ, "HF_HOME": str(tmp_path / "cache"), "HF_HUB_OFFLINE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert says in run.stdout


def test_commands_of_the_page_run(shipped, tmp_path):
    """From shards to a selection that is annotated, with every command that the page shows."""
    page = (shipped / "docs" / "large-corpora.md").read_text("utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    script = "".join(blocks).replace("DOCUMENT …", "000 003").replace("ID", "a")
    lines = [line for line in script.splitlines() if "--engine ray" not in line]
    assert len(lines) == 8
    corpus = warclaims.open()
    registry = corpus.root / "annotations/registry"
    shutil.copytree(registry, tmp_path / "DIR/annotations/registry")
    (tmp_path / "DIR/corpus.toml").write_text('shards = ["../shards/*.jsonl.zst"]')
    (tmp_path / "shards").mkdir()
    export_file(corpus.bundles(), corpus, tmp_path / "shards/1.jsonl.zst")
    start = f'set -e\nwarclaims() {{ {sys.executable} -m warclaims "$@"; }}\n'
    run = subprocess.run(
        ["bash", "-c", start + "\n".join(lines)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert sorted(warclaims.open(tmp_path / "SELECTION").documents) == ["000", "003"]

"""An export replaces what an export wrote, and nothing else."""

import gzip
import json
import shutil
import sys
from pathlib import Path

import pytest
from installed_formats import each_format, is_installed

import warclaims
from strategies import write_corpus
from warclaims.formats import FORMATS
from warclaims.formats.overwrite_guard import MANIFEST

TARGETS = {
    **{
        name: (format.file,)
        for name, format in FORMATS.items()
        if format.file and is_installed(name)
    },
    "bundles": ("bundles.jsonl", "b.jsonl.gz", "b.jsonl.zst", "b.parquet"),
    "labelstudio": ("labelstudio/tasks.json", "labelstudio/config.xml"),
}
CASES = [(name, file) for name, files in TARGETS.items() for file in files]


def test_every_format_of_single_files_is_tried():
    of_files = {name for name, format in FORMATS.items() if format.beginnings}
    assert set(TARGETS) == {*filter(is_installed, of_files)}


def command(name, path):
    return ("export", name, "--out", path.parent if name == "labelstudio" else path)


@pytest.mark.parametrize(("name", "file"), CASES)
def test_another_file_is_not_replaced(cli, mini, tmp_path, name, file):
    path = tmp_path / file
    path.parent.mkdir(exist_ok=True)
    notes = b'[{"id": 1, "data": {}, "annotations": [{"completed_by": 1}]}]\n'
    path.write_bytes(gzip.compress(notes) if file.endswith(".gz") else notes)
    before = path.read_bytes()
    others = set(path.parent.iterdir())
    run = cli("--corpus", mini, *command(name, path))
    assert run.returncode == 2
    assert f"{path} exists and was not written by this export" in run.stderr
    assert "--overwrite" in run.stderr
    assert path.read_bytes() == before
    assert set(path.parent.iterdir()) == others
    assert cli("--corpus", mini, *command(name, path), "--overwrite").returncode == 0
    assert path.read_bytes() != before


@pytest.mark.parametrize(("name", "file"), CASES)
def test_an_earlier_export_is_replaced(cli, mini, tmp_path, name, file):
    path = tmp_path / file
    run = ("--corpus", mini, *command(name, path))
    assert cli(*run).returncode == 0
    first = path.read_bytes()
    assert cli(*run).returncode == 0
    assert path.read_bytes() == first
    if name in ("bundles", "labelstudio"):
        assert cli(*run, "two").returncode == 0
        (mini / "annotations" / "gold" / "two.json").unlink()
        assert cli(*run).returncode == 0
        shutil.rmtree(mini / "annotations" / "gold")
        (mini / "annotations" / "gold").mkdir()
        for _ in range(2):  # an export without a document is one, too
            assert cli(*run).returncode == 0


@pytest.mark.parametrize("name", each_format(sorted(set(FORMATS) - {"textfree"})))
def test_a_mistyped_set_replaces_nothing(cli, mini, tmp_path, name):
    out = tmp_path / Path(TARGETS.get(name, ("folder",))[0]).parts[0]
    export = ("--corpus", mini, "export", name, "--out", out)
    assert cli(*export).returncode == 0
    files = [out] if out.is_file() else sorted(path for path in out.rglob("*") if path.is_file())
    before = [path.read_bytes() for path in files]
    run = cli(*export, "--set", "godl")
    assert run.returncode == 2
    assert "unknown annotation set 'godl'; did you mean 'gold'?" in run.stderr
    assert [path.read_bytes() for path in files] == before


def test_an_empty_file_is_replaced(cli, mini, tmp_path):
    path = tmp_path / "b.jsonl"
    path.touch()
    assert cli("--corpus", mini, "export", "bundles", "--out", path).returncode == 0


@pytest.mark.parametrize("form", ["csv", "json", "parquet", "ucdp"])
def test_claims_replace_claims_and_nothing_else(cli, mini, form):
    annotations = mini / "annotations/gold/one.json"
    before = annotations.read_bytes()
    wanted = ("--corpus", mini, "claims", "--format", form, "--out")
    run = cli(*wanted, annotations)
    assert run.returncode == 2
    assert "--overwrite" in run.stderr
    assert annotations.read_bytes() == before
    path = mini.parent / f"claims.{form}"
    for _ in range(2):
        assert cli(*wanted, path).returncode == 0
    path.write_bytes(b"notes")
    assert cli(*wanted, path).returncode == 2
    assert cli(*wanted, path, "--overwrite").returncode == 0
    assert path.read_bytes() != b"notes"


def test_a_damaged_file_is_refused_without_the_extra_for_zstd(cli, mini, tmp_path, monkeypatch):
    path = tmp_path / "b.jsonl.gz"
    path.write_bytes(b"\x1f\x8bdamaged")
    monkeypatch.setitem(sys.modules, "backports.zstd", None)
    run = cli("--corpus", mini, "export", "bundles", "--out", path)
    assert run.returncode == 2
    assert "was not written by this export" in run.stderr


def test_the_edition_without_texts_has_all_sets(cli, mini):
    run = cli("--corpus", mini, "export", "textfree", "--set", "gold")
    assert run.returncode == 2
    assert "all annotation sets" in run.stderr


def test_escapes_in_json_are_named_where_they_prevent_the_edition(cli, mini):
    path = mini / "annotations/gold/one.json"
    annotations = json.loads(path.read_bytes())
    annotations["actors"][0]["note"] = "\u00f6"
    path.write_text(json.dumps(annotations))
    assert cli("--corpus", mini, "validate", "--errors-only").returncode == 0
    run = cli("--corpus", mini, "export", "textfree")
    assert run.returncode == 2
    assert "written as escapes" in run.stderr


@pytest.mark.parametrize("name", each_format(["brat", "webannotation", "xmi"]))
def test_files_whose_names_differ_only_in_case_are_refused(cli, tmp_path, name):
    bundles = [
        warclaims.build_document(
            f"Dorn mourns {name}.\n", document=name, language="en", annotator="b"
        ).bundle
        for name in ("report", "Report")
    ]
    root = write_corpus(tmp_path / "with", bundles).root
    run = cli("--corpus", root, "export", name, "--out", tmp_path / "out")
    assert run.returncode == 2
    assert "the files report." in run.stderr
    assert "and Report." in run.stderr
    assert not (tmp_path / "out").exists()
    run = cli("--corpus", root, "export", name, "Report", "--out", tmp_path / "out")
    assert run.returncode == 0, run.stderr


FOLDERS = each_format(["brat", "spacy", "webannotation", "xmi"])


@pytest.mark.parametrize("name", FOLDERS)
def test_files_that_were_edited_or_added_in_an_exported_folder_are_not_replaced(
    cli, mini, tmp_path, name
):
    out = tmp_path / "out"
    run = ("--corpus", mini, "export", name, "--out", out)
    assert cli(*run).returncode == 0
    assert cli(*run).returncode == 0
    whole = {path.name: path.read_bytes() for path in out.iterdir()}
    edited = next(one for one in sorted(whole) if one != MANIFEST)
    for path in (out / edited, out / "more.ann"):
        path.write_bytes(b"the work of days")
        done = cli(*run)
        assert done.returncode == 2
        assert f"edited or added since they were exported: {path.name}." in done.stderr
        assert path.read_bytes() == b"the work of days"
        assert cli(*run, "--overwrite").returncode == 0
        assert {path.name: path.read_bytes() for path in out.iterdir()} == whole
    (out / edited).unlink()
    assert cli(*run).returncode == 0


@pytest.mark.parametrize("name", FOLDERS)
def test_a_folder_of_another_program_is_not_replaced(cli, mini, tmp_path, name):
    out = tmp_path / "out"
    run = ("--corpus", mini, "export", name, "--out", out)
    assert cli(*run).returncode == 0
    (out / MANIFEST).unlink()
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    for options in ((), ("--overwrite",)):
        done = cli(*run, *options)
        assert done.returncode == 2
        assert "that an export wrote. Name a new folder" in done.stderr
        assert {path.name: path.read_bytes() for path in out.iterdir()} == before


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"one.txt": 3}', b"\xff"])
def test_a_damaged_list_of_exported_files_is_not_trusted(cli, mini, tmp_path, content):
    out = tmp_path / "out"
    run = ("--corpus", mini, "export", "brat", "--out", out)
    assert cli(*run).returncode == 0
    (out / MANIFEST).write_bytes(content)
    assert "edited or added since" in cli(*run).stderr

"""The table of formats: every folder is in it, and every format is exported and described."""

import csv
from pathlib import Path

import pytest
from installed_formats import each_format

from warclaims import formats
from warclaims.formats import FORMATS


def test_every_folder_is_a_format():
    folders = {path.parent.name for path in Path(formats.__file__).parent.glob("*/__init__.py")}
    assert folders == set(FORMATS)


@pytest.mark.parametrize("name", each_format())
def test_the_help_and_the_page_describe_it(cli, shipped, name):
    assert name in cli("export", "--help").stdout
    assert f"| `{name}` |" in (shipped / "docs" / "formats.md").read_text("utf-8")
    is_read = name in cli("import", "--help").stdout
    assert is_read == bool(FORMATS[name].importer) == bool(FORMATS[name].reads)


@pytest.mark.parametrize("name", each_format())
def test_it_is_exported(cli, mini, name):
    run = cli("--corpus", mini, "export", name)
    assert run.returncode == 0, run.stderr
    assert "wrote " in run.stdout


def test_claims_of_some_documents_are_exported(cli, tmp_path):
    path = tmp_path / "claims.csv"
    run = cli("export", "csv", "004", "000", "--out", path)
    assert run.returncode == 0, run.stderr
    rows = list(csv.DictReader(path.open(encoding="utf-8-sig", newline="")))
    assert {row["document"] for row in rows} == {"000", "004"}
    assert f"{len(rows)} claims" in run.stdout


def test_deaths_by_event_are_exported_with_what_is_in_no_row(cli, tmp_path):
    path = tmp_path / "events.csv"
    run = cli("export", "ucdp", "--out", path)
    assert "in no row: 004:killed:c1: 11" in run.stderr
    rows = list(csv.DictReader(path.open(encoding="utf-8-sig", newline="")))
    assert f"{len(rows)} events" in run.stdout


@pytest.mark.parametrize("name", ["bundles", "spans", "brat", "csv"])
def test_with_errors_nothing_is_written_and_all_are_listed(cli, mini, tmp_path, name):
    for document in ("one", "two"):
        gold = mini / "annotations" / "gold" / f"{document}.json"
        gold.write_text(gold.read_text("utf-8").replace('"text": "', '"text": "x', 1))
    out = tmp_path / "out" if name == "brat" else "-"
    run = cli("--corpus", mini, "export", name, "--out", out)
    assert run.returncode == 1
    assert "gold/one.json" in run.stderr
    assert "gold/two.json" in run.stderr
    assert run.stdout == ""
    assert not (tmp_path / "out").exists()


def test_claims_with_errors_are_not_exported(cli, mini):
    gold = mini / "annotations" / "gold" / "one.json"
    gold.write_text(gold.read_text("utf-8").replace('"source": ["a1"]', '"source": ["a9"]'))
    run = cli("--corpus", mini, "export", "csv")
    assert run.returncode == 1
    assert "source names 'a9'" in run.stderr
    assert "Nothing was written" in run.stderr

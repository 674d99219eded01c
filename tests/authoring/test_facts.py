"""Facts about texts: ``warclaims set ID --outlet …`` and ``warclaims add --table``."""

from __future__ import annotations

import json

import pytest

HEADER = "file,outlet,date,language,translation,id\n"


def entry(root, name):
    index = json.loads((root / "seeds" / "index.json").read_text("utf-8"))
    return next(one for one in index["documents"] if one["id"] == name)


def test_facts_are_stated_later_and_nothing_else_changes(cli, mini):
    index = mini / "seeds" / "index.json"
    before = index.read_text("utf-8").splitlines()
    other = entry(mini, "two")
    arguments = (
        "set",
        "one",
        "--outlet",
        "Dorn Daily",
        "--date",
        "2024-05",
        "--source",
        "its page",
    )
    dry = cli("--corpus", mini, *arguments, "--dry-run")
    assert dry.returncode == 0
    assert "would be changed: outlet: " in dry.stdout
    assert index.read_text("utf-8").splitlines() == before
    done = cli("--corpus", mini, *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    assert "→ Dorn Daily" in done.stdout
    assert f"Now run: warclaims --corpus {mini} build" in done.stdout
    after = entry(mini, "one")
    assert after["outlet"]["value"] == "Dorn Daily"
    assert after["outlet"]["basis"] == "Stated later, after its page"
    assert after["date"]["value"] == "2024-05"
    assert entry(mini, "two") == other
    assert "nothing has changed" in cli("--corpus", mini, *arguments).stdout
    assert cli("--corpus", mini, "validate", "--errors-only").returncode == 0


def test_an_empty_fact_is_no_longer_stated(cli, mini):
    cli("--corpus", mini, "set", "one", "--outlet", "Dorn Daily")
    done = cli("--corpus", mini, "set", "one", "--outlet", "")
    assert "changed: outlet: Dorn Daily → not stated" in done.stdout
    assert entry(mini, "one")["outlet"]["value"] is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("one",), "state a fact"),
        (("one", "--source", "its page"), "state a fact"),
        (("one", "--id", "three", "--outlet", "x"), "cannot be combined"),
        (("oen", "--outlet", "x"), "did you mean 'one'?"),
        (("one", "--date", "2024-02-30"), "no such date"),
        (("one", "--language", "?"), "a language is a tag"),
        (("one", "--outlte", "x"), "--outlet"),
    ],
)
def test_what_cannot_be_stated_is_refused(cli, mini, words, said):
    before = (mini / "seeds" / "index.json").read_bytes()
    done = cli("--corpus", mini, "set", *words)
    assert done.returncode == 2
    assert said in done.stderr
    assert (mini / "seeds" / "index.json").read_bytes() == before


@pytest.fixture
def texts(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.txt").write_text(f"Blast in {name}\n\nTwo people died.\n", "utf-8")
    return folder


def test_a_table_adds_texts_with_what_it_states(cli, mini, texts):
    table = texts / "table.csv"
    rows = 'a.txt,"Daily, Dorn",2024-05-06,en,no,\nb.txt,,,,,other\n'
    table.write_text("\ufeff" + HEADER + rows, "utf-8")
    done = cli(
        "--corpus", mini, "add", "--annotator", "a", "--table", table, "--outlet", "Dorn News"
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    assert entry(mini, "a")["outlet"]["value"] == "Daily, Dorn"
    assert entry(mini, "a")["date"]["value"] == "2024-05-06"
    assert entry(mini, "a")["translation"] is False
    assert entry(mini, "other")["outlet"]["value"] == "Dorn News"


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("file,outlte\na.txt,x\n", "unknown column 'outlte'; did you mean 'outlet'?"),
        ("outlet\nx\n", "names no column 'file'"),
        ("", "names no column 'file'"),
        (HEADER + ",x,,,,\n", "line 2: no file is named"),
        (HEADER + "a.txt,x,,,maybe,\n", "line 2: translation is 'maybe'"),
        (HEADER + "a.txt,x,,,,,more\n", "line 2: more cells than columns"),
        (HEADER + "a.txt,,,,,\nc.txt,,,,,\n", "c.txt"),
        (HEADER + "a.txt,,2024-13-01,,,\n", "2024-13-01"),
    ],
)
def test_a_wrong_table_adds_nothing(cli, mini, texts, table, said):
    before = (mini / "seeds" / "index.json").read_bytes()
    (texts / "table.csv").write_text(table, "utf-8")
    done = cli("--corpus", mini, "add", "--annotator", "a", "--table", texts / "table.csv")
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert (mini / "seeds" / "index.json").read_bytes() == before


def test_files_or_a_table_are_needed(cli, mini, texts):
    assert "one FILE or more, or a table" in cli("--corpus", mini, "add").stderr
    (texts / "table.csv").write_text(HEADER, "utf-8")
    both = cli("--corpus", mini, "add", texts / "a.txt", "--table", texts / "table.csv")
    assert "one FILE or more, or a table" in both.stderr

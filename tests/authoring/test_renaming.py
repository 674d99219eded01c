"""``warclaims set ID --id NEW``: a document under another id, everywhere or nowhere."""

from __future__ import annotations

import fcntl
import json
import os
from pathlib import Path

import pytest

import warclaims
from warclaims.authoring import rename_document
from warclaims.files import edits, journal, locked, replacement
from warclaims.files.limits import MAX_FILE


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


LINE = (
    '{"first": "a", "second": "b", "document": "one", "unit": "actors", "kind": "edges", '
    '"start": 20, "words": "Officials", "first_reading": "", "second_reading": "", '
    '"decision": "first", "reason": "\\"document\\": \\"one\\""}\n'
)

CHALLENGE = (
    '{"document": "one", "record": "a1", "words": "Officials", "reading": "no source", '
    '"basis": "sense", "rule": null, "verdict": "open", "reason": null}\n'
)


def test_every_file_follows_and_the_corpus_stays_valid(cli, mini):
    (mini / "annotations/adjudication.jsonl").write_text(LINE)
    (mini / "annotations/challenges.jsonl").write_text(CHALLENGE)
    (mini / "annotations/gold/.one.conflict.json").write_text('{"document": "one"}')
    before = warclaims.open(mini).bundle("one")
    run = cli("--corpus", mini, "set", "one", "--id", "report-1")
    assert run.returncode == 0, run.stderr
    after = warclaims.open(mini)
    assert list(after.documents) == ["report-1", "two"]
    assert after.documents["report-1"].file == "report-1.txt"
    assert after.text("report-1") == before.text
    assert after.bundle("report-1").annotations.actors == before.annotations.actors
    assert after.annotations("report-1", "a").document == "report-1"
    assert after.adjudication()[0].document == "report-1"
    challenges = (mini / "annotations/challenges.jsonl").read_text()
    assert json.loads(challenges)["document"] == "report-1"
    assert after.adjudication()[0].reason == '"document": "one"'
    conflict = mini / "annotations/gold/.report-1.conflict.json"
    assert json.loads(conflict.read_bytes())["document"] == "report-1"
    assert after.registries.events["shelling-of-dorn"].basis == "report-1: 'in Dorn'"
    assert not [path for path in mini.rglob("*") if path.stem in ("one", ".one.conflict")]
    assert cli("--corpus", mini, "validate").returncode == 0


def test_there_and_back_is_as_it_was(cli, mini):
    (mini / "annotations/adjudication.jsonl").write_text(LINE)
    rename_document(warclaims.open(mini), "one", "other")
    middle = contents(mini)
    rename_document(warclaims.open(mini), "other", "one")
    rename_document(warclaims.open(mini), "one", "other")
    assert contents(mini) == middle


def test_a_dry_run_lists_and_changes_nothing(cli, mini):
    before = contents(mini)
    run = cli("--corpus", mini, "set", "one", "--id", "other", "--dry-run")
    assert run.returncode == 0
    assert "seeds/one.txt → seeds/other.txt" in run.stdout
    assert "annotations/passes/a/one.json → annotations/passes/a/other.json" in run.stdout
    assert contents(mini) == before


@pytest.mark.parametrize(
    "new", ["two", "TWO", "one", "", "a b", "../x", "-x", "CON", "lpt1", "conin$"]
)
def test_an_id_that_is_taken_or_cannot_be_one_is_refused(cli, mini, new):
    before = contents(mini)
    run = cli("--corpus", mini, "set", "one", f"--id={new}")
    assert run.returncode == 2
    assert "error: " in run.stderr
    assert contents(mini) == before


@pytest.mark.parametrize("name", ["seeds/new.txt", "annotations/gold/new.json"])
def test_no_file_is_replaced(cli, mini, name):
    (mini / name).write_text("of somebody")
    before = contents(mini)
    run = cli("--corpus", mini, "set", "one", "--id", "new")
    assert run.returncode == 2
    assert name in run.stderr
    assert contents(mini) == before


def test_an_unknown_document_is_refused_with_a_hint(cli, mini):
    run = cli("--corpus", mini, "set", "noe", "--id", "new")
    assert run.returncode == 2
    assert "unknown document 'noe'; did you mean 'one'" in run.stderr


def test_a_seed_with_a_name_of_its_own_keeps_it(mini):
    index = mini / "seeds/index.json"
    index.write_text(index.read_text().replace('"one.txt"', '"press.txt"'))
    (mini / "seeds/one.txt").rename(mini / "seeds/press.txt")
    rename_document(warclaims.open(mini), "one", "new")
    assert warclaims.open(mini).documents["new"].file == "press.txt"


@pytest.mark.parametrize("complete", [False, True])
def test_a_killed_renaming_is_finished_or_undone_by_the_next_command(mini, monkeypatch, complete):
    """Killed before all new files are complete, or right after, at the first renaming."""
    before = contents(mini)

    class Killed(BaseException):
        pass

    def die(*_args, **_kwargs):
        raise Killed

    with monkeypatch.context() as patch:
        if complete:
            patch.setattr("warclaims.files.journal.recover", die)
        else:
            patch.setattr("warclaims.files.journal.new_file", _dies_at(4, Killed))
            patch.setattr("warclaims.files.journal.rmtree", lambda *_args, **_options: None)
        with pytest.raises(Killed):
            rename_document(warclaims.open(mini), "one", "new")
    with locked(mini):
        pass
    after = contents(mini)
    if not complete:
        assert after == before
    else:
        assert list(warclaims.open(mini).documents) == ["new", "two"]
        assert not [name for name in after if Path(name).stem == "one"]


def _dies_at(number: int, error: type[BaseException]):
    calls = iter(range(number))

    def new_file(path):
        if next(calls, None) is None:
            raise error
        return replacement.new_file(path)

    return new_file


def test_a_journal_from_elsewhere_removes_nothing_outside(mini, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "mine.txt").write_bytes(b"mine")
    (mini / "linked").symlink_to(outside)
    before = edits.digest(b"mine")
    removal = {"target": "linked/mine.txt", "before": before, "removed": True}
    (mini / journal.PENDING).mkdir()
    (mini / journal.PENDING / journal.LIST).write_text(json.dumps([removal]))
    with pytest.raises(warclaims.errors.WarclaimsError), locked(mini):
        pass
    assert (outside / "mine.txt").read_bytes() == b"mine"
    assert os.path.lexists(mini / "linked")


def test_what_a_conflict_file_says_otherwise_stays_as_it_is(cli, mini):
    words = '{"document": "one",\n "note": "in \\"one\\"", "broken'
    (mini / "annotations/gold/.one.conflict.json").write_text(words)
    run = cli("--corpus", mini, "set", "one", "--id", "new")
    assert run.returncode == 0, run.stderr
    moved = mini / "annotations/gold/.new.conflict.json"
    assert moved.read_text() == words.replace('"one",', '"new",')


def test_mentions_are_looked_for_in_words_of_any_encoding(cli, mini):
    (mini / "annotations/NOTES.md").write_bytes("Café: see one.".encode("latin-1"))
    (mini / "annotations/scan.png").write_bytes(b"one \xff")
    run = cli("--corpus", mini, "set", "one", "--id", "new")
    assert run.returncode == 0, run.stderr
    assert "annotations/NOTES.md" in run.stdout
    assert "scan.png" not in run.stdout + run.stderr


@pytest.mark.parametrize(("name", "is_told"), [("scan.png", False), ("more.jsonl", True)])
def test_a_file_too_large_to_look_into_does_not_stop_a_renaming(cli, mini, name, is_told):
    with (mini / "annotations" / name).open("wb") as file:
        file.truncate(MAX_FILE + 1)
    run = cli("--corpus", mini, "set", "one", "--id", "new")
    assert run.returncode == 0, run.stderr
    assert (f"not searched: annotations/{name}" in run.stderr) is is_told
    assert list(warclaims.open(mini).documents) == ["new", "two"]


@pytest.mark.parametrize("new", ["ONE", "One"])
def test_the_case_of_an_id_is_changed(cli, mini, new):
    text = warclaims.open(mini).text("one")
    run = cli("--corpus", mini, "set", "one", "--id", new)
    assert run.returncode == 0, run.stderr
    after = warclaims.open(mini)
    assert after.text(new) == text
    assert after.bundle(new).annotations.document == new
    assert sorted(path.name for path in (mini / "seeds").iterdir()) == sorted(
        ["index.json", f"{new}.txt", "two.txt"]
    )


def test_the_case_of_an_id_is_changed_where_case_is_ignored(mini, monkeypatch):
    """There the file is at its new place before it is moved; it must not be taken for gone."""

    def is_there(path):
        names = {one.name.lower() for one in path.parent.iterdir()} if path.parent.is_dir() else ()
        return path.name.lower() in names

    text = warclaims.open(mini).text("one")
    with monkeypatch.context() as patch:
        patch.setattr("warclaims.authoring.renaming.is_there", is_there)
        rename_document(warclaims.open(mini), "one", "One")
    after = warclaims.open(mini)
    assert after.text("One") == text
    assert after.annotations("One").document == "One"
    assert after.annotations("One", "a").document == "One"
    assert not list(mini.rglob("one.*"))


def test_a_dry_run_neither_waits_nor_finishes_what_was_left(cli, mini):
    (mini / journal.PENDING).mkdir()
    (mini / journal.PENDING / journal.LIST).write_text("[]")
    before = contents(mini)
    number = os.open(mini, os.O_RDONLY)
    fcntl.flock(number, fcntl.LOCK_EX)
    try:
        run = cli("--corpus", mini, "set", "one", "--id", "new", "--dry-run")
    finally:
        os.close(number)
    assert run.returncode == 0, run.stderr
    assert contents(mini) == before


def test_a_part_of_a_number_is_no_mention(cli, mini):
    assert cli("--corpus", mini, "set", "two", "--id", "000").returncode == 0
    guide = mini / "annotations" / "notes.md"
    guide.write_text("30,000 or 000.5 people", encoding="utf-8")
    assert "notes.md" not in cli("--corpus", mini, "set", "000", "--id", "x", "--dry-run").stdout
    guide.write_text("see 000, of which 30,000", encoding="utf-8")
    assert "notes.md" in cli("--corpus", mini, "set", "000", "--id", "x", "--dry-run").stdout

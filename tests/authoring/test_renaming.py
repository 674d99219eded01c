"""``warclaims set ID --id NEW``: a document under another id, everywhere or nowhere."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

import warclaims
from warclaims.authoring import rename_document
from warclaims.files import locked
from warclaims.files import writing as writing_module


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


def test_every_file_follows_and_the_corpus_stays_valid(cli, mini):
    (mini / "annotations/adjudication.jsonl").write_text(LINE)
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
    "new", ["two", "TWO", "one", "ONE", "", "a b", "../x", "-x", "CON", "lpt1"]
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
    assert "there is no document 'noe'; did you mean 'one'" in run.stderr


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
            patch.setattr("warclaims.files.journal.write_new", _dies_at(4, Killed))
            patch.setattr("warclaims.files.journal.recover", lambda _root: None)
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
    write_new = writing_module.write_new
    calls = iter(range(number))

    def write(*args, **kwargs):
        if next(calls, None) is None:
            raise error
        write_new(*args, **kwargs)

    return write


def test_a_journal_from_elsewhere_removes_nothing_outside(mini, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "mine.txt").write_bytes(b"mine")
    (mini / "linked").symlink_to(outside)
    from warclaims.files.edits import digest

    removal = {"target": "linked/mine.txt", "temporary": None, "after": None}
    removal["before"] = digest(b"mine").hex()
    journal = {"changes": [removal], "made": []}
    (mini / ".warclaims-journal").write_text(json.dumps(journal))
    (mini / ".warclaims-complete").write_bytes(b"")
    with pytest.raises(warclaims.errors.WarclaimsError), locked(mini):
        pass
    assert (outside / "mine.txt").read_bytes() == b"mine"
    assert os.path.lexists(mini / "linked")

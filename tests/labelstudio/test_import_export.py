"""The commands: files out, files in, and what stands on the screen."""

import json
import os
import re
import shutil
from pathlib import Path

import pytest
from browser import Board, exported, saved

import warclaims
from warclaims.commands import main
from warclaims.corpus.blank import guidelines_followed
from warclaims.labelstudio import configuration, tasks_bytes
from warclaims.records import Lists


@pytest.fixture
def run(mini, tmp_path, monkeypatch, capsys):
    """Runs the command line on the small corpus; gives exit status, output and errors."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        code = 0
        try:
            main(["--corpus", str(mini), *arguments])
        except SystemExit as done:
            code = done.code
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return call


def snapshot(root):
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize("set_name", ["gold", "a"])
def test_out_and_in_again_changes_no_byte(run, mini, tmp_path, set_name):
    before = snapshot(mini)
    code, out, err = run("export", "labelstudio", "--set", set_name)
    assert (code, err) == (0, "not in labelstudio: several annotators (2)\n")
    assert out.splitlines()[:2] == ["wrote labelstudio/config.xml", "wrote labelstudio/tasks.json"]
    assert len(out.splitlines()) == 4, "two lines say what to do next"
    assert (tmp_path / "labelstudio" / "config.xml").read_bytes() == configuration(Lists())
    code, out, err = run("import", "labelstudio", "labelstudio/tasks.json")
    assert (code, out, err) == (0, "2 documents unchanged\n", "")
    assert snapshot(mini) == before


def test_documents_can_be_chosen(run, tmp_path):
    assert run("export", "labelstudio", "two", "--out", "there")[0] == 0
    tasks = exported((tmp_path / "there" / "tasks.json").read_bytes())
    assert [task["data"]["document"] for task in tasks] == ["two"]


def test_the_summary_tells_each_record(run, mini, tmp_path):
    run("export", "labelstudio")
    file = tmp_path / "labelstudio" / "tasks.json"
    one, two = exported(file.read_bytes())
    board = Board(one)
    board.set("casualty-1-c2", "casualty_age", ["unspecified"])
    board.delete("location-1-l1")
    board.draw("location", "Monday", location_level=["name"], new_entry=["NEW: Mondayville"])
    file.write_bytes(tasks_bytes([saved(board.task), saved(two)]))
    before = snapshot(mini)
    expected = [
        "annotations/gold/one.json",
        "  + locations l4 114–120 “Monday”",
        "  - locations l1 14–18 “Dorn”",
        "  ~ casualties c2 70–77 “a child”",
        '      age: "child" → "unspecified"',
        "proposed for the registry: Mondayville (document one, locations l4, 114–120)",
        "1 document unchanged",
    ]
    code, out, err = run("import", "labelstudio", str(file), "--dry-run")
    assert code == 0
    assert [line.split(": ")[2].split()[0] for line in err.splitlines()] == ["W624", "W614"]
    assert out.splitlines() == [f"would write {expected[0]}", *expected[1:]]
    assert snapshot(mini) == before
    code, out, err = run("import", "labelstudio", str(file))
    assert (code, out.splitlines()) == (0, [f"wrote {expected[0]}", *expected[1:]])
    changed = {p for p, data in snapshot(mini).items() if before[p] != data}
    assert changed == {mini / "annotations" / "gold" / "one.json"}
    lines = [
        {line.rstrip(b",") for line in data[path].splitlines()}
        for data in (before, snapshot(mini))
        for path in changed
    ]
    assert len(lines[0] - lines[1]) == 2, "only the lines of the records that changed"
    assert len(lines[1] - lines[0]) == 2


def test_warnings_are_shown_and_do_not_stop(run, mini, tmp_path):
    run("export", "labelstudio", "one")
    file = tmp_path / "labelstudio" / "tasks.json"
    board = Board(exported(file.read_bytes())[0])
    board.draw("boilerplate", "Monday")
    file.write_bytes(board.export())
    code, out, err = run("import", "labelstudio", str(file))
    assert (code, out) == (0, "1 document unchanged\n")
    assert err.startswith("warning: ")
    assert "L601" in err


def test_a_pass_that_is_begun_follows_the_guidelines_that_gold_follows(mini, shipped):
    corpus = warclaims.open(mini)
    assert guidelines_followed(corpus) == "1.0"
    for path in (mini / "annotations" / "gold").iterdir():
        path.write_text(path.read_text().replace('"guidelines": "1.0"', '"guidelines": "own-2"'))
    assert guidelines_followed(warclaims.open(mini)) == "own-2"
    shutil.rmtree(mini / "annotations" / "gold")
    page = (shipped / "annotations" / "GUIDELINES.md").read_text("utf-8")
    of_shipped = re.search(r"^Version \*\*(.+?)\*\*", page, re.M)[1]
    assert guidelines_followed(warclaims.open(mini)) == of_shipped


def test_a_pass_is_begun_by_exporting_it(run, mini, tmp_path):
    registry = mini / "annotations" / "registry" / "annotators.json"
    data = json.loads(registry.read_text())
    data["annotators"].append(data["annotators"][0] | {"id": "b"})
    registry.write_text(json.dumps(data))
    assert run("export", "labelstudio", "--set", "b")[0] == 0
    file = tmp_path / "labelstudio" / "tasks.json"
    tasks = exported(file.read_bytes())
    assert [task["annotations"] for task in tasks] == [[], []]
    code, out, err = run("import", "labelstudio", str(file))
    assert (code, out) == (0, "0 documents unchanged\n")
    assert err.count("L604") == 2
    tasks[0]["annotations"] = [{"result": []}]
    board = Board(tasks[0])
    board.draw("location", "Dorn", location_place=[["dorn"]], location_level=["name"])
    file.write_bytes(board.export())
    code, out, err = run("import", "labelstudio", str(file))
    assert out.splitlines() == [
        "wrote annotations/passes/b/one.json",
        "  + locations l1 14–18 “Dorn”",
    ]
    written = json.loads((mini / "annotations" / "passes" / "b" / "one.json").read_text())
    assert (written["annotator"], written["guidelines"]) == ("b", "1.0")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("export", "labelstudio", "three"), "unknown document 'three'"),
        (("export", "labelstudio", "--set", "nobody"), "unknown annotation set 'nobody'"),
        (("export", "labelstudio", "--set", "../x"), "is named by an id"),
        (("export", "labelstudio", "--set", "../gold"), "not by a path. The sets are: gold, a"),
        (("export", "labelstudio", "--set", ""), "'' cannot be an annotation set"),
        (("export", "paper"), "'paper' is not one of"),
        (("import", "labelstudio", "nothing.json"), "does not exist"),
    ],
)
def test_what_cannot_be_run_says_why(run, arguments, words):
    code, _, err = run(*arguments)
    assert code == 2
    assert words in err


def test_a_document_gold_lacks_is_exported_for_an_annotator(run, mini):
    (mini / "annotations" / "gold" / "two.json").unlink()
    assert run("export", "labelstudio")[0] == 0
    code, _, err = run("export", "labelstudio", "two")
    assert code == 2
    assert "registered are: a" in err


def test_annotations_with_errors_are_not_sent_out(run, mini, tmp_path):
    path = mini / "annotations" / "gold" / "one.json"
    path.write_bytes(path.read_bytes().replace(b'"text": "Dorn"', b'"text": "Durn"', 1))
    code, out, err = run("export", "labelstudio")
    assert (code, out) == (1, "")
    assert err.startswith("annotations/gold/one.json#/locations/0/span/0 (one 14–18): T308 ")
    assert not (tmp_path / "labelstudio").exists()


@pytest.fixture
def edited(run, tmp_path):
    """An export in which both documents were edited."""
    run("export", "labelstudio")
    file = tmp_path / "labelstudio" / "tasks.json"
    boards = [Board(task) for task in exported(file.read_bytes())]
    for board in boards:
        board.set("actor-1-a1", "actor_level", ["name"])
    file.write_bytes(tasks_bytes([saved(board.task) for board in boards]))
    return file


def test_a_disk_that_is_full_at_the_second_file_leaves_the_first_as_it_was(
    run, mini, edited, monkeypatch
):
    before, fsync, calls = snapshot(mini), os.fsync, []

    def fail_at_second(handle):
        calls.append(handle)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        fsync(handle)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail_at_second)
        code, out, err = run("import", "labelstudio", str(edited))
    assert (code, out) == (2, "")
    assert "no space left" in err
    assert snapshot(mini) == before


def test_a_file_that_cannot_be_replaced_is_written_by_the_next_command(
    run, mini, edited, monkeypatch
):
    paths = [mini / "annotations" / "gold" / f"{name}.json" for name in ("one", "two")]
    before = [path.read_bytes() for path in paths]
    replace = Path.replace

    def fail_at_second(self, target):
        if Path(target).name == "two.json":
            raise OSError(28, "No space left on device")
        return replace(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", fail_at_second)
        code, out, err = run("import", "labelstudio", str(edited))
    assert (code, out) == (2, "")
    assert "No space left" in err
    assert f"{paths[1]} could not be written" in err
    after = [path.read_bytes() for path in paths]
    assert (after[0] != before[0], after[1] == before[1]) == (True, True)
    assert run("import", "labelstudio", str(edited))[0] == 0
    assert {path.name for path in paths[0].parent.iterdir()} == {"one.json", "two.json"}
    assert json.loads(paths[1].read_bytes())["actors"][0]["level"] == "name"


@pytest.mark.parametrize("name", ["../x", "../../seeds", "a/", "/tmp", ".", "", "a b"])
def test_a_set_to_import_into_is_a_name_and_no_path(run, mini, edited, tmp_path, name):
    (mini / "annotations" / "passes" / "a b").mkdir()
    before = snapshot(tmp_path)
    code, out, err = run("import", "labelstudio", str(edited), "--set", name)
    assert (code, out) == (2, "")
    assert f"{name!r} cannot be an annotation set: a set is named by an id" in err
    assert snapshot(tmp_path) == before
    code, _, err = run("import", "labelstudio", str(edited), "--set", "nobody")
    assert code == 2
    assert "unknown annotation set 'nobody'" in err


def test_an_empty_annotation_removes_records_only_if_that_is_allowed(run, mini, edited, tmp_path):
    one, two = exported(edited.read_bytes())
    one["annotations"][0]["result"] = []
    edited.write_bytes(tasks_bytes([one, two]))
    before = snapshot(mini)
    code, out, err = run("import", "labelstudio", str(edited))
    assert (code, out) == (1, "")
    assert "#/0/annotations/0/result: L505 the annotation has no record" in err
    assert "--allow-empty" in err
    assert snapshot(mini) == before
    code, out, err = run("import", "labelstudio", str(edited), "--allow-empty")
    assert code == 0, err
    written = json.loads((mini / "annotations" / "gold" / "one.json").read_bytes())
    assert written["actors"] == written["attributions"] == []
    assert out.splitlines()[0] == "wrote annotations/gold/one.json"
    code, out, err = run("import", "labelstudio", str(edited))
    assert (code, out) == (0, "2 documents unchanged\n"), "nothing is left to remove"


def test_an_annotation_with_boilerplate_only_is_empty_too(run, edited):
    one, two = exported(edited.read_bytes())
    results = one["annotations"][0]["result"]
    results[:] = [r for r in results if r.get("id", "").startswith("boilerplate")]
    assert results
    edited.write_bytes(tasks_bytes([one, two]))
    code, _, err = run("import", "labelstudio", str(edited))
    assert code == 1
    assert [line.split(": ")[1][:4] for line in err.splitlines()[:-1]] == ["L505"]


@pytest.mark.parametrize("content", ["[]", " [ ]\n"])
@pytest.mark.parametrize("options", [(), ("--dry-run",), ("--set", "a")])
def test_a_file_without_tasks_is_an_error(run, mini, tmp_path, content, options):
    (tmp_path / "empty.json").write_text(content, encoding="utf-8")
    before = snapshot(mini)
    code, out, err = run("import", "labelstudio", "empty.json", *options)
    assert (code, out) == (2, "")
    assert "empty.json contains no tasks; export the project as JSON" in err
    assert snapshot(mini) == before

"""Where files lie: links that lead nowhere, hidden files, and parts of a corpus elsewhere."""

from __future__ import annotations

import shutil

import pytest
from corrupt import INDEX, ONE, edit

import warclaims
from warclaims import layout
from warclaims.commands import main
from warclaims.errors import WarclaimsError
from warclaims.records import REGISTRIES
from warclaims.validation import validate

GOLD = "annotations/gold"


def found(root, *paths):
    return [(f.code, f.file, f.pointer) for f in validate(warclaims.open(root), paths or None)]


def test_a_link_to_itself_cannot_be_read(mini):
    loop = mini / GOLD / "loop.json"
    loop.symlink_to("loop.json")
    finding = ("F100", f"{GOLD}/loop.json", "")
    assert found(mini) == found(mini, mini / GOLD) == found(mini, loop) == [finding]


def test_a_seed_that_is_a_link_to_itself_cannot_be_read(mini):
    (mini / "seeds/one.txt").unlink()
    (mini / "seeds/one.txt").symlink_to("one.txt")
    (finding,) = validate(warclaims.open(mini))
    assert (finding.code, finding.file) == ("T301", "seeds/one.txt")
    assert "cannot be read: too many levels of symbolic links" in finding.message


def test_hidden_files_are_passed_over(mini):
    for folder in (mini / GOLD, mini / "annotations/passes/a", mini / "seeds"):
        (folder / ".#one.json").symlink_to("someone@somewhere.1234")
        (folder / ".one.json").write_text("{")
        (folder / ".one.json.swp").write_bytes(b"\0")
        (folder / ".DS_Store").write_bytes(b"\0")
    (mini / "annotations/passes/.trash").mkdir()
    (mini / "annotations/passes/.trash/one.json").write_text("{")
    assert found(mini) == []
    for folder in ("annotations", GOLD, "annotations/passes", "seeds"):
        assert found(mini, mini / folder) == []
        with pytest.raises(SystemExit) as done:
            main(["--corpus", str(mini), "validate", str(mini / folder)])
        assert done.value.code in (0, None)


@pytest.mark.parametrize("name", REGISTRIES)
def test_a_registry_elsewhere_is_checked_as_what_it_is(name, mini, tmp_path):
    copy = tmp_path / "mine.json"
    shutil.copy(mini / f"annotations/registry/{name}.json", copy)
    assert found(mini, copy) == []
    edit(tmp_path, "mine.json", {f"/{name}/-": {"id": "new"}})
    assert {(code, pointer.split("/")[1]) for code, _, pointer in found(mini, copy)} == {
        ("S201", name)
    }


def test_a_registry_elsewhere_may_refer_to_what_it_holds(mini, tmp_path):
    copy = tmp_path / "events.json"
    shutil.copy(mini / "annotations/registry/events.json", copy)
    event = {"id": "new", "label": "New", "description": "New.", "start": None, "end": None}
    rest = {"places": [], "evidence": "inferred", "basis": "made up"}
    parent = {"id": "newer", "evidence": "inferred", "basis": "made up"}
    edit(tmp_path, "events.json", {"/events/-": {**event, **rest, "parent": parent}})
    assert [code for code, _, _ in found(mini, copy)] == ["R401"]
    edit(tmp_path, "events.json", {"/events/-": {**event, **rest, "id": "newer", "parent": None}})
    assert found(mini, copy) == []


def test_an_index_elsewhere_is_checked_with_the_seeds_beside_it_or_those_of_the_corpus(
    mini, tmp_path
):
    copy = tmp_path / "documents.json"
    shutil.copy(mini / INDEX, copy)
    assert found(mini, copy) == []
    (tmp_path / "one.txt").write_text("Other words.")
    assert [code for code, _, _ in found(mini, copy)] == ["T302"]
    edit(tmp_path, "documents.json", {"/documents/1/id": "one"})
    assert ("R404", str(copy), "/documents/1/id") in found(mini, copy)


def test_annotations_elsewhere_stay_annotations(mini, tmp_path):
    copy = tmp_path / "one.json"
    shutil.copy(mini / ONE, copy)
    edit(tmp_path, "one.json", {"/casualties/0/outcome": "dead"})
    assert found(mini, copy) == [("S203", str(copy), "/casualties/0/outcome")]


def test_a_text_elsewhere_is_nothing_to_check(mini, tmp_path, capsys):
    copy = tmp_path / "one.txt"
    shutil.copy(mini / "seeds/one.txt", copy)
    with pytest.raises(WarclaimsError, match="nor a seed in"):
        found(mini, copy)
    with pytest.raises(SystemExit) as done:
        main(["--corpus", str(mini), "validate", str(copy)])
    assert done.value.code == 2
    error = capsys.readouterr().err
    assert "is a text outside the corpus" in error
    assert "--corpus" in error


def test_annotations_of_an_id_that_stands_twice_are_held_against_no_text(mini):
    edit(mini, INDEX, {"/documents/0/id": "two"})
    twice = ("R404", INDEX, "/documents/1/id")
    gone = {("R403", file, "/document") for file in (ONE, "annotations/passes/a/one.json")}
    all_found = found(mini)
    assert all_found[0] == twice
    assert set(all_found) == {twice} | {f for f in gone if (mini / f[1]).is_file()} | {
        f for f in all_found if f[0] in ("R403", "W604")
    }
    assert found(mini, mini / GOLD / "two.json") == [twice]


def test_the_folder_that_was_looked_at_is_named(tmp_path, monkeypatch):
    package = tmp_path / "src" / "warclaims"
    monkeypatch.setattr(layout, "__file__", str(package / "layout.py"))
    assert layout.shipped_corpus() == package / "data", "installed"
    (tmp_path / "pyproject.toml").touch()
    assert layout.shipped_corpus() == tmp_path, "a checkout, its index lost"
    (package / "data").mkdir(parents=True)
    assert layout.shipped_corpus() == package / "data"

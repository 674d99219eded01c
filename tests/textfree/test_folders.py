"""The folders that an edition is written to, and restored into: whole, and of one command."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

import warclaims
from warclaims.textfree import restoring

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def edition(cli, mini, tmp_path) -> Path:
    folder = tmp_path / "edition"
    run = cli("--corpus", mini, "export", "textfree", "--out", folder)
    assert run.returncode == 0, run.stderr
    return folder


def leave_out_two(mini: Path) -> None:
    index = mini / "seeds/index.json"
    record = json.loads(index.read_bytes())
    record["documents"] = [one for one in record["documents"] if one["id"] != "two"]
    index.write_text(json.dumps(record))
    for path in mini.rglob("two.*"):
        path.unlink()


def test_an_edition_takes_the_place_of_an_older_one(cli, mini, edition, tmp_path):
    texts = shutil.copytree(mini / "seeds", tmp_path / "texts")
    leave_out_two(mini)
    run = cli("--corpus", mini, "export", "textfree", "--out", edition)
    assert run.returncode == 0, run.stderr
    run = cli("restore", edition, "--texts", texts, "--out", tmp_path / "back")
    assert run.returncode == 0, run.stderr
    assert list(warclaims.open(tmp_path / "back").documents) == ["one"]


def test_an_export_that_is_cut_short_leaves_the_older_edition(
    cli, mini, edition, tmp_path, monkeypatch
):
    texts = shutil.copytree(mini / "seeds", tmp_path / "texts")
    leave_out_two(mini)
    left = iter(range(3))
    write = warclaims.files.write_bytes

    def write_some(path, data):
        if next(left, None) is None:
            raise OSError(28, "No space left on device", str(path))
        return write(path, data)

    with monkeypatch.context() as patch:
        patch.setattr("warclaims.files.write_bytes", write_some)
        assert cli("--corpus", mini, "export", "textfree", "--out", edition).returncode != 0
    run = cli("restore", edition, "--texts", texts, "--out", tmp_path / "back")
    assert run.returncode == 0, run.stderr
    assert list(warclaims.open(tmp_path / "back").documents) == ["one", "two"]
    assert not list(tmp_path.glob(".warclaims*"))


@pytest.mark.parametrize("name", ["mine.txt", "README.md", ".git"])
def test_what_is_no_edition_is_not_replaced(cli, mini, tmp_path, name):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / name).write_text("mine")
    run = cli("--corpus", mini, "export", "textfree", "--out", folder)
    assert run.returncode == 2
    assert f"{folder} is not empty and is not an edition without texts" in run.stderr
    assert [path.name for path in folder.iterdir()] == [name]


def test_an_edition_with_a_history_of_git_is_not_replaced(cli, mini, edition):
    (edition / ".git").mkdir()
    run = cli("--corpus", mini, "export", "textfree", "--out", edition)
    assert run.returncode == 2
    assert f"{edition} has .git, which would be lost" in run.stderr
    assert (edition / ".git").is_dir()


def test_a_link_to_an_edition_stays_a_link(cli, mini, edition, tmp_path):
    leave_out_two(mini)
    (tmp_path / "link").symlink_to(edition)
    run = cli("--corpus", mini, "export", "textfree", "--out", tmp_path / "link")
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "link").is_symlink()
    assert not (edition / "annotations/gold/two.json").exists()


def test_the_old_names_of_commands_and_files_still_work(cli, mini, tmp_path):
    edition = tmp_path / "edition"
    assert cli("--corpus", mini, "export", "standoff", "--out", edition).returncode == 0
    (edition / "textfree.json").rename(edition / "standoff.json")
    run = cli("hydrate", edition, "--texts", mini / "seeds", "--out", tmp_path / "back")
    assert run.returncode == 0, run.stderr
    assert cli("--corpus", mini, "export", "standoff", "--out", edition).returncode == 0
    assert [path.name for path in edition.glob("*.json")] == ["textfree.json"]


def test_a_folder_that_is_filled_meanwhile_is_left_alone(cli, mini, edition, tmp_path, monkeypatch):
    restore = restoring.restore

    def slower(*arguments):
        (tmp_path / "back").mkdir()
        (tmp_path / "back/theirs.txt").write_text("theirs")
        return restore(*arguments)

    monkeypatch.setattr(restoring, "restore", slower)
    run = cli("restore", edition, "--texts", mini / "seeds", "--out", tmp_path / "back")
    assert run.returncode == 2
    assert "holds something already" in run.stderr
    assert [path.name for path in (tmp_path / "back").iterdir()] == ["theirs.txt"]


def test_labelstudio_goes_into_a_folder_with_other_files(cli, mini, tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine")
    run = cli("--corpus", mini, "export", "labelstudio", "--out", folder)
    assert run.returncode == 0, run.stderr
    assert (folder / "mine.txt").is_file()

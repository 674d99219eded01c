"""Ids are checked alike, wherever one is given; an installed corpus is not written to."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

import warclaims.layout

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", ["a b", "-x", "", "é", "x" * 101, "CON", "lpt1", "Aux"])
def test_what_cannot_be_an_id_is_refused_alike(cli, mini, tmp_path, name):
    (tmp_path / "text.txt").write_text("It rained in Dorn all night.\n")
    said = set()
    for command in (
        ("add", tmp_path / "text.txt", f"--id={name}", "--annotator", "a"),
        ("register", "annotator", "--", name),
        ("register", "place", "--type", "city", "--", name),
        ("set", "one", f"--id={name}"),
    ):
        run = cli("--corpus", mini, *command)
        assert run.returncode == 2
        said.add(run.stderr)
    assert len(said) == 1
    assert f"{name!r} cannot be an id" in said.pop()
    run = cli("new", tmp_path / "new", f"--annotator={name}")
    assert run.returncode == 2
    assert f"{name!r} cannot be the id of an annotator" in run.stderr


@pytest.fixture
def installed(mini, tmp_path, monkeypatch) -> Path:
    """The corpus inside an installed package."""
    package = tmp_path / "site-packages/warclaims"
    shutil.copytree(mini, package / "data")
    monkeypatch.setattr(warclaims.layout, "__file__", str(package / "layout.py"))
    return package / "data"


@pytest.mark.parametrize("named", [False, True])
@pytest.mark.parametrize(
    "command",
    [
        ("add", "text.txt"),
        ("register", "annotator", "someone"),
        ("set", "one", "--id", "new"),
        ("import", "labelstudio", "export.json"),
        ("migrate",),
        ("build",),
        ("studio", "pull"),
    ],
    ids=lambda command: command[0],
)
def test_the_corpus_inside_an_installed_package_is_not_written_to(
    cli, installed, tmp_path, command, named
):
    for name in ("text.txt", "export.json"):
        (tmp_path / "here" / name).write_text(json.dumps([]))
    run = cli(*(("--corpus", installed) if named else ()), *command)
    assert run.returncode == 2
    assert "corpus inside an installed package cannot be changed" in run.stderr
    assert "warclaims new DIR" in run.stderr
    assert not [one for one in installed.iterdir() if one.name.startswith(".")]

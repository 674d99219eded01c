"""What is in the place of a file and is not one is an error, and never taken for nothing."""

from __future__ import annotations

import os
import shutil
import socket
from pathlib import Path

import pytest

GOLD = "annotations/gold/one.json"


def _socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the path of a socket may only be short
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def _huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(80 << 20)


KINDS = {
    "pipe": os.mkfifo,
    "socket": _socket,
    "device": lambda path: path.symlink_to("/dev/zero"),
    "folder": Path.mkdir,
    "broken link": lambda path: path.symlink_to("nowhere"),
    "ring": lambda path: path.symlink_to(path.name),
    "huge": _huge,
}

COMMANDS = {
    "export textfree": ("export", "textfree"),
    "export bundles": ("export", "bundles", "--out", "-"),
    "build": ("build",),
    "claims": ("claims",),
    "show": ("show", "one"),
    "agree": ("agree", "gold", "a"),
    "report": ("report",),
    "validate": ("validate",),
}


def replace(path: Path, kind: str) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    KINDS[kind](path)


def check(run, name: str) -> None:
    said = run.stdout + run.stderr
    assert run.returncode in (1, 2), said
    assert name in said
    assert "Traceback" not in said


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("command", ["export textfree", "claims"])
def test_annotations_that_are_no_file(cli, mini, command, kind):
    replace(mini / GOLD, kind)
    check(cli("--corpus", mini, *COMMANDS[command]), GOLD)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_so(cli, mini, command):
    replace(mini / GOLD, "pipe")
    check(cli("--corpus", mini, *COMMANDS[command]), GOLD)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        (GOLD, "pipe"),
        (GOLD, "ring"),
        ("annotations/gold", "broken link"),
        ("annotations/gold", "pipe"),
    ],
)
def test_a_difference_is_not_made_of_it(cli, mini, tmp_path, name, kind):
    before = shutil.copytree(mini, tmp_path / "before")
    replace(mini / name, kind)
    for pair in ((before, mini), (mini, before)):
        run = cli("diff", *pair)
        check(run, name)
        assert "removed" not in run.stdout


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("annotations/gold", "broken link"),
        ("annotations/passes/a", "pipe"),
        ("annotations/passes", "huge"),
        ("annotations/adjudication.jsonl", "folder"),
        ("annotations/GUIDELINES.md", "broken link"),
        ("annotations/registry/more.json", "pipe"),
        ("seeds/index.json", "pipe"),
        ("seeds/one.txt", "device"),
    ],
)
def test_an_edition_leaves_nothing_out(cli, mini, name, kind):
    replace(mini / name, kind)
    check(cli("--corpus", mini, "export", "textfree"), name)
    assert not (mini.parent / "here" / "textfree").exists()


def test_what_does_not_exist_is_simply_absent(cli, mini):
    shutil.rmtree(mini / "annotations" / "passes")
    (mini / GOLD).unlink()
    assert cli("--corpus", mini, "export", "textfree").returncode == 0
    assert cli("--corpus", mini, "claims").returncode == 0

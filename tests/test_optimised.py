"""Python's option -OO, which drops assertions and docstrings, changes nothing."""

import os
import subprocess
import sys

from warclaims.commands import COMMANDS


def run(root, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "warclaims", *map(str, arguments)],
        cwd=root,
        env={**os.environ, "PYTHONOPTIMIZE": "2", "PYTHONUTF8": "1", "COLUMNS": "100"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_what_is_generated_is_the_same(tmp_path):
    done = run(tmp_path, "build", "--check")
    assert (done.returncode, done.stdout) == (0, "everything generated is up to date\n")


def test_a_corpus_can_be_made_checked_and_exchanged(tmp_path):
    root = tmp_path / "own"
    (tmp_path / "one.txt").write_text("Two people died in Dorn.")
    for arguments in (
        ("new", root, "--title", "Dorn", "--author", "The Group"),
        ("--corpus", root, "add", "one.txt", "--language", "en"),
        ("--corpus", root, "build"),
        ("--corpus", root, "export", "labelstudio"),
        ("--corpus", root, "import", "labelstudio", "labelstudio/tasks.json"),
        ("--corpus", root, "cite", "cff"),
    ):
        done = run(tmp_path, *arguments)
        assert done.returncode == 0, done.stderr
    done = run(tmp_path, "--corpus", root, "validate")
    assert (done.returncode, done.stderr) == (1, "")
    assert "W620" in done.stdout


def test_every_command_has_its_help():
    code = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from warclaims.commands import COMMANDS, _root\n"
        "for name in ('', *COMMANDS):\n"
        "    print(CliRunner().invoke(_root, [*name.split(), '--help']).output)\n"
        "print(CliRunner().invoke(_root, ['studio', 'push', '--help']).output)\n"
    )
    shown = {
        level: subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONOPTIMIZE": level, "COLUMNS": "100", "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        ).stdout
        for level in ("0", "2")
    }
    assert shown["2"] == shown["0"]
    assert shown["0"].count("Usage:") == len(COMMANDS) + 2

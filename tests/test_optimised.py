"""Python's option -OO, which drops assertions and docstrings, changes nothing."""

import json
import os
import subprocess
import sys

from warclaims.commands import COMMANDS

RUN = """
import json, sys
from warclaims.commands import main
for arguments in json.loads(sys.argv[1]):
    try:
        main(arguments)
    except SystemExit as end:
        print("status", end.code)
"""


def optimised(folder, *commands):
    """Run commands one after the other with -OO; give what they print, and the status of each."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, json.dumps([list(map(str, command)) for command in commands])],
        cwd=folder,
        env={**os.environ, "PYTHONOPTIMIZE": "2", "PYTHONUTF8": "1", "COLUMNS": "100"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_what_is_generated_is_the_same_and_a_corpus_can_be_made_and_exchanged(tmp_path):
    root = tmp_path / "own"
    (tmp_path / "one.txt").write_text("Two people died in Dorn.")
    said = optimised(
        tmp_path,
        ("build", "--check"),
        ("new", root, "--title", "Dorn", "--author", "The Group"),
        ("--corpus", root, "add", "one.txt", "--language", "en"),
        ("--corpus", root, "build"),
        ("--corpus", root, "export", "labelstudio"),
        ("--corpus", root, "import", "labelstudio", "labelstudio/tasks.json"),
        ("--corpus", root, "cite", "cff"),
        ("--corpus", root, "validate"),
    )
    assert said.startswith("everything generated is up to date\nstatus 0\n")
    assert said.count("status 0\n") == 7, said
    assert said.endswith("status 1\n")
    assert "W620" in said


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

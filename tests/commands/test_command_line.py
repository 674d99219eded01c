"""What all commands share: groups and examples, hints, notes, completion, pipes, encodings."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from command_line import run
from warclaims.commands import COMMANDS, GROUPS, _root
from warclaims.environment import VARIABLES

SOURCE = {"PYTHONPATH": str(Path(__file__).parents[2] / "src")}
FIXTURE = Path(__file__).parents[1] / "fixtures" / "mini"
EXAMPLES = [example for group in GROUPS.values() for example in group.values()]


def test_help_has_the_commands_in_groups(cli):
    shown = cli("--help").stdout
    for group, commands in GROUPS.items():
        part = shown.partition(f"\n{group}:\n")[2].partition("\n\n")[0]
        assert re.findall(r"^  ([a-z]+) ", part, re.MULTILINE) == list(commands)


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_is_a_command_line_that_is_understood(cli, example, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("blast.txt", "folder", "textfree", "copies"):
        (tmp_path / name).mkdir() if "." not in name else (tmp_path / name).write_text("x")
    name, *words = shlex.split(example)
    group = click.Context(_root, **_root.context_settings)
    command = _root.get_command(group, name)
    assert command is not None
    command.make_context(name, words, group)  # raises for an unknown option or value
    assert f"  Example:\n    warclaims {example}\n" in cli(name, "--help").stdout


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("claims --format jsn", "json"),
        ("export bratt", "brat"),
        ("import conl x", "conll"),
        ("register actr x", "actor"),
        ("show 000 --layer location", "locations"),
        ("show 1", "001"),
        ("studio psh", "push"),
        ("claims --outcom killed", "--outcome"),
        ("agree gold second-aa", "second-a"),
        ("claims --sort dates", "date"),
        ("status", "studio status"),
        ("rename 000 001", "set"),
    ],
)
def test_a_mistyped_word_is_met_with_the_closest(cli, words, meant):
    done = cli(*words.split())
    assert done.returncode == 2
    assert re.search(rf"did you mean (one of: )?.*'{meant}'", done.stderr, re.IGNORECASE)


def test_the_commands_of_studio_are_listed_in_their_order_and_whole(cli):
    shown = cli("studio", "--help").stdout
    listed = shown.partition("Commands:\n")[2]
    names = re.findall(r"^  ([a-z]+) ", listed, re.MULTILINE)
    assert names == ["start", "push", "pull", "status", "stop"]
    assert "..." not in listed


def test_show_lists_the_texts(cli, mini):
    done = cli("--corpus", mini, "show")
    assert done.returncode == 0
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["one", "two"]


def test_quiet_leaves_out_notes_and_keeps_results_and_errors(cli, mini, tmp_path):
    out = tmp_path / "claims.csv"
    arguments = ("--corpus", mini, "claims", "--format", "csv", "--out", out, "--overwrite")
    assert cli(*arguments).stderr == f"wrote {out}\n"
    done = cli("--quiet", *arguments)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert out.read_text("utf-8").count("\n") > 1
    assert cli("-q", "--corpus", mini, "show", "one").stdout
    assert "unknown document" in cli("-q", "--corpus", mini, "show", "three").stderr
    assert cli(*arguments).stderr, "quiet is of one call"


@pytest.fixture
def own(mini: Path) -> Path:
    (mini / "corpus.toml").write_text('title = "Wars of Dorn"\n', encoding="utf-8")
    return mini


@pytest.mark.parametrize("folder", [".", "seeds", "annotations/gold"])
def test_the_corpus_around_the_current_folder_is_used_and_named(own, folder):
    done = run(["show"], own / folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("one ")
    assert done.stderr == f"note: the corpus is {own}\n"
    assert run(["-q", "show"], own / folder).stderr == ""


def test_a_named_corpus_comes_first_and_elsewhere_the_shipped_is_used(own, shipped, tmp_path):
    done = run(["--corpus", shipped, "show"], own)
    assert (done.stdout.split()[0], done.stderr) == ("000", "")
    done = run(["show"], tmp_path)
    assert (done.stdout.split()[0], done.stderr) == ("000", "")
    done = run(["show"], shipped / "docs")
    assert (done.stdout.split()[0], done.stderr) == ("000", "")


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in use cannot be removed")
def test_a_current_folder_that_was_removed_is_no_corpus(tmp_path):
    gone = tmp_path / "gone"
    gone.mkdir()
    line = f"cd {gone}; rmdir {gone}; {sys.executable} -m warclaims --corpus {FIXTURE} show"
    environment = {**os.environ, **SOURCE}
    done = subprocess.run(
        ["sh", "-c", line], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.split()[0]) == (0, "one"), done.stderr


def test_commands_to_run_next_need_no_corpus_where_it_is_found(own):
    done = run(["set", "one", "--outlet", "Dorn Daily"], own)
    assert done.stdout.endswith("Now run: warclaims build\n")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_printed_and_completes(cli, shell, monkeypatch):
    script = cli("--completion", shell)
    assert script.returncode == 0
    assert f"_WARCLAIMS_COMPLETE={shell}_complete" in script.stdout
    words = {"bash": "warclaims claims --form", "zsh": "warclaims claims --form", "fish": "--form"}
    monkeypatch.setenv("_WARCLAIMS_COMPLETE", f"{shell}_complete")
    monkeypatch.setenv("COMP_WORDS", "warclaims claims --form" if shell == "fish" else words[shell])
    monkeypatch.setenv("COMP_CWORD", "--form" if shell == "fish" else "2")
    assert "--format" in cli().stdout


PIPED = ["claims", "claims --format json", "compare", "show 002", "export bundles --out -"]


@pytest.mark.skipif(shutil.which("bash") is None, reason="pipes of bash")
@pytest.mark.parametrize("words", PIPED)
def test_a_reader_that_ends_is_not_status_1(shipped, words):
    line = f"set -o pipefail; {sys.executable} -m warclaims {words} | head -1"
    done = subprocess.run(
        ["bash", "-c", line], cwd=shipped, capture_output=True, text=True, check=False
    )
    assert done.returncode in (0, 141)
    assert done.stderr == ""


@pytest.mark.parametrize("words", ["claims", "compare", "show 002", "queue"])
def test_signs_that_cannot_be_encoded_keep_their_meaning(shipped, words):
    """No sign becomes a question mark, and those of a comparison can still be told apart."""

    def shown(encoding):
        return subprocess.run(
            [sys.executable, "-m", "warclaims", *words.split()],
            cwd=shipped,
            env={
                "PYTHONIOENCODING": encoding,
                "COLUMNS": "100",
                "PYTHONPATH": str(shipped / "src"),
            },
            capture_output=True,
            check=True,
        ).stdout.decode(encoding)

    rich, bare = shown("utf-8"), shown("ascii")
    assert bare.count("?") == rich.count("?")
    assert "\\u" not in bare
    for sign, other in (("≥", ">="), ("≈", "~"), ("→", "->"), ("El País", "El Pais")):
        assert bare.count(other) >= rich.count(sign)


def test_letters_without_others_are_printed_by_number():
    code = "from warclaims.output import prepare_streams, echo; prepare_streams(); echo('Дорн né')"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**SOURCE, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "\\u0414\\u043e\\u0440\\u043d ne\n"


def test_every_variable_of_the_environment_is_documented(shipped):
    read = set()
    for path in (shipped / "src").rglob("*.py"):
        if path.name != "environment.py":
            read |= set(re.findall(r'"((?:WARCLAIMS|LABEL_STUDIO_API)_[A-Z_]+)"', path.read_text()))
    read -= {"WARCLAIMS_COMPLETE"}
    assert read
    assert read <= VARIABLES.keys()
    page = (shipped / "docs" / "commands.md").read_text("utf-8")
    assert all(f"`{name}`" in page for name in VARIABLES)


def test_groups_have_every_command_once():
    assert sorted(COMMANDS) == sorted(name for group in GROUPS.values() for name in group)

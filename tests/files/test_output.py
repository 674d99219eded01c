"""Words from anywhere cannot control the terminal or the log of a runner."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from warclaims.commands import main
from warclaims.output import console, echo, plain

ESCAPE = "\x1b[2J\x9b31m\u202e"
COMMAND = "::error::taken over"
CONTROLS = "\x1b\x9b\x07\x08\x0d\u202e\u2066\u2028"


def harmless(words):
    return not set(words) & set(CONTROLS) and not any(
        line.lstrip().startswith("::") for line in words.splitlines()
    )


@pytest.mark.parametrize("words", [ESCAPE, COMMAND, f"a\n{COMMAND}", f"a\n  {COMMAND}\n{ESCAPE}"])
def test_what_is_printed_is_harmless(words, capsys):
    echo(words)
    echo(words, err=True)
    said = capsys.readouterr()
    assert harmless(said.out)
    assert harmless(said.err)
    assert said.out.count("\n") == words.count("\n") + 1


def test_tables_are_harmless_and_keep_their_colours(capsys):
    from rich.table import Table

    table = Table("head" + ESCAPE)
    table.add_row("cell" + ESCAPE)
    made = console(force_terminal=True, color_system="standard", width=80)
    made.print(table)
    made.print("red" + ESCAPE, style="red", markup=False)
    said = capsys.readouterr().out
    assert "\x1b[31m" in said
    assert "\x1b[2J" not in said
    assert "\x9b" not in said
    assert "\u202e" not in said


def poison(corpus):
    """Put control sequences and workflow commands wherever a corpus holds words."""
    bad = f"{ESCAPE}\n{COMMAND}\n"
    for path in corpus.rglob("*.json"):
        content = json.loads(path.read_text())
        for entries in content.values():
            for entry in entries if isinstance(entries, list) else ():
                for key in ("label", "note", "title", "basis", "description"):
                    if isinstance(entry, dict) and isinstance(entry.get(key), str):
                        entry[key] += bad
                if isinstance(entry, dict) and isinstance(entry.get("outlet"), dict):
                    entry["outlet"]["value"] = f"outlet{bad}"
        path.write_text(json.dumps(content, ensure_ascii=False))


@pytest.mark.parametrize(
    "command",
    [
        "validate",
        "validate --format json",
        "validate --format sarif",
        "claims",
        "claims --events",
        "claims --format json",
        "claims --outlet nobody",
        "show one",
        "agree gold a --differences",
        "migrate --check",
        "build",
        "diff . ../fixture",
        "diff . ../fixture --format json",
        "import labelstudio ../export.json",
        "cite",
    ],
)
def test_a_corpus_full_of_control_characters_is_shown_harmlessly(
    mini, tmp_path, monkeypatch, capsys, command
):
    (tmp_path / "fixture").symlink_to(Path(__file__).parents[1] / "fixtures" / "mini")
    task = {
        "id": 1,
        "data": {"text": ESCAPE, "document": f"x{ESCAPE}\n{COMMAND}"},
        "annotations": [],
    }
    (tmp_path / "export.json").write_text(json.dumps([task]))
    poison(mini)
    monkeypatch.chdir(mini)
    with pytest.raises(SystemExit) as ended:
        main(["--corpus", ".", *command.split()])
    said = capsys.readouterr()
    assert ended.value.code in (0, 1, 2)
    assert "Traceback" not in said.err
    if command == "claims --format json":  # data for programs, as it is
        json.loads(said.out)
    else:
        assert harmless(said.out), said.out
    assert harmless(said.err), said.err


def test_a_wrong_argument_is_repeated_harmlessly(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["validate", f"--format={ESCAPE}\n{COMMAND}"])
    assert ended.value.code == 2
    assert harmless(capsys.readouterr().err)


def test_signs_that_an_encoding_lacks_are_written_in_its_characters():
    code = "import warclaims.output as o; o.prepare_streams(); o.echo('≥ 2 ≈ 3 “x” ж')"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONIOENCODING": "ascii", "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        check=True,
    )
    assert done.stdout == b'>= 2 ~ 3 "x" \\u0436\n'


def test_a_reader_that_wants_no_more_is_not_a_finding():
    run = [sys.executable, "-m", "warclaims", "validate", "--explain", "all"]
    with subprocess.Popen(run, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as command:
        command.stdout.close()
        said = command.stderr.read()
    assert command.returncode == 141
    assert said == b""


def test_the_own_commands_of_a_format_reach_the_runner(mini, capsys):
    (mini / "annotations" / "gold" / "one.json").write_text("{")
    with pytest.raises(SystemExit):
        main(["--corpus", str(mini), "validate", "--format", "github"])
    assert capsys.readouterr().out.startswith("::error file=")


def test_plain_keeps_ordinary_words():
    assert plain("At least “nine” — ≥ 9 :: κ") == "At least “nine” — ≥ 9 :: κ"


@pytest.mark.parametrize("command", [["claims"], ["show", "one"], ["agree", "gold", "a"]])
def test_a_reader_that_wants_no_more_of_a_table_is_not_a_finding(mini, command):
    run = [sys.executable, "-m", "warclaims", "--corpus", str(mini), *command]
    with subprocess.Popen(run, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        said = process.stderr.read()
    assert process.returncode == 141
    assert b"Traceback" not in said

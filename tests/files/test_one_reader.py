"""Every file is read by the one reader and every line printed by the one function."""

from __future__ import annotations

import ast
import os
import signal
from contextlib import contextmanager
from pathlib import Path

import pytest

from warclaims.commands import main
from warclaims.files import FileTooLarge, read_file, read_words

SOURCE = Path(__file__).parents[2] / "src" / "warclaims"
BARE = {"read_bytes", "read_text", "write_bytes", "write_text", "mkstemp", "mkdtemp"}
BARE_NAMES = {"print", "Console", "secho"}
ALLOWED = {
    ("build/builder.py", "write_bytes"),  # into its own temporary folder
    ("report/site.py", "write_bytes"),  # likewise
    ("report/site.py", "read_bytes"),  # a template of the package
    ("report/plots/atlas.py", "read_bytes"),  # a map of the package
    ("versions/archives.py", "write_bytes"),  # into a temporary folder
}


def bare_calls():
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        if name.startswith("files/") or name == "output.py":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call):
                continue
            called = node.func
            if isinstance(called, ast.Attribute):
                on = getattr(called.value, "id", None)
                if called.attr in BARE or (on, called.attr) == ("click", "echo"):
                    yield name, called.attr
            elif isinstance(called, ast.Name) and called.id in BARE_NAMES:
                yield name, called.id


def test_nothing_is_read_written_or_printed_by_another_way():
    assert set(bare_calls()) - ALLOWED == set()


@contextmanager
def within(seconds):
    """End with an error what would hang."""

    def stop(*_):
        raise AssertionError(f"still at it after {seconds} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


COMMANDS = (
    "validate",
    "build --check",
    "claims",
    "claims --set a",
    "show one",
    "agree gold a",
    "migrate --check",
    "export bundles --out {out}/b.jsonl",
    "export labelstudio --out {out}/ls",
    "export textfree --out {out}/edition",
    "diff {corpus} {other}",
    "register actor new-one --type person",
)
FILES = (
    "seeds/index.json",
    "seeds/one.txt",
    "annotations/gold/one.json",
    "annotations/passes/a/one.json",
    "annotations/registry/actors.json",
    "annotations/adjudication.jsonl",
    "annotations/GUIDELINES.md",
    "README.md",
    "corpus/manifest.json",
    "corpus/claims.json",
    "corpus/claims.parquet",
)


@pytest.mark.parametrize("name", FILES)
def test_a_pipe_in_place_of_a_file_hangs_no_command(mini, tmp_path, name, capsys):
    path = mini / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    other = Path(__file__).parents[1] / "fixtures" / "mini"
    for line in COMMANDS:
        words = line.format(out=tmp_path, corpus=mini, other=other).split()
        with within(60), pytest.raises(SystemExit) as ended:
            main(["--corpus", str(mini), *words])
        said = capsys.readouterr()
        assert ended.value.code in (0, 1, 2), said
        assert "Traceback" not in said.err


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("seeds/index.json", "validate"),
        ("annotations/registry/actors.json", "show one"),
        ("annotations/registry/actors.json", "register actor new-one --type person"),
        ("annotations/gold/one.json", "claims"),
        ("annotations/gold/one.json", "migrate"),
    ],
)
def test_a_pipe_in_place_of_a_file_that_is_needed_is_an_error(mini, capsys, name, command):
    (mini / name).unlink()
    os.mkfifo(mini / name)
    with within(60), pytest.raises(SystemExit) as ended:
        main(["--corpus", str(mini), *command.split()])
    assert ended.value.code in (1, 2)
    said = capsys.readouterr()
    assert "it is a pipe" in said.out + said.err


@pytest.mark.parametrize("kind", ["folder", "socket", "device", "loop", "missing"])
def test_what_is_not_a_regular_file_is_refused_with_its_kind(tmp_path, kind, monkeypatch):
    path = tmp_path / "x"
    if kind == "folder":
        path.mkdir()
    elif kind == "socket":
        import socket

        monkeypatch.chdir(tmp_path)  # the name of a socket may not be long
        with socket.socket(socket.AF_UNIX) as end:
            end.bind("x")
    elif kind == "device":
        path = Path("/dev/zero")
    elif kind == "loop":
        path.symlink_to(path)
    words = {"loop": "symbolic links", "missing": "No such", "socket": "No such device|socket"}
    with within(10), pytest.raises(OSError, match=words.get(kind, f"it is a {kind}")):
        read_file(path)


def test_a_file_that_is_larger_than_the_limit_is_refused_without_reading_it_all(tmp_path):
    path = tmp_path / "x"
    with path.open("wb") as file:
        file.truncate(2**40)  # sparse: it takes no room
    with within(20), pytest.raises(FileTooLarge, match="larger than 64 MiB"):
        read_file(path)
    with pytest.raises(FileTooLarge, match="larger than 3 bytes"):
        read_words(path, 3)

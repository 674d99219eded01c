"""Files of a corpus: whatever one of them holds, each command gives a result or a clean error."""

from __future__ import annotations

import shutil
import tempfile
import zlib
from functools import cache
from pathlib import Path

from command_line import run
from fuzz.properties import MINI, comes_back, sampled
from warclaims.records import (
    ActorRegistry,
    Annotations,
    AnnotatorRegistry,
    DocumentIndex,
    EventRegistry,
    PlaceRegistry,
    SideRegistry,
)

REGISTRIES = {
    "actors": ActorRegistry,
    "places": PlaceRegistry,
    "events": EventRegistry,
    "sides": SideRegistry,
    "annotators": AnnotatorRegistry,
}
GOLD = "annotations/gold/one.json"
COMMANDS = (
    ("claims", "--format", "json"),
    ("show", "one"),
    ("claims",),
    ("diff", str(MINI), "."),
    ("export", "bundles", "--out", "../bundles.jsonl"),
    ("register", "actor", "new-one", "--label", "New", "--type", "other"),
    ("validate", "--format", "sarif"),
    ("export", "labelstudio", "--out", "../tasks"),
    ("show", "one", "--set", "a"),
    ("add", "../new.txt", "--language", "en", "--annotator", "a"),
)
"""One of these is run on a file that can be read, as its bytes decide, and ``validate``."""

commands_on = 50
"""Commands are run on one input of so many, as they take a hundred times longer than reading."""


@cache
def _corpus() -> Path:
    """A copy of the small corpus, for as long as the process lives."""
    folder = Path(_keep().name)
    (folder / "new.txt").write_text("Two people were killed in Dorn, officials said.\n")
    return shutil.copytree(MINI, folder / "corpus")


@cache
def _keep() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="fuzz-")


def index(data: bytes) -> None:
    """The index of the documents."""
    _file("seeds/index.json", DocumentIndex, data)


def registry(data: bytes) -> None:
    """A registry; the first byte chooses which."""
    if data:
        name = list(REGISTRIES)[data[0] % len(REGISTRIES)]
        _file(f"annotations/registry/{name}.json", REGISTRIES[name], data[1:])


def annotations(data: bytes) -> None:
    """The annotations of a document."""
    _file(GOLD, Annotations, data)


def _file(name: str, model: type, data: bytes) -> None:
    is_valid = comes_back(data, model)
    if not sampled(data, commands_on):
        return
    commands = [("validate",)]
    if is_valid:
        commands.append(COMMANDS[zlib.crc32(data) % len(COMMANDS)])
    place = _corpus() / name
    place.write_bytes(data)
    try:
        for command in commands:
            _ends_well(command)
    finally:
        _restore()


def _ends_well(command: tuple[str, ...]) -> None:
    done = run(["--corpus", ".", *command], _corpus())
    assert done.returncode in (0, 1, 2), (command, done.returncode)
    assert "Traceback" not in done.stderr, (command, done.stderr[-3000:])
    assert done.returncode == 0 or done.stdout or done.stderr, command


def _restore() -> None:
    """Make the corpus again what it was, whatever a command has written."""
    for path in _corpus().rglob("*"):
        name = path.relative_to(_corpus())
        if name not in _contents() and path.is_file():
            path.unlink()
    for name, data in _contents().items():
        path = _corpus() / name
        if path.read_bytes() != data:
            path.write_bytes(data)


@cache
def _contents() -> dict[Path, bytes]:
    files = (path for path in MINI.rglob("*") if path.is_file())
    return {path.relative_to(MINI): path.read_bytes() for path in files}

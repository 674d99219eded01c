"""Editions without texts as anybody may send them: what is no edition ends in a clean error.

:func:`edition` takes the bytes of one file, puts them into an edition that is good otherwise, lets
the manifest name their hash, as a forger would, and puts the texts back: the very texts or other
copies of them.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

import warclaims
from warclaims.errors import WarclaimsError
from warclaims.textfree.edition import export_files
from warclaims.textfree.reading import MANIFEST, check_edition
from warclaims.textfree.restoring import restore

MINI = Path(__file__).parents[1] / "fixtures" / "mini"

FILES = (
    MANIFEST,
    "seeds/index.json",
    "annotations/gold/one.json",
    "annotations/adjudication.jsonl",
    "annotations/registry/events.json",
    "annotations/page.md",
)
"""The files that the first byte of the data chooses from."""

_MORE = {
    "annotations/adjudication.jsonl": (
        '{"first": "a", "second": "b", "document": "one", "unit": "actors", "kind": "edges", '
        '"start": 20, "words": "⟦one:20-39⟧", "first_reading": "", "second_reading": "", '
        '"decision": "first", "reason": "So it is."}\n'
    ),
    "annotations/page.md": "It says ⟦one:45-58⟧, and ⟦two:24-45^⟧.\n",
}


@cache
def _files() -> dict[str, bytes]:
    """A good edition of the small corpus, with a page and a line on a difference."""
    whole = export_files(warclaims.open(MINI))
    files = {name: whole[name] for name in FILES if name in whole}
    return _signed(files | {name: words.encode() for name, words in _MORE.items()})


@cache
def _copies() -> tuple[dict[str, bytes], ...]:
    texts = {name: warclaims.open(MINI).text(name) for name in ("one", "two")}
    other = {name: f"Menu\n\n{text.replace('“', '«')}\nMore" for name, text in texts.items()}
    choices = texts, other, {"one": other["one"], "two": texts["two"]}, {"two": other["two"]}
    return tuple({name: text.encode() for name, text in one.items()} for one in choices)


def _signed(files: dict[str, bytes]) -> dict[str, bytes]:
    """``files`` with a manifest that names their hashes, if it can be read as one."""
    try:
        manifest = json.loads(files[MANIFEST])
        manifest["files"] = [
            {"path": name, "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in files.items()
            if name != MANIFEST
        ]
        return files | {MANIFEST: json.dumps(manifest).encode()}
    except (ValueError, TypeError, RecursionError):
        return files


def seeds() -> list[bytes]:
    """Good input: each file of the edition after the byte that chooses it."""
    return [bytes([number]) + _files()[name] for number, name in enumerate(FILES)]


def edition(data: bytes) -> None:
    """One file of an edition as ``data`` has it, all others good; the texts put back."""
    if not data:
        return
    name = FILES[data[0] % len(FILES)]
    files = _files() | {name: data[1:]}
    try:
        opened = check_edition(_signed(files))
    except WarclaimsError:
        return
    try:
        found = restore(opened, _copies()[len(data) % len(_copies())])
    except WarclaimsError:
        return
    assert all(not Path(path).is_absolute() and ".." not in path for path in found.files)

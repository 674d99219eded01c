"""Corrupting a copy of the small corpus, one thing at a time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from warclaims.validation.mistakes import GONE, ONE

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["GONE", "INDEX", "ONE", "TWO", "edit", "replace", "span"]

TWO = "annotations/gold/two.json"
INDEX = "seeds/index.json"


def edit(root: Path, file: str, changes: dict[str, Any]) -> None:
    """Set the values at JSON Pointers; ``-`` as the last step appends to a list."""
    path = root / file
    content = json.loads(path.read_bytes())
    for pointer, value in changes.items():
        *steps, last = pointer.split("/")[1:]
        place = content
        for step in steps:
            place = place[int(step)] if isinstance(place, list) else place[step]
        if value is GONE:
            del place[int(last) if isinstance(place, list) else last]
        elif last == "-" or (isinstance(place, list) and int(last) == len(place)):
            place.append(value)
        else:
            place[int(last) if isinstance(place, list) else last] = value
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1))


def replace(root: Path, file: str, old: bytes, new: bytes) -> None:
    """Replace bytes that stand once in a file."""
    data = (root / file).read_bytes()
    assert data.count(old) == 1, f"{old!r} stands {data.count(old)} times in {file}"
    (root / file).write_bytes(data.replace(old, new))


def span(root: Path, document: str, words: str, after: str = "") -> list[dict[str, Any]]:
    """A span of the first ``words`` that follow ``after`` in a text."""
    text = (root / "seeds" / f"{document}.txt").read_bytes().decode()
    start = text.index(words, text.index(after) + len(after))
    return [{"start": start, "end": start + len(words), "text": words}]

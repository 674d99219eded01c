"""A corpus in whose texts and registries stands markup that would run if it were not escaped."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;</span></svg>"


def poison(corpus: Path) -> Path:
    """Put markup into the mini corpus: title, a casualty, outlet, ids' labels, notes, names."""
    seed = corpus / "seeds/one.txt"
    text = seed.read_text("utf-8")
    places = [text.index("hits Dorn"), text.index("civilians"), text.index("Officials") + 3]
    for place in sorted(places, reverse=True):
        text = text[:place] + MARKUP + text[place:]
    seed.write_bytes(text.encode())
    sha256 = hashlib.sha256(text.encode()).hexdigest()

    def moved(offset: int, *, end: bool) -> int:
        return offset + len(MARKUP) * sum(p < offset or (p == offset and not end) for p in places)

    def moved_all(value: Any) -> Any:
        if isinstance(value, list):
            return [moved_all(item) for item in value]
        if not isinstance(value, dict):
            return value
        value = {name: moved_all(item) for name, item in value.items()}
        if "start" in value and isinstance(value["start"], int):
            value["start"] = moved(value["start"], end=False)
            value["end"] = moved(value["end"], end=True)
            if "text" in value:
                value["text"] = text[value["start"] : value["end"]]
        return value

    index = corpus / "seeds/index.json"
    record = json.loads(index.read_bytes())
    document = record["documents"][0] = moved_all(record["documents"][0])
    document |= {"sha256": sha256, "length": len(text), "title": f"Title {MARKUP}"}
    document["outlet"]["value"] = f"Outlet {MARKUP}"
    for before, segment in zip(document["segments"], document["segments"][1:], strict=False):
        segment["start"] = before["end"]
    index.write_text(json.dumps(record))
    for file in (corpus / "annotations").glob("*/**/one.json"):
        annotations = moved_all(json.loads(file.read_bytes())) | {"sha256": sha256}
        casualty = annotations["casualties"][0]
        casualty |= {"alternatives": [{"value": 3}], "note": f"Note {MARKUP}"}
        file.write_text(json.dumps(annotations))
    for file in (corpus / "annotations/registry").iterdir():
        registry = json.loads(file.read_bytes())
        for entry in next(value for value in registry.values() if isinstance(value, list)):
            for field in ("label", "description", "basis"):
                if field in entry:
                    entry[field] += f" {MARKUP}"
            for name in entry.get("names", ()):
                name["basis"] += f" {MARKUP}"
        file.write_text(json.dumps(registry))
    return corpus

"""Corpus directories of many generated documents, with gold and two passes."""

from __future__ import annotations

import json
import shutil
from random import Random
from typing import TYPE_CHECKING, Any

from support.bundles import lines
from warclaims.layout import GOLD, Layout

if TYPE_CHECKING:
    from pathlib import Path

    from warclaims.corpus import Corpus

PASSES = ("second-a", "second-b")
COPIED = ("actors", "places", "sides", "annotators")
SEED = 7
_OF_EVENTS = ("events", "regarding")
_MISSED = 0.1
"""So many of the places a pass leaves out."""


def write_corpus(
    corpus: Corpus, root: Path, number: int, together: int | None = None, passes: int = 2
) -> int:
    """Write a corpus of ``number`` documents into the new folder ``root``; how many events it has.

    Every ``together`` documents have events of their own, all those of ``corpus``: more documents
    report more events. ``None``: all documents are about the same events.
    """
    layout = Layout(root)
    sets = [GOLD, *PASSES[:passes]]
    for folder in (layout.seeds, *map(layout.annotation_set, sets)):
        folder.mkdir(parents=True)
    layout.registry("events").parent.mkdir()
    for name in COPIED:
        shutil.copy(corpus.layout.registry(name), layout.registry(name))
    documents = []
    chance = Random(SEED)
    for place, (line, _) in enumerate(lines(corpus, number, SEED, broken=False)):
        bundle = json.loads(line)
        documents.append(bundle["document"])
        (layout.seeds / bundle["document"]["file"]).write_bytes(bundle["text"].encode())
        annotations = bundle["annotations"]
        if together:
            _rename_events(annotations, place // together)
        gold = annotations["locations"]
        for name in sets:
            if name != GOLD:
                annotations["annotator"] = name
                annotations["locations"] = [one for one in gold if chance.random() > _MISSED]
            _write(layout.annotation_file(name, bundle["document"]["id"]), annotations)
    index = json.loads(corpus.layout.index.read_bytes())
    _write(layout.index, {**index, "documents": documents})
    events = json.loads(corpus.layout.registry("events").read_bytes())
    if together:
        groups = range(-(-number // together))
        events["events"] = [_event(group, one) for group in groups for one in events["events"]]
    _write(layout.registry("events"), events)
    return len(events["events"])


def _rename_events(annotations: dict[str, Any], group: int) -> None:
    for record in (*annotations["casualties"], *annotations["attributions"]):
        for reading in (record, *record.get("alternatives", ())):
            for field in reading.keys() & _OF_EVENTS:
                reading[field] = [_of(group, event) for event in reading[field]]


def _event(group: int, event: dict[str, Any]) -> dict[str, Any]:
    parent = event["parent"]
    return {
        **event,
        "id": _of(group, event["id"]),
        "label": f"{event['label']} ({group})",
        "parent": parent and {**parent, "id": _of(group, parent["id"])},
    }


def _of(group: int, event: str) -> str:
    return f"{event}-{group:05}"


def _write(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")

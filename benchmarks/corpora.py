"""Corpus directories of many generated documents, with gold and two passes."""

from __future__ import annotations

import json
import shutil
from itertools import islice
from random import Random
from typing import TYPE_CHECKING, Any, TypeVar

from support.bundles import lines
from warclaims.layout import GOLD, Layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from warclaims.corpus import Corpus

PASSES = ("second-a", "second-b")
COPIED = ("actors", "places", "sides", "annotators")
SEED = 7
SHARD = 1000
"""Documents per shard."""

T = TypeVar("T")
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
    documents = []
    for bundle, others in _annotated(corpus, number, together, sets[1:]):
        documents.append(bundle["document"])
        (layout.seeds / bundle["document"]["file"]).write_bytes(bundle["text"].encode())
        for name, one in {GOLD: bundle["annotations"], **others}.items():
            _write(layout.annotation_file(name, bundle["document"]["id"]), one)
    index = json.loads(corpus.layout.index.read_bytes())
    _write(layout.index, {**index, "documents": documents})
    return _write_registries(corpus, layout, number, together)


def write_sharded(
    corpus: Corpus, root: Path, number: int, together: int | None = None, size: int = SHARD
) -> int:
    """Write the same corpus into shards of ``size`` documents, as :func:`write_corpus` does."""
    layout = Layout(root)
    sets = [GOLD, *PASSES]
    for name in sets:
        (root / "shards" / name).mkdir(parents=True)
    several = _annotated(corpus, number, together, PASSES)
    for shard, of in enumerate(batched(several, size)):
        files = {name: (root / "shards" / name / f"{shard:04}.jsonl").open("w") for name in sets}
        for bundle, others in of:
            for name, one in {GOLD: bundle["annotations"], **others}.items():
                line = json.dumps({**bundle, "annotations": one}, ensure_ascii=False)
                files[name].write(f"{line}\n")
        for file in files.values():
            file.close()
    passes = "\n".join(f'{name} = ["shards/{name}/*.jsonl"]' for name in PASSES)
    (root / "corpus.toml").write_text(
        f'title = "Generated"\nshards = ["shards/{GOLD}/*.jsonl"]\n\n[pass_shards]\n{passes}\n'
    )
    (root / "annotations").mkdir()
    return _write_registries(corpus, layout, number, together)


def batched(several: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of ``size`` items."""
    left = iter(several)
    while some := list(islice(left, size)):
        yield some


def _annotated(
    corpus: Corpus, number: int, together: int | None, passes: Sequence[str]
) -> Iterator[tuple[dict[str, Any], dict[str, dict[str, Any]]]]:
    """Bundles with gold, and the annotations of each pass."""
    chance = Random(SEED)
    for place, (line, _) in enumerate(lines(corpus, number, SEED, broken=False)):
        bundle = json.loads(line)
        if together:
            rename_events(bundle["annotations"], place // together)
        gold = bundle["annotations"]["locations"]
        others = {
            name: {
                **bundle["annotations"],
                "annotator": name,
                "locations": [one for one in gold if chance.random() > _MISSED],
            }
            for name in passes
        }
        yield bundle, others


def _write_registries(corpus: Corpus, layout: Layout, number: int, together: int | None) -> int:
    layout.registry("events").parent.mkdir()
    for name in COPIED:
        shutil.copy(corpus.layout.registry(name), layout.registry(name))
    events = json.loads(corpus.layout.registry("events").read_bytes())
    if together:
        groups = range(-(-number // together))
        events["events"] = [_event(group, one) for group in groups for one in events["events"]]
    _write(layout.registry("events"), events)
    return len(events["events"])


def rename_events(annotations: dict[str, Any], group: int) -> None:
    """Give the events of a document to a group of documents that has events of its own."""
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

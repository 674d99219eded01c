"""Make tasks with what a system suggested as a prediction, and say what became of it.

The data of a task hold the suggestions, so that the task can be made again, and so that a pull can
compare them with the work.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from warclaims.corpus.canonical import to_plain
from warclaims.corpus.reading import parse
from warclaims.errors import InvalidFile
from warclaims.labelstudio import task
from warclaims.labelstudio.files import sound_task
from warclaims.layout import PREDICTIONS
from warclaims.records import LAYERS, Annotations, Bundle, LayerName, shapes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from warclaims.corpus import Corpus, Registries
    from warclaims.records import Layer, Span

SUGGESTED = "suggested"
"""The key in the data of a task that holds what a system suggested."""

_PREFIX = "S-"
"""Begins the ids of suggested regions, which must not name records of the set."""


def suggested_task(corpus: Corpus, system: str, target: str, document: str) -> dict[str, Any]:
    """The task of a document with what ``system`` suggested as a prediction.

    It is to be corrected in the set ``target``. If the set has records of the document, the task
    begins from these. Without suggestions it is a task like any other.

    Raises:
        InvalidFile: annotations or suggestions have errors.
        WarclaimsError: unknown system, set or document.
    """
    made = sound_task(corpus, target, document)
    source = PREDICTIONS + system
    corpus.require_set(source)
    if not corpus.layout.is_annotated(source, document):
        return made
    sound_task(corpus, source, document)
    suggested = corpus.annotations(document, source)
    bundle = Bundle(
        document=corpus.document(document), text=corpus.text(document), annotations=suggested
    )
    return with_suggestions(made, bundle, corpus.registries)


def with_suggestions(
    made: dict[str, Any], suggested: Bundle, registries: Registries
) -> dict[str, Any]:
    """A task with a prediction; a task without records begins from it."""
    shown = task(suggested, registries)["annotations"]
    result = renamed(shown[0]["result"], _PREFIX) if shown else []
    run = suggested.annotations.system
    prediction = {"model_version": f"{run.name} {run.version}" if run else "", "result": result}
    return {
        "data": {**made["data"], SUGGESTED: to_plain(suggested.annotations)},
        "annotations": made["annotations"],
        "predictions": [prediction] if result else made.get("predictions", []),
    }


def suggestions_in(data: Mapping[str, Any]) -> Annotations | None:
    """The suggestions in the data of a task; ``None`` if there are none, or not ours."""
    if SUGGESTED not in data:
        return None
    try:
        return parse(json.dumps(data[SUGGESTED]).encode(), Annotations, "")
    except InvalidFile:
        return None


def renamed(result: list[dict[str, Any]], prefix: str) -> list[dict[str, Any]]:
    """The regions and relations with a prefix added to their ids."""
    keys = ("id", "from_id", "to_id")
    return [
        {key: f"{prefix}{value}" if key in keys else value for key, value in item.items()}
        for item in result
    ]


def fates(suggested: Annotations, work: Annotations) -> dict[LayerName, Counter[str]]:
    """What became of the suggestions, by layer: *kept*, *changed*, *rejected*; and *added* records.

    A suggestion is changed if a record shares words with it but differs in anything else than its
    id, its score and its note.
    """
    found: dict[LayerName, Counter[str]] = {}
    for layer in LAYERS:
        counted: Counter[str] = Counter()
        left = {record.id: record for record in getattr(work, layer)}
        contents = {name: _content(record, work) for name, record in left.items()}
        unequal = []
        for record in getattr(suggested, layer):
            content = _content(record, suggested)
            same = next((name for name in left if contents[name] == content), None)
            if same is None:
                unequal.append(record)
            else:
                del left[same]
                counted["kept"] += 1
        for record in unequal:
            near = next((n for n, one in left.items() if _overlap(_main(record), _main(one))), None)
            counted["rejected" if near is None else "changed"] += 1
            if near is not None:
                del left[near]
        counted["added"] = len(left)
        found[layer] = counted
    return found


def _main(record: Layer) -> Span:
    span: Span = getattr(record, record.main_span)
    return span


def _overlap(one: Span, other: Span) -> bool:
    return any(a.start < b.end and b.start < a.end for a in one for b in other)


def _content(record: Layer, annotations: Annotations) -> dict[str, Any]:
    """The fields of a record, with the spans of the records that it refers to for their ids."""
    plain: dict[str, Any] = {}
    for name, shape in shapes(type(record)).items():
        value = getattr(record, name)
        if name in ("id", "score", "note", "extra"):
            continue
        if shape.target is not None and not shape.target.in_registry:
            there = {one.id: _main(one) for one in getattr(annotations, shape.target.collection)}
            names = value if isinstance(value, tuple) else filter(None, (value,))
            value = [there.get(one) for one in names]
        plain[name] = value
    return plain

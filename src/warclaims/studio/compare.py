"""Tasks that begin from readings, not from an annotation: to correct one, to decide between two.

Readings go as predictions, and the task has no annotation until somebody submits one, so that
what we sent is never taken for somebody's work. The task's data say in which form it was sent: it
can be made again and held against what is there.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any, cast

from warclaims.corpus.canonical import to_plain
from warclaims.errors import WarclaimsError
from warclaims.labelstudio import blank_annotations, task
from warclaims.labelstudio.exported import Data
from warclaims.labelstudio.files import sound_task
from warclaims.labelstudio.interface import MARKS, head_id, head_labels
from warclaims.labelstudio.tasks import with_boilerplate
from warclaims.layout import GOLD
from warclaims.records import LAYERS, Annotations, Bundle, FieldKind, LayerName, shapes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from warclaims.agreement.text import TextComparison
    from warclaims.corpus import Corpus, Registries
    from warclaims.records import Layer

PREDICTED = "predicted"
"""The key of a task's data that is there if the exported annotations went as a prediction."""

READINGS = "readings"
"""The key of a task's data that holds two sets of annotations to decide between."""


def predicted_task(corpus: Corpus, set_name: str, document: str) -> dict[str, Any]:
    """The task of a document with the set's annotations as a prediction, and no annotation.

    Raises:
        InvalidFile: the annotations have errors.
    """
    return _predicted(sound_task(corpus, set_name, document), set_name)


def compared_task(
    corpus: Corpus, sets: tuple[str, str], target: str, document: str
) -> dict[str, Any]:
    """The task of a document with both readings as predictions, and something to begin from.

    That is the target set's annotation, if anything is annotated there: nobody's touching it takes
    nothing away. Else it is a third prediction with both readings in one: what they agree on once,
    what only one has too, and of a record that they read differently the first reading. Every mark
    that they differ on says so in its details.

    Raises:
        InvalidFile: annotations have errors.
        WarclaimsError: a set does not annotate the document.
    """
    for name in sets:
        require_annotated(corpus, name, document)
        sound_task(corpus, name, document)
    if corpus.layout.is_annotated(target, document):
        sound_task(corpus, target, document)
        base = corpus.annotations(document, target)
    elif target in corpus.registries.annotators:
        guidelines = corpus.annotations(document, sets[0]).guidelines
        base = blank_annotations(corpus.document(document), target, guidelines)
    else:
        file = corpus.layout.annotation_file(target, document)
        raise WarclaimsError(
            f"{corpus.layout.relative(file)} is not there to say who adjudicates; name the "
            "adjudicator, as registered, with --set"
        )
    readings = {name: corpus.annotations(document, name) for name in sets}
    now = Bundle(document=corpus.document(document), text=corpus.text(document), annotations=base)
    return _compared(now, readings, corpus.registries, target)


def unannotated_task(corpus: Corpus, set_name: str, document: str) -> dict[str, Any]:
    """The task of a document in which nothing is annotated yet.

    Raises:
        WarclaimsError: something is.
    """
    made = sound_task(corpus, set_name, document)
    if made["annotations"]:
        raise WarclaimsError(
            f"document {document} is annotated in {set_name!r}, and what several are to annotate "
            "begins without an annotation. Send what there is as a prediction (--predictions), or "
            "each annotator's pass to a project of its own (--set ID)"
        )
    return made


def in_both(corpus: Corpus, sets: tuple[str, str]) -> list[str]:
    """The documents that both sets annotate.

    Raises:
        WarclaimsError: there is no such set, or no such document.
    """
    for name in sets:
        corpus.require_set(name)
    found = [
        document
        for document in corpus.documents
        if all(corpus.layout.is_annotated(name, document) for name in sets)
    ]
    if not found:
        raise WarclaimsError(f"no document is annotated in both {sets[0]!r} and {sets[1]!r}")
    return found


def require_annotated(corpus: Corpus, set_name: str, document: str) -> None:
    """Make sure that a set annotates a document.

    Raises:
        WarclaimsError: it does not.
    """
    corpus.require_set(set_name)
    if not corpus.layout.is_annotated(set_name, document):
        raise WarclaimsError(f"document {document} is not annotated in {set_name!r}")


def sent_again(data: dict[str, Any], corpus: Corpus) -> dict[str, Any] | None:
    """The task as it was once sent, made again from its data; null if they are not ours."""
    try:
        read = Data.model_validate_json(json.dumps(data))
        document = corpus.document(read.document)
        if read.boilerplate is not None:
            document = with_boilerplate(document, read.boilerplate)
        now = Bundle(document=document, text=read.text, annotations=read.exported)
        if isinstance(found := data.get(READINGS), dict):
            readings = {
                name: Annotations.model_validate_json(json.dumps(reading))
                for name, reading in found.items()
            }
            return _compared(now, readings, corpus.registries, read.set)
        made = task(now, corpus.registries, read.set)
    except (ValueError, LookupError, WarclaimsError):  # somebody may have changed them there
        return None
    return _predicted(made, read.set) if PREDICTED in data else made


def _predicted(made: dict[str, Any], set_name: str) -> dict[str, Any]:
    """The task with its annotation as a prediction; one without keeps what it begins from."""
    results = [annotation["result"] for annotation in made["annotations"]]
    predictions = [{"model_version": set_name, "result": result} for result in results]
    return {
        "data": {**made["data"], PREDICTED: True},
        "annotations": [],
        "predictions": predictions or made.get("predictions", []),
    }


def _compared(
    now: Bundle, readings: Mapping[str, Annotations], registries: Registries, target: str
) -> dict[str, Any]:
    """``now`` is the document as the target set has it, ``readings`` the two to decide between."""
    from warclaims.agreement.text import TextComparison

    base = now.annotations

    def bundle(annotations: Annotations) -> Bundle:
        return Bundle(document=now.document, text=now.text, annotations=annotations)

    def marks(annotations: Annotations, prefix: str = "") -> list[dict[str, Any]]:
        made = task(bundle(annotations), registries, target)["annotations"]
        return _renamed(made[0]["result"], prefix) if made else []

    (first, one), (second, other) = readings.items()
    comparison = TextComparison(bundle(one), bundle(other))
    differences = _hints(comparison, (first, second))
    has_base = any(getattr(base, layer) for layer in LAYERS)
    if has_base:
        known = [
            _pairs(TextComparison(bundle(reading), bundle(base))) for reading in readings.values()
        ]
        begun, prefix = base, ""
    else:
        begun, added = _joined(one, other, _pairs(comparison), second)
        known = [{key: key for key in _keys(one)}, added]
        prefix = "R-"  # a mark of a record that the target set does not have names no record of it
    hints: dict[str, list[str]] = defaultdict(list)
    shown = {key: record for layer in LAYERS for key, record in _of(begun, layer).items()}
    for (mine, theirs), words in differences:
        places = (known[0].get(mine) if mine else None, known[1].get(theirs) if theirs else None)
        place = next((place for place in places if place is not None), None)
        if place is not None:
            label = next(
                label for label in head_labels(place[0]) if _has(shown[place], place[0], label)
            )
            hints[prefix + head_id(label, place[1], 1)].append(words)
    result = [
        {**item, "meta": {"text": hints[item["id"]]}} if hints.get(item.get("id", "")) else item
        for item in marks(begun, prefix)
    ]
    data = task(bundle(base), registries, target)["data"]
    number = len(differences)
    header = f"{data['header']} · {first} + {second}: {number} difference{'s' * (number != 1)}"
    plain = {name: to_plain(reading) for name, reading in readings.items()}
    predictions = [
        {"model_version": first, "result": marks(one, "A-")},
        {"model_version": second, "result": marks(other, "B-")},
    ]
    annotations = []
    if has_base:
        annotations.append({"result": result, "ground_truth": target == GOLD})
    else:  # last: of the first tasks that it gets, the server opens each with the last version
        predictions.append({"model_version": f"{first} + {second}", "result": result})
    return {
        "data": {**data, "header": header, READINGS: plain},
        "annotations": annotations,
        "predictions": [found for found in predictions if found["result"]],
    }


Key = tuple[LayerName, str]
"""Layer and id of a record."""


def _of(annotations: Annotations, layer: LayerName) -> dict[Key, Layer]:
    return {(layer, record.id): record for record in getattr(annotations, layer)}


def _keys(annotations: Annotations) -> list[Key]:
    return [key for layer in LAYERS for key in _of(annotations, layer)]


def _pairs(comparison: TextComparison) -> dict[Key, Key]:
    """The records of the first annotations with their like in the second."""
    return {
        (layer, match.first.record.id): (layer, match.second.record.id)
        for layer in LAYERS
        for match in comparison.matches(layer)
    }


_LAYER_OF_UNIT: dict[str, LayerName] = {
    **{layer: layer for layer in LAYERS},
    "sources": "actors",
    "cues": "attributions",
    "contents": "attributions",
}


_ALONE = {
    "sources": "has it as a source",
    "cues": "has this cue",
    "contents": "has this content",
}


def _hints(
    comparison: TextComparison, names: tuple[str, str]
) -> list[tuple[tuple[Key | None, Key | None], str]]:
    """Each difference: the record of either reading that it is about, and words for it."""
    first, second = names
    found = []
    for difference in comparison.differences():
        layer = _LAYER_OF_UNIT[difference.unit]
        one, other = ((layer, name) if name else None for name in difference.records)
        if one and other:
            what = difference.kind if difference.unit in LAYERS else difference.unit
            words = f"{what}: {first} “{difference.first}” · {second} “{difference.second}”"
        else:
            what = _ALONE.get(difference.unit, "has it")
            words = f"only {first if one else second} {what}"
        found.append(((one, other), words))
    return found


def _joined(
    one: Annotations, other: Annotations, pairs: Mapping[Key, Key], name: str
) -> tuple[Annotations, dict[Key, Key]]:
    """Both readings in one: the first, and what the second alone has.

    Also by the records of the second which records they are there. Those that are added get ids of
    their own, and refer to what the first has in the place of what they refer to.
    """
    there = {theirs: mine for mine, theirs in pairs.items()}
    taken = {record for _, record in _keys(one)}
    for layer, record in _keys(other):
        if (layer, record) not in there:
            new = f"{record}-{name}"
            while new in taken:
                new += "-"
            taken.add(new)
            there[layer, record] = (layer, new)
    mine = set(_keys(one))
    layers: dict[str, tuple[Layer, ...]] = {}
    for layer in LAYERS:
        added = [
            record.model_copy(update={"id": there[key][1], **_references(record, layer, there)})
            for key, record in _of(other, layer).items()
            if there[key] not in mine
        ]
        layers[layer] = (*getattr(one, layer), *added)
    return one.model_copy(update=layers), there


def _references(record: Layer, layer: LayerName, there: Mapping[Key, Key]) -> dict[str, Any]:
    """The links of a record to others of its file, as they are called there."""
    found: dict[str, Any] = {}
    for name, shape in shapes(LAYERS[layer]).items():
        if shape.kind is not FieldKind.REFERENCE or not shape.target or shape.target.in_registry:
            continue
        target = cast("LayerName", shape.target.collection)
        value = getattr(record, name)
        if isinstance(value, tuple):
            found[name] = tuple(dict.fromkeys(there[target, item][1] for item in value))
        elif value:
            found[name] = there[target, value][1]
    return found


def _has(record: Layer, layer: LayerName, label: str) -> bool:
    """True if the record hangs on marks of this label."""
    return getattr(record, MARKS[label].field) is not None


def _renamed(result: list[dict[str, Any]], prefix: str) -> list[dict[str, Any]]:
    """The marks and links with other ids."""
    keys = ("id", "from_id", "to_id")
    return [
        {key: f"{prefix}{value}" if key in keys else value for key, value in item.items()}
        for item in result
    ]

"""Make tasks with predictions: one annotation set to correct, or two to decide between.

A task has no annotation until somebody submits one, so that predictions are never taken for an
annotator's work. The data of a task say in which form it was sent, so that it can be made again and
compared with the task on the server.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any, cast

from warclaims.corpus.blank import blank_annotations
from warclaims.corpus.canonical import to_plain
from warclaims.corpus.reading import parse
from warclaims.errors import WarclaimsError
from warclaims.labelstudio import task
from warclaims.labelstudio.exported import TaskData
from warclaims.labelstudio.files import sound_task
from warclaims.labelstudio.labels_and_relations import head_id
from warclaims.labelstudio.record_keys import RecordKey, by_key, with_records
from warclaims.labelstudio.tasks import head_label, with_boilerplate
from warclaims.layout import GOLD
from warclaims.records import LAYERS, Annotations, Bundle, FieldKind, LayerName, shapes
from warclaims.studio.suggested import renamed, suggestions_in, with_suggestions
from warclaims.wording import plural

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from warclaims.agreement.text import TextComparison
    from warclaims.corpus import Corpus, Registries
    from warclaims.records import Layer

_Difference = tuple[tuple[RecordKey | None, RecordKey | None], str]
"""The records of the two sets that differ, and a description of the difference."""

PREDICTED = "predicted"
"""The key in the data of a task whose exported annotations were sent as a prediction."""

READINGS = "readings"
"""The key in the data of a task that holds two sets of annotations to decide between."""


def predicted_task(corpus: Corpus, set_name: str, document: str) -> dict[str, Any]:
    """The task of a document with the set's annotations as a prediction.

    Raises:
        InvalidFile: the annotations have errors.
    """
    return predicted(sound_task(corpus, set_name, document), set_name)


def compared_task(
    corpus: Corpus, sets: tuple[str, str], target: str, document: str
) -> dict[str, Any]:
    """The task of a document with two sets as predictions, and something to begin from.

    The task begins from the annotation in the target set, if it has records. Otherwise it begins
    from a third prediction that combines both sets: the records on which they agree, the records
    that only one of them has, and the first set's version where they differ. The details of a
    region say how the sets differ.

    Raises:
        InvalidFile: annotations have errors.
        WarclaimsError: a set does not annotate the document.
    """
    for name in sets:
        corpus.require_set(name)
        if not corpus.layout.is_annotated(name, document):
            raise WarclaimsError(f"document {document} is not annotated in {name!r}")
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
            f"{corpus.layout.relative(file)} does not exist, so the adjudicator is unknown. Name "
            "the adjudicator, as registered, with --set"
        )
    readings = {name: corpus.annotations(document, name) for name in sets}
    now = Bundle(document=corpus.document(document), text=corpus.text(document), annotations=base)
    return _compared(now, readings, corpus.registries, target)


def unannotated_task(corpus: Corpus, set_name: str, document: str) -> dict[str, Any]:
    """The task of a document in which nothing is annotated yet.

    Raises:
        WarclaimsError: the document is annotated.
    """
    made = sound_task(corpus, set_name, document)
    if made["annotations"]:
        raise WarclaimsError(
            f"document {document} is annotated in {set_name!r}, but tasks for several annotators "
            "begin without an annotation. Send the annotations as a prediction (--predictions), or "
            "each annotator's pass to a project of its own (--set ID)"
        )
    return made


def in_both(corpus: Corpus, sets: tuple[str, str]) -> list[str]:
    """The documents that both sets annotate.

    Raises:
        WarclaimsError: unknown set, or the sets have no document in common.
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


def sent_again(data: dict[str, Any], corpus: Corpus) -> dict[str, Any] | None:
    """The task as it was sent, made again from its data; ``None`` if they are not ours."""
    try:
        read = parse(json.dumps(data).encode(), TaskData, "")
        document = corpus.document(read.document)
        if read.boilerplate is not None:
            document = with_boilerplate(document, read.boilerplate)
        now = Bundle(document=document, text=read.text, annotations=read.exported)
        if isinstance(found := data.get(READINGS), dict):
            readings = {
                name: parse(json.dumps(reading).encode(), Annotations, "")
                for name, reading in found.items()
            }
            return _compared(now, readings, corpus.registries, read.set)
        made = task(now, corpus.registries, read.set)
        if (suggested := suggestions_in(data)) is not None:
            by_system = Bundle(document=document, text=read.text, annotations=suggested)
            return with_suggestions(made, by_system, corpus.registries)
    except (
        ValueError,
        LookupError,
        WarclaimsError,
    ):  # the data may have been changed on the server
        return None
    return predicted(made, read.set) if PREDICTED in data else made


def predicted(made: dict[str, Any], set_name: str) -> dict[str, Any]:
    """The task with its annotation as a prediction; without one, its predictions stay."""
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
    """``now`` is the document in the target set, ``readings`` the two sets to decide between."""
    from warclaims.agreement.text import TextComparison

    def bundle(annotations: Annotations) -> Bundle:
        return Bundle(document=now.document, text=now.text, annotations=annotations)

    def result(annotations: Annotations, prefix: str = "") -> list[dict[str, Any]]:
        made = task(bundle(annotations), registries, target)["annotations"]
        return renamed(made[0]["result"], prefix) if made else []

    (first, one), (second, other) = readings.items()
    comparison = TextComparison(bundle(one), bundle(other))
    differences = _hints(comparison, (first, second))
    predictions = [
        {"model_version": first, "result": result(one, "A-")},
        {"model_version": second, "result": result(other, "B-")},
    ]
    annotations = []
    if by_key(now.annotations):
        known = [
            _pairs(TextComparison(bundle(one), now)),
            _pairs(TextComparison(bundle(other), now)),
        ]
        marked = _with_hints(result(now.annotations), now.annotations, differences, known, "")
        annotations.append({"result": marked, "ground_truth": target == GOLD})
    else:
        both, added = _joined(one, other, _pairs(comparison), second)
        known = [{key: key for key in by_key(one)}, added]
        prefix = "R-"  # region ids must not name records of the target set
        marked = _with_hints(result(both, prefix), both, differences, known, prefix)
        # Last, because the server opens new tasks with the last prediction.
        predictions.append({"model_version": f"{first} + {second}", "result": marked})
    data = task(now, registries, target)["data"]
    number = plural(len(differences), "difference")
    header = f"{data['header']} · {first} + {second}: {number}"
    plain = {name: to_plain(reading) for name, reading in readings.items()}
    return {
        "data": {**data, "header": header, READINGS: plain},
        "annotations": annotations,
        "predictions": [found for found in predictions if found["result"]],
    }


def _with_hints(
    result: list[dict[str, Any]],
    shown: Annotations,
    differences: list[_Difference],
    known: Sequence[Mapping[RecordKey, RecordKey]],
    prefix: str,
) -> list[dict[str, Any]]:
    """The result with each difference described on the first region of its record.

    ``known`` maps the records of each set to those in ``shown``.
    """
    records = by_key(shown)
    hints: dict[str, list[str]] = defaultdict(list)
    for keys, words in differences:
        found = (there[key] for key, there in zip(keys, known, strict=True) if key and key in there)
        key = next(found, None)
        if key is not None:
            label = head_label(key[0], records[key])
            hints[prefix + head_id(label, key[1], 1)].append(words)
    return noted(result, hints)


def noted(result: list[dict[str, Any]], notes: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The result with notes in the details of regions, by the id of the region."""
    return [
        {**item, "meta": {"text": notes[item["id"]]}} if item.get("id") in notes else item
        for item in result
    ]


def _pairs(comparison: TextComparison) -> dict[RecordKey, RecordKey]:
    """The records of the first annotations with the matching records of the second."""
    return {
        (layer, one.record.id): (layer, other.record.id)
        for layer in LAYERS
        for (one, other), _ in comparison.matches(layer)
        if one and other
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


def _hints(comparison: TextComparison, names: tuple[str, str]) -> list[_Difference]:
    """The differences between two sets, described."""
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
    one: Annotations, other: Annotations, pairs: Mapping[RecordKey, RecordKey], name: str
) -> tuple[Annotations, dict[RecordKey, RecordKey]]:
    """The first annotations with the records that only the second have; and where these are.

    The second result maps records of the second annotations to records of the combination. Added
    records get new ids, and their references lead to records of the combination.
    """
    there = {theirs: mine for mine, theirs in pairs.items()}
    joined = by_key(one)
    taken = {record for _, record in joined}
    added = {key: record for key, record in by_key(other).items() if key not in there}
    for layer, old in added:
        new = f"{old}-{name}"
        while new in taken:
            new += "-"
        taken.add(new)
        there[layer, old] = (layer, new)
    for key, record in added.items():
        update = {"id": there[key][1], **_references(record, key[0], there)}
        joined[there[key]] = record.model_copy(update=update)
    return with_records(one, joined), there


def _references(
    record: Layer, layer: LayerName, there: Mapping[RecordKey, RecordKey]
) -> dict[str, Any]:
    """The references of a record to others of its file, with the ids mapped by ``there``.

    So are those of its other readings.
    """
    found: dict[str, Any] = {}
    others: list[dict[str, Any]] = [dict(one) for one in record.alternatives]
    for name, shape in shapes(LAYERS[layer]).items():
        if shape.kind is not FieldKind.REFERENCE or not shape.target or shape.target.in_registry:
            continue
        target = cast("LayerName", shape.target.collection)
        value = getattr(record, name)
        if isinstance(value, tuple):
            found[name] = tuple(dict.fromkeys(there[target, item][1] for item in value))
        elif value:
            found[name] = there[target, value][1]
        for other in others:
            given = other.get(name)
            if isinstance(given, list):
                other[name] = [*dict.fromkeys(there[target, item][1] for item in given)]
            elif given:
                other[name] = there[target, given][1]
    return {**found, "alternatives": tuple(others)}

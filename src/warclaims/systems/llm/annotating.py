"""Annotate texts with a language model: ask, align the words, and ask once more if need be."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from warclaims.authoring.building import build_document
from warclaims.findings import Finding, shorten
from warclaims.folding import fold
from warclaims.records import LAYERS, SystemRun, shapes
from warclaims.systems.llm.endpoint import Endpoint
from warclaims.systems.llm.prompt import (
    INSTRUCTIONS,
    answer_schema,
    correction,
    prompt_version,
    question,
)
from warclaims.systems.rules.names import NameFinder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from warclaims.authoring.building import BuiltDocument
    from warclaims.corpus import Registries
    from warclaims.systems.llm.endpoint import ModelAnswer
    from warclaims.systems.system import TextToAnnotate

_MOST_PROBLEMS = 20
"""So many problems are told the model."""

_UNUSABLE = "X101"
"""The code of an answer from which nothing can be read."""


def llm(texts: Sequence[TextToAnnotate], known: Registries) -> Iterator[BuiltDocument]:
    """Ask the language model of the environment for records, one text after the other.

    Words that are not in the text, values that no list has and the like are reported to the model
    once; what cannot be used then is left out. Each result says in ``system.extra`` which model
    answered, with which prompt, and how many tokens it took.
    """
    endpoint = Endpoint.of_environment()
    schema = answer_schema(known.lists)
    names = NameFinder(known)
    for text in texts:
        yield _annotated(text, known, names, endpoint, schema)


llm.version = "1"  # type: ignore[attr-defined]
llm.links = True  # type: ignore[attr-defined]


def _annotated(
    text: TextToAnnotate,
    known: Registries,
    names: NameFinder,
    endpoint: Endpoint,
    schema: dict[str, Any],
) -> BuiltDocument:
    entries = _entries(text, known, names)
    messages = [
        {"role": "system", "content": INSTRUCTIONS},
        {"role": "user", "content": question(text.text, text.document.language, entries)},
    ]
    answers = [endpoint.ask(messages, schema)]
    built = _built(text, answers[0], known)
    if built.findings:
        problems = [shorten(one.message, 300) for one in built.findings[:_MOST_PROBLEMS]]
        said = answers[0].words or answers[0].refusal
        messages += [
            {"role": "assistant", "content": said},
            {"role": "user", "content": correction(problems)},
        ]
        answers.append(endpoint.ask(messages, schema))
        again = _built(text, answers[1], known)
        if _worth(again) >= _worth(built):
            built = again
    return _with_costs(built, answers, endpoint, prompt_version(schema))


def _entries(
    text: TextToAnnotate, known: Registries, names: NameFinder
) -> list[tuple[str, str, str]]:
    """The registry entries whose names are in a text: field, id and label."""
    found = list(names.find(fold(text.text)))
    actors = dict.fromkeys(name for one in found for name in one.actors)
    places = dict.fromkeys(name for one in found for name in one.places)
    return [
        *(("entity", name, known.actors[name].label) for name in actors),
        *(("place", name, known.places[name].label) for name in places),
        *(("side", name, side.label) for name, side in known.sides.items()),
    ]


def _worth(built: BuiltDocument) -> tuple[bool, int]:
    """Whether an answer could be read at all, and how little of it is left out."""
    return all(one.code != _UNUSABLE for one in built.findings), -len(built.findings)


def _built(text: TextToAnnotate, answer: ModelAnswer, known: Registries) -> BuiltDocument:
    """The records of an answer that can be used, and findings about the others."""
    problem, given = "", {}
    if answer.refusal:
        problem = f"the model refused: {shorten(answer.refusal, 200)}"
    else:
        try:
            given = json.loads(_without_fence(answer.words))
        except (ValueError, RecursionError) as error:
            problem = f"the answer is not JSON: {shorten(str(error), 200)}"
        if not problem and not isinstance(given, dict):
            problem = "the answer is not a JSON object"
    records = (
        {} if problem else {layer: _records(given.get(layer), layer, known) for layer in LAYERS}
    )
    built = build_document(text.text, document=text.document, lists=known.lists, **records)  # type: ignore[arg-type]
    name = text.document.id
    if problem:
        return replace(built, findings=(Finding(name, "", _UNUSABLE, problem, name),))
    return built


def _without_fence(words: str) -> str:
    """The words without the marks of a block of code around them."""
    words = words.strip()
    if words.startswith("```") and words.endswith("```"):
        return words.removeprefix("```").removeprefix("json").removesuffix("```")
    return words


def _records(given: Any, layer: str, known: Registries) -> list[Any]:
    """The records of a layer, without fields that are null, and without unknown entries."""
    return [
        _record(one, layer, known) if isinstance(one, dict) else one
        for one in (given if isinstance(given, list) else ())
    ]


def _record(given: Mapping[str, Any], layer: str, known: Registries) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, shape in shapes(LAYERS[layer]).items():  # type: ignore[index]
        value = given.get(name)
        if value is None and not shape.nullable:
            continue
        if shape.target is not None and shape.target.in_registry:
            entries = getattr(known, shape.target.collection)
            if shape.many:
                value = [one for one in value or () if one in entries]
            else:
                value = value if isinstance(value, str) and value in entries else None
        found[name] = _span(value) if isinstance(value, dict) and "words" in value else value
    return {name: value for name, value in found.items() if value is not None or name == "cue"}


def _span(given: Mapping[str, Any]) -> Any:
    """A span as :func:`.build_document` takes it."""
    if given.get("in"):
        return {"words": given["words"], "in": given["in"]}
    return given["words"]


def _with_costs(
    built: BuiltDocument, answers: Sequence[ModelAnswer], endpoint: Endpoint, prompt: str
) -> BuiltDocument:
    """The document with what the answers took, in ``system.extra`` of its annotations."""
    tokens_in = sum(one.tokens_in for one in answers)
    tokens_out = sum(one.tokens_out for one in answers)
    about: dict[str, Any] = {
        "model": answers[-1].model,
        "prompt": prompt,
        "requests": len(answers),
        "tokens_in": tokens_in,
        "tokens_out": tokens_out,
    }
    if (cost := endpoint.cost(tokens_in, tokens_out)) is not None:
        about["cost"] = cost
    run = SystemRun(name="llm", version="1", made="unknown", extra=about)
    annotations = built.annotations.model_copy(update={"system": run})
    bundle = built.bundle.model_copy(update={"annotations": annotations})
    return replace(built, bundle=bundle)

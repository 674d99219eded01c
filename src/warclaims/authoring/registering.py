"""Add entries to a registry: actors, places, events, sides, annotators."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from warclaims.authoring.ids import check_id
from warclaims.corpus import canonical_bytes, read_record
from warclaims.derive.dates import exists
from warclaims.errors import WarclaimsError, unknown
from warclaims.files import locked, write_all
from warclaims.records import REGISTRIES, Actor, Annotator, Event, Place, Side
from warclaims.records.vocabulary import (
    ActorType,
    AnnotatorKind,
    ClosedList,
    EventType,
    Evidence,
    PlaceType,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from warclaims.corpus import Corpus

_MODELS: dict[str, type[BaseModel]] = {
    "actor": Actor,
    "place": Place,
    "event": Event,
    "side": Side,
    "annotator": Annotator,
}
KINDS = tuple(_MODELS)
"""What can be registered."""

TYPES: dict[str, type[ClosedList]] = {
    "actor": ActorType,
    "place": PlaceType,
    "event": EventType,
    "annotator": AnnotatorKind,
}
"""The types that an entry of a kind can have; a corpus may have more (``annotations/lists.json``).
"""

_FIELDS = {"type": "kind", "parent": "affiliation", "source": "basis"}
"""Fields that an option sets under another name."""

_DESCRIPTIONS = {
    "annotator": "Say here from what the annotations are made, and how.",
    "side": "Say here what belongs to it.",
}


def register(
    corpus: Corpus, kind: str, name: str, *, places: Sequence[str] = (), **stated: str | None
) -> Path:
    """Add an entry to the registry of its ``kind``, in order of id; the file that was written.

    Args:
        corpus: The corpus.
        kind: One of :data:`KINDS`.
        name: The id of the entry.
        places: Where an event happened, as registered.
        stated: ``label``, ``type``, ``description``, ``start``, ``end``, and ``parent``, what an
            actor, a place or an event is part of, and ``side``, the side of an actor. ``basis`` are
            words of a text with its id, or else ``source`` names other evidence; with neither the
            entry is marked as inferred. Other fields are written into the file by hand.

    Raises:
        InvalidFile: the registry is not valid.
        WarclaimsError: the id is taken or not valid, something that is needed is missing, or what
            is referred to does not exist.
    """
    key, model = f"{kind}s", _MODELS[kind]
    for option, value in stated.items():
        if value is not None and not {option, _FIELDS.get(option)} & set(model.model_fields):
            raise WarclaimsError(f"the registry of {kind}s has no --{option}")
    if places and "places" not in model.model_fields:
        raise WarclaimsError(f"the registry of {kind}s has no --place")
    file = corpus.layout.registry(key)
    where = corpus.layout.relative(file)
    with locked(corpus.root):
        record: Any = read_record(file, REGISTRIES[key], where)
        entries = {entry.id: entry for entry in getattr(record, key)}
        check_id(name)
        if name in entries:
            raise WarclaimsError(
                f"{where} has {name!r} already; to change the entry, edit that file"
            )
        for what, option, known in (
            ("side", "side", corpus.registries.sides),
            (kind, "parent", entries),
        ):
            if stated.get(option) is not None and stated[option] not in known:
                raise unknown(what, str(stated[option]), known)
        for place in places:
            if place not in corpus.registries.places:
                raise unknown("place", place, corpus.registries.places)
        types = [one.value for one in corpus.lists.of(TYPES[kind])] if kind in TYPES else []
        if stated.get("type") is not None and stated["type"] not in types:
            raise unknown("type", str(stated["type"]), types)
        entries[name] = _entry(kind, model, _content(kind, model, name, places, stated), types)
        ordered = tuple(entries[one] for one in sorted(entries))
        write_all({file: canonical_bytes(record.model_copy(update={key: ordered}))})
    return file


def _content(
    kind: str,
    model: type[BaseModel],
    name: str,
    places: Sequence[str],
    stated: Mapping[str, str | None],
) -> dict[str, Any]:
    """The fields of an entry."""
    basis, source, parent, side = map(stated.get, ("basis", "source", "parent", "side"))
    proof: dict[str, str | None] = {
        "evidence": Evidence.INFERRED,
        "basis": "Not stated when it was registered.",
    }
    if basis or source:
        proof = {
            "evidence": Evidence.TEXT if basis else Evidence.EXTERNAL,
            "basis": basis or source,
        }
    label = " ".join((stated.get("label") or "").split()) or name
    description = stated.get("description")
    if not description and kind in _DESCRIPTIONS:
        description = f"{label}. {_DESCRIPTIONS[kind]}"
    part_of = parent and {"id": parent, **proof}
    values: dict[str, Any] = {
        "id": name,
        "label": label,
        "type": stated.get("type"),
        "kind": stated.get("type") or AnnotatorKind.PERSON,
        "description": description,
        "start": stated.get("start"),
        "end": stated.get("end"),
        "affiliation": part_of,
        "parent": part_of,
        "side": side and {"id": side, **proof},
        "names": [],
        "external_ids": [],
        "places": list(places),
        "coordinates": None,
        **proof,
    }
    return {field: value for field, value in values.items() if field in model.model_fields}


def _entry(kind: str, model: type[BaseModel], content: dict[str, Any], types: Sequence[str]) -> Any:
    """The entry; WarclaimsError if something is missing or not valid."""
    missing = [
        field
        for field in ("type", "description")
        if field in content and not content[field] and model.model_fields[field].is_required()
    ]
    if missing:
        needed = " and ".join(f"--{field}" for field in missing)
        choices = f" (one of: {', '.join(types)})" if "type" in missing else ""
        raise WarclaimsError(f"{needed} is needed of what is registered as {kind}{choices}")
    try:
        entry = model.model_validate_json(json.dumps(content))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = str(first["loc"][0]) if first["loc"] else ""
        raise WarclaimsError(f"{field}: {first['msg'][0].lower()}{first['msg'][1:]}") from None
    for date in map(content.get, ("start", "end")):
        if date is not None and not exists(date):
            raise WarclaimsError(f"there is no such date as {date}")
    return entry

"""Entries put into a registry: actors, places, events, sides, annotators."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from warclaims.authoring.ids import check_id
from warclaims.corpus import canonical_bytes, read_record
from warclaims.corpus.hints import did_you_mean
from warclaims.errors import WarclaimsError
from warclaims.files import locked, write_all
from warclaims.records import REGISTRIES, Actor, Annotator, Event, Place, Side
from warclaims.records.vocabulary import ActorType, AnnotatorKind, Evidence, PlaceType
from warclaims.validation.rules.dates import exists

if TYPE_CHECKING:
    from pathlib import Path

    from warclaims.corpus import Corpus

_MODELS: dict[str, tuple[str, type[BaseModel]]] = {
    "actor": ("actors", Actor),
    "place": ("places", Place),
    "event": ("events", Event),
    "side": ("sides", Side),
    "annotator": ("annotators", Annotator),
}
KINDS = tuple(_MODELS)
"""What can be registered."""

TYPES = {
    "actor": tuple(item.value for item in ActorType),
    "place": tuple(item.value for item in PlaceType),
    "annotator": tuple(item.value for item in AnnotatorKind),
}
"""The types that an entry of a kind can have."""

_DEFAULT_TYPES = {"annotator": AnnotatorKind.PERSON.value}


def register(
    corpus: Corpus,
    kind: str,
    name: str,
    *,
    label: str | None = None,
    type: str | None = None,
    description: str | None = None,
    basis: str | None = None,
    source: str | None = None,
    start: str | None = None,
    end: str | None = None,
    side: str | None = None,
    parent: str | None = None,
) -> Path:
    """Put an entry into the registry of its ``kind``, in order of id; the file that was written.

    ``basis`` are words of a text with its id, or else ``source`` names what says so; with neither
    the entry is called inferred. ``parent`` is what an actor, a place or an event is part of, and
    ``side`` the side of an actor. What else an entry can hold is written into the file.

    Raises:
        InvalidFile: the registry is not valid.
        WarclaimsError: the id is taken or none, something that is needed is missing, or what is
            referred to is not there.
    """
    key, model = _MODELS[kind]
    options = {"type": type, "description": description, "basis": basis, "source": source}
    options |= {"start": start, "end": end, "side": side, "parent": parent}
    _refuse_strangers(kind, model, options)
    file = corpus.layout.registry(key)
    where = corpus.layout.relative(file)
    with locked(corpus.root):
        record: Any = read_record(file, REGISTRIES[key], where)
        entries = list(getattr(record, key))
        check_id(name)
        if name in (entry.id for entry in entries):
            raise WarclaimsError(
                f"{where} has {name!r} already; to change the entry, edit that file"
            )
        if side is not None and side not in corpus.registries.sides:
            raise WarclaimsError(
                f"there is no side {side!r}{did_you_mean(side, corpus.registries.sides)}"
            )
        if parent is not None and parent not in (known := [entry.id for entry in entries]):
            raise WarclaimsError(
                f"there is no {kind} {parent!r} in {where}{did_you_mean(parent, known)}"
            )
        label = " ".join((label or "").split()) or name
        proof = _proof(basis, source)
        stated: dict[str, Any] = {
            "label": label,
            "type": type,
            "kind": type or _DEFAULT_TYPES.get(kind),
            "description": description,
            "start": start,
            "end": end,
            "side": side and {"id": side, **proof},
            "affiliation": parent and {"id": parent, **proof},
            "parent": parent and {"id": parent, **proof},
            **proof,
        }
        if kind in ("annotator", "side") and not description:
            stated["description"] = f"{label}. Say here " + (
                "from what the annotations are made, and how."
                if kind == "annotator"
                else "what belongs to it."
            )
        fields = model.model_fields
        empty: dict[str, Any] = {"names": [], "external_ids": [], "places": [], "coordinates": None}
        content = {field: value for field, value in {**empty, **stated}.items() if field in fields}
        missing = [
            field for field in ("type", "description") if field in fields and not content[field]
        ]
        if missing:
            needed = " and ".join(f"--{field}" for field in missing)
            choices = f" (one of: {', '.join(TYPES[kind])})" if "type" in missing else ""
            raise WarclaimsError(f"{needed} is needed of what is registered as {kind}{choices}")
        try:
            entry: Any = model.model_validate_json(json.dumps({"id": name, **content}))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            field = str(first["loc"][0]) if first["loc"] else ""
            raise WarclaimsError(f"{field}: {first['msg'][0].lower()}{first['msg'][1:]}") from None
        for date in (start, end):
            if date is not None and not exists(date):
                raise WarclaimsError(f"there is no such date as {date}")
        entries = sorted([*entries, entry], key=lambda one: one.id)
        write_all({file: canonical_bytes(record.model_copy(update={key: tuple(entries)}))})
    return file


def _proof(basis: str | None, source: str | None) -> dict[str, Any]:
    if basis:
        return {"evidence": Evidence.TEXT.value, "basis": basis}
    if source:
        return {"evidence": Evidence.EXTERNAL.value, "basis": source}
    return {"evidence": Evidence.INFERRED.value, "basis": "Not stated when it was registered."}


def _refuse_strangers(kind: str, model: type[BaseModel], stated: dict[str, str | None]) -> None:
    """Raise if something is stated that such an entry does not have."""
    names = {"type": "kind", "parent": "affiliation", "source": "basis"}
    for name, value in stated.items():
        if value is not None and not {name, names.get(name)} & set(model.model_fields):
            raise WarclaimsError(f"the registry of {kind}s has no --{name}")

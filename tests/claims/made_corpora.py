"""Small corpora from a compact transcription: texts, records, registries; written as real files."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import warclaims
from warclaims.corpus import canonical_bytes
from warclaims.records import (
    REGISTRIES,
    AnnotatorRegistry,
    DocumentIndex,
    EventRegistry,
    PlaceRegistry,
    SideRegistry,
)
from warclaims.records.registry import ActorRegistry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

WHY = {"evidence": "inferred", "basis": "Invented for tests."}
NARRATOR = "narrator"
NAMELESS = "nameless "
"""Begins the words of a source that has no entity."""
TOGETHER = " & "
"""Joins the words of sources that say one thing together."""


@dataclass
class MadeRecord:
    """One casualty: its handle, words and fields."""

    handle: str
    words: Any
    fields: dict[str, Any]
    source: str
    event: tuple[str, ...] | None = None


def rec(
    handle: str, words: Any, value: int | None = None, source: str = NARRATOR, **fields: Any
) -> MadeRecord:
    """One casualty; ``perp`` are the words of the perpetrator, ``event`` names other events."""
    event = fields.pop("event", None)
    for name in ("status", "cause", "subset_of", "same_as", "revises", "besides"):
        if isinstance(fields.get(name), str):
            fields[name] = [fields[name]]
    fields.setdefault("outcome", "killed")
    return MadeRecord(
        handle,
        words,
        {"value": value, **fields},
        source,
        (event,) if isinstance(event, str) else event,
    )


@dataclass
class MadeText:
    """One text with its records; ``said`` are attributions besides those of the records."""

    name: str
    outlet: str | None
    date: str | None
    text: str
    records: Sequence[MadeRecord] = ()
    title: str | None = None
    language: str = "en"
    said: Sequence[Mapping[str, Any]] = ()
    agency: str | None = None


@dataclass
class MadeCorpus:
    """Texts and registries.

    ``events`` gives the type of each event, or a dictionary of its fields; ``entities`` gives
    registry fields of actors by the id that their words make; the others get plain entries.
    """

    events: Mapping[str, Any]
    texts: Sequence[MadeText]
    entities: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    sides: Sequence[str] = ()

    def write(self, root: Path) -> warclaims.Corpus:
        """Write the corpus as files and open it."""
        return _Writer(self, root).written()


def place(text: str, given: Any) -> list[tuple[int, int]]:
    """The offsets of words: a string with ``…`` between fragments, or one with an occurrence."""
    occurrence = 1
    if isinstance(given, tuple):
        given, occurrence = given
    found: list[tuple[int, int]] = []
    for part in given.split(" … "):
        after = found[-1][1] if found else 0
        spans = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(part)}(?!\w)", text)]
        spans = [one for one in spans if one[0] >= after]
        assert len(spans) >= occurrence, f"{part!r} is not in {text!r}"
        found.append(spans[occurrence - 1])
        occurrence = 1
    return found


def slug(words: str) -> str:
    """An id for words: the same with and without an article."""
    plain = re.sub(r"^(the|an?|its)\s+", "", words.strip(), flags=re.IGNORECASE).lower()
    ascii_only = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return ascii_only or "actor-" + "-".join(f"{ord(char):x}" for char in plain[:12])


class _Writer:
    def __init__(self, corpus: MadeCorpus, root: Path) -> None:
        self._corpus = corpus
        self._root = root
        self._actors: dict[str, dict[str, Any]] = {}

    def written(self) -> warclaims.Corpus:
        documents = []
        annotations = {}
        for text in self._corpus.texts:
            built = self._built(text)
            assert not built.findings, built.findings
            document = built.bundle.document
            if text.agency:
                agency = {"value": text.agency, "certainty": "high", **WHY}
                document = type(document).model_validate_json(
                    json.dumps({**document.model_dump(mode="json"), "agency": agency})
                )
            documents.append(document)
            annotations[text.name] = built.annotations
            self._file(f"seeds/{document.file}", text.text.encode())
        documents.sort(key=lambda one: one.id)
        self._file("seeds/index.json", _bytes(DocumentIndex, documents=documents))
        for name, one in annotations.items():
            self._file(f"annotations/gold/{name}.json", canonical_bytes(one))
        self._registries()
        return warclaims.open(self._root)

    def _file(self, name: str, data: bytes) -> None:
        path = self._root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def _entity(self, words: str) -> str:
        name = slug(words)
        known = self._corpus.entities.get(name, {})
        name = known.get("is", name)
        self._register(name, words)
        return name

    def _register(self, name: str, words: str) -> None:
        known = dict(self._corpus.entities.get(name, {}))
        known.pop("is", None)
        for link in ("side", "affiliation"):
            if isinstance(known.get(link), str):
                if link == "affiliation":
                    self._register(known[link], known[link])
                known[link] = {"id": known[link], **WHY}
        entry = {"type": "other", "side": None, "affiliation": None, **known}
        self._actors.setdefault(
            name, {"id": name, "label": words, "names": [], "external_ids": [], **entry, **WHY}
        )

    def _built(self, text: MadeText) -> Any:
        default = (next(iter(self._corpus.events)),) if self._corpus.events else ()
        actors: dict[str, dict[str, Any]] = {}
        attributions: list[dict[str, Any]] = []

        def mention(words: Any) -> str:
            key = str(words)
            if key not in actors:
                plain = words[0] if isinstance(words, tuple) else words
                nameless = plain.startswith(NAMELESS)
                plain = plain.removeprefix(NAMELESS)
                entity = None if nameless else self._entity(plain)
                spans = place(text.text, (plain, words[1]) if isinstance(words, tuple) else plain)
                actors[key] = {"id": f"m{len(actors)}", "span": spans, "entity": entity}
            return str(actors[key]["id"])

        casualties = []
        groups: dict[tuple[str, int], list[tuple[int, int]]] = {}
        for one in text.records:
            spans = place(text.text, one.words)
            fields = dict(one.fields)
            if perp := fields.pop("perp", None):
                fields["perpetrator"] = mention(perp)
            if inferred := fields.get("inferred_perpetrator"):
                self._register(inferred, inferred)
            events = list(one.event if one.event is not None else default)
            casualties.append({"id": one.handle, "span": spans, "events": events, **fields})
            if one.source != NARRATOR:
                sentence = len(re.findall(r"[.;]\s", text.text[: spans[0][0]]))
                groups.setdefault((one.source, sentence), []).extend(spans)
        said = {str(one["source"]): one for one in text.said if one.get("own")}
        for (source, _), spans in groups.items():
            if source in said:
                continue
            content = [(min(s for s, _ in spans), max(e for _, e in spans))]
            sources = [mention(one) for one in source.split(TOGETHER)]
            attributions.append({"source": sources, "content": content})
        for one in text.said:
            given = {key: value for key, value in one.items() if key != "own"}
            source = given.pop("source", None)
            given["source"] = [mention(source)] if source else []
            given["content"] = place(text.text, given["content"])
            if "cue" in given:
                given["cue"] = place(text.text, given["cue"])
            if "blames" in given:
                given["blames"] = [mention(words) for words in given["blames"]]
            attributions.append(given)
        return warclaims.build_document(
            text.text,
            document=text.name,
            language=text.language,
            title=text.title,
            outlet=text.outlet,
            date=text.date and f"2031-{text.date}"
            if text.date and len(text.date) == 5
            else text.date,
            annotator="a",
            actors=list(actors.values()),
            casualties=casualties,
            attributions=attributions,
        )

    def _registries(self) -> None:
        events = []
        for name, given in sorted(self._corpus.events.items()):
            fields = {"type": given} if isinstance(given, str) or given is None else dict(given)
            if isinstance(fields.get("parent"), str):
                fields["parent"] = {"id": fields["parent"], **WHY}
            entry = {
                "id": name,
                "label": name.replace("-", " "),
                "description": "Invented for tests.",
                "start": None,
                "end": None,
                "places": [],
                "parent": None,
                **fields,
                **WHY,
            }
            events.append(entry)
        sides = [
            {"id": n, "label": n.title(), "description": "A side."} for n in self._corpus.sides
        ]
        annotator = {"id": "a", "label": "a", "kind": "person", "description": "Made for tests."}
        entries: dict[str, tuple[Any, list[Any]]] = {
            "actors": (ActorRegistry, [self._actors[name] for name in sorted(self._actors)]),
            "places": (PlaceRegistry, []),
            "events": (EventRegistry, events),
            "sides": (SideRegistry, sides),
            "annotators": (AnnotatorRegistry, [annotator]),
        }
        assert entries.keys() == REGISTRIES.keys()
        for name, (model, several) in entries.items():
            data = canonical_bytes(
                model.model_validate_json(json.dumps({"schema_version": "2.0", name: several}))
            )
            self._file(f"annotations/registry/{name}.json", data)


def _bytes(model: Any, **lists: Any) -> bytes:
    plain = {
        "schema_version": "2.0",
        **{
            name: [one.model_dump(mode="json") for one in several]
            for name, several in lists.items()
        },
    }
    return canonical_bytes(model.model_validate_json(json.dumps(plain)))

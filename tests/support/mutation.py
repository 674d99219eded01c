"""What a mutator is, and what all mutators use.

A mutator makes one known mistake at a place drawn by chance, and declares the codes of which one
must be found. It changes the plain JSON of a bundle (which may also be a document of a corpus),
the bytes of a bundle or annotation file, or the files of a corpus.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from support.pieces import SPANS
from warclaims.records import LAYERS, REGISTRIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from warclaims.corpus import Corpus

Plain = dict[str, Any]


class NoPlace(Exception):
    """The mutator finds no place for its mistake here."""


class On(Enum):
    """What a mutator changes."""

    BUNDLE = "the plain JSON of a bundle, in place"
    BYTES = "the bytes of a bundle or annotation file"
    CORPUS = "the files of a corpus"


@dataclass(frozen=True)
class Mutator:
    """A mistake and the codes of which one must be found.

    The ``change`` gets the thing, a random generator and :func:`facts` of the registries.
    """

    name: str
    codes: frozenset[str]
    on: On
    change: Callable[..., Any]


REGISTERED: list[Mutator] = []


def mutator(on: On, *codes: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function as a mutator."""

    def register(change: Callable[..., Any]) -> Callable[..., Any]:
        name = change.__name__.strip("_").replace("_", " ")
        REGISTERED.append(Mutator(name, frozenset(codes), on, change))
        return change

    return register


def facts(corpus: Corpus) -> dict[str, Any]:
    """The ids of each registry, the side of actors and the parent of events that have one."""
    registries = corpus.registries
    found: dict[str, Any] = {name: sorted(getattr(registries, name)) for name in REGISTRIES}
    found["actor_sides"] = {a.id: a.side.id for a in registries.actors.values() if a.side}
    found["event_parents"] = {e.id: e.parent.id for e in registries.events.values() if e.parent}
    return found


def pick(random: Random, found: Any) -> Any:
    """One of what was found.

    Raises:
        NoPlace: nothing was found.
    """
    found = list(found)
    if not found:
        raise NoPlace
    return random.choice(found)


def records(bundle: Plain, *layers: str) -> list[tuple[str, Plain]]:
    """The records of some layers, or of all, with their layer."""
    annotations = bundle["annotations"]
    return [(layer, r) for layer in layers or LAYERS for r in annotations[layer]]


def doubted(record: Plain) -> bool:
    """True if a record has another reading, or was uncertain in format 1."""
    return bool(record.get("alternatives") or record.get("extra", {}).get("uncertain"))


def spans(bundle: Plain, *layers: str) -> list[list[Plain]]:
    """All spans of some layers, or of all."""
    return [
        record[name]
        for layer, record in records(bundle, *layers)
        for name in SPANS[layer]
        if record.get(name)
    ]


def fragments(bundle: Plain, *layers: str) -> list[Plain]:
    """All fragments of some layers, or of all."""
    return [fragment for span in spans(bundle, *layers) for fragment in span]


def lies(bundle: Plain, at: int) -> Plain:
    """The segment that the offset lies in."""
    segments: list[Plain] = bundle["document"]["segments"]
    return next(segment for segment in segments if segment["start"] <= at < segment["end"])


def put(bundle: Plain, fragment: Plain, start: int, end: int) -> None:
    """Give a fragment other offsets, and the words that stand there."""
    fragment |= {"start": start, "end": end, "text": bundle["text"][start:end]}


def made(bundle: Plain, start: int, end: int) -> list[Plain]:
    """A span of one fragment."""
    return [{"start": start, "end": end, "text": bundle["text"][start:end]}]


def new_id(bundle: Plain) -> str:
    """An id that no record has."""
    taken = {record["id"] for _, record in records(bundle)}
    return next(f"new{n}" for n in range(len(taken) + 1) if f"new{n}" not in taken)


def words(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The words of a stretch of the text as offsets."""
    for match in re.finditer(r"[^\W_]+(?:[’'.-][^\W_]+)*", text[start:end]):
        yield start + match.start(), start + match.end()


def insert(bundle: Plain, layer: str, record: Plain) -> None:
    """Put a record where it belongs in the order of its layer."""

    def key(one: Plain) -> tuple[int, int]:
        span = one.get("span") or one["content"]
        return span[0]["start"], -span[-1]["end"]

    items = bundle["annotations"][layer]
    at = next((n for n, other in enumerate(items) if key(other) > key(record)), len(items))
    items.insert(at, record)


def splice(bundle: Plain, start: int, end: int, new: str) -> None:
    """Write other words in the text; offsets, words, segments, length and hashes follow."""
    document, annotations = bundle["document"], bundle["annotations"]
    more = len(new) - (end - start)
    bundle["text"] = text = bundle["text"][:start] + new + bundle["text"][end:]

    def moved(at: int) -> int:
        return at + more if at >= end else at

    for segment in document["segments"]:
        segment |= {"start": moved(segment["start"]), "end": moved(segment["end"])}
    waived = [f for w in annotations.get("waivers", ()) for f in w.get("span") or ()]
    for fragment in [*fragments(bundle), *waived]:
        put(bundle, fragment, moved(fragment["start"]), moved(fragment["end"]))
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    document |= {"sha256": sha256, "length": len(text)}
    annotations["sha256"] = sha256

"""Whose word a count is: who counts as one source, within a text and across texts."""

from __future__ import annotations

import re
from array import array
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Protocol
from zlib import crc32

from warclaims.derive.attribution import mention_name
from warclaims.folding import fold
from warclaims.records import span_text
from warclaims.records.accounts import Voice
from warclaims.wording import label_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from warclaims.records import (
        Actor,
        ActorMention,
        Attribution,
        Document,
        Event,
        Lists,
        Place,
        Side,
    )

SourceKey = tuple[str, ...]
"""What two accounts of one source share."""


class KnownEntries(Protocol):
    """The registries of a corpus, as far as comparisons need them."""

    @property
    def actors(self) -> Mapping[str, Actor]:
        """The actors by id."""

    @property
    def events(self) -> Mapping[str, Event]:
        """The events by id."""

    @property
    def sides(self) -> Mapping[str, Side]:
        """The sides by id."""

    @property
    def places(self) -> Mapping[str, Place]:
        """The places by id."""

    @property
    def lists(self) -> Lists:
        """The open lists."""


class Voices(NamedTuple):
    """The keys of what a text says in its own voice, and of what it says on nobody's word."""

    narrator: SourceKey
    unnamed: SourceKey


def voices_of(narrator: SourceKey) -> Voices:
    """The keys of a text by that of its narrator."""
    return Voices(("narrator", *narrator), ("unnamed", *narrator))


class AccountSource(NamedTuple):
    """The source of an account.

    Attributes:
        key: The same for two accounts if and only if they are of one source.
        entities: Its registry ids.
        text: The words that name it.
        voice: Whether it is the text itself, a source that the text names, or none of these.
    """

    key: SourceKey
    entities: tuple[str, ...]
    text: str
    voice: Voice

    @property
    def is_narrator(self) -> bool:
        """True if the text says it in its own voice."""
        return self.voice is Voice.OWN

    @property
    def is_named(self) -> bool:
        """True if it is known whose word it is."""
        return self.voice in (Voice.SOURCE, Voice.OWN)


def source_of(
    chain: list[Attribution],
    mentions: Mapping[str, ActorMention],
    document: Document,
    voices: Voices,
    actors: Mapping[str, Actor],
) -> AccountSource:
    """The innermost source of a chain of attributions.

    The registry entity decides. A source without an entity is one source within its text and never
    the same as one elsewhere.
    """
    outlet = document.outlet.value or f"text {document.id}"
    if not chain:
        return AccountSource(voices.narrator, (), outlet, Voice.OWN)
    step = chain[-1]
    sources = [mentions[name] for name in step.source if name in mentions]
    entities = [mention.entity for mention in sources if mention.entity]
    if step.inferred_source and not sources:
        entities.append(step.inferred_source)
    words = [mention_name(mention, actors) for mention in sources]
    found = tuple(sorted(set(entities)))
    if not words and not found:
        return AccountSource(voices.unnamed, (), f"unnamed, in {outlet}", Voice.UNNAMED)
    text = " and ".join(words) or " and ".join(label_of(name, actors) for name in found)
    nameless = sorted(_name(span_text(one.span)) for one in sources if not one.entity)
    key = ("entity", *found, *(("in", document.id, *nameless) if nameless else ()))
    return AccountSource(key, found, text, Voice.SOURCE)


_ARTICLE = re.compile(r"^(the|an?)\s+", re.IGNORECASE)


@lru_cache(maxsize=1 << 12)
def _name(words: str) -> str:
    return _ARTICLE.sub("", fold(words)).casefold()


_SHINGLE = 5
_LEAST_WORDS = 50
_SAMPLE = 8
_ALIKE = 0.8
_COMPARED = 4
"""Texts that share one of so many first runs are compared."""


class TextSample(NamedTuple):
    """What tells whose voice a text is in.

    Attributes:
        document: Its id.
        agency: The agency that wrote it, if it is known.
        runs: A sample of its runs of words, as sorted hashes.
    """

    date: str
    document: str
    agency: str | None
    outlet: str | None
    runs: array[int]


def text_sample(document: Document, text: str) -> TextSample:
    """The sample of a text."""
    agency = document.agency.value if document.agency else None
    date, runs = document.date.value or "9999", array("I", [] if agency else _runs(text))
    return TextSample(date, document.id, agency, document.outlet.value, runs)


def narrators(texts: Iterable[TextSample]) -> dict[str, SourceKey]:
    """The key of each document's narrator, by document id.

    Texts of one agency or one outlet have one narrator, and so have texts that are nearly the same;
    the narrator of an unknown outlet is one of that text only. Texts are nearly the same if they
    share four of five runs of five words (Broder 1997, *On the resemblance and containment of
    documents*), estimated from a sample of the runs.
    """
    found: dict[str, SourceKey] = {}
    representatives: dict[int, list[TextSample]] = {}
    for text in sorted(texts, key=lambda one: (one.date, one.document)):
        if text.agency:
            found[text.document] = ("agency", fold(text.agency).casefold())
            continue
        same = _representative(text, representatives)
        if same is not None:
            found[text.document] = found[same]
            continue
        outlet = text.outlet
        found[text.document] = (
            ("outlet", fold(outlet).casefold()) if outlet else ("text", text.document)
        )
        for run in text.runs[:_COMPARED]:
            representatives.setdefault(run, []).append(text)
    return found


def _runs(text: str) -> list[int]:
    words = fold(text).casefold().split()
    if len(words) < _LEAST_WORDS:
        return [crc32(" ".join(words).encode())]
    runs = {crc32(" ".join(words[n : n + _SHINGLE]).encode()) for n in range(len(words) - 4)}
    return sorted(run for run in runs if run % _SAMPLE == 0) or sorted(runs)


def _representative(
    text: TextSample, representatives: Mapping[int, list[TextSample]]
) -> str | None:
    for run in text.runs[:_COMPARED]:
        for other in representatives.get(run, [])[:8]:
            mine, theirs = set(text.runs), set(other.runs)
            if len(mine & theirs) >= _ALIKE * len(mine | theirs):
                return other.document
    return None

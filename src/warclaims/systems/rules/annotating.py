"""Annotate texts by rules: from what was found to records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.records import ActorMention, Annotations, LocationMention
from warclaims.records.base import SCHEMA_VERSION
from warclaims.records.vocabulary import Level, PlaceLevel
from warclaims.systems.rules.names import NameFinder
from warclaims.systems.rules.reading import ReadText

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from warclaims.corpus import Registries
    from warclaims.systems.system import TextToAnnotate


def rules(texts: Sequence[TextToAnnotate], known: Registries) -> Iterator[Annotations]:
    """Annotate texts with names of the registries and the words of the language modules."""
    names = NameFinder(known)
    for document, raw in texts:
        text = ReadText(document, raw)
        actors: list[ActorMention] = []
        locations: list[LocationMention] = []
        edges = iter(text.sentences)
        sentence = next(edges, None)
        for name in names.find(text.text):
            while sentence and name.start >= sentence.end:
                sentence = next(edges, None)
            if not sentence or name.start < sentence.start or name.end > sentence.end:
                continue
            span = text.span((name.start, name.end))
            if name.actors:
                actor = name.actors[0] if len(name.actors) == 1 else None
                actors.append(
                    ActorMention(
                        id=f"a{len(actors) + 1}", span=span, entity=actor, level=Level.NAME
                    )
                )
            else:
                place = name.places[0] if len(name.places) == 1 else None
                locations.append(
                    LocationMention(
                        id=f"l{len(locations) + 1}", span=span, place=place, level=PlaceLevel.NAME
                    )
                )
        yield Annotations(
            schema_version=SCHEMA_VERSION,
            document=document.id,
            sha256=document.sha256,
            annotator="rules",
            guidelines="2.1",
            actors=tuple(actors),
            locations=tuple(locations),
            casualties=(),
            attributions=(),
        )

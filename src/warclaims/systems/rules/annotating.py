"""Annotate texts by rules: from what was found to records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from warclaims.records import Annotations, Attribution, Casualty, Fraction
from warclaims.records.base import SCHEMA_VERSION
from warclaims.systems.rules.attributions import attributions
from warclaims.systems.rules.casualties import casualties
from warclaims.systems.rules.mentions import Mentions
from warclaims.systems.rules.names import NameFinder
from warclaims.systems.rules.reading import ReadText

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from warclaims.corpus import Registries
    from warclaims.records import Document
    from warclaims.systems.rules.attributions import FoundAttribution
    from warclaims.systems.rules.casualties import FoundCasualty
    from warclaims.systems.rules.reading import Range
    from warclaims.systems.system import TextToAnnotate

_GUIDELINES = "2.1"


def rules(texts: Sequence[TextToAnnotate], known: Registries) -> Iterator[Annotations]:
    """Annotate texts with names of the registries and the words of the language modules."""
    names = NameFinder(known)
    for document, raw in texts:
        yield _annotations(document, ReadText(document, raw), names)


rules.links = True  # type: ignore[attr-defined]


def _annotations(document: Document, text: ReadText, names: NameFinder) -> Annotations:
    mentions = Mentions(text, names)
    said = [(one, mentions.source(one.source)) for one in attributions(text)]
    actors, ids = mentions.actors()
    return Annotations(
        schema_version=SCHEMA_VERSION,
        document=document.id,
        sha256=document.sha256,
        annotator="rules",
        guidelines=_GUIDELINES,
        actors=actors,
        locations=mentions.locations(),
        casualties=tuple(_casualties(text, casualties(text))),
        attributions=tuple(_attributions(text, said, ids)),
    )


def _attributions(
    text: ReadText, found: list[tuple[FoundAttribution, Range | None]], ids: dict[Range, str]
) -> Iterator[Attribution]:
    """The attributions in text order, with the ids of their sources."""
    found.sort(key=_place)
    for number, (one, source) in enumerate(found, 1):
        yield Attribution(
            id=f"t{number}",
            source=(ids[source],) if source else (),
            cue=text.span(one.cue) if one.cue else None,
            content=text.span(*one.content),
            mode=one.mode,
            act=one.act,
            commitment=one.commitment,
        )


def _place(one: tuple[FoundAttribution, Range | None]) -> tuple[int, int]:
    """Where the words of an attribution begin, the longer first."""
    found, source = one
    places = [*found.content, *filter(None, (found.cue, source))]
    return min(start for start, _ in places), -max(end for _, end in places)


def _casualties(text: ReadText, found: list[FoundCasualty]) -> Iterator[Casualty]:
    rows = sorted(
        range(len(found)), key=lambda row: (found[row].span[0][0], -found[row].span[-1][1])
    )
    ids = {row: f"c{number}" for number, row in enumerate(rows, 1)}
    for row in rows:
        one = found[row]
        fields: dict[str, Any] = dict(one.fields)
        if part := fields.get("fraction"):
            fields["fraction"] = Fraction(numerator=part[0], denominator=part[1])
        if one.whole is not None:
            fields["subset_of"] = (ids[one.whole],)
        if one.in_title and (same := _repeated(one, found)) is not None:
            fields["same_as"] = (ids[same],)
        yield Casualty(
            id=ids[row],
            span=text.span(*one.span),
            trigger=text.span(one.trigger) if one.trigger else None,
            events=(),
            **fields,
        )


def _repeated(title: FoundCasualty, found: list[FoundCasualty]) -> int | None:
    """The row of the count in the text that a title gives."""
    alike = (
        row
        for row, one in enumerate(found)
        if not one.in_title
        and all(one.fields[name] == title.fields[name] for name in ("outcome", "value"))
    )
    return next(alike, None)

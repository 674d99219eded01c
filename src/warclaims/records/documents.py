"""Documents: the index of seeds, what is known of each text, and its segments."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from warclaims.records.base import MAX_OFFSET, Id, Record, Sha256, Words
from warclaims.records.fields import described
from warclaims.records.vocabulary import Certainty, Evidence, SegmentKind
from warclaims.records.waivers import File

PartialDate = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$")]
"""A date of ISO 8601 as far as it is known: ``2023``, ``2023-09``, ``2023-09-19``."""

LanguageTag = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$")]
"""A language tag of BCP 47 by its shape: ``en``, ``en-GB``, ``zh-Hant-TW``, ``und`` if unknown."""

UNKNOWN_LANGUAGE = "und"
"""The tag of a text whose language is unknown."""

FileName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$")]
"""A bare file name: no folder, no leading dot."""


class Stated(Record):
    """A fact about a text with its evidence."""

    value: Words | None = Field(description="The fact; null if unknown.")
    evidence: Evidence = described(Evidence, "What kind of evidence.")
    certainty: Certainty = described(Certainty, "How certain it is.")
    basis: Words = Field(description="The evidence itself: words of the text, or the reasoning.")


class StatedDate(Stated):
    """A date with its evidence."""

    value: PartialDate | None = Field(
        description="The date: a day, a month or a year; null if unknown."
    )


class StatedLanguage(Stated):
    """A language with its evidence."""

    value: LanguageTag | None = Field(description="The language (BCP 47); null if unknown.")


class Segment(Record):
    """A stretch of the text of one kind. The segments of a document tile it without a gap."""

    kind: SegmentKind = described(SegmentKind, "What the stretch is.")
    start: int = Field(ge=0, le=MAX_OFFSET, description="Offset of the first code point.")
    end: int = Field(ge=1, le=MAX_OFFSET, description="Offset after the last code point.")


class Document(Record):
    """A source text: its file, hash, metadata and segments."""

    id: Id = Field(description="Id of the document, unique in the corpus.")
    file: FileName = Field(description="Name of the seed file beside the index.")
    sha256: Sha256 = Field(description="SHA-256 of the file's bytes.")
    length: int = Field(ge=1, le=MAX_OFFSET, description="Length of the text in code points.")
    title: Words | None = Field(description="The headline as in the text; null if it has none.")
    language: LanguageTag = Field(description="Language of the text (BCP 47).")
    translation: bool | None = Field(
        description="Whether the text is a translation; null if unknown."
    )
    outlet: Stated = Field(description="Who published it.")
    agency: Stated | None = Field(
        default=None,
        description="The news agency whose copy the text is; null if it is of none, or unknown.",
    )
    date: StatedDate = Field(description="When it was published, or the day it reports.")
    original_language: StatedLanguage = Field(description="Language it was written in.")
    rights_holder: Stated = Field(description="Who holds the rights in the text.")
    segments: tuple[Segment, ...] = Field(
        min_length=1, description="Segments that tile the text, in order."
    )


class DocumentIndex(File):
    """The index of seeds: ``seeds/index.json``."""

    documents: tuple[Document, ...] = Field(description="The documents, in order of id.")

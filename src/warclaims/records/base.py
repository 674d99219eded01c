"""The base of every record, and spans: ordered fragments of a document's text."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints

SCHEMA_VERSION: Literal["2.0"] = "2.0"
"""Version of the file formats; the folder ``schema/v2`` holds their JSON Schemas."""

SchemaVersion = Literal["2.0"]
"""The version of records. Files of 1.0 and 1.1 are upgraded when they are read."""

MAX_OFFSET = 2**31 - 1
"""Offsets fit a 32-bit integer, so every reader of the tables can hold them."""

MAX_COUNT = 10**12
"""The largest number of victims; it fits the integers of every reader."""

ID_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$"
"""Letters, digits, ``_`` and ``-``: safe in file names, URLs and Label Studio regions."""

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Words = Annotated[str, StringConstraints(min_length=1)]


class Record(BaseModel):
    """An immutable record. Unknown fields are refused; only ``extra`` is open.

    A field is left out of files where its value is its default (``side``, ``note`` …), so that
    a line shows only what somebody decided.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(
        strict=True, extra="forbid", frozen=True, defer_build=True
    )

    extra: dict[str, JsonValue] = Field(
        default_factory=dict,
        description="The place for anything else; kept, never interpreted.",
    )

    def _repr_html_(self) -> str | None:
        """The record for a notebook; ``None`` without the extra ``report``."""
        import warclaims  # the front door knows who shows records; records know no room above

        try:
            return warclaims.to_html(self)
        except ModuleNotFoundError:
            return None


class Parcel(BaseModel):
    """A small immutable value inside a record, without a place for anything else."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        strict=True, extra="forbid", frozen=True, defer_build=True
    )


class Fragment(Parcel):
    """An unbroken stretch of a text: ``document[start:end] == text``, in Unicode code points."""

    start: int = Field(
        ge=0, le=MAX_OFFSET, description="Offset of the first code point, counted from 0."
    )
    end: int = Field(
        ge=1, le=MAX_OFFSET, description="Offset after the last code point (half-open)."
    )
    text: Words = Field(description="The words at these offsets, exactly as in the seed text.")


Span = Annotated[tuple[Fragment, ...], Field(min_length=1)]
"""One or more fragments in text order; more than one only where the span is discontinuous."""


def span_start(span: tuple[Fragment, ...]) -> int:
    """First code point covered by ``span``."""
    return span[0].start


def span_end(span: tuple[Fragment, ...]) -> int:
    """Offset after the last code point covered by ``span``."""
    return span[-1].end


def span_ranges(span: tuple[Fragment, ...]) -> tuple[tuple[int, int], ...]:
    """Start and end of each fragment of ``span``: half-open code points."""
    return tuple((fragment.start, fragment.end) for fragment in span)


def span_text(span: tuple[Fragment, ...]) -> str:
    """The words of a span; fragments are joined by ``…``.

    >>> import warclaims
    >>> attribution = warclaims.open().record("004:t2")
    >>> warclaims.span_text(attribution.content)
    'Eleven Azerbaijani police and civilians … killed in a mine blast and another incident'
    """
    return " … ".join(fragment.text for fragment in span)

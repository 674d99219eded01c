"""Waivers: warnings that were looked at and are right as they are, each with its reason."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from warclaims.records.base import Id, Record, SchemaVersion, Span, Words

RuleCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][0-9]{3}$")]
"""The code of a rule, of whichever level: which may be waived is a rule itself (R411)."""


class Waiver(Record):
    """A warning about a file, or about one record of it, that is not to be reported."""

    code: RuleCode = Field(description="The code of the warning.")
    record: Id | None = Field(
        description="Id of the record that the warning is about; null if it is about no one record."
    )
    reason: Words = Field(description="Why what it warns of is right, in plain words.")


class TextWaiver(Waiver):
    """A warning about annotations, or about one record or some words of their text."""

    span: Span | None = Field(
        description="The words that the warning is about, just as far as it gives them; null if "
        "it is about all that the record or the file holds."
    )


class File(Record):
    """What all files of a corpus that hold records have in common."""

    schema_version: SchemaVersion = Field(description="Version of this file format.")
    waivers: tuple[Waiver, ...] = Field(
        default=(), description="Warnings about this file that are not to be reported."
    )

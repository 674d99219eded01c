"""Waivers: warnings that somebody checked and that are not to be reported, each with a reason."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from warclaims.records.base import Id, Record, SchemaVersion, Span, Words

RuleCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][0-9]{3}$")]
"""The code of a rule of any level; which can be waived is itself a rule (R411)."""


class Waiver(Record):
    """A warning about a file, or about one record of it, that is not to be reported."""

    code: RuleCode = Field(description="The code of the warning.")
    record: Id | None = Field(
        description="Id of the record that the warning is about; null if about none."
    )
    reason: Words = Field(description="Why the file is right as it is.")


class TextWaiver(Waiver):
    """A warning about annotations, or about one record or some words of their text."""

    span: Span | None = Field(
        description="The words that the warning is about, exactly as it gives them; null if it is "
        "about the whole record or file."
    )


class File(Record):
    """The fields of every file of records."""

    schema_version: SchemaVersion = Field(description="Version of this file format.")
    waivers: tuple[Waiver, ...] = Field(
        default=(), description="Warnings about this file that are not to be reported."
    )

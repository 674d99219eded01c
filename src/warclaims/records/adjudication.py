"""Adjudication: how each difference between two passes was decided, and why."""

from __future__ import annotations

from pydantic import Field

from warclaims.records.base import MAX_OFFSET, Id, Record, Words
from warclaims.records.fields import DocumentId, described
from warclaims.records.vocabulary import ClosedList


class Decision(ClosedList):
    """Which reading gold follows."""

    FIRST = "first", "gold follows the first pass"
    SECOND = "second", "gold follows the second pass"
    NEITHER = "neither", "gold follows neither; the reason says what it has"


class Adjudication(Record):
    """One difference between two passes: a line of ``annotations/adjudication.jsonl``."""

    first: Id = Field(description="The first annotation set.")
    second: Id = Field(description="The second annotation set.")
    document: DocumentId = Field(description="Id of the document.")
    unit: Words = Field(description="What differs: a kind of span, or the layer of an attribute.")
    kind: Words = Field(
        description="How: 'only first', 'only second', 'edges', or the name of the attribute."
    )
    start: int = Field(ge=0, le=MAX_OFFSET, description="Offset of the words, in code points.")
    words: Words = Field(description="The words that the difference is about.")
    first_reading: str = Field(description="The first reading; empty if it has none.")
    second_reading: str = Field(description="The second reading; empty if it has none.")
    decision: Decision = described(Decision, "Which reading gold follows.")
    reason: Words = Field(description="Why, by the guidelines.")

"""Challenges: readings put forward against records of gold, and what came of each."""

from __future__ import annotations

from pydantic import Field

from warclaims.records.base import Id, Record, Words
from warclaims.records.fields import DocumentId, described
from warclaims.records.vocabulary import ClosedList


class ChallengeBasis(ClosedList):
    """By what a record is challenged."""

    GUIDELINES = "guidelines", "a rule of the guidelines requires another reading"
    SENSE = "sense", "common sense requires another reading; the guidelines do not decide"


class ChallengeVerdict(ClosedList):
    """What came of a challenge."""

    OPEN = "open", "not decided yet"
    UPHELD = "upheld", "the record stays as it is"
    OVERTURNED = "overturned", "the record was changed"
    ALTERNATIVE = "alternative", "the other reading was added as an alternative"


class Challenge(Record):
    """A challenge of one record: a line of ``annotations/challenges.jsonl``."""

    document: DocumentId = Field(description="Id of the document.")
    record: Id | None = Field(description="Id of the record; null if one is said to be missing.")
    words: Words = Field(description="The words that the challenge is about.")
    reading: Words = Field(description="The reading against the record.")
    basis: ChallengeBasis = described(ChallengeBasis, "By what it is challenged.")
    rule: Words | None = Field(description="The rule of the guidelines that decides, or null.")
    verdict: ChallengeVerdict = described(ChallengeVerdict, "What came of it.")
    reason: Words | None = Field(description="Why; null while it is open.")

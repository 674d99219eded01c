"""Accounts, and how they compare. Computed, never edited."""

from __future__ import annotations

from pydantic import Field

from warclaims.records.annotations import CauseValue
from warclaims.records.base import Record, Words
from warclaims.records.fields import ActorId, DocumentId, EventId, SideId, described
from warclaims.records.registry import ActorTypeValue
from warclaims.records.vocabulary import Act, ActorType, Cause, ClosedList


class AccountMark(ClosedList):
    """What a reader must know about an account or a comparison besides its numbers."""

    HEADLINE_DIFFERS = "headline_differs", "the headline and the text give different numbers"
    OVERLAP_NOT_STATED = (
        "overlap_not_stated",
        "the text does not say whether its counts are of the same people",
    )
    DOES_NOT_ADD_UP = "does_not_add_up", "the parts exceed their whole"
    SAME_SOURCE = "same_source", "one source is in several positions"
    LOWER_IS_OLDER = "lower_is_older", "all accounts of the lower number are older"
    RESTATEMENT = "restatement", "one statement of one source, repeated by several texts"
    STATED_AS_FACT = "stated_as_fact", "an outlet says in its own voice what another attributes"
    DENIED = "denied", "somebody denies it"
    NOT_CONFIRMED = "not_confirmed", "somebody says that they cannot confirm it"
    PRESUMED_ONLY = "presumed_only", "rests only on counts that are feared or presumed"
    UNVERIFIED_ONLY = "unverified_only", "rests only on counts that could not be checked"
    COMPUTED = "computed", "computed from other counts; no text states it"


class Voice(ClosedList):
    """Whose word an account is."""

    SOURCE = "source", "that of a source which the text names"
    OWN = "own", "that of the text itself"
    UNNAMED = "unnamed", "that of a source which the text does not name"
    SEVERAL = "several", "that of several sources, from whose counts it is computed"


class Respect(ClosedList):
    """What accounts are compared in."""

    TOTAL = "total", "how many"
    WHO = "who", "who the victims were"
    AGE_SEX = "age_sex", "their age and sex"
    SIDE = "side", "their side"
    CAUSE = "cause", "what harmed them"
    PERPETRATOR = "perpetrator", "who harmed them"


class ComparisonKind(ClosedList):
    """How the accounts of one event compare in one respect."""

    AGREEMENT = "agreement", "all say the same"
    COMPATIBLE = "compatible", "all can be true together"
    DISAGREEMENT = "disagreement", "not all can be true together"
    DIFFERENT_KINDS = "different_kinds", "counts of different kinds of people; both can be true"
    UPDATE = "update", "a later number replaces an earlier one"
    NOT_COMPARABLE = "not_comparable", "cannot be compared, for the reason given"


class BreakdownEntry(Record):
    """The bounds of one kind of victims in an account."""

    field: Words = Field(description="who, age_sex or side; *still* for those still held.")
    kind: Words = Field(
        description="The kind: a status, an age or sex (``adult_female``), a side; for *still* "
        "the outcome."
    )
    minimum: int = Field(description="Least number that the account allows.")
    maximum: int | None = Field(description="Greatest number; null if unbounded.")
    computed: bool = Field(
        default=False,
        description="True if no count is of this kind: children are counted as civilians.",
    )
    word_of: Words | None = Field(
        default=None, description="Whose word it is; null if that of the account's source."
    )


class Account(Record):
    """What one source says in one text about one outcome of one event, or of several together."""

    id: Words = Field(description="Document, outcome and first record: ``004:killed:c2``.")
    events: tuple[EventId, ...] = Field(description="The events whose victims are counted.")
    outcome: Words = Field(
        description="What happened to the victims; *held* for captured and abducted people."
    )
    source: tuple[ActorId, ...] = Field(description="The source in the registry; empty if unnamed.")
    source_text: Words = Field(
        description="The words that name the source; of a pronoun, its label in the registry."
    )
    voice: Voice = described(Voice, "Whose word it is.")
    source_side: SideId | None = Field(description="The side of the source; null if it has none.")
    source_type: ActorTypeValue | None = described(
        ActorType, "What kind of actor the source is; null if unknown."
    )
    document: DocumentId = Field(description="Id of the document.")
    outlet: Words | None = Field(description="Who published the text; null if unknown.")
    date: Words | None = Field(
        description="The day of the statement, else of the text; null if unknown."
    )
    closed: bool = Field(description="True if the account states a whole.")
    minimum: int = Field(description="Least number of victims that it allows.")
    maximum: int | None = Field(description="Greatest number; null if unbounded.")
    soft: bool = Field(description="True if a bound rests on an approximate number.")
    breakdown: tuple[BreakdownEntry, ...] = Field(description="The bounds of each kind.")
    causes: tuple[CauseValue, ...] = described(Cause, "What harmed the victims.")
    perpetrators: tuple[ActorId, ...] = Field(description="Who is said to have harmed them.")
    marks: tuple[AccountMark, ...] = described(AccountMark, "What a reader must know.")
    records: tuple[Words, ...] = Field(description="Its casualty records: ``004:c2``.")
    in_headline: bool = Field(
        default=False, description="True if only the headline says it, in the outlet's voice."
    )
    computed_from: tuple[Words, ...] = Field(
        default=(), description="The records it is computed from; empty if a text states it."
    )


class Position(Record):
    """Accounts that can all be true together in one respect."""

    value: Words = Field(description="What they say, in short.")
    accounts: tuple[Words, ...] = Field(description="Ids of the accounts.")
    words: tuple[Words, ...] = Field(description="The phrases of the texts.")
    summed: bool = Field(
        default=False, description="True if its number is the sum of those of its accounts."
    )
    records: tuple[Words, ...] = Field(
        default=(), description="Records behind the position that are in none of its accounts."
    )


class Comparison(Record):
    """How the accounts of one event compare in one respect."""

    id: Words = Field(
        description="Event, outcome if any, and respect: ``war-2020:killed:total``; a second one "
        "of these ends in ``:2``."
    )
    event: Words = Field(description="Id of the event; several are joined by `` + ``.")
    outcome: Words | None = Field(description="The outcome; null for cause and perpetrator.")
    respect: Respect = described(Respect, "What is compared.")
    kind: ComparisonKind = described(ComparisonKind, "How the accounts compare.")
    positions: tuple[Position, ...] = Field(description="The positions, lower numbers first.")
    compatible_with_all: tuple[Words, ...] = Field(
        description="Ids of the accounts that every position allows."
    )
    soft: bool = Field(description="True if it rests on approximate numbers.")
    depends_on: tuple[Words, ...] = Field(
        description="Records on whose reading it, or the position of an account, depends."
    )
    holds_under_every_reading: bool = Field(
        default=True,
        description="False if other readings of these records make it vanish; if true, they change "
        "the positions of accounts at most.",
    )
    changes_outcome: bool = Field(
        default=False,
        description="True if under some readings it holds in another outcome instead.",
    )
    marks: tuple[AccountMark, ...] = described(AccountMark, "What a reader must know.")
    updated_by: Words | None = Field(
        default=None,
        description="The source that updates its own number; null if the later number is another "
        "source's, or if it is not an update.",
    )
    reason: Words = Field(max_length=140, description="The reason, in one sentence.")

    @property
    def replaced(self) -> set[str]:
        """Ids of the accounts whose numbers the last one replaces; none if it is no update."""
        if self.kind is not ComparisonKind.UPDATE:
            return set()
        earlier = {name for one in self.positions[:-1] for name in one.accounts}
        return earlier - set(self.positions[-1].accounts)


class BlameStatement(Record):
    """An accusation, a denial, or what answers one of these, in one text."""

    id: Words = Field(description="Document and attribution: ``004:t2``.")
    act: Act = described(Act, "What the source does by it.")
    events: tuple[EventId, ...] = Field(
        description="The events that it, or what it answers, is about."
    )
    source: tuple[ActorId, ...] = Field(description="The source in the registry; empty if unnamed.")
    source_text: Words | None = Field(
        description="The words that name the source, or its label; null if nobody is named."
    )
    blames: tuple[ActorId, ...] = Field(description="Those held responsible, in the registry.")
    blames_text: tuple[Words, ...] = Field(description="The words that name them, or their labels.")
    answers: Words | None = Field(
        description="Id of the statement that it answers; null if the text says of none."
    )
    text: Words = Field(description="What is said.")
    document: DocumentId = Field(description="Id of the document.")
    outlet: Words | None = Field(description="Who published the text; null if unknown.")
    date: Words | None = Field(description="The date of the text; null if unknown.")


class SimilarEvents(Record):
    """Two events of the registry that may be the same."""

    events: tuple[EventId, EventId] = Field(description="Ids of the two events.")
    reason: Words = Field(max_length=140, description="Why they may be the same.")


class Comparisons(Record):
    """The accounts of a corpus and how they compare."""

    accounts: tuple[Account, ...] = Field(description="The accounts, in order of id.")
    comparisons: tuple[Comparison, ...] = Field(description="The comparisons, by event.")
    accusations: tuple[BlameStatement, ...] = Field(
        default=(), description="Who blames whom, and what denies or answers it, by text."
    )
    unlinked: tuple[Words, ...] = Field(
        default=(), description="Casualty records without an event, which are not compared."
    )
    similar_events: tuple[SimilarEvents, ...] = Field(
        default=(), description="Events that may be the same."
    )

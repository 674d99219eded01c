"""What all kinds of pages are made from, and what they have in common."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from warclaims.derive.accusations import sides
from warclaims.derive.events import EventTree
from warclaims.derive.sourcing import innermost
from warclaims.report.colours import NO_SIDE, side_tones
from warclaims.wording import count, described, told_by

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warclaims.corpus import Corpus
    from warclaims.records import Bundle, Claim, Event
    from warclaims.report.claim_store import ClaimStore
    from warclaims.report.colours import Tone
    from warclaims.report.site import Site


class WordedClaim(NamedTuple):
    """A claim with its wordings.

    Attributes:
        claim: The claim.
        figures: The bounds of its count, in figures.
        described: What happened to whom by what.
        told_by: The chain of sources.
        side: Label of the side of the innermost source, or *no side*.
        tone: The colour of that side.
        outlet: Who published the text, and when.
        covers: The labels of its events.
    """

    claim: Claim
    figures: str
    described: str
    told_by: str
    side: str
    tone: Tone
    outlet: str
    covers: str


class ReportContext:
    """A corpus, the annotation set that is shown, its claims, and lookups for all pages."""

    def __init__(self, corpus: Corpus, set_name: str, claims: ClaimStore) -> None:
        self.corpus = corpus
        self.set_name = set_name
        self.claims = claims
        self.registries = corpus.registries
        self.tree = EventTree(self.registries.events)
        self._tones = side_tones(self.registries.sides)

    @cached_property
    def side_labels(self) -> dict[str, str]:
        """The labels of the sides by id."""
        return {side.id: side.label for side in self.registries.sides.values()}

    def side(self, actors: Iterable[str]) -> tuple[str, Tone]:
        """Label and tone of the one side of these actors: *no side* if there is none, or several.

        The actors are given by id; unknown ones have no side.
        """
        found = sides(actors, self.registries.actors)
        if len(found) != 1:
            return "no side", NO_SIDE
        (side,) = found
        return self.side_labels.get(side, "no side"), self._tones.get(side, NO_SIDE)

    def events(self, names: Iterable[str]) -> list[Event]:
        """The events of these ids that are in the registry."""
        return [self.registries.events[n] for n in names if n in self.registries.events]

    def actor_labels(self, names: Iterable[str]) -> str:
        """The labels of actors in a list; the id of one that is not in the registry."""
        known = self.registries.actors
        return ", ".join(known[name].label if name in known else name for name in names)

    def worded(self, claims: Iterable[Claim]) -> list[WordedClaim]:
        """The claims in words."""
        return [self._worded(claim) for claim in claims]

    def _worded(self, claim: Claim) -> WordedClaim:
        side, tone = self.side(innermost(claim))
        return WordedClaim(
            claim,
            count(claim),
            described(claim, self.side_labels),
            told_by(claim),
            "the text itself" if claim.narrator else side,
            tone,
            f"{claim.outlet or 'outlet unknown'}, {claim.date or 'undated'}",
            "; ".join(event.label for event in self.events(claim.events)),
        )


class ReportPage:
    """A kind of page. It sees the texts one at a time and keeps only a little of each."""

    def __init__(self, context: ReportContext) -> None:
        self._context = context

    def add(self, bundle: Bundle, claims: list[Claim], site: Site) -> None:
        """Take what it needs from a text, whose claims come without relations."""

    def write(self, site: Site) -> None:
        """Write what is left, after all texts."""

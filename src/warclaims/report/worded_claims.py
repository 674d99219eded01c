"""Claims in the words of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from warclaims.derive.sourcing import innermost
from warclaims.wording import count, described, told_by

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warclaims.records import Claim
    from warclaims.report.colours import Tone
    from warclaims.report.context import ReportContext


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


def worded_claims(claims: Iterable[Claim], context: ReportContext) -> list[WordedClaim]:
    """The claims in words."""
    return [_worded(claim, context) for claim in claims]


def _worded(claim: Claim, context: ReportContext) -> WordedClaim:
    side, tone = context.side(innermost(claim))
    return WordedClaim(
        claim,
        count(claim),
        described(claim, context.side_labels),
        told_by(claim),
        "the text itself" if claim.narrator else side,
        tone,
        f"{claim.outlet or 'outlet unknown'}, {claim.date or 'undated'}",
        "; ".join(event.label for event in context.events(claim.events)),
    )

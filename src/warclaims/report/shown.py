"""A claim in the words of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from warclaims.derive.sourcing import innermost
from warclaims.report.colours import NO_SIDE, side_label, side_of
from warclaims.wording import count, described, told_by

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warclaims.records import Claim
    from warclaims.report.colours import Tone
    from warclaims.report.part import Context


class Shown(NamedTuple):
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


def shown(claims: Iterable[Claim], context: Context) -> list[Shown]:
    """The claims in words."""
    return [_shown(claim, context) for claim in claims]


def _shown(claim: Claim, context: Context) -> Shown:
    registries = context.registries
    side = side_of(innermost(claim), registries.actors)
    events = registries.events
    return Shown(
        claim,
        count(claim),
        described(claim, {side.id: side.label for side in registries.sides.values()}),
        told_by(claim),
        "the text itself" if claim.narrator else side_label(side, registries.sides),
        context.tones.get(side or "", NO_SIDE),
        f"{claim.outlet or 'outlet unknown'}, {claim.date or 'undated'}",
        "; ".join(events[name].label for name in claim.events if name in events),
    )

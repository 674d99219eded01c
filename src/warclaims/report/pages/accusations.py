"""Who accuses whom, and who denies it or accuses in turn."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from warclaims.derive.accusations import Exchange, Statement, exchanges, statements
from warclaims.records.vocabulary import Act
from warclaims.report.site import NO_OUTLET, ReportPage, Site

if TYPE_CHECKING:
    from warclaims.records import Bundle, Claim

MOST = 300
"""Limit of accusations and denials kept; the rest is counted."""

MOST_ANSWERS = 8
"""Limit of statements shown against one accusation; the rest is counted."""

LONGEST = 400
"""Longer quotations are cut; the link leads to all of them."""


class AccusationsPage(ReportPage):
    """The page of accusations; it keeps the accusations and denials of all texts."""

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self._statements: list[Statement] = []
        self._outlets: dict[str, str] = {}
        self._left_out = 0

    def add(self, bundle: Bundle, claims: list[Claim]) -> None:
        """Keep the accusations and denials of a text, up to a number."""
        found = statements(bundle, self._site.registries.actors)
        room = MOST - len(self._statements)
        self._statements += found[:room]
        self._left_out += len(found[room:])
        self._outlets[bundle.document.id] = bundle.document.outlet.value or NO_OUTLET

    def write(self) -> None:
        """Write the page."""
        known = self._site.registries
        answers: dict[str, list[Exchange]] = defaultdict(list)
        for one in exchanges(self._statements, known.events, known.actors, known.sides):
            answers[one.accusation.id].append(one)
        paired = {one.answer.id for found in answers.values() for one in found}
        accusations = [one for one in self._statements if one.act is Act.ACCUSE]
        denials = [one for one in self._statements if one.act is Act.DENY]
        self._site.page(
            "accusations.html",
            answered=[one for one in accusations if one.id in answers],
            unanswered=[one for one in accusations if one.id not in answers],
            denials=[one for one in denials if one.id not in paired],
            answers=answers,
            most_answers=MOST_ANSWERS,
            longest=LONGEST,
            outlets=self._outlets,
            left_out=self._left_out,
        )

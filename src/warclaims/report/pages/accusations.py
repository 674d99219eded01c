"""Who accuses whom, what answers it, and what else the blamed side says."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from warclaims.derive.accusations import (
    Answer,
    Exchange,
    Statement,
    exchanges,
    statements,
)
from warclaims.records.vocabulary import Act
from warclaims.report.site import NO_OUTLET, ReportPage, Site

if TYPE_CHECKING:
    from warclaims.records import Bundle, Claim

MOST = 300
"""Limit of accusations, denials and answers kept; the rest is counted."""

MOST_ANSWERS = 8
"""Limit of statements shown against one accusation; the rest is counted."""

LONGEST = 400
"""Longer quotations are cut; the link leads to all of them."""


class AccusationsPage(ReportPage):
    """The page of accusations; it keeps the statements of all texts."""

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self._statements: list[Statement] = []
        self._outlets: dict[str, str] = {}
        self._left_out = 0

    def add(self, bundle: Bundle, claims: list[Claim]) -> None:
        """Keep the accusations, denials and answers of a text, up to a number."""
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
        answered = {
            name
            for name, found in answers.items()
            if any(one.kind is not Answer.NOT_STATED for one in found)
        }
        others = [one for one in self._statements if one.act is not Act.ACCUSE]
        self._site.page(
            "accusations.html",
            groups=[
                ("answered", [one for one in accusations if one.id in answered]),
                ("beside", [one for one in accusations if one.id in answers.keys() - answered]),
            ],
            alone=[one for one in accusations if one.id not in answers],
            others=[one for one in others if one.id not in paired],
            answers=answers,
            most_answers=MOST_ANSWERS,
            longest=LONGEST,
            outlets=self._outlets,
            left_out=self._left_out,
        )

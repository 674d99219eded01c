"""Who accuses whom, and who denies it or accuses in turn."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from warclaims.derive.accusations import Exchange, Statement, exchanges, statements
from warclaims.records.vocabulary import Act
from warclaims.report.context import ReportContext, ReportPage

if TYPE_CHECKING:
    from warclaims.records import Bundle, Claim
    from warclaims.report.site import Site

MOST = 300
"""Limit of accusations and denials kept; the rest is counted."""

MOST_ANSWERS = 8
"""Limit of statements shown against one accusation; the rest is counted."""

LONGEST = 400
"""Longer quotations are cut; the link leads to all of them."""


class AccusationsPage(ReportPage):
    """The page of accusations; it keeps what accuses or denies."""

    def __init__(self, context: ReportContext) -> None:
        super().__init__(context)
        self._statements: list[Statement] = []
        self._outlets: dict[str, str] = {}
        self._left_out = 0

    def add(self, bundle: Bundle, claims: list[Claim], site: Site) -> None:
        """Keep the accusations and denials of a text, up to a number."""
        found = statements(bundle, self._context.registries.actors)
        room = MOST - len(self._statements)
        self._statements += found[:room]
        self._left_out += len(found[room:])
        self._outlets[bundle.document.id] = bundle.document.outlet.value or "outlet unknown"

    def write(self, site: Site) -> None:
        """Write the page."""
        known = self._context.registries
        found = list(exchanges(self._statements, known.events, known.actors, known.sides))
        answers: dict[str, list[Exchange]] = defaultdict(list)
        for one in found:
            answers[one.accusation.id].append(one)
        paired = {one.answer.id for one in found}
        accusations = [
            self._shown(one, answers[one.id]) for one in self._statements if one.act is Act.ACCUSE
        ]
        site.page(
            "accusations.html",
            title="Accusations",
            answered=[one for one in accusations if one["answers"]],
            unanswered=[one for one in accusations if not one["answers"]],
            denials=[
                self._shown(one, [])
                for one in self._statements
                if one.act is Act.DENY and one.id not in paired
            ],
            longest=LONGEST,
            outlets=self._outlets,
            left_out=self._left_out,
        )

    def _shown(self, statement: Statement, answers: list[Exchange]) -> dict[str, Any]:
        """A statement with the tone of its source's side, and the answers with theirs."""
        side = self._context.side
        return {
            "accusation": statement,
            "tone": side(statement.source)[1],
            "answers": [(one, side(one.answer.source)[1]) for one in answers[:MOST_ANSWERS]],
            "more": len(answers[MOST_ANSWERS:]),
            "events": [event.label for event in self._context.events(statement.events)],
        }

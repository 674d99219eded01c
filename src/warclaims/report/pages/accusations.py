"""Who accuses whom, and who denies it or accuses in turn."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, NamedTuple

from warclaims.derive.accusations import Exchange, Statement, exchanges, statements
from warclaims.records.vocabulary import Act
from warclaims.report.colours import NO_SIDE, side_of

if TYPE_CHECKING:
    from warclaims.records import Bundle, Claim
    from warclaims.report.colours import Tone
    from warclaims.report.part import Context
    from warclaims.report.site import Site

MOST = 300
"""So many accusations and denials are kept; the rest is counted."""

MOST_ANSWERS = 8
"""So many statements are shown against one accusation; the rest is counted."""

LONGEST = 400
"""Longer words are cut; the link leads to all of them."""


class Accused(NamedTuple):
    """An accusation with the tone of its source's side, and the answers with theirs."""

    accusation: Statement
    tone: Tone
    answers: list[tuple[Exchange, Tone]]
    more: int
    events: list[str]


class Accusations:
    """The page of accusations; it keeps what accuses or denies."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._said: list[Statement] = []
        self._outlets: dict[str, str] = {}
        self._left_out = 0

    def add(self, bundle: Bundle, claims: list[Claim], site: Site) -> None:
        """Keep the accusations and denials of a text, up to a number."""
        found = statements(bundle, self._context.registries.actors)
        room = MOST - len(self._said)
        self._said += found[: max(room, 0)]
        self._left_out += len(found[max(room, 0) :])
        self._outlets[bundle.document.id] = bundle.document.outlet.value or "outlet unknown"

    def write(self, site: Site) -> None:
        """Write the page."""
        registries = self._context.registries
        found = exchanges(self._said, registries.events, registries.actors, registries.sides)
        against: dict[str, list[Exchange]] = {
            name: list(group)
            for name, group in itertools.groupby(found, key=lambda one: one.accusation.id)
        }
        accused = [
            Accused(
                statement,
                self._tone(statement),
                [
                    (one, self._tone(one.answer))
                    for one in against.get(statement.id, [])[:MOST_ANSWERS]
                ],
                max(len(against.get(statement.id, [])) - MOST_ANSWERS, 0),
                [registries.events[n].label for n in statement.events if n in registries.events],
            )
            for statement in self._said
            if statement.act is Act.ACCUSE
        ]
        paired = {one.answer.id for found in against.values() for one in found}
        denials = [
            Accused(statement, self._tone(statement), [], 0, [])
            for statement in self._said
            if statement.act is Act.DENY and statement.id not in paired
        ]
        site.page(
            "accusations.html",
            "accusations.html",
            title="Accusations",
            answered=[one for one in accused if one.answers],
            unanswered=[one for one in accused if not one.answers],
            denials=denials,
            longest=LONGEST,
            outlets=self._outlets,
            left_out=self._left_out,
        )

    def _tone(self, statement: Statement) -> Tone:
        side = side_of(statement.source, self._context.registries.actors)
        return self._context.tones.get(side or "", NO_SIDE)

"""Who is a source, of what, and whom sources blame: a network."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import partial
from typing import TYPE_CHECKING, Any

from warclaims.derive.attribution import AttributionTree
from warclaims.records import span_text
from warclaims.report.colours import NO_SIDE
from warclaims.report.counting import ExampleCounter, most_frequent, with_numbers
from warclaims.report.plots.network import MOST, ActorNode, edges_to_draw, network
from warclaims.report.site import NO_OUTLET, ReportPage, Site

if TYPE_CHECKING:
    from collections.abc import Mapping

    from warclaims.records import Attribution, Bundle, Claim

MOST_ROWS = 300
"""Limit of rows per table, the most frequent first; the rest is counted."""

MOST_CUES = 5
MOST_OUTLETS = 12

UNLISTED = ""
"""Stands for sources that are not linked to a registry entry."""

UNNAMED = "?"
"""Stands for nobody: an attribution without a source."""


class SourcesPage(ReportPage):
    """The page of sources; it keeps numbers for each source and pair, and a few examples."""

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self._outlets: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._cues: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._claims: Counter[str] = Counter()
        self._pairs = {name: ExampleCounter() for name in ("blames", "retold", "quotes")}
        self._narrated = 0

    def add(self, bundle: Bundle, claims: list[Claim]) -> None:
        """Count who speaks in a text, whom they blame, and who is quoted by whom."""
        outlet = bundle.document.outlet.value or NO_OUTLET
        entities = {mention.id: mention.entity for mention in bundle.annotations.actors}
        attributions = bundle.annotations.attributions
        speakers = {one.id: _speakers(one, entities) for one in attributions}
        parents = AttributionTree(attributions).parents
        for one in attributions:
            example = [(bundle.document.id, one.id)]
            blamed = dict.fromkeys(entities[name] or UNLISTED for name in one.blames)
            for speaker in speakers[one.id]:
                self._outlets[speaker][outlet] += 1
                if one.cue:
                    self._cues[speaker][" ".join(span_text(one.cue).split()).lower()] += 1
                tellers = [s for s in speakers.get(parents[one.id] or "", ()) if s != speaker]
                for other in blamed:
                    # Blame in the words of somebody else is first of all the word of that one.
                    table = "retold" if tellers else "blames"
                    self._pairs[table].add((speaker, other), example)
                for outer in tellers:
                    self._pairs["quotes"].add((outer, speaker), example)
        for claim in claims:
            if claim.narrator:
                self._narrated += 1
            else:
                unlisted = UNLISTED if claim.chain[-1].source else UNNAMED
                self._claims.update(claim.source or (unlisted,))

    def write(self) -> None:
        """Write the page and its figure."""
        names = {name for table in self._pairs.values() for pair in table.numbers for name in pair}
        nodes = {name: self._node(name) for name in sorted(names | self._outlets.keys())}
        speakers = most_frequent({name: uses.total() for name, uses in self._outlets.items()})
        edges = {
            pair: number
            for pair, number in self._pairs["blames"].numbers.items()
            if not {UNLISTED, UNNAMED}.intersection(pair)
        }
        drawn, figure = edges_to_draw(edges), None
        if drawn:
            draw = partial(network, drawn, nodes, title="Who blames whom")
            figure = self._site.figure(draw, "plots/sources", "blame", pixels=True)
        self._site.page(
            "sources.html",
            sources=[self._row(nodes[name], name) for name, _ in speakers[:MOST_ROWS]],
            more_sources=len(speakers[MOST_ROWS:]),
            narrated=self._narrated,
            figure=figure,
            not_drawn=len(edges) - len(drawn),
            most=MOST,
            nodes=nodes,
            tables=self._pairs,
            rows={name: most_frequent(table.numbers) for name, table in self._pairs.items()},
            most_rows=MOST_ROWS,
        )

    def _node(self, name: str) -> ActorNode:
        if name == UNNAMED:
            return ActorNode("nobody named", "no side", NO_SIDE)
        if name == UNLISTED:
            return ActorNode("somebody without a registry entry", "no side", NO_SIDE)
        return ActorNode(self._site.actor_labels([name]), *self._site.side([name]))

    def _row(self, node: ActorNode, name: str) -> dict[str, Any]:
        """A source in the table."""
        outlets = self._outlets[name]
        return {
            "who": node,
            "attributions": outlets.total(),
            "claims": self._claims[name],
            "outlets": with_numbers(outlets, MOST_OUTLETS),
            "more_outlets": max(len(outlets) - MOST_OUTLETS, 0),
            "cues": with_numbers(self._cues[name], MOST_CUES),
        }


def _speakers(one: Attribution, entities: Mapping[str, str | None]) -> list[str]:
    """Whose word an attribution is."""
    found = dict.fromkeys(entities[name] or UNLISTED for name in one.source)
    return list(found) or [one.inferred_source or UNNAMED]

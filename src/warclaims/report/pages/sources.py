"""Who is a source, of what, and whom sources blame: a network."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from warclaims.derive.attribution import AttributionTree
from warclaims.derive.sourcing import innermost
from warclaims.records import span_text
from warclaims.report.colours import NO_SIDE
from warclaims.report.context import ReportContext, ReportPage
from warclaims.report.plots.network import MOST, ActorNode, drawn_of, network

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from markupsafe import Markup

    from warclaims.records import Attribution, Bundle, Claim
    from warclaims.report.site import Site

MOST_ROWS = 300
"""Limit of rows per table, the most frequent first; the rest is counted."""

MOST_CUES = 5
MOST_OUTLETS = 12
EXAMPLES = 4
"""Limit of places in the texts linked per row."""

_KEPT_CUES = 200
"""Limit of cues kept per source while texts are read: the most used ones."""

UNLISTED = ""
"""Stands for sources that are not linked to a registry entry."""

UNNAMED = "?"
"""Stands for nobody: an attribution without a source."""

Pair = tuple[str, str]


class SourceUse:
    """What one source says in all texts."""

    def __init__(self) -> None:
        self.outlets: Counter[str] = Counter()
        self.claims = 0
        self.cues: Counter[str] = Counter()

    def add(self, outlet: str, cue: str | None) -> None:
        """Count an attribution."""
        self.outlets[outlet] += 1
        if cue is not None:
            self.cues[cue] += 1
            if len(self.cues) > 2 * _KEPT_CUES:
                self.cues = Counter(dict(_most(self.cues)[:_KEPT_CUES]))


class ActorPairs:
    """How often two actors are in a relation, and where, for a few."""

    def __init__(self) -> None:
        self.numbers: Counter[Pair] = Counter()
        self._examples: defaultdict[Pair, list[tuple[str, str]]] = defaultdict(list)

    def add(self, pair: Pair, document: str, attribution: str) -> None:
        """Count it once more."""
        self.numbers[pair] += 1
        if self.numbers[pair] <= EXAMPLES:
            self._examples[pair].append((document, attribution))

    def rows(self, nodes: Mapping[str, ActorNode]) -> list[dict[str, Any]]:
        """The pairs as rows of a table, the most frequent first."""
        return [
            {
                "one": nodes[pair[0]],
                "other": nodes[pair[1]],
                "number": number,
                "examples": self._examples[pair],
            }
            for pair, number in _most(self.numbers)[:MOST_ROWS]
        ]


class SourcesPage(ReportPage):
    """The page of sources; it keeps numbers for each source and pair, and a few examples."""

    def __init__(self, context: ReportContext) -> None:
        super().__init__(context)
        self._uses: defaultdict[str, SourceUse] = defaultdict(SourceUse)
        self._blames, self._retold, self._quotes = ActorPairs(), ActorPairs(), ActorPairs()
        self._narrated = 0

    def add(self, bundle: Bundle, claims: list[Claim], site: Site) -> None:
        """Count who speaks in a text, whom they blame, and who is quoted by whom."""
        document = bundle.document.id
        outlet = bundle.document.outlet.value or "outlet unknown"
        entities = {mention.id: mention.entity for mention in bundle.annotations.actors}
        attributions = bundle.annotations.attributions
        speakers = {one.id: _speakers(one, entities) for one in attributions}
        parents = AttributionTree(attributions).parents
        for one in attributions:
            cue = " ".join(span_text(one.cue).split()).lower() if one.cue else None
            blamed = dict.fromkeys(entities[name] or UNLISTED for name in one.blames)
            for speaker in speakers[one.id]:
                self._uses[speaker].add(outlet, cue)
                tellers = [s for s in speakers.get(parents[one.id] or "", ()) if s != speaker]
                for other in blamed:
                    # Blame in the words of somebody else is first of all the word of that one.
                    pairs = self._retold if tellers else self._blames
                    pairs.add((speaker, other), document, one.id)
                for outer in tellers:
                    self._quotes.add((outer, speaker), document, one.id)
        for claim in claims:
            self._narrated += claim.narrator
            if not claim.narrator:
                unlisted = UNLISTED if claim.chain[-1].source else UNNAMED
                for speaker in innermost(claim) or (unlisted,):
                    self._uses[speaker].claims += 1

    def write(self, site: Site) -> None:
        """Write the page and its figure."""
        tables = {"blames": self._blames, "retold": self._retold, "quotes": self._quotes}
        names = {name for pairs in tables.values() for pair in pairs.numbers for name in pair}
        nodes = {name: self._node(name) for name in sorted(names | self._uses.keys())}
        speakers = _most({name: use.outlets.total() for name, use in self._uses.items()})
        edges = {
            pair: number
            for pair, number in self._blames.numbers.items()
            if not {UNLISTED, UNNAMED}.intersection(pair)
        }
        drawn = drawn_of(edges)
        rows: dict[str, Any] = {name: pairs.rows(nodes) for name, pairs in tables.items()}
        for name, pairs in tables.items():
            rows[f"more_{name}"] = max(len(pairs.numbers) - MOST_ROWS, 0)
        site.page(
            "sources.html",
            title="Sources",
            sources=[_row(nodes[name], self._uses[name]) for name, _ in speakers[:MOST_ROWS]],
            more_sources=len(speakers[MOST_ROWS:]),
            narrated=self._narrated,
            figure=_figure(drawn, nodes, site) if drawn else None,
            not_drawn=len(edges) - len(drawn),
            most=MOST,
            **rows,
        )

    def _node(self, name: str) -> ActorNode:
        if name == UNNAMED:
            return ActorNode("nobody named", "no side", NO_SIDE)
        if name == UNLISTED:
            return ActorNode("somebody without a registry entry", "no side", NO_SIDE)
        return ActorNode(self._context.actor_labels([name]), *self._context.side([name]))


def _row(who: ActorNode, use: SourceUse) -> dict[str, Any]:
    """A source in the table."""
    outlets = [f"{outlet} ({number:,})" for outlet, number in _most(use.outlets)]
    return {
        "who": who,
        "attributions": use.outlets.total(),
        "claims": use.claims,
        "outlets": outlets[:MOST_OUTLETS],
        "more_outlets": len(outlets[MOST_OUTLETS:]),
        "cues": [f"{cue} ({number:,})" for cue, number in _most(use.cues)[:MOST_CUES]],
    }


def _speakers(one: Attribution, entities: Mapping[str, str | None]) -> list[str]:
    """Whose word an attribution is."""
    found: Iterable[str] = (entities[name] or UNLISTED for name in one.source)
    return list(dict.fromkeys(found)) or [one.inferred_source or UNNAMED]


def _most(numbers: Mapping[Any, int]) -> list[tuple[Any, int]]:
    """The keys with their numbers, the greatest first."""
    return sorted(numbers.items(), key=lambda item: (-item[1], item[0]))


def _figure(drawn: dict[Pair, int], nodes: Mapping[str, ActorNode], site: Site) -> Markup:
    found = network(drawn, nodes, name="blame", title="Who blames whom")
    found.save(site, "plots/sources", pixels=True)
    return found.inline

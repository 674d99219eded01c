"""Who is a source, of what, and whom sources blame: a network."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from warclaims.derive.attribution import AttributionTree
from warclaims.derive.sourcing import innermost
from warclaims.records import span_text
from warclaims.report.colours import NO_SIDE, side_label, side_of
from warclaims.report.plots.network import MOST, ActorNode, drawn_of, network

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from markupsafe import Markup

    from warclaims.records import Actor, Attribution, Bundle, Claim
    from warclaims.report.colours import Tone
    from warclaims.report.part import Context
    from warclaims.report.site import Site

MOST_ROWS = 300
"""A table has so many rows, the most frequent first; the rest is counted."""

MOST_CUES = 5
MOST_OUTLETS = 12
EXAMPLES = 4
"""So many places in the texts are linked for each row."""

_KEPT_CUES = 200
"""Of a source so many cues are kept while texts are read, the most used ones."""

UNLISTED = ""
"""Stands for sources that no registry entry is linked to."""

UNNAMED = "?"
"""Stands for nobody: an attribution without a source."""

Pair = tuple[str, str]


class Said:
    """What one source says in all texts."""

    __slots__ = ("claims", "cues", "outlets")

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


class Links:
    """How often two actors stand in a relation, and where, for a few."""

    def __init__(self) -> None:
        self.numbers: Counter[Pair] = Counter()
        self._examples: dict[Pair, list[tuple[str, str]]] = {}

    def add(self, pair: Pair, document: str, attribution: str) -> None:
        """Count it once more."""
        self.numbers[pair] += 1
        examples = self._examples.setdefault(pair, [])
        if len(examples) < EXAMPLES:
            examples.append((document, attribution))

    def rows(self, who: Mapping[str, Who]) -> list[Link]:
        """The pairs as rows of a table, the most frequent first."""
        order = sorted(self.numbers, key=lambda pair: (-self.numbers[pair], pair))
        return [
            Link(who[one], who[other], self.numbers[one, other], self._examples[one, other])
            for one, other in order[:MOST_ROWS]
        ]


class Who(NamedTuple):
    """An actor as the page shows it."""

    label: str
    side: str
    tone: Tone


class Row(NamedTuple):
    """A source as the page shows it."""

    who: Who
    attributions: int
    claims: int
    outlets: list[str]
    more_outlets: int
    cues: list[str]


class Link(NamedTuple):
    """Two actors in a relation, as the page shows them."""

    one: Who
    other: Who
    number: int
    examples: list[tuple[str, str]]


class Sources:
    """The page of sources; it keeps numbers for each source and pair, and a few examples."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._said: dict[str, Said] = {}
        self._blames, self._retold, self._quotes = Links(), Links(), Links()
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
                self._of(speaker).add(outlet, cue)
                tellers = [s for s in speakers.get(parents[one.id] or "", ()) if s != speaker]
                for other in blamed:
                    # Blame in somebody else's words is first of all that one's word.
                    links = self._retold if tellers else self._blames
                    links.add((speaker, other), document, one.id)
                for outer in tellers:
                    self._quotes.add((outer, speaker), document, one.id)
        for claim in claims:
            self._narrated += claim.narrator
            if not claim.narrator:
                for speaker in innermost(claim) or (_unlisted(claim),):
                    self._of(speaker).claims += 1

    def write(self, site: Site) -> None:
        """Write the page and its figure."""
        names = {
            name
            for links in (self._blames, self._retold, self._quotes)
            for p in links.numbers
            for name in p
        }
        who = {name: self._who(name) for name in sorted(names | self._said.keys())}
        order = sorted(self._said, key=lambda n: (-self._said[n].outlets.total(), n))
        edges = {
            pair: number
            for pair, number in self._blames.numbers.items()
            if not {UNLISTED, UNNAMED}.intersection(pair)
        }
        drawn = drawn_of(edges)
        site.page(
            "sources.html",
            "sources.html",
            title="Sources",
            sources=[self._row(who[name], self._said[name]) for name in order[:MOST_ROWS]],
            more_sources=len(order[MOST_ROWS:]),
            narrated=self._narrated,
            figure=_figure(drawn, who, site) if drawn else None,
            not_drawn=len(edges) - len(drawn),
            most=MOST,
            blames=self._blames.rows(who),
            retold=self._retold.rows(who),
            more_retold=max(len(self._retold.numbers) - MOST_ROWS, 0),
            more_blames=max(len(self._blames.numbers) - MOST_ROWS, 0),
            quotes=self._quotes.rows(who),
            more_quotes=max(len(self._quotes.numbers) - MOST_ROWS, 0),
        )

    def _of(self, speaker: str) -> Said:
        return self._said.setdefault(speaker, Said())

    def _who(self, name: str) -> Who:
        registries = self._context.registries
        if name in (UNLISTED, UNNAMED):
            label = "nobody named" if name == UNNAMED else "somebody without a registry entry"
            return Who(label, side_label(None, registries.sides), NO_SIDE)
        actor: Actor | None = registries.actors.get(name)
        side = side_of([name], registries.actors)
        return Who(
            actor.label if actor else name,
            side_label(side, registries.sides),
            self._context.tones.get(side or "", NO_SIDE),
        )

    def _row(self, who: Who, said: Said) -> Row:
        outlets = _most(said.outlets)
        return Row(
            who,
            said.outlets.total(),
            said.claims,
            [f"{outlet} ({number:,})" for outlet, number in outlets[:MOST_OUTLETS]],
            len(outlets[MOST_OUTLETS:]),
            [f"{cue} ({number:,})" for cue, number in _most(said.cues)[:MOST_CUES]],
        )


def _speakers(one: Attribution, entities: Mapping[str, str | None]) -> list[str]:
    """Whose word an attribution is."""
    found: Iterator[str] = (entities[name] or UNLISTED for name in one.source)
    return list(dict.fromkeys(found)) or [one.inferred_source or UNNAMED]


def _unlisted(claim: Claim) -> str:
    return UNLISTED if claim.chain[-1].source else UNNAMED


def _most(numbers: Mapping[str, int]) -> list[tuple[str, int]]:
    ordered: Iterable[tuple[str, int]] = numbers.items()
    return sorted(ordered, key=lambda item: (-item[1], item[0]))


def _figure(drawn: dict[Pair, int], who: Mapping[str, Who], site: Site) -> Markup:
    nodes = {name: ActorNode(*who[name]) for pair in drawn for name in pair}
    found = network(drawn, nodes, name="blame", title="Who blames whom")
    found.save(site, "plots/sources", pixels=True)
    return found.inline

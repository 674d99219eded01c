"""A document in the terminal: each segment with coloured spans, then its records."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from warclaims.derive import AttributionTree, Placement, bounds
from warclaims.output import CONTROL, console
from warclaims.records import LAYERS, span_start, span_text
from warclaims.records.vocabulary import VictimCertainty
from warclaims.wording import descriptions, other_reading, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warclaims.records import (
        ActorMention,
        Annotations,
        Attribution,
        Bundle,
        Casualty,
        LocationMention,
        Segment,
    )

_STYLES = {
    "attributions": "underline",
    "cues": "bold magenta",
    "actors": "bold blue",
    "locations": "green",
    "casualties": "bold black on yellow",
}


_HARMLESS = {**CONTROL, 9: "\t", 10: "\n", 13: " "}
"""Replacements for what a terminal would obey, one character each, so that offsets stay valid."""


def print_document(bundle: Bundle, layers: Sequence[str]) -> None:
    """Print ``bundle`` with the records of ``layers``."""
    screen = console()
    document = bundle.document
    screen.print(
        Text(
            f"{document.id}  {document.title or '(no title)'}\n"
            f"{document.outlet.value or 'outlet unknown'}, {document.date.value or 'date unknown'} "
            f"({document.date.certainty.value} certainty)",
            style="bold",
        )
    )
    if (run := bundle.annotations.system) is not None:
        made_by = f"predictions of {run.name} {run.version} ({run.made}), not annotations"
        screen.print(Text(made_by, style="italic"))
    if screen.color_system is not None:
        legend = Text("marks: ")
        for layer in layers:
            legend.append(layer, style=_STYLES[layer]).append("  ")
        screen.print(legend)
    screen.print()
    marked = _by_segment(_marked(bundle, layers), document.segments)
    lines = _lines(bundle, layers)
    for segment in document.segments:
        words = marked.get(segment.start, Text())
        words.rstrip()
        if not words.plain.strip():
            continue
        screen.print(Text(f"[{plain(segment.kind.value)}]", style="dim"), words)
        for line in lines.get(segment.start, ()):
            screen.print(
                Padding(Text(line, style="dim", overflow="fold"), (0, 0, 0, 4), expand=False)
            )
        screen.print()


def _by_segment(text: Text, segments: Sequence[Segment]) -> dict[int, Text]:
    """The text of each segment by its start. It is cut once: each slice goes through all spans."""
    edges = sorted({0, *(edge for segment in segments for edge in (segment.start, segment.end))})
    return dict(zip(edges, text.divide(edges[1:]), strict=True))


def _marked(bundle: Bundle, layers: Sequence[str]) -> Text:
    """The text, coloured by layer; mentions are above attributions, cues on top."""
    text = Text(bundle.text.translate(_HARMLESS))
    annotations = bundle.annotations
    spans = {
        "attributions": [attribution.content for attribution in annotations.attributions],
        "locations": [mention.span for mention in annotations.locations],
        "actors": [mention.span for mention in annotations.actors],
        "casualties": [casualty.span for casualty in annotations.casualties],
        "cues": [attribution.cue or () for attribution in annotations.attributions],
    }
    for name, of_layer in spans.items():
        if name in layers or (name == "cues" and "attributions" in layers):
            for fragment in chain.from_iterable(of_layer):
                text.stylize(_STYLES[name], fragment.start, fragment.end)
    return text


def _lines(bundle: Bundle, layers: Sequence[str]) -> dict[int, list[str]]:
    """The lines under each segment, by the segment's start."""
    placement = Placement(bundle.document, bundle.text)
    describer = _RecordLines(bundle.annotations)
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for layer in LAYERS:
        for record in getattr(bundle.annotations, layer) if layer in layers else ():
            at = span_start(record.content if layer == "attributions" else record.span)
            line = getattr(describer, layer)(record)
            remarks = [*map(other_reading, record.alternatives), record.note or ""]
            remark = "; ".join(filter(None, remarks))
            line += f" ({remark})" if remark else ""
            found[placement.segment(at).start].append((at, line))
    return {start: [line for _, line in lines] for start, lines in found.items()}


class _RecordLines:
    """Records as lines, a method per layer."""

    def __init__(self, annotations: Annotations) -> None:
        self._mentions = {mention.id: mention for mention in annotations.actors}
        tree = AttributionTree(annotations.attributions)
        self._parents = tree.parents
        self._chains = tree.chains({c.id: c.span for c in annotations.casualties})

    def actors(self, mention: ActorMention) -> str:
        entity = mention.entity or "no entity"
        return f"{mention.id} actor “{span_text(mention.span)}” = {entity} ({mention.level.value})"

    def locations(self, mention: LocationMention) -> str:
        place = mention.place or "no place"
        return f"{mention.id} place “{span_text(mention.span)}” = {place} ({mention.level.value})"

    def casualties(self, casualty: Casualty) -> str:
        words = span_text(casualty.span)
        steps = self._chains[casualty.id]
        count = bounds(casualty.quantifier, casualty.value, words, casualty.value_max)
        part = casualty.fraction
        certainty = casualty.certainty
        parts = [
            f"{casualty.id} casualty “{words}” {plain(casualty.outcome)}",
            f"{part.numerator}/{part.denominator} of the whole" if part else f"count {count}",
            *descriptions(casualty),
            *map(plain, casualty.cause),
            casualty.side or "",
            certainty.value if certainty is not VictimCertainty.ASSERTED else "",
            *(f"event {name}" for name in casualty.events),
            *(f"among {name}" for name in casualty.subset_of),
            *(f"same as {name}" for name in casualty.same_as),
            *(f"revises {name}" for name in casualty.revises),
            *(f"besides {name}" for name in casualty.besides),
            f"by {casualty.perpetrator}" if casualty.perpetrator else "",
            f"by [{casualty.inferred_perpetrator}]" if casualty.inferred_perpetrator else "",
            "word of " + " → ".join(step.id for step in steps) if steps else "the text itself",
        ]
        return "; ".join(filter(None, parts))

    def attributions(self, attribution: Attribution) -> str:
        inferred = f"[{attribution.inferred_source}]" if attribution.inferred_source else ""
        who = self._words(attribution.source) or inferred or "nobody named"
        cue = span_text(attribution.cue) if attribution.cue else "(no cue)"
        parent = self._parents[attribution.id]
        parts = [
            f"{attribution.id} {who} —{cue}→ “{span_text(attribution.content)}”",
            f"{attribution.act.value}, {attribution.mode.value}, {attribution.commitment.value}",
            f"blames {self._words(attribution.blames)}" if attribution.blames else "",
            f"blames [{', '.join(attribution.inferred_blames)}]"
            if attribution.inferred_blames
            else "",
            f"regarding {', '.join(attribution.regarding)}" if attribution.regarding else "",
            f"answers {attribution.answers}" if attribution.answers else "",
            f"said on {attribution.said_on}" if attribution.said_on else "",
            f"inside {parent}" if parent else "",
        ]
        return "; ".join(filter(None, parts))

    def _words(self, mentions: Sequence[str]) -> str:
        return " and ".join(span_text(self._mentions[name].span) for name in mentions)

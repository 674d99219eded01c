"""The texts, and a page per text with its annotations."""

from __future__ import annotations

import itertools
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from warclaims.derive import AttributionTree, document_claims
from warclaims.records import LAYERS, span_text
from warclaims.report.marked import lighting, marked
from warclaims.report.site import ReportPage, Site, clipped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from warclaims.records import Annotations, Bundle, Claim
    from warclaims.report.page_store import TextNotes, ToldEvent

SCOPE = "annotated"
"""The class of the element to which the rules of a text apply."""


MOST_NUMBERS = 3
"""Limit of numbers per text in the list of texts."""


class TextsPage(ReportPage):
    """The page of each text, written after all comparisons, and their list."""

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self._rows: list[dict[str, Any]] = []
        names = site.texts
        self._before = dict(zip(names[1:], names, strict=False))
        self._after = dict(itertools.pairwise(names))

    def write(self) -> None:
        """Write the page of each text, their list, and the style sheet of annotated texts."""
        corpus = self._site.corpus
        for bundle in corpus.bundles(self._site.set_name):
            self._write_text(bundle, document_claims(bundle, corpus.registries))
        self._site.page("texts.html", rows=self._rows)
        self._site.static("marked.css")

    def _write_text(self, bundle: Bundle, claims: list[Claim]) -> None:
        """Write the page of a text; only its row in the list is kept."""
        document, annotations = bundle.document, bundle.annotations
        notes = self._site.store.notes(document.id)
        self._rows.append(
            {
                "document": document,
                "records": [(layer, len(getattr(annotations, layer))) for layer in LAYERS],
                "told": _first_told(notes),
                "own_voice": sum(claim.narrator for claim in claims),
            }
        )
        registries, site = self._site.registries, self._site
        segments = marked(document, bundle.text, annotations)
        links = _links(annotations)
        led = {piece.link for segment in segments for piece in segment.pieces}
        annotator = registries.annotators.get(annotations.annotator)
        mentions = {mention.id: mention for mention in annotations.actors}
        speakers = {
            one.id: [*(mentions[name].entity for name in one.source), one.inferred_source]
            for one in annotations.attributions
        }
        site.page(
            f"texts/{document.id}.html",
            "text.html",
            title=f"{document.id} {document.title or 'without a title'}",
            document=document,
            before=self._before.get(document.id),
            after=self._after.get(document.id),
            annotations=annotations,
            notes=notes,
            annotator=annotator.label if annotator else annotations.annotator,
            segments=segments,
            rules=lighting(SCOPE, annotations),
            scope=SCOPE,
            links=links,
            alone={name: link for name, link in links.items() if name not in led},
            claims={claim.casualty: claim for claim in claims},
            mentions=mentions,
            record_words=_words_of_records(annotations),
            tones={name: site.side(actors)[1] for name, actors in speakers.items()},
            parents=AttributionTree(annotations.attributions).parents,
            actors=_by_entry(annotations.actors, "entity", registries.actors),
            locations=_by_entry(annotations.locations, "place", registries.places),
        )


def _first_told(notes: TextNotes) -> ToldEvent | None:
    """The first numbers of the event of which a text says most; ``None`` if it says none."""
    if not notes.events:
        return None
    told = max(notes.events, key=lambda one: len(one.numbers))
    return told._replace(numbers=told.numbers[:MOST_NUMBERS])


def _links(annotations: Annotations) -> dict[str, dict[str, str]]:
    """Where words lead: cues and victims to their records in the list."""
    return {
        one.id: {"href": f"#record:{one.id}", "title": one.id}
        for one in (*annotations.attributions, *annotations.casualties)
    }


def _words_of_records(annotations: Annotations) -> dict[str, str]:
    """The words of mentions, casualties and attributions by id, to name them in other readings."""
    spans = {one.id: one.span for one in annotations.actors}
    spans |= {one.id: one.span for one in annotations.casualties}
    spans |= {one.id: one.content for one in annotations.attributions}
    return {name: f"“{clipped(span_text(span))}”" for name, span in spans.items()}


def _by_entry(
    mentions: tuple[Any, ...], field: str, registry: Mapping[str, Any]
) -> list[tuple[Any, list[Any]]]:
    """The mentions by the registry entry that their ``field`` names, those of none last."""
    groups: dict[str, list[Any]] = defaultdict(list)
    for mention in mentions:
        groups[getattr(mention, field) or ""].append(mention)
    found = [(registry.get(name), group) for name, group in groups.items()]
    return sorted(found, key=lambda item: item[0] is None)

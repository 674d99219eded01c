"""The texts, and a page per text with its annotations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from warclaims.records import LAYERS
from warclaims.report.context import ReportContext, ReportPage
from warclaims.report.marked import lighting, marked
from warclaims.report.records_list import listed_records

if TYPE_CHECKING:
    from warclaims.records import Bundle, Claim, Document
    from warclaims.report.site import Site

SCOPE = "annotated"
"""The class of the element to which the rules of a text apply."""


class TextsPage(ReportPage):
    """The page of each text, written when it comes by, and their list."""

    def __init__(self, context: ReportContext) -> None:
        super().__init__(context)
        self._rows: list[dict[str, Any]] = []

    def add(self, bundle: Bundle, claims: list[Claim], site: Site) -> None:
        """Write the page of a text; only its row in the list is kept."""
        document, annotations = bundle.document, bundle.annotations
        self._rows.append(
            {
                "id": document.id,
                "title": document.title,
                "outlet": document.outlet.value,
                "date": document.date.value,
                "date_certainty": document.date.certainty.value,
                "length": document.length,
                "records": [len(getattr(annotations, layer)) for layer in LAYERS],
                "own_voice": sum(claim.narrator for claim in claims),
            }
        )
        records = listed_records(bundle, claims, self._context)
        parts = marked(document, bundle.text, annotations)
        links = _links(document, records)
        led = {piece.link for part in parts for piece in part.pieces}
        annotator = self._context.registries.annotators.get(annotations.annotator)
        site.page(
            f"texts/{document.id}.html",
            "text.html",
            title=f"{document.id} {document.title or 'without a title'}",
            document=document,
            facts={
                "outlet": document.outlet,
                "date": document.date,
                "original language": document.original_language,
                "rights holder": document.rights_holder,
            },
            annotator=annotator.label if annotator else annotations.annotator,
            guidelines=annotations.guidelines,
            parts=parts,
            rules=lighting(SCOPE, annotations),
            scope=SCOPE,
            links=links,
            alone={name: link for name, link in links.items() if name not in led},
            records=records,
        )

    def write(self, site: Site) -> None:
        """Write the list, and the style sheet of annotated texts."""
        site.page("texts.html", title="Texts", rows=self._rows, layers=list(LAYERS))
        site.static("marked.css")


def _links(document: Document, records: dict[str, list[Any]]) -> dict[str, dict[str, str]]:
    """Where words lead: cues to the list of records, casualties to the page of an event."""
    found = {}
    for one in records["attributions"] + records["casualties"]:
        name = one["record"].id
        found[name] = {"href": f"#record:{name}", "title": name}
    for one in records["casualties"]:
        if one["events"]:
            name, event = one["record"].id, one["events"][0]
            found[name] = {
                "href": f"../events/{event.id}.html#{document.id}-{name}",
                "title": f"{name}: the claim on the page of the event “{event.label}”",
            }
    return found

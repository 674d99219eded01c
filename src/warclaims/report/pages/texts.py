"""The texts, and a page of each with its annotations."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from warclaims.records import LAYERS
from warclaims.report.lighting import lighting
from warclaims.report.listed import listed
from warclaims.report.marked import marked

if TYPE_CHECKING:
    from warclaims.records import Bundle, Claim, Document
    from warclaims.report.listed import Listed
    from warclaims.report.part import Context
    from warclaims.report.site import Site

SCOPE = "annotated"
"""The class of what the rules of a text are for."""


class Row(NamedTuple):
    """A text in the list: of a text no more than this is kept."""

    id: str
    title: str | None
    outlet: str | None
    date: str | None
    date_certainty: str
    length: int
    records: tuple[int, ...]
    own_voice: int


class Link(NamedTuple):
    """Where the words of a record lead."""

    href: str
    title: str


class Texts:
    """The page of each text, written when it comes by, and their list."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._rows: list[Row] = []

    def add(self, bundle: Bundle, claims: list[Claim], site: Site) -> None:
        """Write the page of a text."""
        document, annotations = bundle.document, bundle.annotations
        self._rows.append(_row(bundle, claims))
        records = listed(bundle, claims, self._context)
        parts = marked(document, bundle.text, annotations)
        links = _links(document, records)
        led = {piece.link for part in parts for piece in part.pieces}
        annotator = self._context.registries.annotators.get(annotations.annotator)
        site.page(
            f"texts/{document.id}.html",
            "text.html",
            title=f"{document.id} {document.title or 'without a title'}",
            document=document,
            facts=_facts(document),
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
        site.page("texts.html", "texts.html", title="Texts", rows=self._rows, layers=list(LAYERS))
        site.static("marked.css")


def _row(bundle: Bundle, claims: list[Claim]) -> Row:
    document = bundle.document
    return Row(
        document.id,
        document.title,
        document.outlet.value,
        document.date.value,
        document.date.certainty.value,
        document.length,
        tuple(len(getattr(bundle.annotations, layer)) for layer in LAYERS),
        sum(claim.narrator for claim in claims),
    )


def _facts(document: Document) -> list[tuple[str, str, str, str]]:
    """What is known of a text: the name of each fact, it, its certainty and what it rests on."""
    stated = {
        "outlet": document.outlet,
        "date": document.date,
        "original language": document.original_language,
        "rights holder": document.rights_holder,
    }
    return [
        (name, fact.value or "unknown", fact.certainty.value, fact.basis)
        for name, fact in stated.items()
    ]


def _links(document: Document, records: Listed) -> dict[str, Link]:
    """Where words lead: cues to the list of records, casualties to the page of an event."""
    found = {}
    for said in records.attributions:
        found[said.record.id] = Link(f"#record:{said.record.id}", said.record.id)
    for one in records.casualties:
        name = one.record.id
        found[name] = Link(f"#record:{name}", name)
        if one.events:
            first = one.events[0]
            title = f"{name}: the claim on the page of the event “{first.label}”"
            found[name] = Link(f"../events/{first.id}.html#{document.id}-{name}", title)
    return found

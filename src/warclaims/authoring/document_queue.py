"""Order documents by how much annotating or reviewing them is worth."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from warclaims.agreement.text import TextComparison
from warclaims.corpus.blank import blank_annotations
from warclaims.layout import GOLD
from warclaims.records import LAYERS
from warclaims.validation import check_annotations
from warclaims.validation.settings import settings_of

if TYPE_CHECKING:
    from warclaims.corpus import Corpus
    from warclaims.records import Annotations


class DocumentInQuestion(NamedTuple):
    """A document, and what there is to do.

    Attributes:
        is_annotated: True if the set has annotations of it.
        unrecorded: Warnings about words that probably belong to a record, but have none.
        differences: On how much the two compared sets differ; ``None`` if they are not compared.
        open_records: Records with other readings, and challenges.
    """

    document: str
    is_annotated: bool
    unrecorded: int
    differences: int | None
    open_records: int


def documents_by_worth(
    corpus: Corpus, set_name: str = GOLD, compared: tuple[str, str] | None = None
) -> list[DocumentInQuestion]:
    """The documents, those first of which a person's work is worth most.

    First those of which nothing is annotated, then those with most warnings without a record, then
    those on which the two ``compared`` sets differ most, then those with most records that have
    other readings or are challenged; of equal ones in the order of the index.

    Raises:
        WarclaimsError: unknown set.
        InvalidFile: a file that is needed is not valid.
    """
    for name in (set_name, *(compared or ())):
        corpus.require_set(name, or_annotator=name == set_name)
    challenged = Counter(one.document for one in corpus.challenges())
    found = [
        _in_question(corpus, document, set_name, compared, challenged[document])
        for document in corpus.documents
    ]
    return sorted(
        found,
        key=lambda one: (
            one.is_annotated, -one.unrecorded, -(one.differences or 0), -one.open_records
        ),
    )  # fmt: skip


def _in_question(
    corpus: Corpus,
    document: str,
    set_name: str,
    compared: tuple[str, str] | None,
    challenges: int,
) -> DocumentInQuestion:
    is_annotated = corpus.layout.is_annotated(set_name, document)
    if is_annotated:
        annotations = corpus.annotations(document, set_name)
    else:
        annotations = blank_annotations(corpus.document(document), "nobody", "none")
    records = [record for layer in LAYERS for record in getattr(annotations, layer)]
    return DocumentInQuestion(
        document,
        any(records),
        _unrecorded(corpus, annotations),
        compared and _differences(corpus, document, compared),
        challenges + sum(bool(record.alternatives) for record in records),
    )


def _unrecorded(corpus: Corpus, annotations: Annotations) -> int:
    """How many warnings are about a layer as a whole: about words without a record."""
    document = corpus.document(annotations.document)
    found = check_annotations(
        annotations,
        document,
        corpus.text(document.id),
        corpus.registries,
        settings=settings_of(corpus.layout),
    )
    layers = {f"/{layer}" for layer in LAYERS}
    return sum(one.is_warning and one.pointer in layers for one in found)


def _differences(corpus: Corpus, document: str, compared: tuple[str, str]) -> int:
    """On how much two sets differ; 0 if only one of them has the document."""
    if not all(corpus.layout.is_annotated(name, document) for name in compared):
        return 0
    one, other = (corpus.bundle(document, name) for name in compared)
    return sum(1 for _ in TextComparison(one, other).differences())

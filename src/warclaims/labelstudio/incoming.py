"""An annotation that is imported, with everything that its import needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from warclaims.validation import check_annotations
from warclaims.validation.settings import settings_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from warclaims.corpus import Corpus
    from warclaims.findings import Finding
    from warclaims.labelstudio.codes import FindingCollector
    from warclaims.labelstudio.exported import Result
    from warclaims.labelstudio.record_keys import RecordKey
    from warclaims.records import Annotations

PlainRecord = dict[str, Any] | None
"""A record as plain JSON values; ``None`` if it does not exist."""


@dataclass(frozen=True)
class TaskHistory:
    """What a task was sent with, and the results of earlier pulls.

    Attributes:
        sent: The annotations as they were sent; ``None`` if unknown.
        pulled: The annotations that the server had at the last pull; ``None`` before the first.
        results: A digest of the results that were pulled; ``None`` if some were not imported.
        drawn: Ids of new records by the ids of the regions drawn for them.
        doubted: Records whose change was pulled and then reverted by a save, perhaps by mistake.
        decided: The server's versions of records that somebody decided against.
        earlier: Versions of records in the corpus that a pull replaced with the server's.
    """

    sent: Annotations | None = None
    pulled: Annotations | None = None
    results: str | None = None
    drawn: Mapping[str, str] = field(default_factory=dict)
    doubted: frozenset[RecordKey] = frozenset()
    decided: Mapping[RecordKey, PlainRecord] = field(default_factory=dict)
    earlier: Mapping[RecordKey, Sequence[PlainRecord]] = field(default_factory=dict)


@dataclass(frozen=True)
class IncomingTask:
    """An annotation of a task, what it is compared with, and how it is imported.

    Attributes:
        results: The annotation's results.
        pointer: The JSON pointer of the results in the export.
        text: The document's text.
        corpus: The corpus into which the annotation is imported.
        set_name: The annotation set to compare with and write to.
        exported: The annotations as sent, or as the last pull found them.
        current: The annotations in the set; ``None`` if the set does not have the document.
        report: Collects the findings.
        history: The results of earlier pulls of the task.
        overwrite: Whether Label Studio's version is taken where both sides changed a record.
    """

    results: tuple[Result, ...]
    pointer: str
    text: str
    corpus: Corpus
    set_name: str
    exported: Annotations
    current: Annotations | None
    report: FindingCollector
    history: TaskHistory
    overwrite: bool

    def check(self, annotations: Annotations) -> list[Finding]:
        """The findings of the rules in annotations of the document."""
        document = self.corpus.documents[annotations.document]
        settings = settings_of(self.corpus.layout)
        registries = self.corpus.registries
        return check_annotations(annotations, document, self.text, registries, settings=settings)

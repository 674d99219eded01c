"""A task as it comes back, with everything that its import needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from warclaims.validation import check_annotations

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from warclaims.corpus import Corpus
    from warclaims.findings import Finding
    from warclaims.labelstudio.codes import FindingCollector
    from warclaims.labelstudio.exported import Result
    from warclaims.labelstudio.record_keys import RecordKey
    from warclaims.records import Annotations

PlainRecord = dict[str, Any] | None
"""A record as plain values; ``None`` if it is not there."""


@dataclass(frozen=True)
class TaskHistory:
    """What a task was sent with, and what earlier pulls of it found.

    Attributes:
        sent: The annotations as they were sent; ``None`` if not known.
        pulled: The annotations that the server had at the last pull; ``None`` before the first.
        results: A digest of the results that were pulled; ``None`` if some did not come in.
        drawn: Ids of records by the ids of the regions that an annotator drew for them.
        doubted: Records whose change was pulled and then reverted by a save, perhaps by mistake.
        decided: The server's readings that somebody rejected for the corpus's.
        earlier: Readings of the corpus that a pull replaced with the server's.
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
    """One annotation of a task, what it is compared with, and how it is imported.

    Attributes:
        results: The annotation's results.
        pointer: Where they are in the export.
        text: The document's text.
        corpus: The corpus that the task comes back to.
        set_name: The annotation set to compare with and write to.
        exported: The annotations as sent, or as the last pull brought them.
        current: The set's annotations as they are now; ``None`` if it has none of the document.
        report: Collects the findings.
        history: What earlier pulls of the task found.
        overwrite: Whether Label Studio's reading counts where both sides changed a record.
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
        """What the rules find in annotations of the document."""
        document = self.corpus.documents[annotations.document]
        return check_annotations(annotations, document, self.text, self.corpus.registries)

"""The result of an import: new annotations, their changes, conflicts and records left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from warclaims.labelstudio.record_keys import by_key
from warclaims.records import LAYERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from warclaims.findings import Finding
    from warclaims.labelstudio.merge import RecordConflict
    from warclaims.labelstudio.proposals import ProposedEntry
    from warclaims.labelstudio.record_keys import RecordKey
    from warclaims.records import Annotations, Layer, LayerName


@dataclass(frozen=True)
class RegistryProposal:
    """A registry entry that an annotator proposes, and the record that needs it.

    ``record`` is ``None`` for a new record that was left out.
    """

    document: str
    layer: LayerName
    record: str | None
    proposed: ProposedEntry
    start: int
    end: int

    def __str__(self) -> str:
        """The name and its place as text.

        >>> from warclaims.labelstudio.proposals import ProposedEntry
        >>> print(RegistryProposal("one", "locations", "l4", ProposedEntry("Dornville"), 4, 9))
        Dornville (document one, locations l4, 4–9)
        """
        record = (
            f"{self.layer} {self.record}" if self.record else f"a new {LAYERS[self.layer].noun}"
        )
        return f"{self.proposed.name} (document {self.document}, {record}, {self.start}–{self.end})"


@dataclass(frozen=True)
class RecordChange:
    """A record before and after the import; ``None`` where it does not exist."""

    layer: LayerName
    before: Layer | None
    after: Layer | None

    @property
    def kind(self) -> Literal["added", "removed", "changed"]:
        """How the record changed."""
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "changed"

    @property
    def record(self) -> Layer:
        """The record after the import, or before it if it was removed."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields that differ, if the record exists before and after."""
        if self.before is None or self.after is None:
            return ()
        names = type(self.after).model_fields
        return tuple(n for n in names if getattr(self.before, n) != getattr(self.after, n))


@dataclass(frozen=True)
class RecordLeftOut:
    """A record that has errors in Label Studio, or refers to such a record; it is not imported.

    Attributes:
        layer: Its layer; ``None`` for a region that belongs to no record.
        record: Its id; ``None`` for a new record.
        start: Where its region begins, if known.
        end: Where its region ends.
        finding: Why it was left out.
    """

    layer: LayerName | None
    record: str | None
    start: int | None
    end: int | None
    finding: Finding

    def __str__(self) -> str:
        """The record and its place as text.

        >>> from warclaims.findings import Finding
        >>> finding = Finding("task", "", "L503", "the casualty lacks outcome")
        >>> print(RecordLeftOut("casualties", "c1", 4, 9, finding))
        casualty c1 (4–9)
        """
        noun = LAYERS[self.layer].noun if self.layer else "region or relation"
        place = f" ({self.start}–{self.end})" if self.start is not None else ""
        return (f"{noun} {self.record}" if self.record else f"a new {noun}") + place


@dataclass(frozen=True)
class ImportedDocument:
    """The annotations of one document before and after the import.

    Attributes:
        document: The document's id.
        set_name: The annotation set to write to.
        before: The annotations in the set; ``None`` if the set does not have the document.
        after: The annotations to write.
        theirs: The annotations in Label Studio, without changes made in the corpus meanwhile;
            records that were left out are as they were sent.
        left_out: Records that could not be imported.
        conflicts: Records on which the corpus and Label Studio differ; ``after`` has the corpus's.
        drawn: Ids of new records by the ids of the regions drawn for them, by which the next import
            recognizes them.
        doubted: Records that a save reverted, by mistake or on purpose.
        edited: Records that were pulled before and edited in the corpus since.
    """

    document: str
    set_name: str
    before: Annotations | None
    after: Annotations
    theirs: Annotations
    left_out: tuple[RecordLeftOut, ...] = ()
    conflicts: tuple[RecordConflict, ...] = ()
    drawn: Mapping[str, str] = field(default_factory=dict)
    doubted: frozenset[RecordKey] = frozenset()
    edited: frozenset[RecordKey] = frozenset()

    @property
    def is_changed(self) -> bool:
        """True if the annotations changed."""
        return self.before != self.after

    def changes(self) -> Iterator[RecordChange]:
        """The records that were added, removed or changed, layer by layer in text order."""
        before, after = by_key(self.before), by_key(self.after)
        layers = list(LAYERS)
        for key in sorted({**after, **before}, key=lambda key: layers.index(key[0])):
            if before.get(key) != after.get(key):
                yield RecordChange(key[0], before.get(key), after.get(key))


@dataclass(frozen=True)
class ImportResult:
    """The result of an import. If it has errors, nothing may be written."""

    documents: tuple[ImportedDocument, ...]
    findings: tuple[Finding, ...]
    proposals: tuple[RegistryProposal, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that are not warnings."""
        return tuple(finding for finding in self.findings if not finding.is_warning)

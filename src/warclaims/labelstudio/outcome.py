"""What an import comes to: new annotations, what changed in them, what is in the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from warclaims.labelstudio.interface import NOUNS
from warclaims.records import LAYERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from warclaims.findings import Finding
    from warclaims.records import Annotations, Layer, LayerName


@dataclass(frozen=True)
class Proposal:
    """A name that an annotator wants in the registry, and the record that needs it.

    ``record`` is ``None`` for a new record that was left out.
    """

    document: str
    layer: LayerName
    record: str | None
    name: str
    start: int
    end: int

    def __str__(self) -> str:
        """Name and place, for people.

        >>> print(Proposal("one", "locations", "l4", "Dornville", 4, 9))
        Dornville (document one, locations l4, 4–9)
        """
        record = f"{self.layer} {self.record}" if self.record else f"a new {NOUNS[self.layer]}"
        return f"{self.name} (document {self.document}, {record}, {self.start}–{self.end})"


@dataclass(frozen=True)
class Change:
    """One record that is not as it was."""

    kind: Literal["added", "removed", "changed"]
    layer: LayerName
    before: Layer | None
    after: Layer | None

    @property
    def record(self) -> Layer:
        """The record as it is now, or as it was if it is gone."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields that differ; empty unless the record was changed."""
        if self.before is None or self.after is None:
            return ()
        names = type(self.after).model_fields
        return tuple(n for n in names if getattr(self.before, n) != getattr(self.after, n))


@dataclass(frozen=True)
class LeftOut:
    """A record that is wrong in Label Studio, or hangs on one that is: as before in the corpus.

    ``record`` is null for a new one, which is not in the corpus at all, and ``layer``, too, if it
    cannot be told what it is to be; ``start`` and ``end`` are where its mark is, if that is known.
    """

    layer: LayerName | None
    record: str | None
    start: int | None
    end: int | None
    reason: str

    def __str__(self) -> str:
        """What it is, for people.

        >>> print(LeftOut("casualties", "c1", 4, 9, "it lacks outcome"))
        casualty c1 (4–9)
        """
        noun = NOUNS[self.layer] if self.layer else "mark or link"
        place = f" ({self.start}–{self.end})" if self.start is not None else ""
        return (f"{noun} {self.record}" if self.record else f"a new {noun}") + place


@dataclass(frozen=True)
class Imported:
    """The annotations of one document: as they were in the set, and as they are to be.

    ``theirs`` are those of Label Studio alone, without what happened in the corpus meanwhile;
    records in ``left_out`` are in it as they were sent out. ``drawn`` gives the ids of records by
    those of the marks that an annotator drew for them; the next import knows them by it.
    ``doubted`` names what somebody's save undid, by mistake or on purpose, as layer and id;
    ``missing`` names work that was pulled before and is not in the corpus, ``edited`` such of which
    the corpus has a reading of its own.
    """

    document: str
    set_name: str
    before: Annotations | None
    after: Annotations
    theirs: Annotations
    left_out: tuple[LeftOut, ...] = ()
    drawn: Mapping[str, str] = field(default_factory=dict)
    doubted: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()
    edited: frozenset[str] = frozenset()

    @property
    def is_changed(self) -> bool:
        """True if there is something to write."""
        return self.before != self.after

    def changes(self) -> Iterator[Change]:
        """The records that were added, removed or changed, layer by layer in text order."""
        for layer in LAYERS:
            before = {r.id: r for r in getattr(self.before, layer)} if self.before else {}
            after = {r.id: r for r in getattr(self.after, layer)}
            for record in after.values():
                if record.id not in before:
                    yield Change("added", layer, None, record)
                elif record != before[record.id]:
                    yield Change("changed", layer, before[record.id], record)
            for record in before.values():
                if record.id not in after:
                    yield Change("removed", layer, record, None)


@dataclass(frozen=True)
class Outcome:
    """All that an import found. Nothing may be written while there are errors."""

    documents: tuple[Imported, ...]
    findings: tuple[Finding, ...]
    proposals: tuple[Proposal, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stand in the way."""
        return tuple(finding for finding in self.findings if not finding.is_warning)

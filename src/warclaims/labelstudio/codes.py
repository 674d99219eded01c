"""Codes of findings about documents to export and tasks to import."""

from __future__ import annotations

from dataclasses import dataclass, field

from warclaims.findings import Finding

CODES: dict[str, str] = {
    "L101": "the text begins with a byte-order mark; Label Studio would misplace regions",
    "L102": "the task's document is not in the corpus",
    "L103": "the task's text differs from the corpus's",
    "L104": "the file has two tasks of one document",
    "L105": "the task has several annotations",
    "L106": "the task does not name a usable annotation set",
    "L107": "the task is of format 1, which an earlier release sent",
    "L201": "a result lacks a required part",
    "L202": "a result's control is not in the configuration",
    "L203": "a region has no label, an unknown one or several",
    "L204": "an attribute has an invalid value",
    "L301": "a region is outside the text",
    "L302": "a region's text differs from the text at its offsets",
    "L401": "a relation begins or ends at a region that does not exist",
    "L402": "a relation points both ways",
    "L403": "a relation joins regions that cannot be related this way",
    "L501": "something occurs twice that can occur only once",
    "L502": "the fragments of one record have different values",
    "L503": "a record is incomplete, or a region belongs to no record",
    "L504": "a record was changed in Label Studio and in the corpus",
    "L505": "all records of the document were deleted",
    "L506": "a record refers to one that is left out",
    "L601": "boilerplate was changed; the change is not imported",
    "L602": "an attribute does not belong to the region's label or choice; it is not imported",
    "L603": "the task has unsaved work, which is not imported",
    "L604": "the task has no annotation to import",
}
"""Every code with its meaning. The first digit is the level; 6 is a warning."""


@dataclass
class FindingCollector:
    """Collects the findings of one document in one file."""

    file: str
    document: str | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def errors(self) -> list[Finding]:
        """The findings that are not warnings."""
        return [finding for finding in self.findings if not finding.is_warning]

    def add(
        self, code: str, pointer: str, message: str, span: tuple[int, int] | None = None
    ) -> None:
        """Add a finding at ``pointer``; ``span`` is in code points of the document's text."""
        assert code in CODES
        found = Finding(self.file, pointer, code, message, self.document, *(span or (None, None)))
        self.findings.append(found)

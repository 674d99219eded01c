"""What can be wrong with a document to send out, or with what comes back."""

from __future__ import annotations

from dataclasses import dataclass, field

from warclaims.findings import Finding

CODES: dict[str, str] = {
    "L101": "the text begins with a byte-order mark, on which marks cannot be placed",
    "L102": "the task is of a document that the corpus does not have",
    "L103": "the task's text is not the corpus's",
    "L104": "the file has two tasks of one document",
    "L105": "the task has several annotations",
    "L106": "the task names no usable annotation set",
    "L201": "a result lacks something that it must have",
    "L202": "a result is of a control that the configuration does not have",
    "L203": "a mark has no label, an unknown one or several",
    "L204": "an attribute has a value that it cannot take",
    "L301": "a mark lies outside the text",
    "L302": "a mark has other words than those at its offsets",
    "L401": "a link begins or ends at a mark that is not there",
    "L402": "a link points both ways",
    "L403": "a link joins marks that cannot be joined so",
    "L501": "the same thing stands twice where it can stand only once",
    "L502": "the fragments of one record carry different values",
    "L503": "a record is incomplete, or a mark belongs to no record",
    "L504": "a record differs here and in the corpus, and nobody has decided",
    "L505": "the annotation has no record left of a document that had some",
    "L506": "a record hangs on one that is left out",
    "L601": "boilerplate was changed; the change is not imported",
    "L602": "an attribute does not belong to the mark's label; it is not imported",
    "L603": "the task has unsaved work, which is not imported",
    "L604": "the task has no annotation to import",
}
"""Every code with what it stands for; the first digit is the level, 6 is a warning."""


@dataclass
class FindingCollector:
    """Collects the findings of one document in one file."""

    file: str
    document: str | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def errors(self) -> list[Finding]:
        """The findings that must be fixed."""
        return [finding for finding in self.findings if not finding.is_warning]

    def add(
        self, code: str, pointer: str, message: str, span: tuple[int, int] | None = None
    ) -> None:
        """Note a finding at ``pointer``; ``span`` are code points of the document's text."""
        assert code in CODES
        found = Finding(self.file, pointer, code, message, self.document, *(span or (None, None)))
        self.findings.append(found)

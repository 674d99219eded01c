"""Waivers: what a file says is right as it is, held against what the rules find in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from warclaims.records import REGISTRIES, span_end, span_start
from warclaims.validation.catalogue import RULES, findings, unread
from warclaims.validation.rule import Scope
from warclaims.validation.views import AnnotationView, DocumentView

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warclaims.findings import Finding
    from warclaims.records import File, Waiver
    from warclaims.validation.views import FileView

WAIVABLE = frozenset(code for code, rule in RULES.items() if rule.is_waivable)
"""The codes of the rules whose findings a file may waive."""

_Key = tuple[str, str | None, tuple[int, int] | None]


@dataclass(frozen=True)
class WaiverView:
    """The waivers of a file, by row: for no such rule, without a reason, and for nothing found.

    ``errors`` are those of ``unwaivable`` whose rule finds errors.
    """

    record: File
    unwaivable: list[int]
    errors: frozenset[int]
    unreasoned: list[int]
    idle: list[int]


class Waivers:
    """The waivers of one file.

    A finding is waived if its code, the record that its pointer goes through and the words that it
    is about are those of a waiver; null stands for any. Of several, the one that says most is used.
    One without a reason waives nothing.
    """

    def __init__(self, view: FileView, file: File) -> None:
        self._view = view
        self._file = file
        self._rows: dict[_Key, int] = {}
        self._used: set[int] = set()
        self._met_error = False
        for row, waiver in enumerate(file.waivers):
            if waiver.reason.strip():
                self._rows.setdefault((waiver.code, waiver.record, _words(waiver)), row)

    def sift(self, found: Iterable[Finding]) -> list[Finding]:
        """``found``, each finding that is waived with the reason."""
        return [self._waived(finding) for finding in found] if self._file.waivers else list(found)

    def _waived(self, finding: Finding) -> Finding:
        if finding.code not in WAIVABLE:
            self._met_error |= not finding.is_warning
            return finding
        record = self._record(finding.pointer)
        start, end = finding.start, finding.end
        words = None if start is None or end is None else (start, end)
        for key in ((record, words), (None, words), (record, None), (None, None)):
            row = self._rows.get((finding.code, *key))
            if row is not None:
                self._used.add(row)
                return replace(finding, waived=self._file.waivers[row].reason)
        return finding

    def _record(self, pointer: str) -> str | None:
        """The id of the record that ``pointer`` goes through."""
        steps = pointer.split("/")
        records = self._view.lists.get(steps[1], ()) if len(steps) > 2 else ()
        return str(records[int(steps[2])].id) if records else None

    @property
    def wait(self) -> bool:
        """True if there are waivers for what only shows when the whole corpus has been seen."""
        return any(_of_corpus(waiver) for waiver in self._file.waivers)

    def findings(self, *, of_corpus: bool = False) -> list[Finding]:
        """Findings about the waivers themselves, once all other findings have been sifted.

        With ``of_corpus`` only about waivers of rules that need the whole corpus, else only about
        the others.
        """
        if not self._file.waivers:
            return []
        asked = [
            (row, waiver)
            for row, waiver in enumerate(self._file.waivers)
            if _of_corpus(waiver) is of_corpus
        ]
        idle = [
            row
            for row, waiver in asked
            if waiver.code in WAIVABLE and waiver.reason.strip() and row not in self._used
        ]
        unwaivable = {row: waiver.code for row, waiver in asked if waiver.code not in WAIVABLE}
        view = WaiverView(
            record=self._file,
            unwaivable=list(unwaivable),
            errors=frozenset(row for row, code in unwaivable.items() if _finds_errors(code)),
            unreasoned=[] if of_corpus else self._unreasoned,
            idle=idle if idle and self._is_certain else [],
        )
        document = getattr(self._file, "document", None)
        found = findings(
            Scope.WAIVERS, view, self._view.file, document, warnings=not self._view.raw
        )
        return sorted(found)

    @property
    def _unreasoned(self) -> list[int]:
        return [row for row, w in enumerate(self._file.waivers) if not w.reason.strip()]

    @property
    def _is_certain(self) -> bool:
        """True if all rules could look: what is not found now is not there.

        An error may keep a rule from finding what it would find otherwise, and so may a text, a
        registry or an entry of the index that is lacking or wrong, or another language.
        """
        if self._met_error:
            return False
        return not isinstance(self._view, AnnotationView) or _is_all_there(self._view)


def _is_all_there(view: AnnotationView) -> bool:
    document, text = view.document, view.text
    if document is None or text is None or unread(document.language):
        return False
    if view.known.registries.keys() != REGISTRIES.keys():
        return False
    whole = DocumentView("", "", document, "", text.encode())
    return not any(findings(Scope.DOCUMENT, whole, "", warnings=False))


def _finds_errors(code: str) -> bool:
    return code in RULES and not RULES[code].warns


def _words(waiver: Waiver) -> tuple[int, int] | None:
    span = getattr(waiver, "span", None)
    return (span_start(span), span_end(span)) if span else None


def _of_corpus(waiver: Waiver) -> bool:
    return waiver.code in WAIVABLE and Scope.CORPUS in RULES[waiver.code].scopes

"""Match the waivers of a file with what the rules find in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from warclaims.records import REGISTRIES, span_end, span_start
from warclaims.validation.catalogue import RULES, codes_not_for, findings
from warclaims.validation.rule import Scope
from warclaims.validation.views import AnnotationView, DocumentView

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from warclaims.findings import Finding
    from warclaims.records import File, Waiver
    from warclaims.validation.rule import Rule
    from warclaims.validation.views import FileView

WAIVABLE = frozenset(code for code, rule in RULES.items() if rule.is_waivable)
"""The codes of the rules whose findings a file may waive."""

_Key = tuple[str, str | None, tuple[int, int] | None]


@dataclass(frozen=True)
class WaiverView:
    """Some waivers of a file by row, once every rule has been applied that they may waive.

    ``unused`` are the rows of valid waivers that waived nothing.
    """

    waivers: dict[int, Waiver]
    unused: list[int]
    rules: Mapping[str, Rule]


class Waivers:
    """The waivers of one file.

    A waiver matches a finding by its code, the record in its pointer and the words that it is
    about; null matches any. Of several the most specific is used. One without a reason waives
    nothing.
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
        """``found``; waived findings come with the reason."""
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
        """True if there are waivers for rules that need the whole corpus."""
        return any(map(_of_corpus, self._file.waivers))

    def findings(self, *, of_corpus: bool = False) -> list[Finding]:
        """Findings about the waivers themselves, once all other findings have been sifted.

        With ``of_corpus`` only about waivers of rules that need the whole corpus, else only about
        the others.
        """
        waivers = {
            row: waiver
            for row, waiver in enumerate(self._file.waivers)
            if _of_corpus(waiver) is of_corpus
        }
        unused = [
            row
            for row, waiver in waivers.items()
            if waiver.code in WAIVABLE and waiver.reason.strip() and row not in self._used
        ]
        view = WaiverView(waivers, unused if unused and self._is_certain else [], RULES)
        document = getattr(self._file, "document", None)
        warnings = not self._view.raw
        return sorted(findings(Scope.WAIVERS, view, self._view.file, document, warnings=warnings))

    @property
    def _is_certain(self) -> bool:
        """True if every rule was applied, so that an unused waiver has nothing to waive.

        Not so after an error, in another language, or if the text, a registry or the entry of the
        index is missing or wrong.
        """
        if self._met_error:
            return False
        return not isinstance(self._view, AnnotationView) or _is_all_there(self._view)


def _is_all_there(view: AnnotationView) -> bool:
    document, text = view.document, view.text
    if document is None or text is None or codes_not_for(document.language):
        return False
    if view.known.registries.keys() != REGISTRIES.keys():
        return False
    whole = DocumentView("", "", document, "", text.encode())
    return not any(findings(Scope.DOCUMENT, whole, "", warnings=False))


def _words(waiver: Waiver) -> tuple[int, int] | None:
    span = getattr(waiver, "span", None)
    return (span_start(span), span_end(span)) if span else None


def _of_corpus(waiver: Waiver) -> bool:
    is_valid = waiver.code in WAIVABLE and waiver.reason.strip()
    return bool(is_valid) and Scope.CORPUS in RULES[waiver.code].scopes

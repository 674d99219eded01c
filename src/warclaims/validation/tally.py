"""Count findings as they come, and choose which to show."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from warclaims.files.limits import MAX_FINDINGS, MAX_SHOWN, MAX_SHOWN_WORDS
from warclaims.findings import Severity
from warclaims.validation.catalogue import RULES
from warclaims.validation.show import shortened
from warclaims.wording import listed, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from warclaims.findings import Finding


_ENDS = ("F110", "F111", "F112", "F113")
"""Findings that end the check of a file. They are shown even after many others."""


class Tally:
    """Counts findings, and waived ones separately, and chooses which to show."""

    def __init__(self) -> None:
        self.errors = 0
        self.warnings = 0
        self.informations = 0
        self.waived = 0
        self.hidden = 0
        self._codes: Counter[str] = Counter()
        self._files: set[str] = set()
        self._room = MAX_SHOWN
        self._room_for_ends = MAX_FINDINGS
        self._room_for_words = MAX_SHOWN_WORDS
        self._place: tuple[str, str | int | None] | None = None
        self._of_place = 0

    def shown(self, found: Iterable[Finding]) -> Iterator[Finding]:
        """The findings to show, shortened. Those above the limits are only counted.

        There are limits per document and per run (:mod:`warclaims.files.limits`).
        """
        for finding in found:
            self._note(finding)
            if self._has_room(finding):
                short = shortened(finding)
                self._room -= 1
                self._room_for_words -= _length(short)
                self.hidden += sum(short.left_out or ())
                yield short
            elif finding.code in _ENDS and self._room_for_ends:
                self._room_for_ends -= 1
                yield shortened(finding)
            else:
                self.hidden += sum(finding.counts)

    @property
    def remark(self) -> str | None:
        """How many findings are not shown; ``None`` if all are."""
        if not self.hidden:
            return None
        are = "is" if self.hidden == 1 else "are"
        more = plural(self.hidden, "more finding")
        return f"{more} {are} not shown. Fix those above and check again."

    def _has_room(self, finding: Finding) -> bool:
        place = (finding.file, finding.document or finding.line)
        if place != self._place:
            self._place, self._of_place = place, 0
        self._of_place += 1
        # The last finding in a bundle may be the number of those that are left out.
        most = MAX_FINDINGS + (finding.left_out is not None)
        return self._of_place <= most and self._room > 0 and self._room_for_words > 0

    def _note(self, finding: Finding) -> None:
        if finding.waived is not None:
            self.waived += 1
            return
        errors, warnings = finding.counts
        self.errors += errors
        self.warnings += warnings
        information = int(finding.severity is Severity.INFORMATION)
        self.informations += information
        self._codes[finding.code] += errors + warnings + information
        self._files.add(finding.file)

    def summary(self, bundles: int | None = None) -> str:
        """One line: the numbers of errors, warnings and waived findings, and of each rule.

        ``bundles`` is the number of bundles checked; ``None`` if none were given.

        >>> Tally().summary(1200)
        'no findings; 1,200 bundles checked'
        """
        end = f" ({self.waived} waived)" if self.waived else ""
        checked = "" if bundles is None else f"; {plural(bundles, 'bundle')} checked"
        if not self._codes:
            return f"no findings{end}{checked}"
        counts = {"error": self.errors, "warning": self.warnings, "note": self.informations}
        parts = [plural(number, noun) for noun, number in counts.items() if number]
        files = plural(len(self._files), "file")
        codes = ", ".join(f"{code} × {self._codes[code]}" for code in RULES if code in self._codes)
        return f"{listed(parts)} in {files}{end}: {codes}{checked}"


def _length(finding: Finding) -> int:
    return (
        len(finding.message)
        + len(finding.pointer)
        + sum(len(other.what) + len(other.pointer) for other in finding.related)
    )

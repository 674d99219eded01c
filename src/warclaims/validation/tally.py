"""How many findings there are, counted as they come."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from warclaims.validation.catalogue import RULES

if TYPE_CHECKING:
    from warclaims.findings import Finding


class Tally:
    """Counts findings; those that are waived by themselves."""

    def __init__(self) -> None:
        self.errors = 0
        self.warnings = 0
        self.waived = 0
        self._codes: Counter[str] = Counter()
        self._files: set[str] = set()

    def note(self, finding: Finding) -> None:
        """Count ``finding``."""
        if finding.waived is not None:
            self.waived += 1
            return
        if finding.is_warning:
            self.warnings += 1
        else:
            self.errors += 1
        self._codes[finding.code] += 1
        self._files.add(finding.file)

    def summary(self, bundles: int | None = None) -> str:
        """One line: how many errors and warnings, of which rules, how many are waived.

        ``bundles`` is how many were checked; null where none were asked for.

        >>> Tally().summary(1200)
        'no findings; 1,200 bundles checked'
        """
        end = f" ({self.waived} waived)" if self.waived else ""
        checked = ""
        if bundles is not None:
            checked = f"; {bundles:,} bundle{'' if bundles == 1 else 's'} checked"
        if not self._codes:
            return f"no findings{end}{checked}"
        parts = [
            f"{number} {noun}{'' if number == 1 else 's'}"
            for number, noun in ((self.errors, "error"), (self.warnings, "warning"))
            if number
        ]
        files = f"{len(self._files)} file{'' if len(self._files) == 1 else 's'}"
        listed = ", ".join(f"{code} × {self._codes[code]}" for code in RULES if code in self._codes)
        return f"{' and '.join(parts)} in {files}{end}: {listed}{checked}"

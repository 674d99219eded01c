"""The check of many bundles: made once in each process, called once for each bundle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.validation.acceptance import Acceptance
from warclaims.validation.bundles.check import check_bundle, too_large
from warclaims.validation.not_applied import Omissions, Reason

if TYPE_CHECKING:
    from warclaims.findings import Finding
    from warclaims.validation.known import Known


class Checker:
    """Checks the bundles of ``file`` against the registries in ``known``.

    ``omissions`` counts the bundles to which rules were not applied.
    """

    def __init__(self, known: Known, file: str) -> None:
        self.omissions = Omissions()
        self._known = known
        self._file = file
        self._acceptance = Acceptance(known, self.omissions)

    def check(self, data: bytes, line: int | None) -> list[Finding]:
        """What is wrong with the bundle in ``data``; what it waives is not told."""
        suspicion = self._acceptance.examine(data)
        if suspicion is None:
            return []
        known, omissions = self._known, self.omissions
        return check_bundle(data, known, self._file, line, suspicion, omissions=omissions)

    def refuse(self, size: int, line: int) -> Finding:
        """The finding of a bundle of ``size`` bytes, which is too large to be read."""
        self.omissions.note(Reason.UNREADABLE, "bundle")
        return too_large(size, self._file, line)

"""Check many bundles of one file; each process makes one checker."""

from __future__ import annotations

from typing import TYPE_CHECKING

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

    def check(self, data: bytes, line: int | None) -> list[Finding]:
        """The findings of the bundle in ``data``, without those that it waives."""
        return check_bundle(data, self._known, self._file, line, omissions=self.omissions)

    def refuse(self, size: int, line: int) -> Finding:
        """The finding of a bundle of ``size`` bytes, which is too large to be read."""
        self.omissions.note(Reason.UNREADABLE, "bundle")
        return too_large(size, self._file, line)

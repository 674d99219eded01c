"""The check of many bundles: made once in each process, called once for each bundle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.validation.bundles.check import check_bundle

if TYPE_CHECKING:
    from collections.abc import Callable

    from warclaims.findings import Finding
    from warclaims.validation.views import Known


def acceptance(known: Known) -> Callable[[bytes], bool]:
    """The fast test: true of the bytes of a bundle if surely no rule finds anything in it."""
    from warclaims.validation.acceptance import Acceptance

    return Acceptance(known).accepts


class Checker:
    """Checks the bundles of ``file`` against the registries in ``known``."""

    def __init__(self, known: Known, file: str) -> None:
        self._known = known
        self._file = file
        self._accepts = acceptance(known)

    def check(self, data: bytes, line: int | None) -> list[Finding]:
        """What is wrong with the bundle in ``data``, also what it waives."""
        if self._accepts(data):
            return []
        return check_bundle(data, self._known, self._file, line, waived=True)

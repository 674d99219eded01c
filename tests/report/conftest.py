"""The report of the shipped corpus, written once for all tests that read it."""

from __future__ import annotations

import pytest

import warclaims
from warclaims.report import write_report


@pytest.fixture(scope="session")
def site(shipped, tmp_path_factory):
    """The folder of the report of the shipped corpus. Read only."""
    out = tmp_path_factory.mktemp("site") / "report"
    write_report(warclaims.open(shipped), out, "gold")
    return out

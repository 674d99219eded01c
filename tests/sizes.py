"""How much the tests try: a sample, or with an environment variable more.

``make test`` runs the sample and ``make soak`` the tests that are marked ``soak`` with full numbers.
Continuous integration sets WARCLAIMS_TEST_EVERYTHING: nothing is skipped for want of a program, and
a browser opens every page instead of one of each kind.
"""

from __future__ import annotations

import os

SOAK = bool(os.environ.get("WARCLAIMS_SOAK"))
EVERYTHING = SOAK or bool(os.environ.get("WARCLAIMS_TEST_EVERYTHING"))


def examples(sample: int, full: int) -> int:
    """How many examples to try now."""
    return full if SOAK else sample

"""How much the tests try: a sample, or with WARCLAIMS_SOAK set everything that was promised.

``make test`` runs the sample, ``make soak`` the tests that are marked ``soak`` with full numbers.
"""

from __future__ import annotations

import os

SOAK = bool(os.environ.get("WARCLAIMS_SOAK"))


def examples(sample: int, full: int) -> int:
    """How many examples to try now."""
    return full if SOAK else sample

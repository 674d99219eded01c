"""How much the tests try: a sample, or with an environment variable more.

``make test`` runs the sample; ``make soak`` runs the tests marked ``soak`` with their full numbers.
Continuous integration sets WARCLAIMS_TEST_EVERYTHING: no test is skipped because a program is
missing, and the browser opens every page instead of one of each kind.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

SOAK = bool(os.environ.get("WARCLAIMS_SOAK"))
EVERYTHING = SOAK or bool(os.environ.get("WARCLAIMS_TEST_EVERYTHING"))


def examples(sample: int, full: int) -> int:
    """How many examples to try now."""
    return full if SOAK else sample


def share(values: Sequence[Any], number: int) -> Sequence[Any]:
    """All values, or in the sample a third of them, another one for each ``number``."""
    return values if SOAK else values[number % 3 :: 3]

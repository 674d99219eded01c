"""Comparing what sources say: the processor time for one event, by its number of accounts."""

from __future__ import annotations

import time

from benchmarks.page import Scale, progress, table
from support.many_accounts import bundles, registries
from warclaims.accounts import compare

NUMBERS = (10, 100, 1000, 10000)
ROUNDS = 3


def section(scale: Scale) -> list[str]:
    """The section of the page."""
    progress("comparing accounts")
    known = registries()
    rows = []
    for number in NUMBERS[: -1 if scale.quick else None]:
        several = bundles(number)
        taken = []
        for _ in range(ROUNDS):
            start = time.process_time()
            compare(several, known)
            taken.append(time.process_time() - start)
        aim = "under 2" if number == NUMBERS[-1] else ""
        rows.append([f"{number:,}", f"{min(taken):.3f}", f"{min(taken) / number * 1e6:.0f}", aim])
    return [
        "## Comparing accounts",
        "One event, one text per account; one record in twenty has another reading. Processor "
        "time, best of three.",
        table(["accounts", "seconds", "µs per account", "aim (seconds)"], rows),
    ]

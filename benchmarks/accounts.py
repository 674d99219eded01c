"""Comparing what sources say: the processor time for one event, by its number of accounts."""

from __future__ import annotations

import time

from benchmarks.page import Scale, progress, table
from support.many_accounts import bundles, registries
from warclaims.accounts import compare

NUMBERS = (10, 100, 1000, 10000)
EVENT_TYPES = ("attack_on_civilians", "war")
"""The cheapest and the dearest: in a war, accounts are compared by cause as well."""

ROUNDS = 3


def section(scale: Scale) -> list[str]:
    """The section of the page."""
    progress("comparing accounts")
    rows = []
    for number in NUMBERS[: -1 if scale.quick else None]:
        several = bundles(number)
        for event_type in EVENT_TYPES:
            known = registries(event_type)
            taken = []
            for _ in range(ROUNDS):
                start = time.process_time()
                compare(several, known)
                taken.append(time.process_time() - start)
            each = f"{min(taken) / number * 1e6:.0f}"
            aim = "under 2" if number == NUMBERS[-1] else ""
            rows.append([event_type, f"{number:,}", f"{min(taken):.3f}", each, aim])
    return [
        "## Comparing accounts",
        "One event, one text per account; one record in twenty has another reading. Processor "
        "time, best of three.",
        table(["event", "accounts", "seconds", "µs per account", "aim (seconds)"], rows),
    ]

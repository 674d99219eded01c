"""Waiting for something to happen, with an end. No other test module looks at a clock."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST = 120.0
"""Seconds, far more than a busy machine needs: what takes longer hangs."""


def wait_for(condition: Callable[[], object], what: str, *, every: float = 0.01) -> None:
    """Wait until ``condition`` gives something true; fail if it does not within ``LONGEST``."""
    end = time.monotonic() + LONGEST
    while not condition():
        assert time.monotonic() < end, f"waited {LONGEST:.0f} s in vain for {what}"
        time.sleep(every)


def pause(seconds: float) -> None:
    """Let time pass where any moment will do, as before a process is killed."""
    time.sleep(seconds)


class Stopwatch:
    """How long something takes, to choose a moment in it; nothing is asserted of it."""

    def __enter__(self) -> Stopwatch:
        self._begun = time.monotonic()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds = time.monotonic() - self._begun

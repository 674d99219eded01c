"""The progress of a long command on a terminal, with lines printed above it."""

from __future__ import annotations

import sys
import time
from typing import Any

from warclaims.output import console, echo, is_quiet

AFTER = 1.0
"""Seconds until it is shown."""

EVERY = 0.2
"""Seconds between two updates."""


class ProgressLine:
    """A line on standard error: what is worked on, how much of it is done, and the time left.

    Nothing is shown if standard error is not a terminal, or with ``--quiet``. No thread is started.
    """

    def __init__(self) -> None:
        self._bar: Any = None
        self._next = time.monotonic() + AFTER if _is_shown() else float("inf")

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def advance(self, done: int, total: int | None, words: str = "", count: str = "") -> None:
        """Show how much is done of ``total``, with words before the bar and a count after it."""
        if (now := time.monotonic()) < self._next:
            return
        self._next = now + EVERY
        if self._bar is None:
            self._bar = _bar()
            self._bar.start()
        shown = {"total": total, "description": words, "count": count}
        self._bar.update(self._bar.task_ids[0], completed=done, refresh=True, **shown)

    def echo(self, line: str) -> None:
        """Print a line, above the bar if both are on one terminal."""
        if self._bar is not None and sys.stdout.isatty():
            self._bar.console.print(line, markup=False, highlight=False, soft_wrap=True)
        else:
            echo(line, is_clean=True)

    def stop(self) -> None:
        """Remove the bar and show it no more."""
        self._next = float("inf")
        if self._bar is not None:
            self._bar.stop()
            self._bar = None


def _is_shown() -> bool:
    return sys.stderr.isatty() and not is_quiet()


def _bar() -> Any:
    from rich import progress

    bar = progress.Progress(
        progress.TextColumn("{task.description}", markup=False),
        progress.BarColumn(),
        progress.TextColumn("{task.fields[count]}", markup=False),
        progress.TimeRemainingColumn(),
        console=console(stderr=True),
        auto_refresh=False,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    bar.add_task("", count="")
    return bar

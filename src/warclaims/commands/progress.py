"""How far a long check is, on a terminal only, and findings printed above it."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any

from warclaims.output import console, echo

if TYPE_CHECKING:
    from types import TracebackType

    from warclaims.validation.bundles import Advance

AFTER = 1.0
"""Seconds until it is shown."""

EVERY = 0.2
"""Seconds between two looks."""


class Progress:
    """A line on standard error that says how far a run is, its rate and the time that is left.

    Nothing is shown where standard error is no terminal. No thread is started.
    """

    def __init__(self) -> None:
        self._shown: Any = None
        self._task: Any = None
        self._next = time.monotonic() + AFTER
        self._wanted = sys.stderr.isatty()

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def advance(self, name: str, advance: Advance) -> None:
        """Note how far the check of ``name`` is."""
        if not self._wanted or (now := time.monotonic()) < self._next:
            return
        self._next = now + EVERY
        if self._shown is None:
            self._start()
        self._shown.update(
            self._task,
            completed=advance.read,
            total=advance.total or None,
            description=name,
            bundles=f"{advance.bundles:,} bundles",
        )
        self._shown.refresh()

    def _start(self) -> None:
        from rich.progress import (
            BarColumn,
            TextColumn,
            TimeRemainingColumn,
            TransferSpeedColumn,
        )
        from rich.progress import Progress as Shown

        self._shown = Shown(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TextColumn("{task.fields[bundles]}", markup=False),
            TransferSpeedColumn(),
            TimeRemainingColumn(),
            console=console(stderr=True),
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._task = self._shown.add_task("", bundles="")
        self._shown.start()

    def echo(self, line: str) -> None:
        """Print a line of a format, above the bar if both are on one terminal."""
        if self._shown is not None and sys.stdout.isatty():
            self._shown.console.print(line, markup=False, highlight=False, soft_wrap=True)
        else:
            echo(line, is_clean=True)

    def stop(self) -> None:
        """Show nothing any more."""
        if self._shown is not None:
            self._shown.stop()
            self._shown = None
            self._wanted = False

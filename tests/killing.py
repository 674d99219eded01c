"""Ways for a process to kill itself at a moment that is the same each time."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.link", "os.symlink"}
"""What changes the disk, beside opening a file to write and flushing one."""


class Moments:
    """Counts moments of this process, and kills it at one of them.

    A *step* is a change of the disk that is about to be made; an *event* is the call of a function
    or the return from one, in Python or C.
    """

    def __init__(self, step: int | None = None, event: int | None = None) -> None:
        self.steps = self.events = 0
        self._step, self._event = step, event

    def watch(self, *, events: bool) -> None:
        """Begin; there is no end. Counting ``events`` makes everything slower."""
        sys.addaudithook(self._audit)
        os.fsync = self._flushing(os.fsync)
        if events:
            sys.setprofile(self._profile)

    def _flushing(self, really: Any) -> Any:
        def fsync(number: int) -> None:
            self._change()
            really(number)

        return fsync

    def _audit(self, name: str, given: tuple[Any, ...]) -> None:
        writes = name == "open" and given[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if writes or name in CHANGES:
            self._change()

    def _change(self) -> None:
        if self.steps == self._step:
            os.kill(os.getpid(), signal.SIGKILL)
        self.steps += 1

    def _profile(self, *_: Any) -> None:
        if self.events == self._event:
            os.kill(os.getpid(), signal.SIGKILL)
        self.events += 1

    def tell(self, path: str) -> None:
        """Write how many there were."""
        sys.setprofile(None)
        Path(path).write_text(f"{self.steps} {self.events}")

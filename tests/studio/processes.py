"""Runs commands in processes of their own, made from one that has all modules already.

A program of the tests: a line of JSON on standard input is a command; the answers are its process
and, once it ended, its exit status. What stands under "before" is done in that process first.
"""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

sys.path.append(str(Path(__file__).parents[1]))

from killing import Moments
from waiting import pause, wait_for


def main() -> None:
    """Take commands until the input ends."""
    import filelock  # noqa: F401
    import jinja2  # noqa: F401
    import label_studio_sdk
    import pyarrow.parquet  # noqa: F401
    import vl_convert  # noqa: F401

    import warclaims
    import warclaims.build.builder
    import warclaims.commands.studio
    import warclaims.labelstudio.files
    import warclaims.report.pages
    import warclaims.studio.projects
    import warclaims.studio.pull
    import warclaims.studio.push

    tempfile.gettempdir()  # looks for it by writing a file, which nobody would remove
    gold = warclaims.open()
    for document in gold.documents if "prepared" in sys.argv else ():  # slow the first time
        warclaims.labelstudio.files.sound_task(gold, "gold", document)
    label_studio_sdk.LabelStudio(api_key="x", base_url="http://127.0.0.1:9").users  # noqa: B018
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            _run(asked)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        threading.Thread(target=_wait, args=(child, asked["status"])).start()


def _wait(child: int, path: str) -> None:
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    part = Path(path + ".part")
    part.write_text(str(status))
    part.replace(path)


def _run(asked: dict[str, Any]) -> None:
    from warclaims.commands import main as command
    from warclaims.studio import push

    os.environ.update(asked.get("environment", {}))
    said = os.open(asked["output"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for stream in (1, 2):
        os.dup2(said, stream)
    push.BATCH_BYTES = asked["batch"]
    if "ends" in asked:
        _end_at(asked["ends"])
    if "full" in asked:
        _fill(asked["full"])
    moments = Moments(asked.get("step"), asked.get("event"))
    if {"step", "event", "counts"} & set(asked):
        moments.watch(events="event" in asked or asked.get("events", False))
    status: Any = 1
    try:
        command(asked["arguments"])
    except SystemExit as ended:
        status = ended.code
    except BaseException:
        import traceback

        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    if "counts" in asked:
        moments.tell(asked["counts"])
    os._exit(status if isinstance(status, int) else 0)


def _end_at(number: int) -> None:
    """End this process for good at its ``number``-th step of writing a file: flushed or renamed."""
    steps = 0

    def ending(really: Any) -> Any:
        def step(*given: Any, **named: Any) -> Any:
            nonlocal steps
            if steps == number:
                os.kill(os.getpid(), signal.SIGKILL)
            steps += 1
            return really(*given, **named)

        return step

    os.fsync = ending(os.fsync)
    os.replace = ending(os.replace)
    Path.replace = ending(Path.replace)  # type: ignore[method-assign]


def _fill(folder: str) -> None:
    """Let the disk under a folder be full."""
    really = os.fsync

    def full(handle: int) -> None:
        if str(Path(f"/proc/self/fd/{handle}").readlink()).startswith(folder):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        really(handle)

    os.fsync = full


@dataclass
class Ended:
    """A command that ended: exit status, negative for a signal, and all that it said."""

    status: int
    said: str


class Commands:
    """The process that runs commands."""

    def __init__(self, folder: Path, environment: dict[str, str], *, prepared: bool = True) -> None:
        self._folder = folder
        self._number = 0
        self._process = subprocess.Popen(
            [sys.executable, __file__, *(["prepared"] if prepared else [])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **environment},
        )

    def start(self, *arguments: str, batch: int = 100_000, **before: Any) -> Running:
        """Start a command."""
        self._number += 1
        status, output = (self._folder / f"{self._number}.{end}" for end in ("status", "said"))
        asked = {
            "arguments": arguments,
            "batch": batch,
            "status": str(status),
            "output": str(output),
            **before,
        }
        into, out = self._process.stdin, self._process.stdout
        assert into is not None
        assert out is not None
        _say(into, asked)
        return Running(int(out.readline()), status, output)

    def run(self, *arguments: str, **before: Any) -> Ended:
        """Run a command to its end."""
        return self.start(*arguments, **before).end()

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


def _say(into: IO[str], asked: dict[str, Any]) -> None:
    into.write(json.dumps(asked) + "\n")
    into.flush()


@dataclass
class Running:
    """A command under way."""

    process: int
    status: Path
    output: Path

    def kill(self) -> None:
        os.kill(self.process, signal.SIGKILL)

    def kill_after(self, seconds: float) -> None:
        """Kill it, if it has not ended by then."""
        pause(seconds)
        if not self.status.exists():
            with suppress(ProcessLookupError):
                self.kill()

    def end(self) -> Ended:
        """Wait for its end."""
        wait_for(self.status.exists, "the end of a command", every=0.002)
        return Ended(int(self.status.read_text()), self.output.read_text())


if __name__ == "__main__":
    main()

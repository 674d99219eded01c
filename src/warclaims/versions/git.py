"""Ask git about a repository without trusting it, its configuration least of all.

The configuration of a repository can name programs that git runs: filters, hooks, a monitor of the
file system, the other end of a fetch. None of them is run here.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from warclaims.errors import WarclaimsError
from warclaims.files.limits import MAX_FILE
from warclaims.versions.archives import MAX_MEMBERS, ArchiveMember

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_OFF = {"core.fsmonitor": "false", "core.hooksPath": os.devnull}
_FILTER = {"clean": "", "smudge": "", "process": "", "required": "false"}
_OWN = ("local", "worktree")
"""The scopes of configuration that come with a repository."""

_PIECE = 2**16
_LINK = "120000"


class UnknownRevision(WarclaimsError):
    """Git does not return what was requested; the message is git's own."""


def run_git(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a git command that only reads the repository at ``root``.

    If there is no git, or the repository's configuration cannot be read, the status is not 0.
    """
    settings = dict(_OFF)
    try:
        listed = _run(root, settings, "config", "--show-scope", "-z", "--list")
        if listed.returncode:
            return listed
        words = listed.stdout.split("\0")
        for scope, pair in zip(words[::2], words[1::2], strict=False):
            name = pair.partition("\n")[0].rpartition(".")[0]
            if scope in _OWN and pair.startswith("filter."):
                settings |= {f"{name}.{key}": value for key, value in _FILTER.items()}
        return _run(root, settings, *arguments)
    except OSError as error:
        return subprocess.CompletedProcess(_command(root, *arguments), 1, "", str(error))


def _run(root: Path, settings: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        _command(root, *arguments),
        env=_environment(settings),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        check=False,
    )


def _command(root: Path, *arguments: str) -> list[str]:
    return ["git", "--no-pager", "-C", str(root), *arguments]


def _environment(settings: dict[str, str]) -> dict[str, str]:
    """The environment in which git has these ``settings`` and fetches nothing."""
    found = dict(os.environ)
    given = found.get("GIT_CONFIG_COUNT", "")
    count = int(given) if given.isdecimal() else 0
    for number, (key, value) in enumerate(settings.items(), count):
        found |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    return found | {
        "GIT_CONFIG_COUNT": str(count + len(settings)),
        # An object that is missing would be fetched, by a program that the repository names.
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_OPTIONAL_LOCKS": "0",
    }


@contextmanager
def files_of_revision(
    revision: str, repository: Path, folders: tuple[str, ...]
) -> Iterator[Iterator[ArchiveMember]]:
    """The files of a revision in some ``folders``, with the bytes that the repository holds.

    No filter, line end or attribute is applied. They can be read within the block.

    Raises:
        UnknownRevision: git does not know the revision.
    """
    listed = _listed(revision, repository, folders)
    with _open_git(repository, "cat-file", "--batch") as process:
        yield (_member(line, process) for line in listed)


def _listed(revision: str, repository: Path, folders: tuple[str, ...]) -> list[bytes]:
    """A line of git per file. Folders are counted, because there can be many without a file."""
    command = ("ls-tree", "-r", "-t", "-l", "-z", "--end-of-options", revision, *folders)
    with _open_git(repository, *command) as process:
        assert process.stdout is not None
        data = process.stdout.read(MAX_FILE + 1)
        if len(data) > MAX_FILE or data.count(b"\0") > MAX_MEMBERS:
            raise UnknownRevision(f"it holds more than {MAX_MEMBERS:,} files, or long names")
    return [line for line in data.split(b"\0") if line and line.split()[1] != b"tree"]


@contextmanager
def _open_git(root: Path, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A running git process, which must have succeeded by the end of the block.

    Raises:
        UnknownRevision: there is no git, or it failed.
    """
    with tempfile.TemporaryFile() as errors:
        try:
            process = subprocess.Popen(
                _command(root, *arguments),
                env=_environment(_OFF),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
            )
        except OSError:
            raise UnknownRevision("git is not installed") from None
        except ValueError as error:  # a NUL in the name
            raise UnknownRevision(str(error)) from None
        with process:
            try:
                yield process
            except BaseException:
                process.kill()
                raise
        if process.returncode:
            errors.seek(0)
            said = errors.read(MAX_FILE).decode(errors="replace").strip().splitlines()
            raise UnknownRevision(said[-1] if said else "git failed without a message")


def _member(line: bytes, process: subprocess.Popen[bytes]) -> ArchiveMember:
    about, _, path = line.partition(b"\t")
    mode, kind, key, size = about.decode().split()
    name = os.fsdecode(path)
    if kind != "blob" or mode == _LINK:
        return ArchiveMember(PurePosixPath(name), True, 0, bytes)
    if not size.isdecimal():
        raise UnknownRevision(f"the repository lacks the content of {name}")

    def read() -> bytes:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{key}\n".encode())
        process.stdin.flush()
        head = process.stdout.readline(_PIECE).split()
        data = process.stdout.read(int(size) + 1)
        if head[1:] != [b"blob", size.encode()] or len(data) <= int(size):
            raise UnknownRevision(f"{name} cannot be read from the repository")
        return data[:-1]

    return ArchiveMember(PurePosixPath(name), False, int(size), read)

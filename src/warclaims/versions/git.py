"""Git asked about a repository of which nothing is trusted, its configuration least of all.

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
from warclaims.versions.archives import MAX_MEMBERS, Member

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
    """Git does not give what was asked for; the message is what it says."""


def run_git(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command of git that only reads the repository at ``root``.

    If there is no git, or the repository's configuration cannot be read, the status is not 0.
    """
    try:
        listed = _run(root, _environment(_OFF), "config", "--show-scope", "-z", "--list")
        if listed.returncode:
            return listed
        return _run(root, _environment(_OFF | _filters(listed.stdout)), *arguments)
    except OSError as error:
        return subprocess.CompletedProcess(_command(root, *arguments), 1, "", str(error))


def _command(root: Path, *arguments: str) -> list[str]:
    return ["git", "--no-pager", "-C", str(root), *arguments]


def _run(root: Path, env: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        _command(root, *arguments),
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        check=False,
    )


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


def _filters(listed: str) -> dict[str, str]:
    """Settings that turn off every filter that the repository defines itself."""
    words = listed.split("\0")
    keys = {
        pair.partition("\n")[0]
        for scope, pair in zip(words[::2], words[1::2], strict=False)
        if scope in _OWN
    }
    names = {key.rpartition(".")[0] for key in keys if key.startswith("filter.")}
    return {f"{name}.{key}": value for name in sorted(names) for key, value in _FILTER.items()}


@contextmanager
def files_of_revision(
    revision: str, repository: Path, folders: tuple[str, ...]
) -> Iterator[list[Member]]:
    """The files of a revision in some ``folders``, with the bytes that the repository holds.

    No filter, line end or attribute is applied. They can be read within the block.

    Raises:
        UnknownRevision: git does not know the revision; the message is what it says.
    """
    listed = _listed(revision, repository, folders)
    with _open_git(repository, "cat-file", "--batch") as process:
        yield [_member(line, process) for line in listed]


def _listed(revision: str, repository: Path, folders: tuple[str, ...]) -> list[bytes]:
    """A line of git per file; folders count, too, for they can be many without a file."""
    command = ("ls-tree", "-r", "-t", "-l", "-z", "--end-of-options", revision, *folders)
    data, count = bytearray(), 0
    with _open_git(repository, *command) as process:
        assert process.stdout is not None
        while piece := process.stdout.read(_PIECE):
            data += piece
            count += piece.count(b"\0")
            if count > MAX_MEMBERS or len(data) > MAX_FILE:
                raise UnknownRevision(f"it holds more than {MAX_MEMBERS:,} files, or long names")
    return [line for line in bytes(data).split(b"\0") if line and line.split()[1] != b"tree"]


@contextmanager
def _open_git(root: Path, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A running git that is asked and answers; at the end of the block it has ended well.

    Raises:
        UnknownRevision: there is no git, or it failed; the message is what it says.
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
            raise UnknownRevision("there is no git to ask for it") from None
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
            raise UnknownRevision(said[-1] if said else "git says nothing")


def _member(line: bytes, process: subprocess.Popen[bytes]) -> Member:
    about, _, path = line.partition(b"\t")
    mode, kind, key, size = about.decode().split()
    name = os.fsdecode(path)
    if kind != "blob" or mode == _LINK:
        return Member(PurePosixPath(name), True, 0, bytes)
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

    return Member(PurePosixPath(name), False, int(size), read)

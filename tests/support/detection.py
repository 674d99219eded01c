"""Are the mistakes found? Random edits of a copy of the corpus, each with its declared codes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

import warclaims
from support.mutation import NoPlace
from support.mutators import MUTATORS, break_corpus
from warclaims.errors import WarclaimsError
from warclaims.validation import validate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from support.mutation import Mutator
    from warclaims.corpus import Corpus

    Judge = Callable[[Path], tuple[int, frozenset[str]]]

DETECTED = 0.99
"""Of so many edits the declared code must be found."""


@dataclass(frozen=True)
class Edit:
    """An edit, and what the validator made of it."""

    mutator: Mutator
    where: str
    status: int
    found: frozenset[str]

    @property
    def detected(self) -> bool:
        """True if the command fails and gives a declared code."""
        return self.status == 1 and bool(self.found & self.mutator.codes)

    def __str__(self) -> str:
        """The edit in one line."""
        declared, found = ", ".join(sorted(self.mutator.codes)), ", ".join(sorted(self.found))
        return (
            f"{self.mutator.name} in {self.where}: declared {declared}; "
            f"exit status {self.status}, found {found or 'nothing'}"
        )


def in_process(root: Path) -> tuple[int, frozenset[str]]:
    """The exit status of ``warclaims validate``, and the codes it shows."""
    try:
        found = frozenset(finding.code for finding in validate(warclaims.open(root)))
    except WarclaimsError:
        return 2, frozenset()
    return (1 if found else 0), found


def by_command(root: Path) -> tuple[int, frozenset[str]]:
    """As :func:`in_process`, by the command itself."""
    command = [sys.executable, "-m", "warclaims", "--corpus", str(root), "validate"]
    done = subprocess.run(
        [*command, "--format", "json"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    codes = {mutator for mutator in _ALL_CODES if f'"{mutator}"' in done.stdout}
    return done.returncode, frozenset(codes)


_ALL_CODES = frozenset(code for mutator in MUTATORS for code in mutator.codes)


class Copy:
    """A copy of a corpus that can be put back as it was."""

    def __init__(self, corpus: Corpus, root: Path) -> None:
        self.root = root
        for folder in ("seeds", "annotations"):
            shutil.copytree(corpus.root / folder, root / folder)
        self._files = self._read()

    def _read(self) -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in self.root.rglob("*") if path.is_file()}

    def restore(self) -> None:
        """Undo whatever was done to its files."""
        now = self._read()
        for path in now.keys() - self._files.keys():
            path.unlink()
        for path, data in self._files.items():
            if now.get(path) != data:
                path.write_bytes(data)


def edits(
    corpus: Corpus, root: Path, number: int, seed: int, judge: Judge = in_process
) -> Iterator[Edit]:
    """Break a copy of the corpus in the new folder ``root`` ``number`` times, each time anew.

    Every mutator comes up before one comes up again; those that find no place in it are passed by.
    """
    copy = Copy(corpus, root)
    random = Random(seed)
    waiting: list[Mutator] = []
    done = 0
    while done < number:
        if not waiting:
            waiting = list(MUTATORS)
            random.shuffle(waiting)
        try:
            mutator, where = break_corpus(root, random, corpus, (waiting.pop(),))
        except NoPlace:
            continue
        status, found = judge(root)
        copy.restore()
        done += 1
        yield Edit(mutator, where, status, found)

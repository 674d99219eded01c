"""The ledger of a pull: whatever it holds, work comes in, or is reported, or the error is clean."""

from __future__ import annotations

import copy
import shutil
import tempfile
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

from browser import Board
from simulated import Simulated

import warclaims
from fuzz.properties import MINI, sampled
from warclaims.errors import WarclaimsError
from warclaims.labelstudio import task
from warclaims.studio import pull as pulling
from warclaims.studio import push as pushing
from warclaims.studio.home import Home
from warclaims.studio.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator

pulls_on = 20
"""A pull is made with one input of so many, as it takes a hundred times longer than reading."""

CORPUS = b"@CORPUS@"
"""Stands in the input for the folder of the corpus, so that the input is the same each time."""


@cache
def _keep() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="fuzz-")


@cache
def _desk() -> Simulated:
    """A document on a server: something was pulled, then more was done there and in the corpus."""
    folder = Path(_keep().name)
    corpus = warclaims.open(shutil.copytree(MINI, folder / "corpus"))
    board = Board(task(corpus.bundle("one"), corpus.registries))
    desk = Simulated(corpus, board, Ledger(Home(folder / "home"), "http://server", 3))
    board.draw("location", "no town", location_level=["nominal"])
    with _served(desk):
        desk.pull()
    board.set("location-1-l1", "location_level", ["nominal"])
    desk.note("locations", "l2", "changed here")
    return desk


@contextmanager
def _served(desk: Simulated) -> Iterator[None]:
    """Let push and pull find the desk's task on the server."""

    def held(*_: object) -> Iterator[object]:
        return iter([desk.held()])

    with (
        mock.patch.multiple(pulling, server_tasks=held, duplicates=lambda *_: {}),
        mock.patch.object(pushing, "server_tasks", held),
    ):
        yield


@cache
def _file() -> Path:
    (found,) = Path(_keep().name, "home").rglob("pulled/gold/one.json")
    return found


def seed() -> bytes:
    """The ledger as a pull writes it."""
    desk = _desk()
    return _file().read_bytes().replace(str(desk.corpus.root.resolve()).encode(), CORPUS)


def ledger(data: bytes) -> None:
    """Read a ledger that holds ``data``; pull with it, and look what a push would do."""
    desk = _desk()
    path = _file()
    corpus = desk.corpus.layout.annotation_file("gold", "one")
    kept = path.read_bytes(), corpus.read_bytes(), copy.deepcopy(desk.board.task)
    sent = desk.held().origin
    path.write_bytes(data.replace(CORPUS, str(desk.corpus.root.resolve()).encode()))
    try:
        desk.ledger.history("gold", "one", sent)
        if not sampled(data, pulls_on):
            return
        with _served(desk), suppress(WarclaimsError):
            desk.fate_of_a_push()
            for finding in desk.pull().findings:
                str(finding)
            desk.fate_of_a_push()
    finally:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(kept[0])
        corpus.write_bytes(kept[1])
        desk.board.task = kept[2]
        for beside in corpus.parent.glob(".*"):
            beside.unlink()

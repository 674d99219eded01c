"""Commands in processes of their own, from one that has all modules already."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from processes import Commands
from served import KEY

from warclaims.studio.connection import KEY as KEY_VARIABLE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def place(tmp_path_factory) -> Path:
    """A folder for what the commands write; their temporary folder is ``tmp`` in it."""
    found: Path = tmp_path_factory.mktemp("commands")
    for name in ("said", "tmp"):
        (found / name).mkdir()
    return found


@pytest.fixture(scope="session")
def commands(place) -> Iterator[Commands]:
    found = Commands(
        place / "said",
        {"TMPDIR": str(place / "tmp"), KEY_VARIABLE: KEY, "NO_COLOR": "1"},
        prepared=False,  # for the shipped corpus, which none of them opens
    )
    yield found
    found.close()

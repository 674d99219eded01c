"""A corpus to import into."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def own(cli, tmp_path) -> Path:
    """An empty corpus of one's own."""
    assert cli("new", tmp_path / "own").returncode == 0
    return tmp_path / "own"

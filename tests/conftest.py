"""Corpora to test with: a small made-up one, copied fresh for each test, and the shipped one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture
def mini(tmp_path: Path) -> Path:
    """A copy of the corpus ``fixtures/mini`` (two made-up texts) to change at will."""
    return shutil.copytree(FIXTURES / "mini", tmp_path / "mini")


@pytest.fixture(scope="session")
def shipped() -> Path:
    """The repository itself, which is the shipped corpus. Read only."""
    return Path(__file__).parents[1]

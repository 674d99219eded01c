"""The command line as a user meets it: a process, its output and its exit status."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def warclaims(tmp_path):
    """Run ``warclaims`` with the given arguments in an empty directory."""
    here = tmp_path / "here"
    here.mkdir()

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "warclaims", *map(str, arguments)],
            cwd=here,
            env={**os.environ, "NO_COLOR": "1", "COLUMNS": "200", "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    return run

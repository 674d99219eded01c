"""Corpora to test with: a small made-up one, copied fresh for each test, and the shipped one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import settings
from hypothesis.configuration import set_hypothesis_home_dir

FIXTURES = Path(__file__).parent / "fixtures"

# Hypothesis keeps examples and constants in the working directory unless told otherwise.
_hypothesis_home = tempfile.TemporaryDirectory(prefix="hypothesis-")
set_hypothesis_home_dir(_hypothesis_home.name)
settings.register_profile("repeatable", derandomize=True, database=None, deadline=None)
settings.load_profile("repeatable")


@pytest.fixture
def mini(tmp_path: Path) -> Path:
    """A copy of the corpus ``fixtures/mini`` (two made-up texts) to change at will."""
    return shutil.copytree(FIXTURES / "mini", tmp_path / "mini")


@pytest.fixture(scope="session")
def shipped() -> Path:
    """The repository itself, which is the shipped corpus. Read only."""
    return Path(__file__).parents[1]


@pytest.fixture
def cli(tmp_path):
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


@pytest.fixture
def quick_cli(capsys, monkeypatch):
    """Run ``warclaims`` in this process, for speed: exit status, output, errors."""
    from warclaims.commands import main

    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("NO_COLOR", "1")

    def run(*arguments: str | Path) -> SimpleNamespace:
        capsys.readouterr()
        with pytest.raises(SystemExit) as done:
            main([str(argument) for argument in arguments])
        shown = capsys.readouterr()
        return SimpleNamespace(returncode=done.value.code, stdout=shown.out, stderr=shown.err)

    return run

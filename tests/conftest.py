"""Corpora to test with: a small made-up one, copied fresh for each test, and the shipped one."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.configuration import set_hypothesis_home_dir

from sizes import SOAK
from warclaims.commands import main

FIXTURES = Path(__file__).parent / "fixtures"

PLAIN = {"NO_COLOR": "1", "COLUMNS": "200", "PYTHONUTF8": "1"}
"""Makes what is printed the same everywhere."""

# Hypothesis keeps examples and constants in the working directory unless told otherwise.
_hypothesis_home = tempfile.TemporaryDirectory(prefix="hypothesis-")
set_hypothesis_home_dir(_hypothesis_home.name)
settings.register_profile(
    "repeatable",
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],  # it asks the clock
)
settings.load_profile("repeatable")


@pytest.fixture
def count(record_property):
    """Say what a test of ``make soak`` did, such as ``count("50 rounds")``; printed at the end."""
    return lambda words: record_property("count", words)


def pytest_runtest_makereport(item, call):
    """Give the tests of ``make soak`` what is printed of them, also where several processes run."""
    if call.when == "call" and item.get_closest_marker("soak"):
        item.user_properties.append(("soak", item.name.removeprefix("test_").replace("_", " ")))
        if getattr(item.obj, "hypothesis", None) is not None:
            number = item.obj._hypothesis_internal_use_settings.max_examples
            item.user_properties.append(("count", f"{number:,} examples"))


def pytest_terminal_summary(terminalreporter):
    """Print a line for each property that ``make soak`` tried."""
    if not SOAK:
        return
    terminalreporter.section("soak")
    for outcome in ("passed", "failed"):
        for report in terminalreporter.stats.get(outcome, ()):
            told = [words for key, words in report.user_properties if key == "count"]
            for key, words in report.user_properties:
                if key == "soak":
                    numbers = ", ".join([*told, f"{report.duration:.0f} s"])
                    terminalreporter.line(f"{outcome}  {words}: {numbers}")


@pytest.fixture
def mini(tmp_path: Path) -> Path:
    """A copy of the corpus ``fixtures/mini`` (two made-up texts) to change at will."""
    return shutil.copytree(FIXTURES / "mini", tmp_path / "mini")


@pytest.fixture(scope="session")
def shipped() -> Path:
    """The repository itself, which is the shipped corpus. Read only."""
    return Path(__file__).parents[1]


@pytest.fixture
def cli(tmp_path, monkeypatch):
    """Run ``warclaims`` with the given arguments in an empty directory.

    It runs in this process: starting Python and importing everything takes longer than most
    commands. A test of what only a process of its own can show starts one.
    """
    here = tmp_path / "here"
    here.mkdir()

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = list(map(str, arguments))
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n") for _ in range(2))
        with monkeypatch.context() as during:
            during.chdir(here)
            for name, value in PLAIN.items():
                during.setenv(name, value)
            during.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(), "utf-8"))
            during.setattr(sys, "stdout", out)
            during.setattr(sys, "stderr", err)
            status = _status_of(command)
            out.flush()
            err.flush()
        said, errors = (stream.buffer.getvalue().decode() for stream in (out, err))
        return subprocess.CompletedProcess(command, status, said, errors)

    return run


def _status_of(command: list[str]) -> int:
    """The exit status of a command; a traceback is printed, as the interpreter would."""
    try:
        main(command)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except Exception:
        traceback.print_exc()
        return 1
    return 0

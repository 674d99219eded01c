"""Corpora to test with: a small made-up one, copied fresh for each test, and the shipped one."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.configuration import set_hypothesis_home_dir

from command_line import run
from sizes import SOAK

FIXTURES = Path(__file__).parent / "fixtures"

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
def cli(tmp_path):
    """Run ``warclaims`` with the given arguments in an empty directory, in this process."""
    here = tmp_path / "here"
    here.mkdir()
    return lambda *arguments: run(arguments, here)

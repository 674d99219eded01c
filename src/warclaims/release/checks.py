"""The checks of a release, each a function from the repository to what is wrong in it."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from warclaims import about
from warclaims.corpus import Corpus
from warclaims.release.distributions import built_twice, installed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@dataclass(frozen=True)
class Check:
    """A check: its name on the command line, what holds if nothing is wrong, and how to see it."""

    name: str
    holds: str
    problems: Callable[[Path], list[str]]


def _committed(root: Path) -> list[str]:
    run = _git(root, "status", "--porcelain")
    if run.returncode:
        return [f"{root} is no git repository: {run.stderr.strip()}"]
    return [f"{line[3:]} is not committed" for line in run.stdout.splitlines()]


def _valid(root: Path) -> list[str]:
    from warclaims.validation import validate

    return [str(finding) for finding in validate(Corpus(root)) if not finding.waived]


def _current(root: Path) -> list[str]:
    from warclaims.build import builder
    from warclaims.errors import WarclaimsError

    try:
        drifts = builder.check(Corpus(root))
    except WarclaimsError as error:
        return [str(error).splitlines()[0]]
    return [f"{drift.path} {drift.reason}; warclaims build" for drift in drifts]


_HEADING = re.compile(r"^## (\S+) – (\d{4}-\d{2}-\d{2})$", re.MULTILINE)
PARTS = ("Data", "Schema", "Code")
"""What the changelog says of a version, each under a heading of its own."""


def _told(root: Path) -> list[str]:
    path = root / "CHANGELOG.md"
    if not path.is_file():
        return ["CHANGELOG.md is missing"]
    text = path.read_text("utf-8")
    found = list(_HEADING.finditer(text))
    if not found:
        return [f"CHANGELOG.md has no version; it begins with: ## {about.VERSION} – DATE"]
    version, date = found[0].groups()
    problems = []
    if version != about.VERSION:
        problems.append(f"CHANGELOG.md begins with {version}, the package is {about.VERSION}")
    elif date != about.RELEASED:
        problems.append(f"CHANGELOG.md dates {version} {date}, about.py {about.RELEASED}")
    end = found[1].start() if len(found) > 1 else len(text)
    section = text[found[0].end() : end]
    problems += [
        f"CHANGELOG.md says nothing of {part} in {version}"
        for part in PARTS
        if f"\n### {part}\n" not in section
    ]
    return problems


def _stepped(root: Path) -> list[str]:
    """The step from the last released version is at least what the difference demands."""
    from warclaims.versions import compare, open_version, step
    from warclaims.versions.step import demanded, taken

    tags = _git(root, "tag", "--list", "v*.*.*", "--sort=-v:refname").stdout.split()
    last = next((tag for tag in tags if tag != f"v{about.VERSION}"), None)
    if last is None:
        return []  # the first release
    with open_version(last, root) as old:
        demand = step(compare(old, Corpus(root)))
    least = demanded(last[1:], demand.step)
    try:
        made = taken(last[1:], about.VERSION)
    except ValueError as error:
        return [f"{error} (tag {last})"]
    if made < least:
        return [
            f"{about.VERSION} is a {made.name.lower()} step from {last}, but a "
            f"{least.name.lower()} one is demanded: {demand.reason}"
        ]
    return []


def _readme(root: Path) -> list[str]:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--tb=line"]
    run = subprocess.run(
        [*command, "tests/test_readme.py"], cwd=root, capture_output=True, text=True, check=False
    )
    if not run.returncode:
        return []
    lines = (run.stdout + run.stderr).splitlines()
    return [line for line in lines if line.startswith(("FAILED", "ERROR", "E "))] or lines[-1:]


def _git(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = ["git", "-C", str(root), *arguments]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        return subprocess.CompletedProcess(command, 1, "", str(error))


CHECKS = tuple(
    Check(*check)
    for check in (
        ("valid", "the corpus has no finding but waived ones", _valid),
        ("current", "everything generated is what the sources and the facts give", _current),
        ("changelog", "the changelog begins with this version, its date and its parts", _told),
        ("step", "the version is the step that the difference to the last demands", _stepped),
        ("committed", "git has everything that is here", _committed),
        ("readme", "the commands and the code of the README run", _readme),
        ("twice", "wheel and source archive, built twice, are the same bytes", built_twice),
        ("installed", "the wheel, installed by itself, validates and loads every table", installed),
    )
)
"""Every check, the quick ones first."""

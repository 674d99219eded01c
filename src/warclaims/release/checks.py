"""The checks of a release, each a function from the repository to what is wrong in it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from warclaims import about
from warclaims.corpus import Corpus
from warclaims.errors import WarclaimsError
from warclaims.files import read_file, read_words
from warclaims.release.distributions import built_twice, installed, stated_version

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@dataclass(frozen=True)
class Check:
    """A check: its name on the command line, what holds if nothing is wrong, and how to see it."""

    name: str
    holds: str
    look: Callable[[Path], list[str]]
    notes: Callable[[Path], list[str]] = lambda root: []
    """What is to be known, and yet no problem."""

    def problems(self, root: Path) -> list[str]:
        """What is wrong in the repository; what keeps the check from being made is wrong, too."""
        try:
            return self.look(root)
        except (WarclaimsError, OSError, UnicodeError) as error:
            return str(error).splitlines()


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

    try:
        problems = [
            f"{drift.path} {drift.reason}; warclaims build" for drift in builder.check(Corpus(root))
        ]
    except WarclaimsError as error:
        problems = str(error).splitlines()[:1]
    return [*_not_built_from(root), *problems, *_package(root), *_measured(root)]


def _not_built_from(root: Path) -> list[str]:
    """The sources that changed since the tables were built: why the tables drift."""
    from warclaims.build.manifest import MANIFEST, source_hashes

    layout = Corpus(root).layout
    path = layout.tables / MANIFEST
    try:
        recorded = dict(json.loads(read_file(path))["sources"])
    except (OSError, ValueError, KeyError, TypeError):
        return []  # the manifest itself has drifted
    found = source_hashes(layout)
    return [
        f"{name} is not what {layout.relative(path)} was built from"
        for name in sorted(recorded.keys() | found.keys())
        if recorded.get(name) != found.get(name)
    ]


def _package(root: Path) -> list[str]:
    """The version that a wheel would state is the declared one."""
    try:
        version = stated_version(root)
    except WarclaimsError as error:
        return [str(error)]
    if version == about.VERSION:
        return []
    return [f"pyproject.toml makes a package of version {version}, __init__.py is {about.VERSION}"]


_MEASURED = re.compile(r"\bwarclaims (\d+)\.(\d+)\.\d+")


def _measured(root: Path) -> list[str]:
    """The figures of speed are of this version, but for corrections."""
    path = root / "benchmarks" / "results.md"
    if not path.is_file():
        return []
    found = _MEASURED.search(read_words(path))
    if found and [*found.groups()] == about.VERSION.split(".")[:2]:
        return []
    measured = found[0] if found else "no version"
    return [f"benchmarks/results.md is of {measured}, the package is {about.VERSION}; make bench"]


_HEADING = re.compile(r"^## (\S+) – (\d{4}-\d{2}-\d{2})$", re.MULTILINE)
PARTS = ("Data", "Schema", "Code")
"""What the changelog says of a version, each under a heading of its own."""


def _told(root: Path) -> list[str]:
    path = root / "CHANGELOG.md"
    if not path.is_file():
        return ["CHANGELOG.md is missing"]
    text = read_words(path)
    found = list(_HEADING.finditer(text))
    if not found:
        return [f"CHANGELOG.md has no version; it has to begin with: ## {about.VERSION} – DATE"]
    version, date = found[0].groups()
    problems = []
    if version != about.VERSION:
        problems.append(f"CHANGELOG.md begins with {version}, __init__.py is {about.VERSION}")
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


class _Tag(NamedTuple):
    """A released version; the order is that of the versions."""

    version: tuple[int, int, int]
    name: str


_TAG = re.compile(r"v(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")


def _tags(root: Path) -> list[_Tag]:
    """The released versions, the oldest first. Tags of another form are no versions.

    Raises:
        WarclaimsError: git cannot tell.
    """
    run = _git(root, "tag", "--list")
    if run.returncode:
        raise WarclaimsError(f"the tags of {root} cannot be listed: {run.stderr.strip()}")
    found = [_TAG.fullmatch(name) for name in run.stdout.split()]
    return sorted(
        _Tag((int(match[1]), int(match[2]), int(match[3])), match[0]) for match in found if match
    )


def _stepped(root: Path) -> list[str]:
    """What is released stays; the step from the last version is at least what is demanded."""
    from warclaims.versions import compare, open_version, step
    from warclaims.versions.step import demanded, taken

    tags = {tag.name: tag for tag in _tags(root)}
    problems = []
    own = tags.pop(f"v{about.VERSION}", None)
    if own is not None:
        with open_version(own.name, root) as released:
            demand = step(compare(released, Corpus(root)))
        if demand.step:
            problems.append(
                f"{about.VERSION} is released already (tag {own.name}), and there is a difference "
                f"to it: {demand.reason}; give the corpus a new version (warclaims diff "
                f"{own.name} . lists all)"
            )
    if not tags:
        return problems
    last = max(tags.values()).name
    with open_version(last, root) as old:
        demand = step(compare(old, Corpus(root)))
    least = demanded(last[1:], demand.step)
    try:
        made = taken(last[1:], about.VERSION)
    except ValueError as error:
        return [*problems, f"{error} (tag {last})"]
    if made < least:
        problems.append(
            f"{about.VERSION} is a {made.name.lower()} step from {last}, but a "
            f"{least.name.lower()} one is demanded: {demand.reason}"
        )
    return problems


def _compared_with(root: Path) -> list[str]:
    """With what the version was compared, where that is not plain."""
    try:
        tags = _tags(root)
    except WarclaimsError:
        return []
    if tags:
        return []
    shallow = _git(root, "rev-parse", "--is-shallow-repository").stdout.strip() == "true"
    return [
        "there is no tag vX.Y.Z, so this is taken for the first release and compared with nothing"
        + (
            "; the checkout is shallow and may lack them: git fetch --tags --unshallow"
            if shallow
            else "; if there was one: git fetch --tags"
        )
    ]


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
        (
            "step",
            "what is released stays, and the version is the step that the difference demands",
            _stepped,
            _compared_with,
        ),
        ("committed", "git has everything that is here", _committed),
        ("readme", "the commands and the code of the README run", _readme),
        ("twice", "wheel and source archive, built twice, are the same bytes", built_twice),
        ("installed", "the wheel, installed by itself, validates and loads every table", installed),
    )
)
"""Every check, the quick ones first."""

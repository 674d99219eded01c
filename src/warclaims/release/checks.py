"""The checks of a release, each a function from the repository to what is wrong in it."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from warclaims.build.metadata import PACKAGE
from warclaims.corpus import Corpus
from warclaims.errors import WarclaimsError
from warclaims.files import read_words
from warclaims.release.distributions import built_twice, installed, stated_version
from warclaims.versions.git import run_git

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from warclaims.records import CorpusDescription


@dataclass(frozen=True)
class Check:
    """A check: its name on the command line, what holds if nothing is wrong, and how to see it."""

    name: str
    holds: str
    look: Callable[[Path], list[str]]
    notes: Callable[[Path], list[str]] = lambda root: []
    """What is to be known, and yet no problem."""
    of_package: bool = False
    """True if it only applies to a corpus that is also a Python package."""

    def applies(self, root: Path) -> bool:
        """True if the check applies to the corpus at ``root``."""
        return not self.of_package or is_package(root)

    def problems(self, root: Path) -> list[str]:
        """What is wrong in the repository; what keeps the check from being made is wrong, too."""
        try:
            return self.look(root)
        except (WarclaimsError, OSError, UnicodeError) as error:
            return str(error).splitlines()


def _committed(root: Path) -> list[str]:
    run = run_git(root, "status", "--porcelain", "--ignore-submodules=dirty", "--", ".")
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
    from warclaims.build.manifest import MANIFEST, recorded, source_hashes

    layout = Corpus(root).layout
    path = layout.tables / MANIFEST
    built_from = recorded(layout, "sources")
    if not built_from:
        return []  # the manifest itself has drifted
    found = source_hashes(layout)
    return [
        f"{name} is not what {layout.relative(path)} was built from"
        for name in sorted(built_from.keys() | found.keys())
        if built_from.get(name) != found.get(name)
    ]


def _description(root: Path) -> CorpusDescription:
    """What the corpus says about itself.

    Raises:
        WarclaimsError: it has no ``corpus.toml``, or one that is not valid.
    """
    corpus = Corpus(root)
    if corpus.description is None:
        raise WarclaimsError(
            f"{corpus.layout.description} does not exist; it gives title, version and licences"
        )
    return corpus.description


def _version(root: Path) -> str:
    """The version of the corpus.

    Raises:
        WarclaimsError: ``corpus.toml`` gives none.
    """
    version = _description(root).version
    if version is None:
        raise WarclaimsError('corpus.toml does not give version; add: version = "0.1.0"')
    return version


def _described(root: Path) -> list[str]:
    """What others need to cite and reuse the corpus."""
    return [f"corpus.toml does not give {key}" for key in _description(root).missing]


def is_package(root: Path) -> bool:
    """True if the corpus at ``root`` is also a Python package: it declares a licence of its code.

    Raises:
        WarclaimsError: it has no ``corpus.toml``, or one that is not valid.
    """
    return (root / PACKAGE).is_file() and _description(root).licences.code is not None


def _package(root: Path) -> list[str]:
    """A wheel would state the version of the corpus."""
    if not is_package(root):
        return []
    try:
        version = stated_version(root)
    except WarclaimsError as error:
        return [str(error)]
    declared = _version(root)
    if version == declared:
        return []
    return [f"pyproject.toml makes a package of version {version}, corpus.toml has {declared}"]


_MEASURED = re.compile(r"\bwarclaims (\d+)\.(\d+)\.\d+")


def _measured(root: Path) -> list[str]:
    """The figures of speed are of this version, but for corrections."""
    path = root / "benchmarks" / "results.md"
    if not path.is_file() or not is_package(root):
        return []
    declared = _version(root)
    found = _MEASURED.search(read_words(path))
    if found and [*found.groups()] == declared.split(".")[:2]:
        return []
    measured = found[0] if found else "no version"
    return [f"benchmarks/results.md is of {measured}, the corpus is {declared}; make bench"]


_HEADING = re.compile(r"^## (\S+) – (\d{4}-\d{2}-\d{2})$", re.MULTILINE)
PARTS = ("Data", "Schema", "Code")
"""What the changelog of a package says of a version, each under a heading of its own."""


def _told(root: Path) -> list[str]:
    path = root / "CHANGELOG.md"
    about = _description(root)
    if not path.is_file():
        return ["CHANGELOG.md is missing"]
    text = read_words(path).replace("\r\n", "\n")
    found = list(_HEADING.finditer(text))
    if not found:
        return [f"CHANGELOG.md has no version; it has to begin with: ## {_version(root)} – DATE"]
    version, date = found[0].groups()
    problems = []
    if version != about.version:
        problems.append(f"CHANGELOG.md begins with {version}, corpus.toml has {about.version}")
    elif date != str(about.released):
        stated = f"gives {about.released}" if about.released else "gives no date (released)"
        problems.append(f"CHANGELOG.md dates {version} {date}, corpus.toml {stated}")
    end = found[1].start() if len(found) > 1 else len(text)
    section = text[found[0].end() : end]
    problems += [
        f"CHANGELOG.md says nothing of {part} in {version}"
        for part in (PARTS if is_package(root) else ())
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
    run = run_git(root, "tag", "--list")
    if run.returncode:
        raise WarclaimsError(f"the tags of {root} cannot be listed: {run.stderr.strip()}")
    found = [_TAG.fullmatch(name) for name in run.stdout.split()]
    return sorted(
        _Tag((int(match[1]), int(match[2]), int(match[3])), match[0]) for match in found if match
    )


def _stepped(root: Path) -> list[str]:
    """What is released stays; the step from the last version is at least what is demanded."""
    from warclaims.versions import compare, open_version, required_step
    from warclaims.versions.step import step_between, step_from

    tags = {tag.name: tag for tag in _tags(root)}
    problems = []
    version = _version(root)
    own = tags.pop(f"v{version}", None)
    if own is not None:
        with open_version(own.name, root) as released:
            demand = required_step(compare(released, Corpus(root)))
        if demand.step:
            problems.append(
                f"{version} is released already (tag {own.name}), and there is a difference "
                f"to it: {demand.reason}; give the corpus a new version (warclaims diff "
                f"{own.name} . lists all)"
            )
    if not tags:
        return problems
    last = max(tags.values()).name
    with open_version(last, root) as old:
        demand = required_step(compare(old, Corpus(root)))
    least = step_from(last[1:], demand.step)
    try:
        made = step_between(last[1:], version)
    except ValueError as error:
        return [*problems, f"{error} (tag {last})"]
    if made < least:
        problems.append(
            f"{version} is a {made.name.lower()} step from {last}, but a "
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
    shallow = run_git(root, "rev-parse", "--is-shallow-repository").stdout.strip() == "true"
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


CHECKS = (
    Check("valid", "the corpus has no finding but waived ones", _valid),
    Check("described", "corpus.toml gives what others need to cite and reuse it", _described),
    Check("current", "everything generated is what the sources and corpus.toml give", _current),
    Check("changelog", "the changelog begins with this version, its date and its parts", _told),
    Check(
        "step",
        "what is released stays, and the version is the step that the difference demands",
        _stepped,
        _compared_with,
    ),
    Check("committed", "git has everything that is here", _committed),
    Check("readme", "the commands and the code of the README run", _readme, of_package=True),
    Check(
        "twice",
        "wheel and source archive, built twice, are the same bytes",
        built_twice,
        of_package=True,
    ),
    Check(
        "installed",
        "the wheel, installed by itself, validates and loads every table",
        installed,
        of_package=True,
    ),
)
"""Every check, the quick ones first."""

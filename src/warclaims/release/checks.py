"""The checks before a release, each a function from the repository to a list of problems."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from warclaims.build.metadata import PACKAGE
from warclaims.corpus import Corpus
from warclaims.errors import WarclaimsError
from warclaims.files import read_words
from warclaims.versions.git import run_git

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from warclaims.records import CorpusDescription
    from warclaims.versions.step import RequiredStep


@dataclass(frozen=True)
class ReleaseCheck:
    """A check before a release.

    Attributes:
        name: Its name on the command line.
        holds: What is true if there is no problem.
        find: Lists the problems of a repository.
        notes: Lists remarks that are not problems.
    """

    name: str
    holds: str
    find: Callable[[Path], list[str]]
    notes: Callable[[Path], list[str]] = lambda root: []

    def problems(self, root: Path) -> list[str]:
        """What is wrong in the repository, including what prevents the check."""
        try:
            return self.find(root)
        except (WarclaimsError, OSError, UnicodeError) as error:
            return str(error).splitlines()


def _uncommitted(root: Path) -> list[str]:
    run = run_git(root, "status", "--porcelain", "--ignore-submodules=dirty", "--", ".")
    if run.returncode:
        return [f"{root} is not a git repository: {run.stderr.strip()}"]
    return [f"{line[3:]} is not committed" for line in run.stdout.splitlines()]


def _findings(root: Path) -> list[str]:
    from warclaims.validation import validate

    return [str(finding) for finding in validate(Corpus(root)) if not finding.waived]


def _outdated(root: Path) -> list[str]:
    from warclaims.build import builder

    try:
        problems = [
            f"{drift.path} {drift.reason}; warclaims build" for drift in builder.check(Corpus(root))
        ]
    except WarclaimsError as error:
        problems = str(error).splitlines()[:1]
    return [*_changed_sources(root), *problems, *_older_benchmarks(root)]


def _changed_sources(root: Path) -> list[str]:
    """The source files that changed since the tables were built."""
    from warclaims.build.manifest import MANIFEST, recorded, source_hashes

    corpus = Corpus(root)
    layout = corpus.layout
    path = layout.tables / MANIFEST
    built_from = recorded(layout, "sources")
    if not built_from:
        return []  # the manifest itself has drifted
    found = source_hashes(corpus)
    return [
        f"{name} is not what {layout.relative(path)} was built from"
        for name in sorted(built_from.keys() | found.keys())
        if built_from.get(name) != found.get(name)
    ]


def described(root: Path) -> CorpusDescription:
    """The contents of ``corpus.toml``.

    Raises:
        WarclaimsError: the corpus has no ``corpus.toml``, or one that is not valid.
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
        WarclaimsError: ``corpus.toml`` has no version.
    """
    version = described(root).version
    if version is None:
        raise WarclaimsError('corpus.toml does not give version; add: version = "0.1.0"')
    return version


def _missing_facts(root: Path) -> list[str]:
    """The facts missing for others to cite and reuse the corpus."""
    return [f"corpus.toml does not give {key}" for key in described(root).missing]


def _is_package(root: Path) -> bool:
    """True if the corpus at ``root`` is also a Python package: it declares a licence of its code.

    Raises:
        WarclaimsError: the corpus has no ``corpus.toml``, or one that is not valid.
    """
    return (root / PACKAGE).is_file() and described(root).licences.code is not None


_MEASURED = re.compile(r"\bwarclaims (\d+)\.(\d+)\.\d+")


def _older_benchmarks(root: Path) -> list[str]:
    """Benchmarks of another major or minor version."""
    path = root / "benchmarks" / "results.md"
    if not path.is_file() or not _is_package(root):
        return []
    declared = _version(root)
    found = _MEASURED.search(read_words(path))
    if found and [*found.groups()] == declared.split(".")[:2]:
        return []
    measured = found[0] if found else "no version"
    return [f"benchmarks/results.md is of {measured}, the corpus is {declared}; make bench"]


_HEADING = re.compile(r"^## (\S+) – (\d{4}-\d{2}-\d{2})$", re.MULTILINE)
PARTS = ("Data", "Schema", "Code")
"""The headings that each version in the changelog of a package has."""


def _changelog_problems(root: Path) -> list[str]:
    """Where the changelog does not fit ``corpus.toml``."""
    path = root / "CHANGELOG.md"
    about = described(root)
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
        for part in (PARTS if _is_package(root) else ())
        if f"\n### {part}\n" not in section
    ]
    return problems


_TAG = re.compile(r"v(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")


def _tags(root: Path) -> list[str]:
    """The tags of released versions, oldest first. Tags not of the form vX.Y.Z are ignored.

    Raises:
        WarclaimsError: git cannot list the tags.
    """
    run = run_git(root, "tag", "--list")
    if run.returncode:
        raise WarclaimsError(f"the tags of {root} cannot be listed: {run.stderr.strip()}")
    found = [match for match in map(_TAG.fullmatch, run.stdout.split()) if match]
    return [match[0] for match in sorted(found, key=lambda match: [*map(int, match.groups())])]


def _step_problems(root: Path) -> list[str]:
    """Changes to a released version, and a version number too close to the last release."""
    from warclaims.versions.step import step_between, step_from

    tags = _tags(root)
    problems = []
    version = _version(root)
    own = f"v{version}"
    if own in tags:
        tags.remove(own)
        required = _required_since(own, root)
        if required.step:
            problems.append(
                f"{version} is released already (tag {own}), and there is a difference to it: "
                f"{required.reason}; give the corpus a new version (warclaims diff {own} . lists "
                "all)"
            )
    if not tags:
        return problems
    last = tags[-1]
    required = _required_since(last, root)
    least = step_from(last[1:], required.step)
    try:
        made = step_between(last[1:], version)
    except ValueError as error:
        return [*problems, f"{error} (tag {last})"]
    if made < least:
        problems.append(
            f"{version} is a {made.name.lower()} step from {last}, but a {least.name.lower()} one "
            f"is required: {required.reason}"
        )
    return problems


def _required_since(tag: str, root: Path) -> RequiredStep:
    """The step that the difference to a released version requires."""
    from warclaims.versions import compare, open_version, required_step

    with open_version(tag, root) as released:
        return required_step(compare(released, Corpus(root)))


def _nothing_to_compare_with(root: Path) -> list[str]:
    """A note if there is no earlier version to compare with."""
    try:
        if _tags(root):
            return []
    except WarclaimsError:
        return []
    shallow = run_git(root, "rev-parse", "--is-shallow-repository").stdout.strip() == "true"
    hint = "The checkout is shallow and may lack tags" if shallow else "If there was one"
    return [
        "no tag vX.Y.Z, so this counts as the first release and is compared with nothing. "
        f"{hint}: git fetch --tags{' --unshallow' * shallow}"
    ]


CHECKS = (
    ReleaseCheck("valid", "the corpus has no findings except waived ones", _findings),
    ReleaseCheck(
        "described", "corpus.toml has what others need to cite and reuse it", _missing_facts
    ),
    ReleaseCheck("current", "all generated files are up to date", _outdated),
    ReleaseCheck(
        "changelog", "the changelog begins with this version, date and parts", _changelog_problems
    ),
    ReleaseCheck(
        "step",
        "released data is unchanged, and the version is the step that the changes require",
        _step_problems,
        _nothing_to_compare_with,
    ),
    ReleaseCheck("committed", "all files are committed to git", _uncommitted),
)
"""All checks, in the order they run."""

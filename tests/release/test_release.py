"""A release is refused if anything is changed by hand in any one place, and the place is named."""

import json
import os
import subprocess
import sys
import textwrap

import pytest

import warclaims
from repository import copy_of
from warclaims import WarclaimsError
from warclaims.release import CHECKS, Check
from warclaims.release.distributions import LOADS, stated_version

QUICK = ("described", "valid", "current", "changelog", "step")
OURS = warclaims.open().description

# Where, what is written instead of what, and what the report has to name beside the file.
EDITS = {
    "the hash of a text": ("seeds/index.json", '"sha256": "', '"sha256": "0', ""),
    "a text": ("seeds/{004}", "Azerbaijan", "Azerbaijen", ""),
    "an annotation": (
        "annotations/gold/000.json",
        '"status": "military"',
        '"status": "police"',
        "",
    ),
    "a registry": ("annotations/registry/actors.json", '"label": "', '"label": "X', ""),
    "a table": ("corpus/claims.parquet", b"PAR1", b"PAR2", ""),
    "the claims": ("corpus/claims.json", '"minimum":', '"minimum": ', ""),
    "the manifest": ("corpus/manifest.json", '"claims.parquet"', '"claim.parquet"', ""),
    "the manifest's hash of a source": (
        "corpus/manifest.json",
        'seeds/index.json": "',
        'seeds/index.json": "0',
        "",
    ),
    "the Croissant description": ("corpus/croissant.json", '"version": "', '"version": "9', ""),
    "a schema": ("schema/v1/annotations.schema.json", '"minimum": 0', '"minimum": 1', ""),
    "the labelling interface": ("schema/v1/labelstudio.xml", "<View", "<View ", ""),
    "a figure of the page": ("README.md", "| all |  |  |  | ", "| all |  |  |  | 1", ""),
    "a version of the card": ("README.md", "version: ", "version: 9", ""),
    "a version that is added to the card": (
        "README.md",
        "---\n",
        "---\nversion: 9.9.9\n",
        "version",
    ),
    "a DOI that is added to the card": ("README.md", "---\n", "---\ndoi: 10.5072/made-up\n", "doi"),
    "a figure of the datasheet": (
        "docs/datasheet.md",
        "figure: rules -->",
        "figure: rules -->1",
        "",
    ),
    "the rules": ("docs/rules.md", "To mend it", "To mend", ""),
    "the citation": ("CITATION.cff", "version: ", "version: 9", ""),
    "the deposit": (".zenodo.json", '"publication_date": "2', '"publication_date": "3', ""),
    "the code's metadata": ("codemeta.json", '"version": "', '"version": "9', ""),
    "the package's metadata": ("pyproject.toml", "annotated corpus", "corpus", ""),
    "the package's version": (
        "pyproject.toml",
        'dynamic = ["version"]',
        'version = "9.9.9"',
        "9.9.9",
    ),
    "where the package has its version": (
        "pyproject.toml",
        'path = "src/warclaims/__init__.py"',
        'path = "pyproject.toml"\npattern = "python_version = .(?P<version>[0-9.]+)"',
        "3.11",
    ),
    "the changelog's version": ("CHANGELOG.md", "## {version} –", "## 9.9.9 –", "9.9.9"),
    "the changelog's date": ("CHANGELOG.md", "– {date}", "– 2001-01-01", "2001-01-01"),
    "a part of the changelog": (
        "CHANGELOG.md",
        "### Schema\n- Version 1",
        "### Scheme\n- Version 1",
        "Schema",
    ),
    "the measured version": ("benchmarks/results.md", "warclaims ", "warclaims 9", "9"),
}
ALONE = {
    "the hash of a text",
    "a text",
    "a version that is added to the card",
    "a DOI that is added to the card",
}
"""What keeps the rest from being made, so that nothing else could be named beside it."""


def runs():
    """The edits in as few runs as will do: by themselves, or many that are in different files.

    Each file is compared by itself, so that an edit is named if and only if it is seen.
    """
    made = [["an annotation", "a registry"], *([name] for name in EDITS if name in ALONE)]
    shared = [name for name in EDITS if not any(name in names for names in made)]
    while shared:
        first = {EDITS[name][0]: name for name in reversed(shared)}
        made.append(list(first.values()))
        shared = [name for name in shared if name not in made[-1]]
    return made


def git(root, *arguments):
    names = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "tag.gpgsign=false"]
    command = ["git", "-C", str(root), *names, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def copied(shipped, root):
    """A copy of the repository, built anew, whose package then takes it for the shipped corpus."""
    copy_of(shipped, root, "src", "benchmarks")
    git(root, "init", "-q")
    return root


@pytest.fixture(scope="module")
def checkout(shipped, tmp_path_factory):
    return copied(shipped, tmp_path_factory.mktemp("release") / "checkout")


def run(root, *arguments):
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root / "src"), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def release(root, *checks):
    only = [word for name in checks for word in ("--only", name)]
    return run(root, "-m", "warclaims", "release", "--check", *only)


def edit(path, old, new):
    data = path.read_bytes()
    old, new = (words.encode() if isinstance(words, str) else words for words in (old, new))
    assert old in data, (path, old)
    path.write_bytes(data.replace(old, new, 1))


pytestmark = pytest.mark.xdist_group("release")  # the copy is made and checked once

IN_ONE_PROCESS = textwrap.dedent("""
    import json, sys
    from pathlib import Path
    from warclaims.release import CHECKS
    root, said = Path.cwd(), {}
    for names, edits in [([], []), *json.loads(sys.argv[1])]:
        before = {file: (root / file).read_bytes() for file, _, _ in edits}
        for file, old, new in edits:
            edited = before[file].replace(old.encode(), new.encode(), 1)
            assert edited != before[file], (names, file)
            (root / file).write_bytes(edited)
        found = [p for one in CHECKS if one.name in sys.argv[2:] for p in one.problems(root)]
        said |= dict.fromkeys(names or ["nothing"], found)
        for file, data in before.items():
            (root / file).write_bytes(data)
    print(json.dumps(said))
""")


@pytest.fixture(scope="module")
def said(checkout):
    """What the checks say of the repository as it is, and of each edit."""
    seed = next(path.name for path in (checkout / "seeds").glob("004*"))
    facts = {"{version}": OURS.version, "{date}": OURS.iso_date, "{004}": seed}
    edits = {}
    for name, (*words, _) in EDITS.items():
        edits[name] = [one.decode() if isinstance(one, bytes) else one for one in words]
        for mark, fact in facts.items():
            edits[name] = [one.replace(mark, fact) for one in edits[name]]
    plan = [(names, [edits[name] for name in names]) for names in runs()]
    done = run(checkout, "-c", IN_ONE_PROCESS, json.dumps(plan), *QUICK)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_what_nobody_changed_may_be_released(checkout, said):
    assert said["nothing"] == []
    done = release(checkout, *QUICK)
    assert done.returncode == 0, done.stdout
    assert "✗" not in done.stdout
    assert "note: there is no tag vX.Y.Z, so this is taken for the first release" in done.stdout


@pytest.mark.parametrize("name", EDITS)
def test_a_change_in_one_place_is_refused_and_the_place_named(checkout, said, name):
    file, _, _, word = EDITS[name]
    named = file.replace("{004}", next((checkout / "seeds").glob("004*")).name)
    assert [line for line in said[name] if named in line and word in line], said[name]


@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        (
            "src/warclaims/__init__.py",
            f'__version__ = "{OURS.version}"',
            '__version__ = "9.8.7"',
            ("pyproject.toml", "corpus.toml", "corpus/manifest.json"),
        ),
        (
            "corpus.toml",
            f'version = "{OURS.version}"',
            'version = "9.8.7"',
            ("CHANGELOG.md", "README.md", "CITATION.cff", "codemeta.json", "corpus/croissant.json"),
        ),
        (
            "corpus.toml",
            f"released = {OURS.iso_date}",
            "released = 2001-01-01",
            ("CHANGELOG.md", "corpus.toml", "CITATION.cff", ".zenodo.json"),
        ),
    ],
)
def test_another_declared_version_or_date_is_refused(shipped, tmp_path, file, old, new, named):  # noqa: PLR0917
    root = copied(shipped, tmp_path / "checkout")
    edit(root / file, old, new)
    done = release(root, *QUICK)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    for name in named:
        assert name in done.stdout
    assert new.split(" = ")[1].strip('"') in done.stdout


def steps(root):
    (check,) = (one for one in CHECKS if one.name == "step")
    return check.problems(root), check.notes(root)


def describe(root, version=OURS.version):
    (root / "corpus.toml").write_text(f'version = "{version}"\n')


@pytest.fixture
def tagged(mini):
    """A repository of a small corpus, with the version of the package as a tag."""
    describe(mini)
    git(mini, "init", "-q")
    git(mini, "add", ".")
    git(mini, "commit", "-qm", "as it was")
    git(mini, "tag", f"v{OURS.version}")
    return mini


def test_what_is_released_stays(tagged):
    assert steps(tagged) == ([], [])
    edit(tagged / "annotations/gold/one.json", '"cause": "artillery"', '"cause": "air_strike"')
    (problem,), _ = steps(tagged)
    assert problem.startswith(f"{OURS.version} is released already (tag v{OURS.version})")
    assert "gold one casualties c1 was changed" in problem
    git(tagged, "tag", "v0.0.1")  # an older version does not hide it
    assert steps(tagged)[0] == [problem]


def test_tags_of_another_form_are_no_versions(tagged):
    git(tagged, "tag", "-d", f"v{OURS.version}")
    for name in ("v1.x.y", "v9.9.9-rc1", "v01.2.3", "version-1", "v1.2.3.4"):
        git(tagged, "tag", name)
    problems, (note,) = steps(tagged)
    assert problems == []
    assert "no tag vX.Y.Z" in note
    git(tagged, "tag", "v9.9.9")
    (problem,), _ = steps(tagged)
    assert "older than 9.9.9" in problem


def test_a_greater_number_is_a_later_version(tagged):
    for name in ("v0.0.9", "v0.0.10"):
        git(tagged, "tag", name)
    git(tagged, "tag", "-d", f"v{OURS.version}")
    describe(tagged, "0.0.11")
    edit(tagged / "annotations/gold/one.json", '"cause": "artillery"', '"cause": "air_strike"')
    assert steps(tagged) == ([], [])


def test_a_shallow_checkout_is_told(tagged, tmp_path):
    git(tagged, "commit", "-q", "--allow-empty", "-m", "more")
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth=1", "--no-tags", tagged.as_uri(), str(shallow))
    problems, (note,) = steps(shallow)
    assert problems == []
    assert "the checkout is shallow" in note


def test_what_is_no_repository_is_a_problem(mini):
    describe(mini)
    problems, notes = steps(mini)
    assert "cannot be listed" in problems[0]
    assert notes == []


def test_a_tag_that_holds_no_corpus_is_a_problem(tagged):
    git(tagged, "rm", "-rqf", "seeds")
    git(tagged, "commit", "-qm", "none")
    git(tagged, "tag", "v0.0.1")
    git(tagged, "tag", "-d", f"v{OURS.version}")
    git(tagged, "checkout", "-q", "HEAD~", "--", "seeds")
    (problem,), _ = steps(tagged)
    assert "v0.0.1" in problem


def test_an_error_within_a_check_is_a_problem_of_it(mini):
    def fails(root):
        raise WarclaimsError("this is wrong\nand that")

    assert Check("c", "it holds", fails).problems(mini) == ["this is wrong", "and that"]
    (mini / "CHANGELOG.md").write_bytes(b"\xff")
    (mini / "seeds/index.json").write_text("{")
    found = {one.name: one.problems(mini) for one in CHECKS if one.name in QUICK}
    assert all(found.values())
    assert "seeds/index.json" in found["valid"][0]


def test_the_installed_package_is_asked_for_its_version(shipped):
    done = run(shipped, "-c", LOADS, "9.9.9")
    assert done.returncode == 1
    assert f"the installed package is {OURS.version}, not 9.9.9" in done.stderr


def test_the_version_that_a_wheel_would_state(shipped, tmp_path):
    assert stated_version(shipped) == OURS.version
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\nversion = "9.9.9"\n')
    assert stated_version(tmp_path) == "9.9.9"
    (tmp_path / "pyproject.toml").write_text("[project\n")
    with pytest.raises(WarclaimsError, match=r"pyproject\.toml does not make a package"):
        stated_version(tmp_path)


def test_an_unknown_check(cli):
    done = cli("release", "--check", "--only", "everything")
    assert done.returncode == 2
    assert "there is no check everything; there are: valid" in done.stderr

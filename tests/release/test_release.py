"""A change by hand in any one place is a problem of the release, and the place is named."""

import subprocess

import pytest

import warclaims
from warclaims import WarclaimsError
from warclaims.build.builder import build
from warclaims.release import CHECKS, ReleaseCheck

OURS = warclaims.open().description
FACTS = """title = "Claims of Dorn"
version = "1.2.0"
released = 2024-05-31
summary = "Who says what."
languages = ["en"]
keywords = ["war"]
authors = [{ name = "The Dorn Group" }]

[licences]
code = { id = "MIT" }
annotations = { id = "CC0-1.0" }
texts = { terms = "Their publishers' own." }
"""
PACKAGE = """[project]
# begin generated: metadata
# end generated: metadata
"""
CHANGES = "# Changes\n\n## 1.2.0 – 2024-05-31\n\n### Data\n\n### Schema\n\n### Code\n"

# Where, what is written instead of what, and what is reported beside the file.
EDITS = {
    "a text": ("seeds/one.txt", "a", "b", ""),
    "an annotation": ("annotations/gold/one.json", "artillery", "air_strike", ""),
    "a registry": ("annotations/registry/actors.json", '"label": "', '"label": "X', ""),
    "a table": ("corpus/claims.parquet", "PAR1", "PAR2", ""),
    "the claims": ("corpus/claims.json", '"minimum":', '"minimum": ', ""),
    "the manifest": ("corpus/manifest.json", "documents.parquet", "document.parquet", ""),
    "the Croissant description": ("corpus/croissant.json", '"version": "', '"version": "9', ""),
    "a schema": ("schema/v2/annotations.schema.json", '"minimum": 0', '"minimum": 1', ""),
    "the card's version": ("README.md", "version: ", "version: 9", ""),
    "the citation": ("CITATION.cff", "version: ", "version: 9", ""),
    "the deposit": (".zenodo.json", '"publication_date": "2', '"publication_date": "3', ""),
    "the code's metadata": ("codemeta.json", '"version": "', '"version": "9', ""),
    "the package's version": ("pyproject.toml", "dynamic = ", "not = ", ""),
    "the version": ("corpus.toml", "1.2.0", "1.3.0", "CHANGELOG.md begins with 1.2.0"),
    "the date": ("corpus.toml", "2024-05-31", "2024-06-01", "gives 2024-06-01"),
    "the changelog's version": ("CHANGELOG.md", "1.2.0", "9.9.9", "9.9.9"),
    "the changelog's date": ("CHANGELOG.md", "2024-05-31", "2001-01-01", "2001-01-01"),
    "a part of the changelog": ("CHANGELOG.md", "### Schema", "### Scheme", "Schema"),
    "the measured version": ("benchmarks/results.md", "warclaims 1.2", "warclaims 1.1", "1.1"),
}
RUNS = (
    ["a text", "the changelog's version"],
    ["an annotation", "a registry", "the version", "a part of the changelog"],
    ["the date", "the package's version", "the measured version"],
    ["the changelog's date", "a table", "the claims", "the manifest", "the Croissant description"],
    ["a schema", "the card's version", "the citation", "the deposit", "the code's metadata"],
)
"""The edits by runs of the checks; within one, each is of a file of its own."""


def git(root, *arguments):
    names = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "tag.gpgsign=false"]
    command = ["git", "-C", str(root), *names, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def edit(path, old, new):
    data = path.read_bytes()
    assert old.encode() in data, (path, old)
    path.write_bytes(data.replace(old.encode(), new.encode(), 1))


def problems(root, *names):
    return [p for one in CHECKS if one.name in names for p in one.problems(root)]


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """A small corpus that is a package too, built."""
    import shutil

    from conftest import FIXTURES

    root = shutil.copytree(FIXTURES / "mini", tmp_path_factory.mktemp("release") / "mini")
    (root / "benchmarks").mkdir()
    for name, text in {
        "corpus.toml": FACTS,
        "pyproject.toml": PACKAGE,
        "CHANGELOG.md": CHANGES,
        "benchmarks/results.md": "of warclaims 1.2.3",
    }.items():
        (root / name).write_text(text, "utf-8")
    build(warclaims.open(root))
    git(root, "init", "-q")
    return root


def test_a_corpus_that_nobody_changed_can_be_released(package):
    assert problems(package, "described", "current", "changelog", "step") == []


@pytest.mark.parametrize("check", ["described", "changelog"])
def test_our_own_corpus_is_described(shipped, check):
    assert problems(shipped, check) == []


@pytest.fixture(scope="module")
def found(package):
    """The problems that are found after each edit."""
    said = {}
    for names in RUNS:
        edited = {name: package / EDITS[name][0] for name in names}
        before = {path: path.read_bytes() for path in edited.values()}
        for name, path in edited.items():
            edit(path, *EDITS[name][1:3])
        said |= dict.fromkeys(
            names, problems(package, "described", "valid", "current", "changelog")
        )
        for path, data in before.items():
            path.write_bytes(data)
    return said


@pytest.mark.parametrize("name", EDITS)
def test_a_change_in_one_place_is_refused_and_the_place_named(found, name):
    file, _, _, words = EDITS[name]
    assert [line for line in found[name] if file in line and words in line], found[name]


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
    edit(tagged / "annotations/gold/one.json", '"cause": ["artillery"]', '"cause": ["air_strike"]')
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
    edit(tagged / "annotations/gold/one.json", '"cause": ["artillery"]', '"cause": ["air_strike"]')
    assert steps(tagged) == ([], [])


def test_a_shallow_checkout_is_told(tagged, tmp_path):
    git(tagged, "commit", "-q", "--allow-empty", "-m", "more")
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth=1", "--no-tags", tagged.as_uri(), str(shallow))
    problems, (note,) = steps(shallow)
    assert problems == []
    assert "The checkout is shallow" in note


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

    assert ReleaseCheck("c", "it holds", fails).problems(mini) == ["this is wrong", "and that"]
    (mini / "CHANGELOG.md").write_bytes(b"\xff")
    (mini / "seeds/index.json").write_text("{")
    found = {one.name: one.problems(mini) for one in CHECKS if one.name != "committed"}
    assert all(found.values())
    assert "seeds/index.json" in found["valid"][0]


def test_an_unknown_check(cli):
    done = cli("release", "--check", "--only", "everything")
    assert done.returncode == 2
    assert "unknown check 'everything'; known: valid" in done.stderr

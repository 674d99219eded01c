"""A checkout whose git converts line ends is the same corpus."""

import shutil
import subprocess

import pytest

from repository import copy_of

CONFIGURATIONS = {
    "converted on checkout": ("core.autocrlf=true",),
    "converted on commit": ("core.autocrlf=input",),
    "other line ends preferred": ("core.autocrlf=false", "core.eol=crlf"),
}


def git(*arguments, configuration=()):
    names = ("user.name=t", "user.email=t@example.org", "commit.gpgsign=false", *configuration)
    options = [word for name in names for word in ("-c", name)]
    done = subprocess.run(
        ["git", *options, *map(str, arguments)], check=True, capture_output=True, text=True
    )
    return done.stdout


def cloned(root, target, configuration):
    git("init", "-q", root)
    git("-C", root, "add", ".", configuration=configuration)
    git("-C", root, "commit", "-qm", "all")
    settings = [word for name in configuration for word in ("-c", name)]
    git("clone", "-q", *settings, root.as_uri(), target)
    return target


def files(root):
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".git" not in path.relative_to(root).parts
    }


@pytest.fixture
def ours(shipped, tmp_path):
    root = copy_of(shipped, tmp_path / "repository")
    (root / "src/warclaims").mkdir(parents=True)
    shutil.copy(shipped / "src/warclaims/__init__.py", root / "src/warclaims")
    return root


@pytest.fixture
def own(cli, tmp_path):
    """A corpus of somebody's own with a text that has CRLF line ends."""
    root = tmp_path / "own"
    options = ("--title", "Dorn", "--author", "The Group")
    assert cli("new", root, *options).returncode == 0
    for name, text in (("one", b"Two died.\r\n\r\nSo it is said.\r\n"), ("two", b"None.\n\nNo.\n")):
        (tmp_path / f"{name}.txt").write_bytes(text)
        done = cli("--corpus", root, "add", tmp_path / f"{name}.txt", "--language", "en")
        assert done.returncode == 0, done.stderr
    assert cli("--corpus", root, "build").returncode == 0
    return root


@pytest.mark.parametrize("configuration", CONFIGURATIONS.values(), ids=CONFIGURATIONS)
@pytest.mark.parametrize("which", ["ours", "own"])
def test_a_clone_is_the_same_whatever_git_does_with_line_ends(
    cli, request, tmp_path, which, configuration
):
    root = request.getfixturevalue(which)
    clone = cloned(root, tmp_path / "clone", configuration)
    assert files(clone) == files(root)
    done = cli("diff", root, clone)
    assert (done.returncode, done.stdout) == (0, "requires a step: none (no difference)\n")
    checks = [word for name in ("current", "committed") for word in ("--only", name)]
    done = cli("--corpus", clone, "release", "--check", *checks)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", ["README.md", "CITATION.cff", "schema/v2/documents.schema.json"])
def test_line_ends_that_an_editor_changed_where_they_carry_nothing_are_no_drift(cli, own, name):
    path = own / name
    before = path.read_bytes()
    path.write_bytes(before.replace(b"\n", b"\r\n"))
    done = cli("--corpus", own, "build", "--check")
    assert (done.returncode, done.stdout) == (0, "everything generated is up to date\n")
    assert cli("--corpus", own, "build").returncode == 0
    assert path.read_bytes() == before


def test_line_ends_of_a_hashed_file_are_drift(cli, own):
    path = own / "corpus/claims.json"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    done = cli("--corpus", own, "build", "--check")
    assert (done.returncode, done.stdout) == (
        1,
        "corpus/claims.json is not what the sources give\n",
    )


def test_every_tracked_file_has_its_line_ends_decided(shipped):
    """In this repository nothing is left to the settings of a checkout."""
    names = git("-C", shipped, "ls-files")
    found = subprocess.run(
        ["git", "-C", str(shipped), "check-attr", "text", "eol", "--stdin"],
        input=names,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    attributes = {}
    for line in found.splitlines():
        name, attribute, value = line.rsplit(": ", 2)
        attributes.setdefault(name, {})[attribute] = value
    for name, has in attributes.items():
        assert has["text"] == "unset" or has["eol"] == "lf", name

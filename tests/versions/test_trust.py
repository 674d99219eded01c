"""A repository of somebody else: its configuration names programs, and none of them is run."""

import subprocess

import pytest

import warclaims
from warclaims.release.checks import CHECKS
from warclaims.versions import compare, open_version


def git(root, *arguments, given=None):
    names = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "core.autocrlf=false"]
    command = ["git", "-C", str(root), *names, *arguments]
    run = subprocess.run(command, check=True, capture_output=True, text=True, input=given)
    return run.stdout.strip()


@pytest.fixture
def committed(mini):
    """A corpus in a repository."""
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "as it was"]):
        git(mini, *command)
    return mini


@pytest.fixture
def witness(tmp_path):
    """A program that leaves a file when it is run."""
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch '{tmp_path}/ran'\ncat\n")
    program.chmod(0o755)
    return program


PROGRAMS = {
    "smudge": "filter.x.smudge",
    "process": "filter.x.process",
    "clean": "filter.x.clean",
    "a name with dots and signs": "filter.x.y=z.clean",
    "monitor": "core.fsmonitor",
}


@pytest.mark.parametrize("key", PROGRAMS.values(), ids=PROGRAMS)
@pytest.mark.parametrize("place", ["local", "included", "worktree"])
def test_no_program_of_a_repository_is_run(cli, committed, witness, key, place):
    (committed / ".git/info").mkdir(exist_ok=True)
    driver = key.split(".", 1)[1].rpartition(".")[0]
    (committed / ".git/info/attributes").write_text(f"* filter={driver}\n")
    where = ["--local"]
    if place == "included":
        git(committed, "config", "include.path", "more")
        where = ["--file", str(committed / ".git/more")]
    elif place == "worktree":
        git(committed, "config", "extensions.worktreeConfig", "true")
        where = ["--worktree"]
    git(committed, "config", *where, key, str(witness))
    git(committed, "config", *where, f"{key.rpartition('.')[0]}.required", "true")
    path = committed / "seeds/index.json"
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data)  # git reads a file that is newer
    run = cli("--corpus", committed, "diff", "HEAD", committed)
    assert (run.returncode, run.stderr) == (0, "")
    run = cli("--corpus", committed, "release", "--check", "--only", "committed", "--only", "step")
    assert "committed" in run.stdout
    assert not (witness.parent / "ran").exists()


def test_no_hook_is_run(cli, committed, witness):
    hooks = committed / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("post-index-change", "fsmonitor-watchman", "reference-transaction"):
        (hooks / name).write_text(witness.read_text())
        (hooks / name).chmod(0o755)
    path = committed / "seeds/index.json"
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data)
    cli("--corpus", committed, "diff", "HEAD", committed)
    cli("--corpus", committed, "release", "--check", "--only", "committed")
    assert not (witness.parent / "ran").exists()


@pytest.mark.parametrize("key", ["uploadpack", "vcs", "url"])
def test_what_a_repository_lacks_is_not_fetched(cli, committed, witness, key):
    lost = git(committed, "rev-parse", "HEAD:seeds/index.json")
    (committed / ".git/objects" / lost[:2] / lost[2:]).unlink()
    values = {"url": str(committed), "promisor": "true", "partialclonefilter": "blob:none"}
    values |= {key: f"ext::{witness}" if key == "url" else str(witness)}
    for name, value in values.items():
        git(committed, "config", f"remote.origin.{name}", value)
    git(committed, "config", "protocol.allow", "always")
    git(committed, "config", "core.repositoryFormatVersion", "1")
    git(committed, "config", "extensions.partialClone", "origin")
    run = cli("--corpus", committed, "diff", "HEAD", committed)
    assert run.returncode == 2
    assert run.stderr.startswith("error: ")
    assert "Traceback" not in run.stderr
    assert not (witness.parent / "ran").exists()


def test_a_revision_has_the_bytes_of_the_repository(committed):
    attributes = "* text eol=crlf ident\nseeds/** export-ignore\n"
    (committed / ".git/info").mkdir(exist_ok=True)
    (committed / ".git/info/attributes").write_text(attributes)
    git(committed, "config", "core.autocrlf", "true")
    with open_version("HEAD", committed) as corpus:
        assert compare(corpus, warclaims.open(committed)).changes == ()
        for path in (corpus.root / "seeds").iterdir():
            assert path.read_bytes() == (committed / "seeds" / path.name).read_bytes()


def test_a_corpus_in_a_folder_of_a_repository(cli, mini):
    git(mini.parent, "init", "-q")
    git(mini.parent, "add", mini.name)
    git(mini.parent, "commit", "-qm", "as it was")
    run = cli("--corpus", mini, "diff", "HEAD", mini)
    assert (run.returncode, run.stderr) == (0, "")


@pytest.mark.parametrize("name", ["nope", "HEAD:README.md", "HEAD:seeds", "-h", "--", "a\nb"])
def test_an_unknown_revision_is_named(cli, committed, name):
    run = cli("--corpus", committed, "diff", "--", name, committed)
    assert run.returncode == 2
    assert run.stderr.startswith("error: ")
    assert "Traceback" not in run.stderr


def test_folders_in_folders_without_end_are_refused(cli, committed):
    """Ten folders in each of ten folders, many times over, from few objects."""
    inner = git(committed, "mktree", given="")
    for _ in range(12):
        lines = "".join(f"040000 tree {inner}\t{n}\n" for n in range(10))
        inner = git(committed, "mktree", given=lines)
    lines = "".join(f"040000 tree {inner}\t{name}\n" for name in ("annotations", "seeds"))
    root = git(committed, "mktree", given=lines)
    run = cli("--corpus", committed, "diff", root, committed)
    assert run.returncode == 2
    assert "more than 50,000 files" in run.stderr


def test_what_is_not_committed_is_still_found(committed):
    (check,) = [one for one in CHECKS if one.name == "committed"]
    assert check.problems(committed) == []
    (committed / "new.txt").write_text("x")
    (committed / "seeds/index.json").write_text("x")
    assert sorted(check.problems(committed)) == [
        "new.txt is not committed",
        "seeds/index.json is not committed",
    ]

"""Files of the format 1.0 are read for ever, and written as the newest when asked to be."""

import shutil

import pytest

import warclaims
from conftest import FIXTURES
from warclaims.build.builder import build
from warclaims.records.base import SCHEMA_VERSION
from warclaims.validation import validate
from warclaims.versions import ChangeKind, compare

OLD = b'"schema_version": "1.0"'


@pytest.fixture
def old(tmp_path):
    """The kept corpus of 1.0: never written anew, whatever the format becomes."""
    return shutil.copytree(FIXTURES / "schema-1.0", tmp_path / "old")


def files(root):
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for folder in ("seeds", "annotations")
        for path in sorted((root / folder).rglob("*"))
        if path.is_file()
    }


def test_the_fixture_is_of_1_0_and_reads_and_is_valid_and_builds(old):
    versions = [data.count(OLD) for name, data in files(old).items() if name.endswith(".json")]
    assert len(versions) >= 9
    assert set(versions) == {1}
    corpus = warclaims.open(old)
    assert [bundle.document.id for bundle in corpus.bundles()] == list(corpus.documents)
    assert list(validate(corpus)) == []
    build(corpus)
    assert files(old) == files(FIXTURES / "schema-1.0")


def test_only_the_version_changes(cli, old):
    before = files(old)
    check = cli("--corpus", old, "migrate", "--check")
    assert check.returncode == 1
    assert files(old) == before
    run = cli("--corpus", old, "migrate")
    assert run.returncode == 0, run.stderr
    assert run.stdout == check.stdout
    assert f"annotations/gold/one.json: 1.0 → {SCHEMA_VERSION}\n" in run.stdout
    new = f'"schema_version": "{SCHEMA_VERSION}"'.encode()
    assert files(old) == {
        name: data.replace(OLD, new) if name.endswith(".json") else data
        for name, data in before.items()
    }
    assert list(validate(warclaims.open(old))) == []
    again = cli("--corpus", old, "migrate", "--check")
    assert (again.returncode, again.stdout) == (0, f"all files are of version {SCHEMA_VERSION}\n")


def test_what_is_compared_is_the_version_only(cli, old):
    cli("--corpus", old, "migrate")
    kept = warclaims.open(FIXTURES / "schema-1.0")
    difference = compare(kept, warclaims.open(old))
    assert {(change.fields, change.kinds) for change in difference.changes} == {
        (("schema_version",), (ChangeKind.CHANGED,))
    }
    assert (difference.old_schema, difference.new_schema) == ("1.0", SCHEMA_VERSION)


def test_a_broken_file_stops_all(cli, old):
    path = old / "annotations" / "gold" / "two.json"
    path.write_bytes(path.read_bytes()[:-9])
    before = files(old)
    run = cli("--corpus", old, "migrate")
    assert run.returncode == 2
    assert "two.json" in run.stderr
    assert files(old) == before


def test_a_file_of_1_0_may_hold_what_1_1_brought(old):
    path = old / "annotations" / "registry" / "actors.json"
    data = path.read_bytes()
    path.write_bytes(data.replace(OLD, OLD + b',\n "waivers": []'))
    assert warclaims.open(old).registries.actors


def test_what_is_made_new_is_of_the_newest_version(cli, tmp_path):
    assert cli("new", tmp_path / "mine").returncode == 0
    check = cli("--corpus", tmp_path / "mine", "migrate", "--check")
    assert check.returncode == 0, check.stdout

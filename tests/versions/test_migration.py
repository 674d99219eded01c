"""Files of 1.0 and 1.1 are read for ever, and written as the newest format when asked to be."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest

import warclaims
from conftest import FIXTURES
from warclaims.build.builder import build
from warclaims.corpus import canonical_bytes
from warclaims.corpus.upgrade import upgraded
from warclaims.records import LAYERS, span_text
from warclaims.records.base import SCHEMA_VERSION
from warclaims.records.fields import defaults
from warclaims.validation import validate
from warclaims.versions import ChangeKind, compare

if TYPE_CHECKING:
    from pathlib import Path

VERSIONS = ("1.0", "1.1")
TO_DECIDE = re.compile(r"  to decide: (\w+): (.+) \((/\S+)\)")


def findings(corpus):
    """What is found in a corpus of format 1, which could not link a title to its text."""
    return [one for one in validate(corpus) if one.code != "W617"]


@pytest.fixture(params=VERSIONS)
def version(request) -> str:
    return request.param


@pytest.fixture
def old(tmp_path, version) -> Path:
    """The kept corpus of an old version: never written anew, whatever the format becomes."""
    return shutil.copytree(FIXTURES / f"schema-{version}", tmp_path / "old")


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for folder in ("seeds", "annotations")
        for path in sorted((root / folder).rglob("*"))
        if path.is_file()
    }


def plain(root: Path) -> dict[str, Any]:
    return {n: json.loads(data) for n, data in files(root).items() if n.endswith(".json")}


def test_the_kept_corpus_is_old_and_reads_and_is_valid_and_builds(old, version):
    found = [content["schema_version"] for content in plain(old).values()]
    assert len(found) >= 9
    assert set(found) == {version}
    corpus = warclaims.open(old)
    assert [bundle.document.id for bundle in corpus.bundles()] == list(corpus.documents)
    assert findings(corpus) == []
    build(corpus)
    assert files(old) == files(FIXTURES / f"schema-{version}")


def test_nothing_is_written_by_the_check(cli, old, version):
    before = files(old)
    check = cli("--corpus", old, "migrate", "--check")
    assert check.returncode == 1
    assert files(old) == before
    run = cli("--corpus", old, "migrate")
    assert (run.returncode, run.stdout) == (0, check.stdout)
    assert f"annotations/gold/one.json: {version} → {SCHEMA_VERSION}\n" in run.stdout


def test_a_second_run_finds_nothing(cli, old):
    cli("--corpus", old, "migrate")
    written = files(old)
    assert {content["schema_version"] for content in plain(old).values()} == {SCHEMA_VERSION}
    assert [finding for finding in validate(warclaims.open(old)) if not finding.is_warning] == []
    again = cli("--corpus", old, "migrate", "--check")
    assert (again.returncode, again.stdout) == (0, f"all files are of version {SCHEMA_VERSION}\n")
    assert cli("--corpus", old, "migrate").returncode == 0
    assert files(old) == written
    for bundle in warclaims.open(old).bundles():
        path = warclaims.open(old).layout.annotation_file("gold", bundle.document.id)
        assert path.read_bytes() == canonical_bytes(bundle.annotations)


def converted(layer: str, record: dict[str, Any]) -> dict[str, Any]:
    """What a record of 1.1 says, as format 2 says it."""
    found = {name: value for name, value in record.items() if name != "uncertain"}
    kept = {"uncertain": True} if record.get("uncertain") else {}
    if layer == "casualties":
        said = {name: [record[name]] for name in ("status", "cause")}
        kept |= {"status": "mixed"} if said["status"] == ["mixed"] else {}
        found |= {n: [] if v in (["mixed"], ["unspecified"]) else v for n, v in said.items()}
    return {**found, "extra": {**kept, **record.get("extra", {})}}


def with_defaults(layer: str, record: dict[str, Any]) -> dict[str, Any]:
    unsaid = {n: list(v) if isinstance(v, tuple) else v for n, v in defaults(LAYERS[layer]).items()}
    return {**unsaid, **record}


def test_nothing_is_lost(cli, old):
    before = plain(old)
    cli("--corpus", old, "migrate")
    after = plain(old)
    assert before.keys() == after.keys()
    for name, content in before.items():
        new = {**after[name], "schema_version": content["schema_version"]}
        if "annotator" in content:
            for layer in LAYERS:
                expected = [with_defaults(layer, converted(layer, r)) for r in content[layer]]
                found = [with_defaults(layer, record) for record in new[layer]]
                for one, other in zip(expected, found, strict=True):
                    if layer == "attributions":  # what is taken in is tested below
                        contents = one.pop("content"), other.pop("content")
                        assert len({part[-1]["end"] for part in contents}) == 1
                assert found == expected
                del content[layer], new[layer]
        assert new == content
    assert {n: data for n, data in files(old).items() if n.endswith(".txt")} == {
        n: data for n, data in files(old).items() if n.endswith(".txt")
    }


def test_what_a_person_decides_is_listed_and_kept(cli, tmp_path):
    old = shutil.copytree(FIXTURES / "schema-1.1", tmp_path / "old")
    lines = cli("--corpus", old, "migrate").stdout.splitlines()
    at = lines.index(f"annotations/gold/three.json: 1.1 → {SCHEMA_VERSION}")
    listed = [TO_DECIDE.fullmatch(line).groups() for line in lines if "to decide" in line]
    uncertain = "uncertain in format 1: add the other reading; the note says: "
    mixed = "status mixed in format 1: list each status that the words name"
    infinitive = "is the to before its content an infinitive? Then the content begins with it"
    assert listed == [
        ("a5", f"{uncertain}or a group of that name", "/actors/4/extra/uncertain"),
        ("c1", mixed, "/casualties/0/extra/status"),
        ("c3", f"{uncertain}fell may mean wounded", "/casualties/2/extra/uncertain"),
        (
            "c4",
            f"{uncertain}or killed; the kinds are not named",
            "/casualties/3/extra/uncertain",
        ),
        ("c4", mixed, "/casualties/3/extra/status"),
        ("t5", f"{uncertain}he may be the spokesman", "/attributions/4/extra/uncertain"),
        ("t2", infinitive, "/attributions/1/content"),
        ("t3", infinitive, "/attributions/2/content"),
    ]
    assert all(line.startswith("  to decide: ") for line in lines[at + 1 : at + 1 + len(listed)])
    corpus = warclaims.open(old)
    annotations = corpus.annotations("three")
    assert annotations.casualties[2].extra == {"uncertain": True, "k": 1}
    assert annotations.casualties[3].extra == {"uncertain": True, "status": "mixed"}
    assert [(w.code, w.record) for w in annotations.waivers] == [("W611", "c4")]
    assert corpus.registries.sides["gunmen"].may_be == ("avaria", "borland")


def test_contents_take_in_that_where_the_cue_precedes(cli, tmp_path):
    old = shutil.copytree(FIXTURES / "schema-1.1", tmp_path / "old")
    cli("--corpus", old, "migrate")
    annotations = warclaims.open(old).annotations("three")
    assert {one.id: span_text(one.content) for one in annotations.attributions} == {
        "t1": "that five soldiers and civilians died near Dorn",
        "t2": "return to Dorn",  # promised to: a person decides
        "t3": "the shelling",  # pointed to the shelling: a preposition
        "t4": "have fled",  # are said to: the cue has it
        "t5": "two fell",  # That two fell, he claimed: the cue comes after
        "t6": "more casualties",  # warned of more casualties
    }
    assert findings(warclaims.open(old)) == []


def test_contents_of_other_languages_stay_as_they_are(cli, tmp_path):
    old = shutil.copytree(FIXTURES / "schema-1.1", tmp_path / "old")
    index = old / "seeds/index.json"
    index.write_text(index.read_text().replace('"language": "en"', '"language": "de"'))
    cli("--corpus", old, "migrate")
    content = warclaims.open(old).annotations("three").attributions[0].content
    assert span_text(content) == "five soldiers and civilians died near Dorn"


def test_what_extra_has_already_is_lost_no_more_than_what_is_kept():
    record = {"id": "c1", "status": "mixed", "cause": "other", "uncertain": True}
    record["extra"] = {"status": "mine", "uncertain": "perhaps", "k": 1}
    empty = {layer: [] for layer in LAYERS}
    new = upgraded({"schema_version": "1.1", "annotator": "a", **empty, "casualties": [record]})
    extra = new["casualties"][0]["extra"]
    assert (extra["status"], extra["uncertain"], extra["k"]) == ("mixed", True, 1)
    assert {"mine", "perhaps"} <= {*map(str, extra.values())}


def test_only_contents_differ_when_old_and_new_are_compared(cli, tmp_path, version):
    """What format 2 says in another way is the same; a longer content is not."""
    old = shutil.copytree(FIXTURES / f"schema-{version}", tmp_path / "old")
    cli("--corpus", old, "migrate")
    difference = compare(warclaims.open(FIXTURES / f"schema-{version}"), warclaims.open(old))
    assert (difference.old_schema, difference.new_schema) == (version, SCHEMA_VERSION)
    changes = [(one.document, one.record, one.fields, one.kinds) for one in difference.changes]
    moved = (("content",), (ChangeKind.MOVED,))
    assert changes == ([("three", "t1", *moved)] * (version == "1.1"))


def test_a_broken_file_stops_all(cli, old):
    path = old / "annotations" / "gold" / "two.json"
    path.write_bytes(path.read_bytes()[:-9])
    before = files(old)
    run = cli("--corpus", old, "migrate")
    assert run.returncode == 2
    assert "two.json" in run.stderr
    assert files(old) == before


@pytest.mark.parametrize(
    "change", [{"status": ["civilian"]}, {"alternatives": []}, {"sex": "male"}]
)
def test_a_file_of_an_old_version_has_the_fields_of_that_version(change, old):
    path = old / "annotations/gold/one.json"
    content = json.loads(path.read_bytes())
    content["casualties"][0] |= change
    path.write_text(json.dumps(content))
    found = [(f.code, f.pointer) for f in validate(warclaims.open(old))]
    name = next(iter(change))
    at = f"/casualties/0/{name}"
    assert found[0] == ("S203" if name == "status" else "S202", at)


def test_a_file_of_1_0_may_hold_what_1_1_brought(tmp_path):
    old = shutil.copytree(FIXTURES / "schema-1.0", tmp_path / "old")
    path = old / "annotations" / "registry" / "actors.json"
    version = b'"schema_version": "1.0"'
    path.write_bytes(path.read_bytes().replace(version, version + b',\n "waivers": []'))
    assert warclaims.open(old).registries.actors


def test_what_is_made_new_is_of_the_newest_version(cli, tmp_path):
    assert cli("new", tmp_path / "mine").returncode == 0
    check = cli("--corpus", tmp_path / "mine", "migrate", "--check")
    assert check.returncode == 0, check.stdout

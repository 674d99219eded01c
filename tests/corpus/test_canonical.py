"""Canonical files: equal content means equal bytes, and a file is written whole or not at all."""

import os
from pathlib import Path

import pytest

import warclaims
from warclaims import WarclaimsError
from warclaims.corpus import canonical_bytes, parse, write_all, write_bytes
from warclaims.corpus.canonical import to_plain
from warclaims.records import REGISTRIES, Annotations, DocumentIndex


def files(root):
    models = {root / "seeds" / "index.json": DocumentIndex}
    for name, model in REGISTRIES.items():
        models[root / "annotations" / "registry" / f"{name}.json"] = model
    for folder in ("gold", "passes"):
        for path in (root / "annotations" / folder).rglob("*.json"):
            models[path] = Annotations
    return models


@pytest.mark.parametrize("corpus", ["mini", "shipped"])
def test_every_file_of_a_corpus_is_canonical(corpus, request):
    root = request.getfixturevalue(corpus)
    found = files(root)
    assert len(found) > 8
    for path, model in found.items():
        data = path.read_bytes()
        assert canonical_bytes(parse(data, model, path.name)) == data, path


def test_one_record_a_line(mini):
    annotations = warclaims.open(mini).annotations("one")
    lines = canonical_bytes(annotations).decode().splitlines()
    for casualty in annotations.casualties:
        assert sum(f'"id": "{casualty.id}"' in line for line in lines) == 1


def test_fields_at_their_default_are_left_out_and_decisions_are_not(mini):
    casualty = warclaims.open(mini).annotations("one").casualties[0]
    plain = to_plain(casualty)
    assert "note" not in plain
    assert "uncertain" not in plain
    assert "extra" not in plain
    assert plain["perpetrator"] is None
    assert plain["subset_of"] == []
    assert next(iter(plain)) == "id"


def test_extra_is_kept_as_it_is(mini):
    annotations = warclaims.open(mini).annotations("one")
    extra = {"b": [1, {"note": None, "z": ""}], "a": 1.5, "uncertain": False}
    marked = annotations.model_copy(update={"extra": extra})
    again = parse(canonical_bytes(marked), Annotations, "x")
    assert again.extra == extra
    assert list(again.extra) == ["b", "a", "uncertain"]


def test_writing_the_same_bytes_touches_nothing(tmp_path):
    path = tmp_path / "new" / "file.json"
    assert write_bytes(path, b"one") is True
    before = path.stat().st_mtime_ns
    assert write_bytes(path, b"one") is False
    assert path.stat().st_mtime_ns == before
    assert write_bytes(path, b"two") is True
    assert path.read_bytes() == b"two"


@pytest.mark.parametrize("fault", ["fsync", "replace"])
def test_a_failed_write_leaves_the_old_file_and_no_litter(tmp_path, monkeypatch, fault):
    path = tmp_path / "file.json"
    path.write_bytes(b"old")

    def fail(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    if fault == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    else:
        monkeypatch.setattr("pathlib.Path.replace", fail)
    with pytest.raises(OSError, match="No space left"):
        write_bytes(path, b"new")
    assert path.read_bytes() == b"old"
    assert [found.name for found in tmp_path.iterdir()] == ["file.json"]


@pytest.fixture
def three(tmp_path):
    """Three files, one of them new, and what is to stand in them."""
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(b"old")
    return {tmp_path / "a": b"1", tmp_path / "new" / "c": b"3", tmp_path / "b": b"2"}


def litter(root):
    return [path.name for path in root.rglob(".*")]


def test_several_files_are_written_and_told_where_they_change(three, tmp_path):
    assert write_all(three) == list(three)
    assert [path.read_bytes() for path in three] == [b"1", b"3", b"2"]
    assert write_all({**three, tmp_path / "b": b"4"}) == [tmp_path / "b"]
    assert write_all({}) == []
    assert litter(tmp_path) == []


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_of_several_files_none_is_written_if_one_fails(
    three, tmp_path, monkeypatch, failing, number
):
    owner = os if failing == "fsync" else Path
    real, calls = getattr(owner, failing), []

    def fail_once(*arguments):
        calls.append(arguments)
        if len(calls) == number:
            raise OSError(28, "No space left on device")
        return real(*arguments)

    monkeypatch.setattr(owner, failing, fail_once)
    partly = failing == "replace" and number > 1
    with pytest.raises(WarclaimsError if partly else OSError, match="No space left") as caught:
        write_all(three)
    assert litter(tmp_path) == []
    new = [path for path, data in three.items() if path.exists() and path.read_bytes() == data]
    assert new == (list(three)[: number - 1] if partly else [])
    if partly:
        done, left = str(caught.value).split("As before: ")
        assert [str(path) in done for path in three] == [path in new for path in three]
        assert [str(path) in left for path in three] == [path not in new for path in three]


def test_a_place_that_cannot_be_a_file_fails_before_any_is_written(three, tmp_path):
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="folder"):
        write_all({**three, tmp_path / "folder": b"x"})
    assert (tmp_path / "a").read_bytes() == b"old"
    assert litter(tmp_path) == []

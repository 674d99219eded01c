"""Versions in shards are compared as those in directories are."""

from __future__ import annotations

import shutil
from collections import Counter

import pytest

import warclaims
from warclaims.corpus import Corpus
from warclaims.corpus.shards.shard import Shard
from warclaims.formats.bundles.writing import bundle_line
from warclaims.versions import compare


@pytest.fixture
def of_shards(tmp_path):
    """Makes a corpus of two shards from bundles."""

    def make(name, bundles):
        root = tmp_path / name
        registry = warclaims.open().root / "annotations/registry"
        shutil.copytree(registry, root / "annotations/registry")
        (root / "corpus.toml").write_text('shards = ["shards/*.jsonl"]')
        (root / "shards").mkdir()
        for number, some in enumerate((bundles[:2], bundles[2:])):
            lines = b"".join(map(bundle_line, some))
            (root / f"shards/{number}.jsonl").write_bytes(lines)
        return Corpus(root)

    return make


def changed(bundles):
    """A note on the first casualty of the fourth document, and a renamed third one."""
    new = list(bundles)
    casualties = new[3].annotations.casualties
    noted = (casualties[0].model_copy(update={"note": "as it says"}), *casualties[1:])
    annotations = new[3].annotations.model_copy(update={"casualties": noted})
    new[3] = new[3].model_copy(update={"annotations": annotations})
    about = new[2].annotations.model_copy(update={"document": "renamed"})
    document = new[2].document.model_copy(update={"id": "renamed"})
    new[2] = new[2].model_copy(update={"document": document, "annotations": about})
    return new


def places(difference):
    return {(one.where, one.collection, one.record, one.kinds) for one in difference.changes}


def test_a_directory_and_its_shards_do_not_differ(of_shards):
    whole = warclaims.open()
    found = compare(of_shards("old", list(whole.bundles())), whole).changes
    assert {one.where for one in found if one.where != "pages"} <= {*whole.layout.set_names()[1:]}


def test_changes_between_shards_are_those_between_records(of_shards):
    bundles = list(warclaims.open().bundles())
    found = compare(of_shards("old", bundles), of_shards("new", changed(bundles)))
    casualty = bundles[3].annotations.casualties[0].id
    said = places(found)
    assert ("gold", "casualties", casualty, ("changed",)) in said
    assert ("documents", "documents", "002", ("removed",)) in said
    assert ("documents", "documents", "renamed", ("added",)) in said


def test_each_shard_is_read_a_few_times_whatever_changed(of_shards, monkeypatch):
    bundles = list(warclaims.open().bundles())
    versions = of_shards("old", bundles[::2]), of_shards("new", bundles)
    read, rows = Counter(), Shard.rows

    def counted(shard):
        read[shard.path] += 1
        return rows(shard)

    monkeypatch.setattr(Shard, "rows", counted)
    compare(*versions)
    assert max(read.values()) <= 5


def test_diff_of_shards_says_what_changed(of_shards, cli):
    bundles = list(warclaims.open().bundles())
    old, new = of_shards("old", bundles), of_shards("new", changed(bundles))
    done = cli("diff", old.root, new.root, "--summary")
    assert done.returncode == 0, done.stderr
    assert "gold casualties:" in done.stdout
    assert "requires a step" in done.stdout
    (new.root / "shards/1.jsonl").write_bytes(b"damaged\n")
    done = cli("diff", old.root, new.root)
    assert done.returncode != 0
    assert "shards/1.jsonl:1" in done.stderr
    assert "Traceback" not in done.stderr

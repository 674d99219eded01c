"""Every table that a card lists can be loaded, also of a corpus that is just begun."""

import re

import pytest
import yaml
from datasets import load_dataset

import warclaims
from warclaims.build.tables import TABLES
from warclaims.corpus import canonical_bytes
from warclaims.records import ActorMention, Fragment
from warclaims.records.vocabulary import Level


def annotate(root):
    """Mark the first word of the only text as an actor."""
    corpus = warclaims.open(root)
    (name,) = corpus.documents
    record = corpus.annotations(name)
    span = (Fragment(start=0, end=7, text="Nothing"),)
    actor = ActorMention(id="a1", span=span, entity=None, level=Level.NOMINAL)
    path = corpus.layout.annotation_file("gold", name)
    path.write_bytes(canonical_bytes(record.model_copy(update={"actors": (actor,)})))


@pytest.mark.parametrize("state", ["no text", "not annotated", "annotated"])
def test_every_listed_table_loads_and_every_table_has_its_columns(cli, tmp_path, state):
    root = tmp_path / "own"
    assert cli("new", root).returncode == 0
    if state != "no text":
        (tmp_path / "a.txt").write_text("Nothing happened in Dorn.")
        assert cli("--corpus", root, "add", tmp_path / "a.txt", "--language", "en").returncode == 0
    if state == "annotated":
        annotate(root)
    done = cli("--corpus", root, "build")
    assert done.returncode == 0, done.stderr
    card = (root / "README.md").read_text("utf-8")
    listed = [one["config_name"] for one in yaml.safe_load(card.split("---\n")[1])["configs"]]
    assert re.findall(r"^\| `(\w+)` \|", card, re.MULTILINE) == listed
    assert ("documents" in listed) == (state != "no text")
    assert ("actors" in listed) == (state == "annotated")
    for name in listed:
        loaded = load_dataset(str(root), name, split="train", cache_dir=str(tmp_path / "cache"))
        labelled = warclaims.load(name, root)
        assert loaded.cast(labelled.features).to_list() == labelled.to_list()
        assert loaded.num_rows
    for name, table in TABLES.items():
        found = warclaims.load(name, root)
        assert found.column_names == [column.name for column in table.columns]
        assert found.features == warclaims.load(name).features
        assert bool(found.num_rows) == (name in listed)


def test_a_table_is_listed_as_soon_as_it_has_rows(cli, tmp_path):
    root = tmp_path / "own"
    assert cli("new", root).returncode == 0
    assert cli("--corpus", root, "build").returncode == 0
    before = (root / "README.md").read_text("utf-8")
    assert "Still empty: `claims`, `accounts`, `comparisons`, `documents`" in before
    (tmp_path / "a.txt").write_text("Nothing happened in Dorn.")
    assert cli("--corpus", root, "add", tmp_path / "a.txt", "--language", "en").returncode == 0
    assert cli("--corpus", root, "build").returncode == 0
    assert "- {config_name: documents, " in (root / "README.md").read_text("utf-8")
    assert "- {config_name: documents, " not in before


def test_the_default_table_of_a_full_corpus_is_claims(mini, cli):
    assert cli("--corpus", mini, "build").returncode == 0
    card = (mini / "README.md").read_text("utf-8")
    configs = yaml.safe_load(card.split("---\n")[1])["configs"]
    assert [one["config_name"] for one in configs if one.get("default")] == ["claims"]

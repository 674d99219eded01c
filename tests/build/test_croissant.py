"""The Croissant file: valid, and every table read through it is the table."""

import json

import mlcroissant
import numpy as np
import pyarrow.parquet as pq
import pytest
from datasets import ClassLabel, List

import warclaims
from warclaims.build.builder import build
from warclaims.build.tables import TABLES


@pytest.fixture(scope="module")
def dataset(shipped):
    return mlcroissant.Dataset(shipped / "corpus" / "croissant.json")


@pytest.fixture(scope="module")
def stated(shipped):
    return json.loads((shipped / "corpus" / "croissant.json").read_bytes())


def as_read(value):
    """A value as the reader gives it, in plain types: it gives text as bytes and full paths."""
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, dict):
        return {name.rpartition("/")[2]: as_read(inside) for name, inside in value.items()}
    if isinstance(value, list | np.ndarray):
        return [as_read(item) for item in value]
    return value.item() if isinstance(value, np.generic) else value


def as_stored(value, feature):
    """A value of a table, but a struct that is null is one of nulls: the reader knows no other."""
    if isinstance(feature, dict):
        value = value or dict.fromkeys(feature)
        return {name: as_stored(value[name], inside) for name, inside in feature.items()}
    if isinstance(feature, List):
        return [as_stored(item, feature.feature) for item in value]
    return value


def test_it_is_valid_without_a_warning(dataset):
    issues = dataset.metadata.ctx.issues
    assert (set(issues.errors), set(issues.warnings)) == (set(), set())
    assert dataset.metadata.ctx.is_v1_1()


@pytest.mark.parametrize("name", TABLES)
def test_every_table_reads_back_equal(shipped, dataset, name):
    features = warclaims.load(name).features
    table = pq.read_table(shipped / f"corpus/{name}.parquet")
    read = [as_read(record) for record in dataset.records(name)]
    assert read == [
        {column: as_stored(row[column], feature) for column, feature in features.items()}
        for row in table.to_pylist()
    ]
    assert read


def labels(features, path):
    """Every column of labels, by path, with its values."""
    for name, feature in features.items():
        inner = feature.feature if isinstance(feature, List) else feature
        if isinstance(inner, dict):
            yield from labels(inner, f"{path}/{name}")
        elif isinstance(inner, ClassLabel):
            yield f"{path}/{name}", inner.names


def fields(stated):
    """Every field by its id."""
    found = {}

    def add(field):
        found[field["@id"]] = field
        for inside in field.get("subField", []):
            add(inside)

    for record_set in stated["recordSet"]:
        for field in record_set["field"]:
            add(field)
    return found


def test_every_value_of_a_closed_list_is_explained(dataset, stated):
    described = fields(stated)
    for name in TABLES:
        for path, values in labels(warclaims.load(name).features, name):
            reference = described[path]["references"]["field"]["@id"]
            closed_list = reference.removesuffix("/value")
            records = [as_read(record) for record in dataset.records(closed_list)]
            assert [record["value"] for record in records] == values
            assert all(record["meaning"] for record in records)


def test_every_column_says_what_it_holds(stated):
    assert [name for name, field in fields(stated).items() if not field["description"]] == []


def test_files_are_those_of_the_manifest(shipped, stated):
    manifest = json.loads((shipped / "corpus" / "manifest.json").read_bytes())["files"]
    for file in stated["distribution"]:
        recorded = manifest[file["contentUrl"]]
        assert (file["sha256"], file["contentSize"]) == (
            recorded["sha256"],
            f"{recorded['bytes']} B",
        )
    assert {file["@id"] for file in stated["distribution"]} == {
        name for name in manifest if name.endswith(".parquet")
    }


def test_it_states_the_declared_facts(dataset, stated):
    facts = warclaims.open().description
    assert stated["name"] == facts.title
    assert stated["version"] == facts.version
    assert stated["datePublished"] == facts.iso_date
    assert stated["temporalCoverage"] == ["2020-09-27", "2023-09-19"]
    assert "url" not in stated
    # What the reader keeps is what it knows: a misspelt property would be lost.
    known = dataset.metadata.to_json()
    notes = {name for name in stated if name.startswith("rai:")}
    assert len(notes) == len(facts.responsible_ai.model_fields_set) > 10
    assert notes <= set(known)


def test_a_corpus_of_ones_own_has_its_own_name_and_none_of_our_facts(mini):
    card = mini / "README.md"
    build(warclaims.open(mini))
    text = card.read_text(encoding="utf-8")
    card.write_text(text.replace("# mini", "# Two texts"), encoding="utf-8")
    assert "corpus/croissant.json" in build(warclaims.open(mini))
    path = mini / "corpus" / "croissant.json"
    stated = json.loads(path.read_bytes())
    assert stated["name"] == "Two texts"
    assert stated["version"] == "0.0.0"
    assert "creator" not in stated
    assert not [name for name in stated if name.startswith("rai:")]
    claims = list(mlcroissant.Dataset(path).records("claims"))
    assert len(claims) == warclaims.load("claims", mini).num_rows

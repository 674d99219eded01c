"""The codebook explains every table, column, value and null."""

import json
import re

import pyarrow.parquet as pq
import pytest

import warclaims
from warclaims.build.builder import build
from warclaims.build.tables import TABLES
from warclaims.records import LAYERS, REGISTRIES, Account, Claim, Comparison, Document, shapes

ENTRIES = [shapes(model)[name].record for name, model in REGISTRIES.items()]
ROW = re.compile(r"^\| `([\w.]+)` \| (.+) \| (.+) \| (.+) \|$", re.MULTILINE)


@pytest.fixture(scope="module")
def rows(shipped):
    """The rows of the codebook by table and column: type, meaning, null."""
    page = (shipped / "docs/codebook.md").read_text("utf-8")
    sections = re.split(r"^## (\w+)\n", page, flags=re.MULTILINE)[1:]
    return {
        name: {column: cells for column, *cells in ROW.findall(text)}
        for name, text in zip(sections[::2], sections[1::2], strict=True)
        if name in TABLES
    }


def paths(fields, inside=""):
    """The columns of a table and the fields of their structs: ``chain.cue``."""
    for field in fields:
        yield inside + field.name
        kind = field.type.value_type if hasattr(field.type, "value_type") else field.type
        if hasattr(kind, "fields"):
            yield from paths(kind.fields, f"{inside}{field.name}.")


@pytest.mark.parametrize("name", TABLES)
def test_every_column_is_explained_in_the_order_of_the_file(shipped, rows, name):
    schema = pq.read_schema(shipped / f"corpus/{name}.parquet")
    assert list(rows[name]) == list(paths(schema))
    assert all(all(cells) for cells in rows[name].values())


def nulls(value, path):
    """The paths of what is null in a row."""
    if value is None:
        yield path
    elif isinstance(value, dict):
        for name, inside in value.items():
            yield from nulls(inside, f"{path}.{name}")
    elif isinstance(value, list):
        for one in value:
            yield from nulls(one, path)


@pytest.mark.parametrize("name", TABLES)
def test_what_is_null_has_a_meaning(shipped, rows, name):
    found = {
        path
        for row in pq.read_table(shipped / f"corpus/{name}.parquet").to_pylist()
        for column, value in row.items()
        for path in nulls(value, column)
    }
    assert {path for path in found if rows[name][path][2] == "–"} == set()


def models(model):
    yield model
    for shape in shapes(model).values():
        if shape.record is not None:
            yield from models(shape.record)


@pytest.mark.parametrize(
    "model", [*LAYERS.values(), Claim, Account, Comparison, Document, *ENTRIES]
)
def test_a_field_that_may_be_null_says_when(model):
    unsaid = [
        (one.__name__, shape.name)
        for one in models(model)
        for shape in shapes(one).values()
        if shape.nullable != ("; null " in shape.meaning)
    ]
    assert unsaid == []


def test_values_that_a_corpus_adds_are_explained(mini):
    own = {
        "list": "cause",
        "value": "cluster_bomb",
        "label": "cluster bomb",
        "meaning": "a shell that scatters others",
        "kind_of": "artillery",
    }
    (mini / "annotations/lists.json").write_text(
        json.dumps({"schema_version": "2.0", "values": [own]}), "utf-8"
    )
    page = mini / "docs/columns.md"
    page.parent.mkdir()
    page.write_text(
        "# Mine\n\n<!-- begin generated: codebook -->\n<!-- end generated: codebook -->\n", "utf-8"
    )
    assert "docs/columns.md" in build(warclaims.open(mini))
    text = page.read_text("utf-8")
    assert "    - `cluster_bomb`: a shell that scatters others\n" in text
    assert "| `cause` | list of [Cause](#cause) |" in text
    assert "\n### Cause\n" in text

"""The published JSON Schema decides what fits; any other schema can be applied to any file."""

from __future__ import annotations

import json
import shutil

import orjson
import pytest
from corrupt import ONE, edit

import warclaims
from warclaims.corpus.canonical import to_plain
from warclaims.corpus.model_schema import model_schema
from warclaims.corpus.schema_check import JsonSchema, published_schema
from warclaims.errors import WarclaimsError
from warclaims.files.limits import MAX_FINDINGS, MAX_VALUES
from warclaims.records import Annotations
from warclaims.validation import validate, validate_bundles


@pytest.fixture
def published(mini, shipped):
    """The schemas of the small corpus, which are those of ours."""
    shutil.copytree(shipped / "schema", mini / "schema")
    return mini / "schema/v2"


def forbid(path, layer):
    """Let the schema in a file ask for an empty ``layer`` of annotations."""
    schema = json.loads(path.read_bytes())
    owner = schema["$defs"]["Annotations"] if "bundle" in path.name else schema
    owner["properties"][layer] = {"type": "array", "maxItems": 0}
    path.write_text(json.dumps(schema))


def test_the_schema_file_of_a_corpus_decides(mini, published):
    assert list(validate(warclaims.open(mini))) == []
    forbid(published / "annotations.schema.json", "actors")
    found = list(validate(warclaims.open(mini)))
    assert (ONE, "/actors", "S205") in [(f.file, f.pointer, f.code) for f in found]


def test_the_schema_file_of_a_corpus_decides_on_bundles(mini, published, tmp_path):
    corpus = warclaims.open(mini)
    path = tmp_path / "b.jsonl"
    path.write_bytes(orjson.dumps(to_plain(corpus.bundle("one"))))
    assert list(validate_bundles(path, corpus)) == []
    forbid(published / "bundle.schema.json", "locations")
    found = list(validate_bundles(path, corpus))
    assert [(f.code, f.pointer) for f in found] == [("S205", "/annotations/locations")]


def test_a_schema_that_asks_for_nothing_hides_no_mistake(mini, published, tmp_path):
    for path in published.glob("*.json"):
        path.write_text("{}")
    edit(mini, ONE, {"/actors/0/level": "noun", "/actors/1/span": []})
    found = list(validate(warclaims.open(mini)))
    assert [(f.code, f.pointer) for f in found] == [
        ("S203", "/actors/0/level"),
        ("S205", "/actors/1/span"),
    ]
    plain = to_plain(warclaims.open(mini).bundle("two"))
    plain["annotations"]["actors"][0]["span"] = []
    (tmp_path / "b.jsonl").write_bytes(orjson.dumps(plain))
    found = list(validate_bundles(tmp_path / "b.jsonl", warclaims.open(mini)))
    assert [(f.code, f.pointer) for f in found] == [("S205", "/annotations/actors/0/span")]


BAD_SCHEMAS = {
    "no JSON": "{",
    "no schema": "[]",
    "unknown type": '{"type": "strin"}',
    "remote": '{"$ref": "http://127.0.0.1:9/schema.json"}',
    "file": '{"$ref": "file:///etc/passwd"}',
    "pattern": '{"pattern": "(("}',
    "nowhere": '{"$ref": "#/$defs/none"}',
}


@pytest.mark.parametrize("content", BAD_SCHEMAS.values(), ids=BAD_SCHEMAS)
def test_a_schema_that_cannot_be_used_is_an_error(content, mini, published, cli, tmp_path):
    path = tmp_path / "other.json"
    path.write_text(content)
    done = cli("validate", "--schema", path, path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "other.json" in done.stderr
    (published / "annotations.schema.json").write_text(content)
    with pytest.raises(WarclaimsError, match=r"annotations\.schema\.json"):
        list(validate(warclaims.open(mini)))


SCHEMA = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": {"type": "string", "pattern": "^(a+)+$"},
        "tags": {"type": "array", "uniqueItems": True},
        "size": {"anyOf": [{"type": "string"}, {"minimum": 3}]},
    },
}


def test_any_schema_checks_any_file(cli, tmp_path):
    schema, lines, whole = (tmp_path / name for name in ("s.json", "x.jsonl", "y.json"))
    schema.write_text(json.dumps(SCHEMA))
    lines.write_text('{"name":"a","tags":[1,1]}\n{"name":"a"}\n\n{"size":1}\n{"name":\n"\\ud800"\n')
    whole.write_text('{\n "name": 5}')
    done = cli("validate", "--schema", schema, "--format", "json", lines, whole)
    assert done.returncode == 1
    found = json.loads(done.stdout)["findings"]
    assert [
        (f["code"], f["file"].split("/")[-1], f["line"], f["column"], f["pointer"]) for f in found
    ] == [
        ("S207", "x.jsonl", 1, 13, "/tags"),
        ("S201", "x.jsonl", 4, 1, "/name"),
        ("S207", "x.jsonl", 4, 2, "/size"),
        ("F103", "x.jsonl", 5, 9, ""),
        ("F106", "x.jsonl", 6, 1, ""),
        ("S204", "y.json", 2, 2, "/name"),
    ]
    assert cli("validate", "--schema", schema).returncode == 2
    assert "F100" in cli("validate", "--schema", schema, tmp_path).stdout


def test_a_pattern_that_takes_for_ever_and_deep_values_end(cli, tmp_path):
    schema, data = tmp_path / "s.json", tmp_path / "x.jsonl"
    recursive = {"properties": {"x": {"$ref": "#"}}, "items": {"$ref": "#"}}
    schema.write_text(json.dumps({**SCHEMA, "$defs": {}, **recursive}))
    deep = '{"x":' * 900 + "1" + "}" * 900
    data.write_text(json.dumps({"name": "a" * 50 + "b"}) + "\n" + deep + "\n")
    assert cli("validate", "--schema", schema, data).returncode == 1


def test_many_mistakes_are_capped_and_counted():
    schema = JsonSchema(model_schema(Annotations), "annotations")
    value = {"actors": [{"id": "a", "level": 3} for _ in range(MAX_VALUES // 10)]}
    found = schema.findings(value, "a.json")
    assert len(found) == MAX_FINDINGS + 1
    assert found[-1].code == "F109"


def test_a_corpus_without_schemas_has_those_of_the_package(mini, shipped):
    layout = warclaims.open(mini).layout
    assert published_schema(layout, Annotations) is published_schema(
        warclaims.open(shipped).layout, Annotations
    )


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"patternProperties": {"^\\p{L}+$": {}}, "additionalProperties": False}, {"1": 1}),
        (
            {"patternProperties": {"^(a+)+$": {}}, "additionalProperties": False},
            {"a" * 40 + "b": 1},
        ),
        ({"patternProperties": {"^a": {"type": "string"}}}, {"ab": 1}),
        ({"properties": {"a": {}}, "additionalProperties": {"type": "string"}}, {"a": 1, "b": 1}),
        ({"uniqueItems": True}, [*({"n": n} for n in range(20_000)), {"n": 0}]),
    ],
)
def test_patterns_of_fields_and_many_items_are_checked_quickly(cli, tmp_path, schema, value):
    paths = tmp_path / "schema.json", tmp_path / "value.json"
    for path, content in zip(paths, (schema, value), strict=True):
        path.write_text(json.dumps(content))
    run = cli("validate", "--schema", *paths)
    assert run.returncode == 1
    assert "1 error in 1 file" in run.stdout


def test_annotations_are_not_a_schema(cli, mini):
    path = mini / "annotations/gold/one.json"
    run = cli("validate", "--schema", path, path)
    assert run.returncode == 2
    assert "is not a JSON Schema" in run.stderr

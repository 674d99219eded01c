"""Web Annotations: pages that follow the data model, and selectors that find their words."""

import json

import jsonschema
import pytest
from made_features import document

import warclaims
from strategies import write_corpus
from warclaims.records import LAYERS

BODY = {
    "oneOf": [
        {
            "properties": {
                "type": {"const": "TextualBody"},
                "purpose": {"enum": ["classifying", "commenting", "describing", "tagging"]},
                "value": {"type": "string"},
                "format": {"const": "application/json"},
            },
            "required": ["type", "purpose", "value"],
            "additionalProperties": False,
        },
        {
            "properties": {
                "type": {"const": "SpecificResource"},
                "purpose": {"const": "linking"},
                "source": {"type": "string", "format": "uri-reference"},
            },
            "required": ["type", "purpose", "source"],
            "additionalProperties": False,
        },
    ]
}
PLACE = {
    "type": "object",
    "properties": {
        "type": {"const": "SpecificResource"},
        "source": {"type": "string", "format": "uri-reference"},
        "selector": {
            "prefixItems": [
                {
                    "properties": {
                        "type": {"const": "TextPositionSelector"},
                        "start": {"type": "integer", "minimum": 0},
                        "end": {"type": "integer", "minimum": 1},
                    },
                    "required": ["type", "start", "end"],
                    "additionalProperties": False,
                },
                {
                    "properties": {
                        "type": {"const": "TextQuoteSelector"},
                        "exact": {"type": "string", "minLength": 1},
                        "prefix": {"type": "string", "maxLength": 32},
                        "suffix": {"type": "string", "maxLength": 32},
                    },
                    "required": ["type", "exact", "prefix", "suffix"],
                    "additionalProperties": False,
                },
            ],
            "minItems": 2,
            "maxItems": 2,
        },
    },
    "required": ["type", "source", "selector"],
    "additionalProperties": False,
}
COMPOSITE = {
    "type": "object",
    "properties": {
        "type": {"const": "Composite"},
        "items": {"type": "array", "items": PLACE, "minItems": 2},
    },
    "required": ["type", "items"],
    "additionalProperties": False,
}
ANNOTATION = {
    "properties": {
        "id": {"type": "string", "format": "uri-reference"},
        "type": {"const": "Annotation"},
        "motivation": {"enum": ["classifying", "describing", "linking"]},
        "creator": {"required": ["type", "nickname"]},
        "body": {"type": "array", "items": BODY, "minItems": 1},
        "target": {"oneOf": [{"type": "string"}, PLACE, COMPOSITE]},
    },
    "required": ["id", "type", "motivation", "body", "target"],
    "additionalProperties": False,
}
PAGE = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "properties": {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"},
        "id": {"type": "string"},
        "type": {"const": "AnnotationPage"},
        "partOf": {"const": "collection.jsonld"},
        "next": {"type": "string"},
        "prev": {"type": "string"},
        "startIndex": {"type": "integer"},
        "items": {"type": "array", "items": ANNOTATION},
    },
    "required": ["@context", "id", "type", "partOf", "startIndex", "items"],
    "additionalProperties": False,
}
"""What the Web Annotation Data Model asks of these pages."""


@pytest.fixture
def exported(cli, tmp_path):
    def made(root):
        out = tmp_path / "out"
        run = cli("--corpus", root, "export", "webannotation", "--out", out)
        assert run.returncode == 0, run.stderr
        assert run.stderr.replace("not in webannotation: several annotators (30)\n", "") == ""
        files = {path.name: json.loads(path.read_text("utf-8")) for path in out.glob("*.jsonld")}
        collection = files.pop("collection.jsonld")
        return out, collection, files

    return made


def test_pages_follow_the_data_model_and_lead_to_each_other(exported, shipped):
    _, collection, pages = exported(shipped)
    assert collection["type"] == "AnnotationCollection"
    assert collection["label"] == warclaims.open(shipped).description.title
    seen = 0
    name = collection["first"]
    ids = set()
    while name:
        page = pages.pop(name)
        jsonschema.validate(page, PAGE, cls=jsonschema.Draft202012Validator)
        assert page["startIndex"] == seen
        seen += len(page["items"])
        ids |= {one["id"] for one in page["items"]}
        last, name = name, page.get("next")
    assert (last, seen, pages) == (collection["last"], collection["total"], {})
    assert len(ids) == seen


def test_selectors_find_the_words_and_links_their_ends(exported, shipped):
    out, _, pages = exported(shipped)
    for bundle in warclaims.open(shipped).bundles():
        page = pages[f"{bundle.document.id}.page.jsonld"]
        text = (out / f"{bundle.document.id}.txt").read_bytes().decode()
        assert text == bundle.text
        items = {one["id"].partition("#")[2]: one for one in page["items"]}
        for item in items.values():
            if item["motivation"] == "linking":
                assert item["target"].partition("#")[2] in items
                assert item["body"][1]["source"].partition("#")[2] in items
        for layer, model in LAYERS.items():
            for record in getattr(bundle.annotations, layer):
                item = items[record.id]
                assert item["body"][0]["value"] == model.noun
                target = item["target"]
                places = target["items"] if target["type"] == "Composite" else [target]
                pieces = getattr(record, model.main_span)
                for place, piece in zip(places, pieces, strict=True):
                    position, quote = place["selector"]
                    start, end = position["start"], position["end"]
                    assert (start, end, quote["exact"]) == (piece.start, piece.end, piece.text)
                    around = quote["prefix"] + quote["exact"] + quote["suffix"]
                    assert text[start - len(quote["prefix"]) :].startswith(around)


def test_attributes_notes_and_the_facts_of_the_document_are_bodies(exported, tmp_path):
    made = document(men={"note": "A remark.", "score": 0.5}, dorn={"place": "dorn"})
    _, _, pages = exported(write_corpus(tmp_path / "with", [made]).root)
    whole, *items = pages["one.page.jsonld"]["items"]
    assert whole["target"] == "one.txt"
    assert json.loads(whole["body"][0]["value"])["document"]["outlet"]["value"] == "Halden Post"
    assert {one["creator"]["nickname"] for one in items} == {"b"}
    (men,) = [one for one in items if one["body"][0]["value"] == "casualty"]
    assert [one["purpose"] for one in men["body"]] == ["classifying", "commenting", "describing"]
    assert men["body"][1]["value"] == "A remark."
    facts = json.loads(men["body"][2]["value"])["attributes"]
    assert (facts["score"], facts["outcome"]) == (0.5, "killed")
    (dorn,) = [one for one in items if one["body"][0]["value"] == "location"]
    assert json.loads(dorn["body"][1]["value"])["attributes"]["place"] == "dorn"


def test_a_collection_without_documents(exported, tmp_path):
    _, collection, pages = exported(write_corpus(tmp_path / "empty", []).root)
    assert (collection["total"], pages) == (0, {})
    assert "first" not in collection


def test_a_document_may_be_called_collection(exported, tmp_path):
    bundles = [
        warclaims.build_document(
            f"Dorn mourns {name}.\n", document=name, language="en", annotator="b"
        ).bundle
        for name in ("collection", "collection-page", "page")
    ]
    out, collection, pages = exported(write_corpus(tmp_path / "with", bundles).root)
    assert (collection["type"], collection["total"]) == ("AnnotationCollection", 3)
    assert [*sorted(pages)] == [
        "collection-page.page.jsonld",
        "collection.page.jsonld",
        "page.page.jsonld",
    ]
    assert (out / "collection.txt").read_text("utf-8") == "Dorn mourns collection.\n"

"""Canonical files: equal content means equal bytes."""

import pytest

import warclaims
from warclaims.corpus import canonical_bytes, parse
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
    assert "alternatives" not in plain
    assert "extra" not in plain
    assert "perpetrator" not in plain
    assert "subset_of" not in plain
    assert to_plain(casualty.model_copy(update={"trigger": None}))["trigger"] is None
    assert next(iter(plain)) == "id"


def test_extra_is_kept_as_it_is(mini):
    annotations = warclaims.open(mini).annotations("one")
    extra = {"b": [1, {"note": None, "z": ""}], "a": 1.5, "uncertain": False}
    marked = annotations.model_copy(update={"extra": extra})
    again = parse(canonical_bytes(marked), Annotations, "x")
    assert again.extra == extra
    assert list(again.extra) == ["b", "a", "uncertain"]

# ruff: noqa: E501 - one case a line
"""The models and the published JSON Schemas accept and refuse the same files.

Two implementations of JSON Schema are asked; their errors must point at the field that is wrong.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

import jsonschema_rs
import orjson
import pytest
from corrupt import GONE, edit
from jsonschema import Draft202012Validator

from warclaims.corpus import parse
from warclaims.corpus.model_schema import FILE_KINDS, json_schema
from warclaims.errors import InvalidFile

FILES = {
    "annotations": "annotations/gold/one.json",
    "documents": "seeds/index.json",
    **{
        f"registry-{name}": f"annotations/registry/{name}.json"
        for name in ("actors", "annotators", "events", "places", "sides")
    },
}
POINT = {"latitude": 39.8, "longitude": 46.75, "precision": 1, "source": "made up"}
NAME = {"name": "Dorn", "used_by": [], "evidence": "text", "basis": "made up"}
FOREIGN = {
    "id": "f1",
    "span": [{"start": 84, "end": 90, "text": "killed"}],
    "label": "Trigger",
    "scheme": "brat",
}
FRAGMENT = {"start": 84, "end": 90, "text": "killed"}


@dataclass(frozen=True)
class Change:
    """One value of one kind of file, and whether the file stays good."""

    kind: str
    pointer: str
    value: Any
    good: bool = False
    at: str | None = None
    """Where errors point if not at ``pointer``: the record that lacks or should not have it."""

    @property
    def wrong_at(self) -> str:
        return self.pointer if self.at is None else self.at


A, D, P, E = "annotations", "documents", "registry-places", "registry-events"
CHANGES = [
    *(Change(kind, "/extra", {}, good=True) for kind in FILES),
    # Numbers
    Change(A, "/casualties/0/value", 5.0, good=True),
    Change(A, "/casualties/0/value", 1e3, good=True),
    Change(A, "/casualties/0/value", 10**12, good=True),
    Change(A, "/casualties/0/value", 0, good=True),
    Change(A, "/casualties/0/value", None, good=True),
    Change(A, "/actors/0/span/0/start", 20.0, good=True),
    Change(A, "/casualties/0/value", 5.5),
    Change(A, "/casualties/0/value", "3"),
    Change(A, "/casualties/0/value", True),
    Change(A, "/casualties/0/value", [5]),
    Change(A, "/casualties/0/value", -1),
    Change(A, "/casualties/0/value", 10**12 + 1),
    Change(A, "/casualties/0/value", 10**30),
    Change(A, "/actors/0/span/0/start", "20"),
    Change(A, "/actors/0/span/0/start", True),
    Change(A, "/actors/0/span/0/start", -1),
    Change(A, "/actors/0/span/0/end", 0),
    Change(A, "/actors/0/span/0/end", 2**31),
    Change(A, "/actors/0/span/0/end", None),
    Change(D, "/documents/0/length", 0),
    Change(P, "/places/0/coordinates", POINT, good=True),
    Change(P, "/places/0/coordinates", {**POINT, "latitude": 39}, good=True),
    Change(P, "/places/0/coordinates", {**POINT, "precision": 1.0}, good=True),
    Change(P, "/places/0/coordinates", {**POINT, "latitude": 91}, at="/places/0/coordinates/latitude"),
    Change(P, "/places/0/coordinates", {**POINT, "latitude": "39"}, at="/places/0/coordinates/latitude"),
    Change(P, "/places/0/coordinates", {**POINT, "precision": 8}, at="/places/0/coordinates/precision"),
    Change(P, "/places/0/coordinates", [39.8, 46.75]),
    # Text
    Change(A, "/guidelines", ""),
    Change(A, "/guidelines", 1.0),
    Change(A, "/guidelines", None),
    Change(A, "/actors/0/note", "a remark\nof two lines 😀", good=True),
    Change(A, "/actors/0/note", None, good=True),
    Change(A, "/actors/0/note", ""),
    Change(A, "/actors/0/span/0/text", ""),
    Change(D, "/documents/0/title", None, good=True),
    Change(D, "/documents/0/title", ""),
    # Flags
    Change(D, "/documents/0/translation", True, good=True),
    Change(D, "/documents/0/translation", "true"),
    Change(D, "/documents/0/translation", None, good=True),
    Change(D, "/documents/0/translation", 0),
    # Ids, hashes, file names
    Change(A, "/actors/0/id", "A-1_b", good=True),
    Change(A, "/actors/0/id", "a" * 100, good=True),
    Change(A, "/actors/0/id", "a" * 101),
    Change(A, "/actors/0/id", "a1\n"),
    Change(A, "/actors/0/id", "\na1"),
    Change(A, "/actors/0/id", "-a"),
    Change(A, "/actors/0/id", "ä"),
    Change(A, "/actors/0/id", "a b"),
    Change(A, "/actors/0/id", ""),
    Change(A, "/actors/0/id", 1),
    Change(A, "/actors/0/entity", None, good=True),
    Change(A, "/actors/0/entity", "nobody\n"),
    Change(A, "/attributions/0/source/0", "a1\n"),
    Change(A, "/attributions/0/source", None),
    Change(A, "/attributions/0/source", "a1"),
    Change(A, "/sha256", "A" * 64),
    Change(A, "/sha256", "0" * 64 + "\n"),
    Change(D, "/documents/0/file", "../one.txt"),
    Change(D, "/documents/0/file", "one.txt\n"),
    # Closed lists and versions
    Change(A, "/actors/0/level", "noun"),
    Change(A, "/actors/0/level", "Name"),
    Change(A, "/actors/0/level", None),
    Change(A, "/locations/0/level", "pronoun"),
    Change(A, "/schema_version", "1.2"),
    Change(A, "/schema_version", "2.1"),
    Change(A, "/schema_version", 2.0),
    # Fields of records that 1.1 had
    Change(A, "/actors/0/uncertain", True, at="/actors/0"),
    Change(A, "/casualties/0/status", "civilian"),
    Change(A, "/casualties/0/cause", "artillery"),
    # Ranges, fractions, groups, links
    Change(A, "/casualties/0/value_max", 5, good=True),
    Change(A, "/casualties/0/value_max", 5.0, good=True),
    Change(A, "/casualties/0/value_max", None, good=True),
    Change(A, "/casualties/0/value_max", -1),
    Change(A, "/casualties/0/value_max", 10**12 + 1),
    Change(A, "/casualties/0/value_max", "5"),
    Change(A, "/casualties/0/quantifier", "range", good=True),
    Change(A, "/casualties/0/quantifier", "between"),
    Change(A, "/casualties/0/fraction", None, good=True),
    Change(A, "/casualties/0/fraction", {"numerator": 1, "denominator": 2}, good=True),
    Change(A, "/casualties/0/fraction", {"numerator": 0, "denominator": 3.0}, good=True),
    Change(A, "/casualties/0/fraction", {"numerator": 1, "denominator": 0}, at="/casualties/0/fraction/denominator"),
    Change(A, "/casualties/0/fraction", {"numerator": -1, "denominator": 2}, at="/casualties/0/fraction/numerator"),
    Change(A, "/casualties/0/fraction", {"numerator": 1}, at="/casualties/0/fraction"),
    Change(A, "/casualties/0/fraction", {"numerator": 1, "denominator": 2, "extra": {}}, at="/casualties/0/fraction"),
    Change(A, "/casualties/0/fraction", 0.5),
    Change(A, "/casualties/0/status", [], good=True),
    Change(A, "/casualties/0/status", ["civilian", "prisoner"], good=True),
    Change(A, "/casualties/0/status", None),
    Change(A, "/casualties/0/status", [7], at="/casualties/0/status/0"),
    Change(A, "/casualties/0/age", None),
    Change(A, "/casualties/0/sex", "female", good=True),
    Change(A, "/casualties/0/groups", [], good=True),
    Change(A, "/casualties/0/groups", [{}], good=True),
    Change(A, "/casualties/0/groups", [{"age": "child"}, {"sex": "female", "status": ["medic"]}], good=True),
    Change(A, "/casualties/0/groups", [{"outcome": "killed"}], at="/casualties/0/groups/0"),
    Change(A, "/casualties/0/groups", [{"age": ["child"]}], at="/casualties/0/groups/0/age"),
    Change(A, "/casualties/0/groups", {"age": "child"}),
    Change(A, "/casualties/0/certainty", "presumed", good=True),
    Change(A, "/casualties/0/certainty", "feared"),
    Change(A, "/casualties/0/inferred_perpetrator", "borland", good=True),
    Change(A, "/casualties/0/inferred_perpetrator", "bor land"),
    *(Change(A, f"/casualties/0/{link}", ["c2"], good=True) for link in ("same_as", "revises", "besides")),
    *(Change(A, f"/casualties/0/{link}", "c2") for link in ("same_as", "revises", "besides")),
    *(Change(A, f"/casualties/0/{link}", ["c 2"], at=f"/casualties/0/{link}/0") for link in ("same_as", "revises")),
    Change(A, "/attributions/0/said_on", "2001-02", good=True),
    Change(A, "/attributions/0/said_on", "Monday"),
    Change(A, "/attributions/0/answers", "t2", good=True),
    Change(A, "/attributions/0/answers", ["t2"]),
    Change(A, "/attributions/0/inferred_blames", ["borland"], good=True),
    Change(A, "/attributions/0/inferred_blames", "borland"),
    # How sure a system is
    Change(A, "/actors/0/score", 0.5, good=True),
    Change(A, "/actors/0/score", 1, good=True),
    Change(A, "/actors/0/score", None, good=True),
    Change(A, "/actors/0/score", 1.5),
    Change(A, "/actors/0/score", "0.5"),
    # Other readings
    Change(A, "/casualties/0/alternatives", [], good=True),
    *(
        Change(A, f"/{layer}/0/alternatives", [change], good=True)
        for layer, change in (
            ("actors", {"entity": None}),
            ("actors", {"span": [FRAGMENT], "level": "name"}),
            ("locations", {"place": "dorn"}),
            ("casualties", {"value": 3}),
            ("casualties", {"value": 3.0, "value_max": None}),
            ("casualties", {"fraction": {"numerator": 1, "denominator": 3}, "value": None}),
            ("casualties", {"groups": [{"age": "child"}], "status": []}),
            ("casualties", {"trigger": None, "subset_of": ["c2"]}),
            ("attributions", {"source": ["a2"], "cue": None, "blames": []}),
            ("attributions", {"content": [FRAGMENT], "answers": "t2"}),
        )
    ),
    Change(A, "/casualties/0/alternatives", None),
    Change(A, "/casualties/0/alternatives", {"value": 3}),
    Change(A, "/casualties/0/alternatives", [3], at="/casualties/0/alternatives/0"),
    *(
        Change(A, f"/{layer}/0/alternatives", [change], at=f"/{layer}/0/alternatives/0{inside}")
        for layer, change, inside in (
            ("casualties", {}, ""),
            ("casualties", {"valeu": 3}, ""),
            ("casualties", {"value": 3, "uncertain": True}, ""),
            ("casualties", {"id": "c9"}, ""),
            ("casualties", {"note": "x"}, ""),
            ("casualties", {"score": 0.5}, ""),
            ("casualties", {"extra": {}}, ""),
            ("casualties", {"alternatives": [{"value": 3}]}, ""),
            ("casualties", {"entity": "borland"}, ""),
            ("casualties", {"value": "3"}, "/value"),
            ("casualties", {"value": 3.5}, "/value"),
            ("casualties", {"value": -1}, "/value"),
            ("casualties", {"value_max": 10**13}, "/value_max"),
            ("casualties", {"quantifier": "about"}, "/quantifier"),
            ("casualties", {"quantifier": None}, "/quantifier"),
            ("casualties", {"outcome": None}, "/outcome"),
            ("casualties", {"cause": "fire"}, "/cause"),
            ("casualties", {"span": []}, "/span"),
            ("casualties", {"span": [{"start": 1, "end": 2}]}, "/span/0"),
            ("casualties", {"span": [{**FRAGMENT, "end": 0}]}, "/span/0/end"),
            ("casualties", {"subset_of": ["c 2"]}, "/subset_of/0"),
            ("casualties", {"subset_of": "c2"}, "/subset_of"),
            ("casualties", {"perpetrator": "a1\n"}, "/perpetrator"),
            ("casualties", {"groups": [{"age": 7}]}, "/groups/0/age"),
            ("casualties", {"fraction": {"numerator": 1, "denominator": 0}}, "/fraction/denominator"),
            ("attributions", {"source": ["a1", "a 2"]}, "/source/1"),
            ("attributions", {"said_on": "today"}, "/said_on"),
            ("attributions", {"act": "say"}, "/act"),
            ("actors", {"level": "noun"}, "/level"),
            ("locations", {"level": "pronoun"}, "/level"),
        )
    ),
    # Labels of other programs, and the system
    Change(A, "/foreign", [FOREIGN], good=True),
    Change(A, "/foreign", [{**FOREIGN, "attributes": {"deep": [{"x": 0.5}], "big": 10**30}}], good=True),
    Change(A, "/foreign", [{**FOREIGN, "span": []}], at="/foreign/0/span"),
    Change(A, "/foreign", [{**FOREIGN, "label": ""}], at="/foreign/0/label"),
    Change(A, "/foreign", [{**FOREIGN, "attributes": None}], at="/foreign/0/attributes"),
    Change(A, "/system", {"name": "reader", "version": "1", "made": "2026-01-01"}, good=True),
    Change(A, "/system", None, good=True),
    Change(A, "/system", {"name": "reader", "version": "1"}, at="/system"),
    Change(A, "/system", "reader"),
    Change(D, "/documents/0/agency", None, good=True),
    Change(D, "/documents/0/agency", "an agency"),
    Change(E, "/events/0/type", None, good=True),
    Change(E, "/events/0/type", "shelling", good=True),
    Change(E, "/events/0/type", 3),
    Change(E, "/events/0/evidence", "hearsay"),
    # Spans
    Change(A, "/casualties/0/trigger", None, good=True),
    Change(A, "/casualties/0/trigger", []),
    Change(A, "/casualties/0/trigger", [{**FRAGMENT, "x": 1}], at="/casualties/0/trigger/0"),
    Change(A, "/casualties/0/trigger", [{"start": 84, "end": 90}], at="/casualties/0/trigger/0"),
    Change(A, "/casualties/0/trigger", FRAGMENT),
    Change(A, "/casualties/0/span", []),
    Change(A, "/casualties/0/span", None),
    Change(A, "/attributions/0/cue", None, good=True),
    Change(A, "/attributions/0/content", []),
    # Missing and unknown fields
    Change(A, "/sha256", GONE, at=""),
    Change(A, "/actors/0/entity", GONE, at="/actors/0"),
    Change(A, "/actors/0/span/0/text", GONE, at="/actors/0/span/0"),
    Change(A, "/relations", [], at=""),
    Change(A, "/actors/0/entitty", None, at="/actors/0"),
    Change(P, "/places/1/parent/basis", GONE, at="/places/1/parent"),
    Change(P, "/places/1/parent/why", "so", at="/places/1/parent"),
    Change(D, "/documents/0/segments/0/start", GONE, at="/documents/0/segments/0"),
    # The open slot
    Change(A, "/extra", {"tool": {"version": [1, 2.5, None, True, {"deep": ["x"]}]}}, good=True),
    Change(A, "/actors/0/extra", {"score": 0.5, "start": 5.0, "id": "a b"}, good=True),
    Change(A, "/actors/0/extra", []),
    Change(A, "/actors/0/extra", None),
    # Records
    Change(P, "/places/1/parent", None, good=True),
    Change(P, "/places/1/parent", "avaria-land"),
    Change(P, "/places/1/parent/id", "avaria land"),
    Change(P, "/places/1/names/0", {**NAME, "used_by": ["a", "b"]}, good=True),
    Change(P, "/places/1/names/0", {**NAME, "used_by": ["a", "b c"]}, at="/places/1/names/0/used_by/1"),
    Change(D, "/documents/0/segments", []),
    Change(D, "/documents", None),
    Change(D, "/documents", {}),
    # Dates: only their pattern; whether the day exists is a rule of its own
    Change(E, "/events/0/start", "2001", good=True),
    Change(E, "/events/0/start", "2001-02", good=True),
    Change(E, "/events/0/start", "2001-99-99", good=True),
    Change(E, "/events/0/start", None, good=True),
    Change(E, "/events/0/start", "2001-2"),
    Change(E, "/events/0/start", "2001-02-01\n"),
    Change(E, "/events/0/start", "2001-02-01T00:00"),
    Change(E, "/events/0/start", "1 February 2001"),
    Change(E, "/events/0/start", 2001),
    Change(D, "/documents/0/date/value", "yesterday"),
]  # fmt: skip


@cache
def _validators(kind: str) -> tuple[Draft202012Validator, Any]:
    schema = json_schema(kind)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema), jsonschema_rs.Draft202012Validator(schema)


def _findings(data: bytes, kind: str) -> list[Any]:
    try:
        parse(data, FILE_KINDS[kind], "file.json")
    except InvalidFile as error:
        return list(error.findings)
    return []


def _pointer(steps: Any) -> str:
    return "".join(f"/{step}" for step in steps)


@pytest.mark.parametrize(
    "change", CHANGES, ids=lambda c: f"{c.kind}{c.pointer}={'gone' if c.value is GONE else c.value!r:.30}"
)  # fmt: skip
def test_models_and_schemas_agree_and_point_at_the_same_place(change, mini):
    edit(mini, FILES[change.kind], {change.pointer: change.value})
    data = (mini / FILES[change.kind]).read_bytes()
    python, rust = _validators(change.kind)

    found = _findings(data, change.kind)
    instance = orjson.loads(data)
    python_errors = list(python.iter_errors(instance))
    rust_errors = list(rust.iter_errors(instance))
    assert bool(found) is not change.good
    assert bool(python_errors) is not change.good
    assert bool(rust_errors) is not change.good
    if not change.good:
        assert {_pointer(error.absolute_path) for error in python_errors} == {change.wrong_at}
        assert {_pointer(error.instance_path) for error in rust_errors} == {change.wrong_at}
        # A finding names the field that is missing or too many, a schema only its record.
        pointed = {f.pointer for f in found}
        assert all(p == change.wrong_at or p.rpartition("/")[0] == change.wrong_at for p in pointed)
        if change.at is None:
            assert pointed == {change.pointer}


@pytest.mark.parametrize("kind", FILES)
def test_the_small_corpus_is_good(kind, mini):
    data = (mini / FILES[kind]).read_bytes()
    assert _findings(data, kind) == []
    for validator in _validators(kind):
        assert validator.is_valid(orjson.loads(data))


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400"])
@pytest.mark.parametrize("pointer", ["/extra/x", "/casualties/0/value", "/actors/0/extra/x/y/0"])
def test_numbers_that_are_not_finite_are_no_json(pointer, number, mini):
    """No schema can refuse them in the open slot, so reading does."""
    *outer, _ = pointer.split("/")
    if "extra" in outer:
        at = "/".join(outer[: outer.index("extra") + 1])
        inner = {"x": "NUMBER"} if pointer.endswith("x") else {"x": {"y": ["NUMBER"]}}
        edit(mini, FILES[A], {at: inner})
    else:
        edit(mini, FILES[A], {pointer: "NUMBER"})
    data = (mini / FILES[A]).read_bytes().replace(b'"NUMBER"', number.encode())
    assert [(f.code, f.pointer) for f in _findings(data, A)] == [("F105", pointer)]


@pytest.mark.parametrize("kind", FILES)
def test_what_is_read_is_what_was_written(kind, mini):
    """The open slot comes back unchanged, also when another value needs the careful parser."""
    extra = {"whole": 5.0, "large": 10**40, "deep": [[{"a": 1e-9}]]}
    edit(mini, FILES[kind], {"/extra": extra})
    record = parse((mini / FILES[kind]).read_bytes(), FILE_KINDS[kind], "file.json")
    assert json.dumps(record.extra) == json.dumps(extra)


def test_escaped_names_do_not_hide_a_repeated_key(mini):
    path = mini / FILES[A]
    data = path.read_bytes()
    for old, new in (
        (b'"guidelines": "1.0"', b'"guidelines": "1.0", "guidel\\u0069nes": "2.0"'),
        (b'"guidelines": "1.0"', b'"guidelines" : "1.0", "guidelines": "2.0"'),
        (b'"guidelines": "1.0"', b'"guidelines"\n: "1.0", "guidelines"\t: "2.0"'),
        (b'"guidelines": "1.0"', b'"guidelines": "say \\"x\\": y", "guidelines": "2.0"'),
    ):
        assert data.count(old) == 1
        found = _findings(data.replace(old, new), A)
        assert [(f.code, f.pointer) for f in found] == [("F104", "/guidelines")]


@pytest.mark.parametrize("half", [r"\ud800", r"\uDC00", r"\udc00\ud800", r"\ud800\ud83d\ude00"])
def test_half_a_character_is_found_everywhere_and_a_whole_one_is_none(half, mini):
    path = mini / FILES[A]
    old = b'"guidelines": "1.0"'
    for new, pointers in (
        (rf'"guidelines": "1.0{half}"', ["/guidelines"]),
        (
            rf'"guidelines": "1.0", "extra": {{"a": [1, "{half}"], "{half}": 1}}',
            ["/extra", "/extra/a/1"],
        ),
        (rf'"guidelines": "1.0", "extra": {{"{half}": {{"{half}": "{half}"}}}}', ["/extra"]),
        (rf'"guidelines": "1.0", "{half}": 1, "{half}": 2', [""]),
        (r'"guidelines": "1.0", "extra": {"\ud83d\ude00": "\ud83d\ude00"}', []),
    ):
        found = _findings(path.read_bytes().replace(old, new.encode()), A)
        assert [(f.code, f.pointer) for f in found] == [("F106", pointer) for pointer in pointers]
        assert all(str(f).isprintable() for f in found)


def test_words_that_look_like_keys_are_no_repeated_keys(mini):
    notes = ['a "key": and', "ends in a backslash \\", '\\": ": "', "a : b"]
    edit(mini, FILES[A], {f"/actors/{n}/note": note for n, note in enumerate(notes)})
    assert _findings((mini / FILES[A]).read_bytes(), A) == []


@pytest.mark.parametrize("data", [b"[" * 100_000, b'{"extra": ' * 5000, b"1" * 5000, b"", b"\xff"])
def test_hostile_bytes_end_in_a_finding(data):
    assert [finding.code[0] for finding in _findings(data, A)] in (["F"], ["S"])

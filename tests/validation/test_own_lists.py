"""A corpus may use the values that its ``lists.json`` adds, each in the list it is for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from corrupt import ONE, TWO, edit

import warclaims
from warclaims.corpus.canonical import to_plain
from warclaims.validation import validate, validate_bundles

if TYPE_CHECKING:
    from pathlib import Path

LISTS = "annotations/lists.json"


def added(root: Path, **values: tuple[str, str]) -> None:
    """Write a ``lists.json`` with these values: each the list and the value it is a kind of."""
    entries = [
        {"list": name, "value": value, "label": value, "meaning": "made up", "kind_of": kind}
        for value, (name, kind) in values.items()
    ]
    (root / LISTS).write_text(json.dumps({"schema_version": "2.0", "values": entries}))


def found(root: Path, *paths: Path) -> list[tuple[str, str, str]]:
    given = list(paths) or None
    return [(f.code, f.file, f.pointer) for f in validate(warclaims.open(root), given)]


USES = {
    "cause": ("/casualties/0/cause", ["artillery", "barrel_bomb"], "/casualties/0/cause/1"),
    "outcome": ("/casualties/0/outcome", "barrel_bomb", None),
    "age": ("/casualties/1/age", "barrel_bomb", None),
    "sex": ("/casualties/1/sex", "barrel_bomb", None),
    "status": ("/casualties/1/status", ["barrel_bomb"], "/casualties/1/status/0"),
}
KINDS = {
    "cause": "explosive",
    "outcome": "killed",
    "age": "child",
    "sex": "female",
    "status": "civilian",
}


@pytest.mark.parametrize("name", USES)
def test_a_value_is_known_in_the_list_that_it_was_added_to_only(name, mini):
    pointer, value, wrong_at = USES[name]
    edit(mini, ONE, {pointer: value, "/casualties/0/trigger": None})
    wrong = [("S203", ONE, wrong_at or pointer)]
    assert found(mini) == wrong
    added(mini, barrel_bomb=(name, KINDS[name]))
    assert [code for code, *_ in found(mini) if code[0] != "W"] == []
    other = "outcome" if name == "cause" else "cause"
    added(mini, barrel_bomb=(other, "killed" if name == "cause" else "explosive"))
    assert found(mini) == wrong


@pytest.mark.parametrize(
    ("name", "file", "pointer"),
    [
        ("actor_type", "annotations/registry/actors.json", "/actors/0/type"),
        ("place_type", "annotations/registry/places.json", "/places/0/type"),
        ("event_type", "annotations/registry/events.json", "/events/0/type"),
    ],
)
def test_registries_use_the_values_of_the_corpus(name, file, pointer, mini):
    edit(mini, file, {pointer: "barrel_bomb"})
    assert ("S203", file, pointer) in found(mini)
    added(mini, barrel_bomb=(name, "other"))
    assert found(mini) == []


def test_other_readings_and_groups_use_the_values_of_the_corpus(mini):
    changes = {
        "/casualties/0/alternatives": [{"cause": ["barrel_bomb"]}, {"value": 3}],
        "/casualties/0/note": "or so",
        "/casualties/1/groups": [{"status": ["barrel_bomb"]}, {}],
    }
    edit(mini, ONE, changes)
    assert found(mini) == [
        ("S203", ONE, "/casualties/0/alternatives/0/cause/0"),
        ("S203", ONE, "/casualties/1/groups/0/status/0"),
    ]
    added(mini, barrel_bomb=("cause", "explosive"))
    assert found(mini) == [("S203", ONE, "/casualties/1/groups/0/status/0")]
    edit(mini, ONE, {"/casualties/1/groups/0/status": ["medic"]})
    assert found(mini) == []


def test_bundles_use_the_values_of_the_corpus(mini, tmp_path):
    added(mini, barrel_bomb=("cause", "explosive"))
    edit(mini, ONE, {"/casualties/0/cause": ["barrel_bomb"]})
    path = tmp_path / "b.jsonl"
    path.write_bytes(orjson.dumps(to_plain(warclaims.open(mini).bundle("one"))))
    assert list(validate_bundles(path, warclaims.open(mini))) == []
    (mini / LISTS).unlink()
    edit(mini, ONE, {"/casualties/0/cause": []})
    codes = [finding.code for finding in validate_bundles(path, warclaims.open(mini))]
    assert codes == ["S203"]


def test_a_value_is_taken_for_what_it_is_a_kind_of(mini):
    """A part may be of a kind of its whole's status; a value of another kind may not."""
    added(mini, farmer=("status", "civilian"), sniper=("status", "military"))
    edit(mini, ONE, {"/casualties/1/status": ["farmer"]})
    assert found(mini) == []
    edit(mini, ONE, {"/casualties/1/status": ["sniper"]})
    assert found(mini) == [("W606", ONE, "/casualties/1/status")]
    edit(mini, ONE, {"/casualties/1/status": [], "/casualties/0/status": ["farmer"]})
    assert found(mini) == [], "its words say civilians, and a farmer is one"
    added(mini, hanged=("outcome", "killed"))
    edit(mini, TWO, {"/casualties/0/outcome": "hanged", "/casualties/0/trigger": None})
    claims = warclaims.claims(mini, outcome="killed")
    assert "hanged" in {claim.outcome for claim in claims}


@pytest.mark.parametrize(
    ("content", "code", "pointer"),
    [
        ("{", "F103", ""),
        ('{"schema_version": "2.0"}', "S201", "/values"),
        ('{"schema_version": "2.0", "values": [{"list": "causes"}]}', "S203", "/values/0/list"),
    ],
)
def test_what_is_wrong_in_the_lists_is_found(content, code, pointer, mini, tmp_path):
    (mini / LISTS).write_text(content)
    assert (code, LISTS, pointer) in found(mini)
    assert (code, LISTS, pointer) in found(mini, mini / LISTS)
    path = tmp_path / "b.jsonl"
    path.write_bytes(b"{}\n")
    codes = {finding.code for finding in validate_bundles(path, warclaims.open(mini))}
    assert code in codes


def test_the_models_leave_the_open_lists_to_the_corpus(mini):
    """A record of another corpus can be held whatever its lists are; the schema has the values."""
    casualty = warclaims.open(mini).annotations("one").casualties[0]
    changed: Any = casualty.model_copy(update={"cause": ("barrel_bomb",)})
    assert type(casualty).model_validate_json(changed.model_dump_json()) == changed

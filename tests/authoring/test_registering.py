"""Entries put into registries by command."""

import json
from types import SimpleNamespace

import pytest

import warclaims
from command_line import run
from warclaims.authoring.registering import KINDS, TYPES
from warclaims.commands.register import command
from warclaims.records import REGISTRIES


@pytest.fixture(name="cli")
def in_a_new_corpus(cli, tmp_path):
    root = tmp_path / "own"
    assert cli("new", root, "--annotator", "p1").returncode == 0

    def call(*arguments):
        done = cli("--corpus", root, *arguments)
        return SimpleNamespace(code=done.returncode, out=done.stdout, err=done.stderr, root=root)

    return call


def test_the_file_is_named_so_that_it_is_found_from_where_one_is(cli):
    root = cli("register", "annotator", "first").root
    said = run(["--corpus", root, "register", "annotator", "anna"], root.parent).stdout
    assert said == "entered anna in own/annotations/registry/annotators.json\n"


def test_entries_of_every_kind_are_readable_and_in_order(cli):
    for arguments in (
        ["side", "s", "--label", "Side S"],
        ["actor", "b", "--type", "government", "--label", "B", "--basis", "one: 'B'"],
        ["actor", "a", "--type", "person", "--side", "s", "--parent", "b", "--source", "its page"],
        ["place", "p", "--type", "city"],
        ["event", "e", "--description", "What is meant.", "--start", "2024-05-01"],
        ["event", "f", "--description", "What is meant.", "--type", "shelling", "--parent", "e"],
        ["annotator", "anna", "--label", "Anna"],
    ):
        run = cli("register", *arguments)
        assert run.code == 0, run.err
        assert f"entered {arguments[1]} in {run.root}/annotations/registry/" in run.out
    registries = warclaims.open(run.root).registries
    assert list(registries.actors) == ["a", "b"]
    actor = registries.actors["a"]
    assert (actor.side.id, actor.affiliation.id, actor.evidence) == ("s", "b", "external")
    assert registries.actors["b"].evidence == "text"
    assert registries.places["p"].evidence == "inferred"
    assert registries.events["e"].start == "2024-05-01"
    assert registries.events["e"].type is None
    assert registries.events["f"].type == "shelling"
    assert list(registries.annotators) == ["anna", "p1"]
    assert cli("validate", "--errors-only").code == 0


def test_an_event_has_the_places_where_it_happened(cli):
    assert cli("register", "place", "p", "--type", "city").code == 0
    event = ("register", "event", "e", "--description", "What is meant.", "--place")
    assert cli(*event, "p").code == 0
    run = cli("register", "event", "f", "--description", "Another.", "--place", "q")
    assert run.code == 2
    assert "unknown place 'q'; known: p" in run.err
    run = cli("register", "side", "s", "--place", "p")
    assert "the registry of sides has no --place" in run.err
    assert warclaims.open(run.root).registries.events["e"].places == ("p",)
    assert cli("validate", "--errors-only").code == 0


def test_types_are_those_of_the_corpus(cli):
    own = [
        {"list": "event_type", "value": "ambush", "kind_of": "battle"},
        {"list": "actor_type", "value": "militia", "kind_of": "armed_group"},
        {"list": "place_type", "value": "checkpoint", "kind_of": "facility"},
    ]
    lists = {
        "schema_version": "2.0",
        "values": [one | {"label": "x", "meaning": "x"} for one in own],
    }
    unknown = cli("register", "event", "a", "--description", "d", "--type", "ambush")
    assert unknown.code == 2
    (unknown.root / "annotations" / "lists.json").write_text(json.dumps(lists), "utf-8")
    for kind, value in (("event", "ambush"), ("actor", "militia"), ("place", "checkpoint")):
        description = ["--description", "d"] if kind == "event" else []
        run = cli("register", kind, "a", "--type", value, *description)
        assert run.code == 0, run.err
        assert getattr(warclaims.open(run.root).registries, f"{kind}s")["a"].type == value
    assert "militia" in cli("register", "actor", "b").err, "the types are listed"
    assert cli("validate", "--errors-only").code == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["actor", "a"], "--type is needed"),
        (["event", "a"], "--description is needed"),
        (["actor", "a", "--type", "goverment"], "'government'"),
        (["actor", "a b", "--type", "person"], "cannot be an id"),
        (["annotator", "p1"], "has 'p1' already"),
        (["actor", "a", "--type", "person", "--side", "s"], "unknown side 's'"),
        (["actor", "a", "--type", "person", "--parent", "b"], "unknown actor 'b'"),
        (["side", "a", "--type", "person"], "has no --type"),
        (["place", "a", "--type", "city", "--end", "2023"], "has no --end"),
        (["annotator", "a", "--basis", "words"], "has no --basis"),
        (["actor", "a", "--type", "person", "--description", "d"], "has no --description"),
        (["event", "a", "--description", "d", "--type", "batle"], "did you mean 'battle'?"),
        (["event", "a", "--description", "d", "--start", "May"], "start: "),
        (["event", "a", "--description", "d", "--start", "2023-02-30"], "no such date"),
    ],
)
def test_what_cannot_be_entered_is_said_and_nothing_written(cli, arguments, words):
    before = {path: path.read_bytes() for path in cli("validate").root.rglob("*.json")}
    run = cli("register", *arguments)
    assert run.code == 2
    assert words in run.err
    assert {path: path.read_bytes() for path in run.root.rglob("*.json")} == before


def test_the_command_knows_every_registry():
    (kind, *_) = command.params
    assert tuple(kind.type.choices) == KINDS
    assert len(KINDS) == len(REGISTRIES)
    assert TYPES["annotator"]("person")

"""Whatever is wrong with an export is reported where it is, and nothing at all is written."""

import copy
import json

import pytest
from browser import saved

import warclaims
from warclaims.commands import main
from warclaims.labelstudio import configuration, task
from warclaims.labelstudio.codes import CODES
from warclaims.records import Lists


def snapshot(root):
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def tasks(mini):
    """Both documents of the small corpus, as they come back; one word of each was edited."""
    corpus = warclaims.open(mini)
    found = [saved(task(bundle, corpus.registries)) for bundle in corpus.bundles()]
    for exported in found:
        level = next(r for r in result(exported) if r.get("from_name") == "actor_level")
        level["value"]["choices"] = ["name"]
    return found


def result(exported):
    return exported["annotations"][0]["result"]


def refused(mini, tmp_path, capsys, content):
    """The findings on the screen; asserts that nothing was written."""
    file = tmp_path / "export.json"
    file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    before = snapshot(mini)
    with pytest.raises(SystemExit) as done:
        main(["--corpus", str(mini), "import", "labelstudio", str(file)])
    assert done.value.code == 1
    assert snapshot(mini) == before
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "nothing was imported" in shown.err
    return [line.removeprefix(f"{file}") for line in shown.err.splitlines()]


def first(results, **wanted):
    return next(r for r in results if all(r.get(k) == v for k, v in wanted.items()))


def mark(results, region="actor-1-a1"):
    return first(results, id=region, type="labels")


def attribute(results, control="actor_level"):
    return first(results, from_name=control)


def relation(results, **wanted):
    return first(results, type="relation", **wanted)


def put(target, *steps):
    """Set a value deep in an object: ``put(task, "data", "text", "x")``."""
    *path, last, value = steps
    for step in path:
        target = target[step]
    target[last] = value


IN_RESULT = {
    "no id": (lambda r: mark(r).pop("id"), "L201"),
    "no from_name": (lambda r: mark(r).pop("from_name"), "L201"),
    "no value": (lambda r: mark(r).pop("value"), "L201"),
    "no type": (lambda r: mark(r).pop("type"), "S201"),
    "no start": (lambda r: mark(r)["value"].pop("start"), "L201"),
    "start is text": (lambda r: put(mark(r), "value", "start", "20"), "S204"),
    "start is a boolean": (lambda r: put(mark(r), "value", "start", True), "S204"),
    "start is half": (lambda r: put(mark(r), "value", "start", 20.5), "S204"),
    "value is a list": (lambda r: put(mark(r), "value", []), "S204"),
    "a result is a number": (lambda r: r.append(3), "S204"),
    "labels is a word": (lambda r: put(mark(r), "value", "labels", "actor"), "S204"),
    "end past the text": (lambda r: put(mark(r), "value", "end", 10_000), "L301"),
    "start below zero": (lambda r: put(mark(r), "value", "start", -3), "L301"),
    "an empty mark": (lambda r: put(mark(r), "value", "end", 20), "L301"),
    "start moved, words not": (lambda r: put(mark(r), "value", "start", 21), "L302"),
    "words moved, offsets not": (lambda r: put(mark(r), "value", "text", "in Avaria said"), "L302"),
    "words that are none": (
        lambda r: put(mark(r), "value", "text", ["Officials in Avaria"]),
        "L302",
    ),
    "no words at all": (lambda r: put(mark(r), "value", "text", ""), "L302"),
    "an unknown label": (lambda r: put(mark(r), "value", "labels", ["person"]), "L203"),
    "two labels": (lambda r: put(mark(r), "value", "labels", ["actor", "location"]), "L203"),
    "no label": (lambda r: put(mark(r), "value", "labels", []), "L203"),
    "a mark of another type": (lambda r: put(mark(r), "type", "hypertextlabels"), "L201"),
    "an attribute of a mark without label": (lambda r: r.remove(mark(r)), "L203"),
    "an unknown control": (lambda r: put(attribute(r), "from_name", "mood"), "L202"),
    "a type of another control": (lambda r: put(attribute(r), "type", "taxonomy"), "L201"),
    "an unknown choice": (lambda r: put(attribute(r), "value", "choices", ["big"]), "L204"),
    "two choices": (
        lambda r: put(attribute(r), "value", "choices", ["name", "nominal"]),
        "L204",
    ),
    "choices missing": (lambda r: attribute(r)["value"].pop("choices"), "L204"),
    "a path of two": (
        lambda r: put(attribute(r, "actor_entity"), "value", "taxonomy", [["x", "y"]]),
        "L204",
    ),
    "an id of no registry": (
        lambda r: put(attribute(r, "actor_entity"), "value", "taxonomy", [["nobody"]]),
        "R401",
    ),
    "an id that is none": (
        lambda r: put(attribute(r, "actor_entity"), "value", "taxonomy", [["no body"]]),
        "L204",
    ),
    "half a victim": (
        lambda r: put(attribute(r, "casualty_value"), "value", "number", 2.5),
        "L204",
    ),
    "fewer than none": (
        lambda r: put(attribute(r, "casualty_value"), "value", "number", -2),
        "L204",
    ),
    "a number in letters": (
        lambda r: put(attribute(r, "casualty_value"), "value", "number", "2"),
        "S204",
    ),
    "a required attribute missing": (lambda r: r.remove(attribute(r)), "L503"),
    "a note that is no text": (
        lambda r: r.append(
            {"id": "actor-1-a1", "from_name": "note", "type": "textarea", "value": {"text": [3]}}
        ),
        "L204",
    ),
    "a mark twice": (lambda r: r.append(copy.deepcopy(mark(r))), "L501"),
    "an attribute twice": (lambda r: r.append(copy.deepcopy(attribute(r))), "L501"),
    "a link to nowhere": (
        lambda r: put(relation(r, from_id="actor-1-a1"), "to_id", "gone"),
        "L401",
    ),
    "a link from nowhere": (
        lambda r: put(relation(r, to_id="trigger-84-90"), "from_id", "gone"),
        "L401",
    ),
    "a link both ways": (lambda r: put(relation(r), "direction", "bi"), "L402"),
    "a link sideways": (lambda r: put(relation(r), "direction", "up"), "L201"),
    "a link without direction": (lambda r: relation(r).pop("direction"), "L201"),
    "a link without end": (lambda r: relation(r).pop("to_id"), "L201"),
    "a link with an unknown label": (lambda r: put(relation(r), "labels", ["likes"]), "L403"),
    "a link the wrong way": (
        lambda r: relation(r, to_id="trigger-84-90").update(
            from_id="trigger-84-90", to_id="casualty-1-c1", labels=[]
        ),
        "L403",
    ),
    "a link of strangers": (
        lambda r: r.append(
            {
                "type": "relation",
                "from_id": "actor-1-a1",
                "to_id": "location-1-l1",
                "direction": "right",
            }
        ),
        "L403",
    ),
    "a link to itself": (
        lambda r: put(relation(r, from_id="actor-1-a1"), "to_id", "actor-1-a1"),
        "L403",
    ),
    "a cue without content": (
        lambda r: r.remove(relation(r, from_id="cue-1-t1", labels=["content"])),
        "L503",
    ),
    "a trigger of nothing": (
        lambda r: [r.remove(relation(r, to_id="trigger-84-90")) for _ in range(2)],
        "L503",
    ),
    "two perpetrators": (
        lambda r: r.extend(
            {
                "type": "relation",
                "from_id": "casualty-1-c1",
                "to_id": f"actor-1-{actor}",
                "direction": "right",
            }
            for actor in ("a1", "a2")
        ),
        "L501",
    ),
}


def test_a_value_that_the_words_seem_to_deny_is_imported_with_a_warning(
    mini, tmp_path, capsys, tasks
):
    put(attribute(result(tasks[0]), "casualty_value"), "value", "number", 5)
    file = tmp_path / "export.json"
    file.write_text(json.dumps(tasks))
    with pytest.raises(SystemExit) as done:
        main(["--corpus", str(mini), "import", "labelstudio", str(file)])
    assert done.value.code == 0
    assert "warning: " in (printed := capsys.readouterr().err)
    assert " C502 " in printed
    assert (
        json.loads((mini / "annotations/gold/one.json").read_bytes())["casualties"][0]["value"] == 5
    )


@pytest.mark.parametrize("name", IN_RESULT)
def test_something_wrong_with_a_result(mini, tmp_path, capsys, tasks, name):
    spoil, code = IN_RESULT[name]
    spoil(result(tasks[0]))
    lines = refused(mini, tmp_path, capsys, tasks)
    assert any(f": {code} " in line for line in lines), lines
    for line in lines[:-1]:
        assert line.startswith("#/0/annotations/0/result/")


IN_TASK = {
    "no data": (lambda t: t[1].pop("data"), "S201", "#/1/data"),
    "no annotations": (lambda t: t[1].pop("annotations"), "S201", "#/1/annotations"),
    "no result": (lambda t: t[1]["annotations"][0].pop("result"), "S201", "#/1/annotations/0/resu"),
    "no text": (lambda t: t[1]["data"].pop("text"), "S201", "#/1/data/text"),
    "no base": (lambda t: t[1]["data"].pop("exported"), "S201", "#/1/data/exported"),
    "a broken base": (
        lambda t: put(t[1], "data", "exported", "actors", 0, "level", "loud"),
        "S203",
        "#/1/data/exported/actors/0/level",
    ),
    "another's base": (
        lambda t: put(t[1], "data", "exported", t[0]["data"]["exported"]),
        "L103",
        "#/1/data/exported",
    ),
    "another version": (lambda t: put(t[1], "data", "encoding", "99"), "S206", "#/1/data/encoding"),
    "of format 1": (
        lambda t: put(t[1], "data", "exported", "schema_version", "1.1"),
        "L107",
        "#/1/data/exported",
    ),
    "another document's text": (
        lambda t: put(t[1], "data", "text", t[0]["data"]["text"]),
        "L103",
        "#/1/data/text",
    ),
    "another hash": (lambda t: put(t[1], "data", "sha256", "0" * 64), "L103", "#/1/data/sha256"),
    "no hash at all": (lambda t: put(t[1], "data", "sha256", "?"), "S205", "#/1/data/sha256"),
    "an unknown document": (
        lambda t: put(t[1], "data", "document", "three"),
        "L102",
        "#/1/data/document",
    ),
    "a document twice": (lambda t: t.append(t[1]), "L104", "#/2/data/document"),
    "two annotations": (
        lambda t: t[1]["annotations"].append(t[1]["annotations"][0]),
        "L105",
        "#/1/annotations",
    ),
    "an unknown set": (lambda t: put(t[1], "data", "set", "nobody"), "L106", "#/1/data/set"),
    "a set that is a path": (
        lambda t: put(t[1], "data", "set", "../../gold"),
        "S205",
        "#/1/data/set",
    ),
    "a task that is a list": (lambda t: t.append([]), "S204", "#/2"),
}


@pytest.mark.parametrize("name", IN_TASK)
def test_something_wrong_with_a_task(mini, tmp_path, capsys, tasks, name):
    spoil, code, pointer = IN_TASK[name]
    spoil(tasks)
    lines = refused(mini, tmp_path, capsys, tasks)
    assert any(line.startswith(pointer) and f": {code} " in line for line in lines), lines


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "F103"),
        (b"[{", "F103"),
        (b"\xef\xbb\xbf[]", "F101"),
        (b"[\xff]", "F102"),
        (b'[{"data": {}, "data": {}}]', "F104"),
        (b'[{"data": "\\ud800", "annotations": []}]', "F106"),
        (b"{}", "S204"),
        (b"3", "S204"),
        (b"[" * 100_000, "F103"),
        (configuration(Lists()), "F103"),
    ],
)
def test_not_an_export(mini, tmp_path, capsys, content, code):
    lines = refused(mini, tmp_path, capsys, content)
    assert any(f": {code} " in line for line in lines), lines
    where = {"F103": ":1:", "F106": "#/0/data: "}.get(code, "")
    assert content == b"[" * 100_000 or lines[0].startswith(where), lines


def test_a_finding_says_where_in_file_and_text(mini, tmp_path, capsys, tasks):
    put(attribute(result(tasks[1])), "value", "choices", ["big"])
    put(mark(result(tasks[0])), "value", "start", "20")
    del mark(result(tasks[0]), "actor-1-a2")["value"]["labels"]
    lines = refused(mini, tmp_path, capsys, tasks)
    number = result(tasks[0]).index(mark(result(tasks[0])))
    assert lines[0].startswith(f"#/0/annotations/0/result/{number}/value/start: S204")
    put(mark(result(tasks[0])), "value", "start", 20)
    lines = refused(mini, tmp_path, capsys, tasks)
    assert "(one 123–137): L203 a region has one label of actor, location" in lines[0]
    assert "(two 83–97): L204 'actor_level' cannot be 'big'; it can be name, nominal" in lines[-2]
    assert lines[-1] == "nothing was imported: 2 errors"


def test_every_code_is_met_by_a_test():
    """The codes of warnings and of what is refused on the way out are met elsewhere."""
    met = {code for _, code in IN_RESULT.values()} | {code for _, code, _ in IN_TASK.values()}
    elsewhere = {"L101", "L502", "L504", "L505", "L506", "L601", "L602", "L603", "L604"}
    assert set(CODES) == {code for code in met if code[0] == "L"} | elsewhere

"""Exports of any number of documents come back; each document is under limits of its own."""

from __future__ import annotations

import hashlib
import json
import shutil

import pytest
from browser import saved

import warclaims
from warclaims.commands import main
from warclaims.files.limits import MAX_BUNDLE, MAX_VALUES
from warclaims.labelstudio.reading import read_tasks


def enlarge(mini, count, size):
    """Make ``count`` documents out of the first of the small corpus, each of ``size`` bytes."""
    text = (mini / "seeds/one.txt").read_text(encoding="utf-8")
    index = json.loads((mini / "seeds/index.json").read_bytes())
    annotations = json.loads((mini / "annotations/gold/one.json").read_bytes())
    document = index["documents"][0]
    shutil.rmtree(mini / "annotations/passes")
    index["documents"] = []
    for number in range(count):
        name = f"d{number}"
        words = f"{text}\n{name} " + "It rained all night. " * ((size - len(text)) // 21)
        digest = hashlib.sha256(words.encode()).hexdigest()
        (mini / f"seeds/{name}.txt").write_bytes(words.encode())
        last = {"kind": "paragraph", "start": len(text), "end": len(words)}
        entry = {"id": name, "file": f"{name}.txt", "sha256": digest, "length": len(words)}
        index["documents"].append({**document, **entry, "segments": [*document["segments"], last]})
        path = mini / f"annotations/gold/{name}.json"
        path.write_text(json.dumps({**annotations, "document": name, "sha256": digest}))
    for name in ("one", "two"):
        (mini / f"seeds/{name}.txt").unlink()
        (mini / f"annotations/gold/{name}.json").unlink()
    (mini / "seeds/index.json").write_text(json.dumps(index))


@pytest.fixture
def run(mini, tmp_path, capsys):
    """Run the command on the small corpus: exit status, output, errors."""

    def run(*arguments):
        with pytest.raises(SystemExit) as done:
            main(["--corpus", str(mini), *map(str, arguments)])
        captured = capsys.readouterr()
        return done.value.code, captured.out, captured.err

    return run


@pytest.fixture
def tasks(mini, run, tmp_path):
    """The tasks of many documents as they were exported."""

    def tasks(count, size=300):
        enlarge(mini, count, size)
        assert run("export", "labelstudio", "--out", tmp_path / "there")[0] == 0
        return json.loads((tmp_path / "there/tasks.json").read_bytes())

    return tasks


def written(tmp_path, tasks):
    file = tmp_path / "export.json"
    file.write_bytes(tasks if isinstance(tasks, bytes) else json.dumps(tasks).encode())
    return file


def test_an_export_of_many_documents_is_imported(mini, run, tmp_path, monkeypatch):
    enlarge(mini, 70, 40_000)
    monkeypatch.chdir(tmp_path)
    assert run("export", "labelstudio")[0] == 0
    file = tmp_path / "labelstudio/tasks.json"
    assert run("import", "labelstudio", file) == (0, "70 documents unchanged\n", "")


def test_more_values_than_one_document_may_have_are_no_matter_in_many(tasks, run, tmp_path):
    found = tasks(6)
    for task in found:
        task["data"]["more"] = [0] * (MAX_VALUES // 5)
    assert run("import", "labelstudio", written(tmp_path, found))[:2] == (
        0,
        "6 documents unchanged\n",
    )


def test_a_change_among_many_is_the_only_one(tasks, run, mini, tmp_path):
    found = [saved(task) for task in tasks(30)]
    level = next(
        r for r in found[17]["annotations"][0]["result"] if r.get("from_name") == "actor_level"
    )
    level["value"]["choices"] = ["name"]
    status, out, err = run("import", "labelstudio", written(tmp_path, found))
    assert (status, err) == (0, "")
    assert out.startswith("wrote annotations/gold/d17.json\n")
    assert out.endswith("29 documents unchanged\n")


LARGE = {
    "too many values": lambda task: task["data"].update(more=[0] * MAX_VALUES),
    "too many bytes": lambda task: task["data"].update(more="x" * MAX_BUNDLE),
    "too many bytes before its name": lambda task: task.update(
        annotations="x" * MAX_BUNDLE, data=task.pop("data")
    ),
}


@pytest.mark.parametrize("name", LARGE)
def test_one_document_over_the_limit_is_refused_by_name(name, tasks, run, tmp_path):
    found = tasks(100)
    task = found[41]
    LARGE[name](task)
    found[41] = {key: task[key] for key in sorted(task)}  # annotations before data
    status, out, err = run("import", "labelstudio", written(tmp_path, found))
    first, last = err.splitlines()
    assert (status, out) == (1, "")
    assert "F107" in first
    assert "#/41" in first
    assert "d41" in first
    assert last == "nothing was imported: 1 error"


BROKEN = {
    "cut in a task": (lambda data: data[: len(data) // 2], "ends in the middle"),
    "cut between tasks": (
        lambda data: data[: data.index(b"\n", data.index(b"\n") + 1)].rstrip(b","),
        "ends in the middle",
    ),
    "cut after a comma": (
        lambda data: data[: data.index(b"\n", data.index(b"\n") + 1)],
        "ends in the middle",
    ),
    "more behind it": (lambda data: data + b"{}", "F103 is not JSON: extra data"),
    "the file twice": (lambda data: data + data, "F103 is not JSON: extra data"),
    "in an object": (lambda data: b'{"tasks": ' + data + b"}", "S204"),
    "a mark first": (lambda data: b"\xef\xbb\xbf" + data, "F101"),
    "UTF-16": (lambda data: data.decode().encode("utf-16"), "F102"),
    "a comma at the end": (lambda data: data.rstrip()[:-1] + b",]", "comma too many"),
    "a comma first": (lambda data: data.replace(b"[", b"[,", 1), "comma too many"),
    "a huge number": (
        lambda data: data.replace(b'"encoding"', b'"more": 1e999, "encoding"', 1),
        "F105",
    ),
    "a number of many digits": (
        lambda data: data.replace(b'"encoding"', b'"more": ' + b"9" * 5000 + b', "encoding"', 1),
        "F103",
    ),
    "a key twice": (lambda data: data.replace(b'"set"', b'"set": "a", "set"', 1), "F104"),
    "another list": (lambda data: b'[{"id": 1, "text": "x"}]', "S201"),
    "the other bracket": (lambda data: data.rstrip()[:-1] + b"}", "F103"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_export_is_refused_with_its_place(name, tasks, run, tmp_path):
    tasks(3)
    spoil, said = BROKEN[name]
    file = written(tmp_path, spoil((tmp_path / "there/tasks.json").read_bytes()))
    status, out, err = run("import", "labelstudio", file)
    assert (status, out) == (1, "")
    assert said in err
    assert err.startswith(str(file))
    assert "nothing was imported" in err


def test_a_mistake_is_shown_at_its_line_and_column(tasks, run, tmp_path):
    tasks(3)
    data = (tmp_path / "there/tasks.json").read_bytes()
    at = data.index(b'"encoding"', data.index(b'"d1"'))
    line = data.count(b"\n", 0, at) + 1
    column = len(data[data.rfind(b"\n", 0, at) + 1 : at].decode()) + 1
    file = written(tmp_path, data[:at] + b"!" + data[at:])
    err = run("import", "labelstudio", file)[2]
    assert err.startswith(f"{file}:{line}:{column}: F103")


def test_a_broken_export_that_is_too_large_to_read_whole(tasks, run, tmp_path, monkeypatch):
    tasks(3)
    monkeypatch.setattr("warclaims.labelstudio.reading.MAX_FILE", 1_000)
    file = written(tmp_path, (tmp_path / "there/tasks.json").read_bytes() + b"{}")
    status, out, err = run("import", "labelstudio", file)
    assert (status, out) == (1, "")
    assert "F103 is not a list of tasks in JSON: JSON is malformed: trailing characters" in err


def test_very_many_findings_are_counted_and_some_are_shown(mini, run, tmp_path):
    file = written(tmp_path, [{"id": number} for number in range(6_000)])
    status, out, err = run("import", "labelstudio", file)
    assert (status, out) == (1, "")
    assert "2,000 more findings are not shown" in err
    assert err.endswith("nothing was imported: 12,000 errors\n")
    assert len(err) < 3_000_000


def test_the_shipped_corpus_comes_back(shipped, tmp_path, capsys):
    corpus = shutil.copytree(
        shipped, tmp_path / "corpus", ignore=shutil.ignore_patterns(".*", "src", "tests", "docs")
    )
    assert warclaims.open(corpus)
    with pytest.raises(SystemExit):
        main(["--corpus", str(corpus), "export", "labelstudio", "--out", str(tmp_path / "there")])
    file = tmp_path / "there/tasks.json"
    with pytest.raises(SystemExit) as done:
        main(["--corpus", str(corpus), "import", "labelstudio", str(file)])
    assert done.value.code == 0
    assert "5 documents unchanged" in capsys.readouterr().out


@pytest.mark.parametrize("size", [10, 2**20 - 1, 2**20, 2**20 + 1, 3 * 2**20])
@pytest.mark.parametrize("blank", ["\n", " ", "\r\n"])
def test_places_are_right_after_any_white_space(tmp_path, size, blank):
    white = (blank * size)[:size]
    for rest, wrong in (('[{},\n {"a": }]', "}]"), ('{"a": }', "}"), ("[] x", "x")):
        found = [
            finding
            for one in read_tasks((white + rest).encode(), "file")
            if isinstance(one, list)
            for finding in one
            if finding.line is not None
        ]
        before = (white + rest)[: size + rest.rindex(wrong)]
        column = len(before) - before.rfind("\n")
        assert (found[-1].line, found[-1].column) == (before.count("\n") + 1, column)

"""Two versions compared: just the edits that were made, whatever they are opened from."""

import json
import shutil
import subprocess
import zipfile
from functools import partial
from pathlib import Path
from random import Random

import pytest

import warclaims
from cost import lines_run
from warclaims.corpus import canonical_bytes
from warclaims.records import LAYERS, FieldKind, Fragment, shapes
from warclaims.versions import ChangeKind, VersionStep, compare, required_step
from warclaims.versions.step import step_between, step_from


@pytest.fixture
def new(shipped, tmp_path) -> Path:
    """A copy of the shipped corpus, to edit."""
    for folder in ("seeds", "annotations"):
        shutil.copytree(shipped / folder, tmp_path / "new" / folder)
    return tmp_path / "new"


def rewrite(root: Path, document: str, layer: str, records) -> None:
    corpus = warclaims.open(root)
    annotations = corpus.annotations(document)
    path = corpus.layout.annotation_file("gold", document)
    path.write_bytes(canonical_bytes(annotations.model_copy(update={layer: tuple(records)})))


def edited(record, random: Random, others: list[str]):
    """The record after one random edit, and what kind of edit that is; null if it is gone."""
    known = shapes(type(record))
    kind = random.choice(list(ChangeKind)[:5])
    if kind is ChangeKind.REMOVED:
        return None, kind, ()
    if kind is ChangeKind.ADDED:
        return record.model_copy(update={"id": f"new-{record.id}"}), kind, ()
    if kind is ChangeKind.MOVED:
        (name, *_) = [n for n, s in known.items() if s.kind is FieldKind.SPAN and not s.nullable]
        first, *rest = getattr(record, name)
        moved = Fragment(start=first.start + 1, end=first.end + 1, text=first.text)
        return record.model_copy(update={name: (moved, *rest)}), kind, (name,)
    if kind is ChangeKind.RELINKED:
        name = next(n for n, s in known.items() if s.kind is FieldKind.REFERENCE and s.nullable)
        value = random.choice([one for one in others if one != getattr(record, name)])
        return record.model_copy(update={name: value}), kind, (name,)
    name = next(n for n, s in known.items() if s.kind is FieldKind.CHOICE)
    values = [one for one in known[name].choices if one != getattr(record, name)]
    return record.model_copy(update={name: random.choice(values)}), kind, (name,)


def test_three_hundred_edits_are_listed_and_nothing_else(shipped, new):
    random = Random(300)
    corpus = warclaims.open(new)
    places = [
        (document, layer, record.id)
        for document in corpus.documents
        for layer in LAYERS
        for record in getattr(corpus.annotations(document), layer)
    ]
    chosen = set(random.sample(places, 300))
    expected = set()
    others = list(corpus.registries.actors)
    for document in corpus.documents:
        for layer in LAYERS:
            records = []
            for record in getattr(corpus.annotations(document), layer):
                if (document, layer, record.id) not in chosen:
                    records.append(record)
                    continue
                after, kind, fields = edited(record, random, others)
                if kind is ChangeKind.ADDED:
                    records.append(record)
                    expected.add((document, layer, after.id, (kind,), ()))
                else:
                    expected.add((document, layer, record.id, (kind,), fields))
                if after is not None:
                    records.append(after)
            rewrite(new, document, layer, records)
    found = compare(warclaims.open(shipped), warclaims.open(new)).changes
    assert {c.where for c in found} == {"gold"}
    assert len(found) == len(expected) == 300
    assert {(c.document, c.collection, c.record, c.kinds, c.fields) for c in found} == expected


def test_the_same_is_the_same(shipped, new):
    difference = compare(warclaims.open(shipped), warclaims.open(new))
    assert difference.changes == ()
    assert required_step(difference).step is VersionStep.NONE


def change_json(path: Path, *steps) -> None:
    data = json.loads(path.read_bytes())
    *way, last, value = steps
    inner = data
    for one in way:
        inner = inner[one]
    if value is None and isinstance(inner, list):
        del inner[last]
    else:
        inner[last] = value
    path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")


@pytest.mark.parametrize(
    ("file", "steps", "kinds", "grade", "words"),
    [
        ("annotations/registry/actors.json", ("actors", 0, "label", "X"), "changed", "PATCH", ""),
        (
            "annotations/registry/places.json",
            ("places", 0, None),
            "removed",
            "MINOR",
            "was removed",
        ),
        ("seeds/index.json", ("documents", 4, None), "removed", "MAJOR", "004 was taken out"),
        ("annotations/gold/000.json", ("casualties", 0, "note", "so"), "changed", "PATCH", ""),
        (
            "annotations/gold/000.json",
            ("casualties", 0, None),
            "removed",
            "MINOR",
            "c1 was removed",
        ),
        ("annotations/gold/000.json", ("guidelines", "9.9"), "changed", "PATCH", "guidelines"),
    ],
)
def test_what_a_change_demands(shipped, new, file, steps, kinds, grade, words):  # noqa: PLR0917
    change_json(new / file, *steps)
    difference = compare(warclaims.open(shipped), warclaims.open(new))
    assert kinds in {kind.value for change in difference.changes for kind in change.kinds}
    demand = required_step(difference)
    assert demand.step is VersionStep[grade]
    assert words.removeprefix("guidelines") in demand.reason


@pytest.mark.parametrize(
    ("old", "changed", "grade"),
    [('"minLength": 1', '"minLength": 2', "MINOR"), ("The full noun phrase.", "Other.", "PATCH")],
)
def test_a_schema_with_another_form_is_a_minor_step(shipped, new, old, changed, grade):
    shutil.copytree(shipped / "schema", new / "schema")
    schema = new / "schema" / "v1" / "annotations.schema.json"
    assert old in schema.read_text("utf-8")
    schema.write_text(schema.read_text("utf-8").replace(old, changed), "utf-8")
    difference = compare(warclaims.open(shipped), warclaims.open(new))
    assert [change.where for change in difference.changes] == ["schema"]
    assert required_step(difference).step is VersionStep[grade]


def test_another_text_is_a_major_step(shipped, new):
    (seed,) = (new / "seeds").glob("004*")
    seed.write_bytes(seed.read_bytes() + b"\n")
    change_json(new / "seeds" / "index.json", "documents", 4, "sha256", "0" * 64)
    demand = required_step(compare(warclaims.open(shipped), warclaims.open(new)))
    assert demand.step is VersionStep.MAJOR
    assert "the text of document 004 changed" in demand.reason


def test_a_set_that_came_and_pages(shipped, new):
    shutil.copytree(new / "annotations" / "passes" / "a", new / "annotations" / "passes" / "z")
    with (new / "annotations" / "GUIDELINES.md").open("a") as page:
        page.write("\nMore.\n")
    found = compare(warclaims.open(shipped), warclaims.open(new)).changes
    assert {change.where for change in found} == {"z", "pages"}
    assert {kind for change in found for kind in change.kinds} == {
        ChangeKind.ADDED,
        ChangeKind.CHANGED,
    }


@pytest.mark.parametrize("page", ["GUIDELINES.md", "CASEBOOK.md", "audit.md", "adjudication.jsonl"])
def test_every_page_is_compared(shipped, new, page):
    with (new / "annotations" / page).open("a") as file:
        file.write("\nMore.\n")
    (change,) = compare(warclaims.open(shipped), warclaims.open(new)).changes
    assert (change.where, change.record, change.kinds) == ("pages", page, (ChangeKind.CHANGED,))


def test_a_text_that_changed_under_an_index_that_did_not(shipped, new):
    seed = next((new / "seeds").glob("004*"))
    seed.write_bytes(seed.read_bytes().replace(b"e", b"a", 1))
    difference = compare(warclaims.open(shipped), warclaims.open(new))
    (change,) = difference.changes
    assert (change.document, change.collection, change.fields) == ("004", "documents", ("sha256",))
    assert required_step(difference) == (VersionStep.MAJOR, "the text of document 004 changed")
    seed.unlink()
    (change,) = compare(warclaims.open(shipped), warclaims.open(new)).changes
    assert change.after == {"sha256": None}


def test_an_order_that_changed_is_told_beside_an_edit(shipped, new):
    layer = warclaims.open(new).annotations("000").casualties
    first, second, *rest = layer
    noted = second.model_copy(update={"note": "so"})
    rewrite(new, "000", "casualties", [*rest, noted])
    for name in ("seeds/index.json", "annotations/registry/actors.json"):
        data = json.loads((new / name).read_bytes())
        data[list(data)[-1]].reverse()
        (new / name).write_text(json.dumps(data))
    found = {
        (change.where, change.collection, change.record, *change.kinds)
        for change in compare(warclaims.open(shipped), warclaims.open(new)).changes
    }
    assert found == {
        ("gold", "casualties", first.id, ChangeKind.REMOVED),
        ("gold", "casualties", second.id, ChangeKind.CHANGED),
        ("gold", "casualties", "casualties", ChangeKind.REORDERED),
        ("documents", "documents", "documents", ChangeKind.REORDERED),
        ("registry", "actors", "actors", ChangeKind.REORDERED),
    }


def test_waivers_of_index_and_registries_and_files_that_hold_nothing(mini):
    old = shutil.copytree(mini, mini.parent / "old")
    waiver = {"code": "W601", "record": None, "reason": "so"}
    for name in ("seeds/index.json", "annotations/registry/actors.json"):
        change_json(mini / name, "waivers", [waiver])
    empty = warclaims.open(mini).annotations("one").model_copy(update=dict.fromkeys(LAYERS, ()))
    path = mini / "annotations" / "passes" / "nothing" / "one.json"
    path.parent.mkdir(parents=True)
    path.write_bytes(canonical_bytes(empty))
    found = [
        (change.where, change.fields or change.kinds)
        for change in compare(warclaims.open(old), warclaims.open(mini)).changes
    ]
    assert found == [
        ("documents", ("waivers",)),
        ("registry", ("waivers",)),
        ("nothing", (ChangeKind.ADDED,)),
    ]


def many(root: Path, times: int) -> warclaims.Corpus:
    """The small corpus with each mention of an actor so many times, every other one changed."""
    mentions = warclaims.open(root).annotations("one").actors
    rewrite(
        root,
        "one",
        "actors",
        [
            mention.model_copy(
                update={"id": f"{mention.id}-{number}", "note": "so" if number % 2 else None}
            )
            for number in range(times)
            for mention in mentions
        ],
    )
    return warclaims.open(root)


def test_the_cost_is_linear_in_the_records(mini, monkeypatch):
    from warclaims.records import ActorMention

    looked = 0
    same = ActorMention.__eq__

    def counted(one, other):
        nonlocal looked
        looked += 1
        return same(one, other)

    monkeypatch.setattr(ActorMention, "__eq__", counted)
    before = many(shutil.copytree(mini, mini.parent / "old"), 1)
    counts, lines = [], []
    for times in (100, 400):
        corpus = many(shutil.copytree(mini, mini.parent / f"new-{times}"), times)
        compare(corpus, corpus)  # the files are read and the caches warm
        looked = 0
        assert compare(corpus, corpus).changes == ()
        compare(before, corpus)
        counts.append(looked)
        lines.append(lines_run(partial(compare, corpus, corpus)))
        lines.append(lines_run(partial(compare, before, corpus)))
    assert 0 < counts[0] <= counts[1] <= 4.1 * counts[0]
    assert lines[2] <= 4.1 * lines[0]
    assert lines[3] <= 4.1 * lines[1]


def test_versions():
    assert step_between("0.1.0", "1.0.0") is VersionStep.MAJOR
    assert step_from("0.1.0", VersionStep.MINOR) is VersionStep.PATCH
    assert step_from("1.0.0", VersionStep.MINOR) is VersionStep.MINOR
    with pytest.raises(ValueError, match="older"):
        step_between("0.2.0", "0.1.9")


def test_directories_wheels_and_revisions(cli, shipped, new, tmp_path):
    change_json(new / "annotations/registry/actors.json", "actors", 0, "label", "X")
    wheel = tmp_path / "old.whl"
    with zipfile.ZipFile(wheel, "w") as made:
        for folder in ("seeds", "annotations"):
            for path in (shipped / folder).rglob("*"):
                made.write(path, Path("warclaims/data") / path.relative_to(shipped))
    git = ["git", "-C", str(new), "-c", "user.name=t", "-c", "user.email=t@example.org"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "as it was"]):
        subprocess.run([*git, *command], check=True)
    change_json(new / "annotations/registry/actors.json", "actors", 1, "label", "Y")
    told = [
        json.loads(cli("--corpus", new, "diff", old, new, "--format", "json").stdout)
        for old in (shipped, wheel, "HEAD")
    ]
    assert told[0] == told[1]
    assert len(told[0]["changes"]) == 2
    assert [change["after"] for change in told[2]["changes"]] == [{"label": "Y"}]
    assert told[2]["step"] == "patch"
    text = cli("--corpus", new, "diff", "HEAD", new)
    assert '→ "Y"' in text.stdout
    assert "requires a step: patch" in text.stdout


@pytest.mark.parametrize("old", ["nothing-of-it", "--output=x", "README.md", "\n", "empty"])
def test_what_is_no_version(cli, new, old):
    (new / "README.md").write_text("no archive")
    (new / "empty").mkdir()
    here = ("README.md", "empty")
    refused(cli("--corpus", new, "diff", "--", new / old if old in here else old, new))


def refused(run):
    assert run.returncode == 2, run.stdout
    assert run.stderr.startswith("error: ")
    assert "Traceback" not in run.stderr
    return run.stderr

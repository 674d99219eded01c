"""Two versions compared: just the edits that were made, whatever they are opened from."""

import json
import shutil
import subprocess
import zipfile
from pathlib import Path
from random import Random

import pytest

import warclaims
from warclaims.corpus import canonical_bytes
from warclaims.records import LAYERS, FieldKind, Fragment, shapes
from warclaims.versions import Kind, Step, compare, step
from warclaims.versions.step import demanded, taken


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
    kind = random.choice(list(Kind)[:5])
    if kind is Kind.REMOVED:
        return None, kind, ()
    if kind is Kind.ADDED:
        return record.model_copy(update={"id": f"new-{record.id}"}), kind, ()
    if kind is Kind.MOVED:
        (name, *_) = [n for n, s in known.items() if s.kind is FieldKind.SPAN and not s.nullable]
        first, *rest = getattr(record, name)
        moved = Fragment(start=first.start + 1, end=first.end + 1, text=first.text)
        return record.model_copy(update={name: (moved, *rest)}), kind, (name,)
    if kind is Kind.RELINKED:
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
                if kind is Kind.ADDED:
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
    assert step(difference).step is Step.NONE


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
    demand = step(difference)
    assert demand.step is Step[grade]
    assert words.removeprefix("guidelines") in demand.reason


def test_another_text_is_a_major_step(shipped, new):
    (seed,) = (new / "seeds").glob("004*")
    seed.write_bytes(seed.read_bytes() + b"\n")
    change_json(new / "seeds" / "index.json", "documents", 4, "sha256", "0" * 64)
    demand = step(compare(warclaims.open(shipped), warclaims.open(new)))
    assert demand.step is Step.MAJOR
    assert "the text of document 004 changed" in demand.reason


def test_a_set_that_came_and_pages(shipped, new):
    shutil.copytree(new / "annotations" / "passes" / "a", new / "annotations" / "passes" / "z")
    with (new / "annotations" / "GUIDELINES.md").open("a") as page:
        page.write("\nMore.\n")
    found = compare(warclaims.open(shipped), warclaims.open(new)).changes
    assert {change.where for change in found} == {"z", "pages"}
    assert {kind for change in found for kind in change.kinds} == {Kind.ADDED, Kind.CHANGED}


def test_versions():
    assert taken("0.1.0", "1.0.0") is Step.MAJOR
    assert demanded("0.1.0", Step.MINOR) is Step.PATCH
    assert demanded("1.0.0", Step.MINOR) is Step.MINOR
    with pytest.raises(ValueError, match="older"):
        taken("0.2.0", "0.1.9")


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
    assert "demands a step: patch" in text.stdout


@pytest.mark.parametrize("old", ["nothing-of-it", "--output=x", "README.md"])
def test_what_is_no_version(cli, new, old):
    (new / "README.md").write_text("no archive")
    run = cli("--corpus", new, "diff", "--", new / old if old == "README.md" else old, new)
    assert run.returncode == 2
    assert run.stderr.startswith("error: ")
    assert "Traceback" not in run.stderr

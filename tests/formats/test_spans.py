"""JSON Lines with spans and relations: what is read of doccano and Prodigy, and what is refused."""

import gzip
import json
import shutil

import pytest

import warclaims
from warclaims.formats import FORMATS
from warclaims.formats.importing import read_texts
from warclaims.formats.problems import FormatProblems

TEXT = "The mayor 😀 said that two men died."

PRODIGY = {
    "text": TEXT,
    "_input_hash": 1,
    "meta": {"source": "made up"},
    "tokens": [{"text": "The", "start": 0, "end": 3, "id": 0}],
    "spans": [
        {"start": 0, "end": 9, "token_start": 0, "token_end": 1, "label": "PERSON"},
        {
            "start": 22,
            "end": 29,
            "token_start": 5,
            "token_end": 6,
            "label": "VICTIMS",
            "score": 0.5,
        },
    ],
    "relations": [
        {
            "head": 1,
            "child": 3,
            "label": "SAYS",
            "head_span": {"start": 0, "end": 9, "label": "PERSON"},
            "child_span": {"start": 12, "end": 16, "label": None},
        },
        {"head": 6, "child": 1, "label": "OF"},
    ],
    "answer": "accept",
}
DOCCANO = {
    "id": 7,
    "text": TEXT,
    "entities": [
        {"id": 70, "label": "PERSON", "start_offset": 0, "end_offset": 9},
        {"id": 71, "label": "VICTIMS", "start_offset": 22, "end_offset": 29},
    ],
    "relations": [{"id": 1, "from_id": 71, "to_id": 70, "type": "OF"}],
    "Comments": [],
}
TRIPLES = {"text": TEXT, "label": [[0, 9, "PERSON"], [22, 29, "VICTIMS"]]}


@pytest.fixture
def file(tmp_path):
    def made(*lines):
        path = tmp_path / "made.jsonl"
        words = (one if isinstance(one, str) else json.dumps(one) for one in lines)
        path.write_text("\n".join(words) + "\n", "utf-8")
        return path

    return made


def read(path):
    problems = FormatProblems()
    return [*read_texts(FORMATS["spans"], path, problems)], problems.findings


def shown(text):
    spans = {span.id: (span.label, text.text[slice(*span.ranges[0])]) for span in text.spans}
    return list(spans.values()), [
        (link.label, spans[link.source][0], spans[link.target][0]) for link in text.links
    ]


FOUND = [("PERSON", "The mayor"), ("VICTIMS", "two men")]


def test_spans_and_relations_of_prodigy_are_read(file):
    (text,), findings = read(file(PRODIGY))
    assert findings == []
    relations = [("SAYS", "PERSON", "token"), ("OF", "VICTIMS", "PERSON")]
    assert shown(text) == ([*FOUND, ("token", "said")], relations)
    assert text.spans[1].attributes == {"score": 0.5}
    assert text.about == {"annotations": {"extra": {"spans": {
        "meta": {"source": "made up"}, "answer": "accept",
    }}}}  # fmt: skip


def test_entities_and_relations_of_doccano_are_read(file):
    (text,), findings = read(file(DOCCANO))
    assert findings == []
    assert shown(text) == (FOUND, [("OF", "VICTIMS", "PERSON")])
    assert text.name == "made-7"


def test_labels_as_triples_are_read(file):
    (text,), findings = read(file(TRIPLES))
    assert findings == []
    assert shown(text) == (FOUND, [])


def changed(line, **changes):
    return {**line, **changes}


def related(relation):
    return changed(DOCCANO, relations=[relation])


def span(**changes):
    return changed(TRIPLES, label=[], spans=[{"start": 0, "end": 3, "label": "A", **changes}])


@pytest.mark.parametrize(
    "problem",
    [
        ("{", "X201", "ends in the middle"),
        ("[1]", "X201", "is not an object with a text"),
        ({"label": []}, "X201", "is not an object with a text"),
        (changed(TRIPLES, label=[[0, 99, "A"]]), "X301", "label 1 0–99 is not in the text of 35"),
        (changed(TRIPLES, label=[[3, 3, "A"]]), "X301", "label 1 3–3 is not in the text"),
        (changed(TRIPLES, label=["A"]), "X201", "label 1 is neither an object nor a triple: A"),
        (changed(TRIPLES, label=5), "X201", "label is not a list"),
        (span(label=None), "X201", "spans 1 has no label"),
        (span(start="0"), "X201", "spans 1 has no offsets"),
        (span(fragments=[]), "X201", "spans 1 has no fragments"),
        (span(attributes=[]), "X201", "spans 1 has attributes that are not an object"),
        (changed(DOCCANO, entities=DOCCANO["entities"] * 2), "X201", "uses the id 70 a second"),
        (related({"from_id": 71, "to_id": 9, "type": "OF"}), "X401", "at nothing: 9"),
        (related({"from_id": 71, "to_id": [], "type": "OF"}), "X401", "nothing: []"),
        (related({"from_id": 71, "to_id": 70}), "X201", "neither label nor type"),
        (related(7), "X201", "relations 1 is not an object: 7"),
        (changed(DOCCANO, made_by="warclaims", document=[]), "X201", "has facts that are not an"),
        (changed(DOCCANO, made_by="warclaims", annotations={"extra": 1}), "X201", "has facts that"),
        (changed(TRIPLES, text=" "), "X101", "is empty"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_and_nothing_is_written(cli, own, file, problem):
    line, code, said = problem
    path = file(changed(TRIPLES, text=f"{TEXT} More."), line)
    run = cli("--corpus", own, "import", "spans", path)
    assert run.returncode == 1, run.stderr
    assert f"{path}:2:1: {code}" in run.stderr or code == "X101"
    assert said in run.stderr
    assert not warclaims.open(own).documents
    run = cli("--corpus", own, "import", "spans", path, "--skip-unreadable")
    assert run.returncode == 0, run.stderr
    assert len(warclaims.open(own).documents) in (1, 2)


def test_rejected_texts_are_left_out_and_reported(cli, own, file):
    path = file(changed(PRODIGY, answer="reject"), changed(PRODIGY, text=f"{TEXT} More."))
    run = cli("--corpus", own, "import", "spans", path)
    assert run.returncode == 0
    assert f"warning: {path}:1:1: X602 was answered with 'reject' and is left out" in run.stderr
    assert "read 1 document: 3 labels (0 discontinuous), 2 links" in run.stdout


def test_other_keys_of_a_line_are_kept(cli, own, file):
    assert cli("--corpus", own, "import", "spans", file(PRODIGY)).returncode == 0
    (bundle,) = warclaims.open(own).bundles()
    assert bundle.annotations.extra["spans"]["meta"] == {"source": "made up"}
    assert [one.label for one in bundle.annotations.foreign] == ["PERSON", "VICTIMS", "token"]
    assert bundle.annotations.foreign[0].attributes == {"→SAYS": ["s3"]}


def test_a_line_has_entities_relations_and_the_document(cli, tmp_path):
    path = tmp_path / "out.jsonl"
    run = cli("export", "spans", "004", "--out", path)
    assert run.returncode == 0
    assert "1 document" in run.stdout
    (line,) = map(json.loads, path.read_text("utf-8").splitlines())
    corpus = warclaims.open()
    assert line["text"] == corpus.text("004")
    assert line["document"]["id"] == "004"
    ids = {one["id"]: one for one in line["entities"]}
    assert len(ids) == len(line["entities"])
    for relation in line["relations"]:
        assert {relation["from_id"], relation["to_id"]} <= set(ids)
    (sources,) = [
        [ids[one["to_id"]]["record"] for one in line["relations"]
         if one["type"] == "source" and ids[one["from_id"]]["record"] == "t2"]
    ]  # fmt: skip
    assert tuple(sources) == corpus.record("004:t2").source


def test_bundles_are_imported_from_lines_and_tables(cli, tmp_path, shipped):
    for ending in ("jsonl.gz", "parquet"):
        path, own = tmp_path / f"all.{ending}", tmp_path / ending
        assert cli("export", "bundles", "--out", path).returncode == 0
        assert cli("new", own).returncode == 0
        shutil.rmtree(own / "annotations" / "registry")
        shutil.copytree(shipped / "annotations" / "registry", own / "annotations" / "registry")
        run = cli("--corpus", own, "import", "bundles", path)
        assert run.returncode == 0, run.stderr
        assert "wrote 5 documents, 5 of them new" in run.stdout
        assert run.stderr == ""
        for before, after in zip(
            warclaims.open().bundles(), warclaims.open(own).bundles(), strict=True
        ):
            assert after == before


def test_entries_that_the_registries_lack_are_kept_beside_the_record(cli, tmp_path):
    path, own = tmp_path / "all.jsonl", tmp_path / "own"
    assert cli("export", "spans", "--out", path).returncode == 0
    assert cli("new", own).returncode == 0
    run = cli("--corpus", own, "import", "spans", path)
    assert (run.returncode, run.stderr) == (0, "")
    assert "attributes kept as they came: entity (" in run.stdout
    annotations = warclaims.open(own).annotations("004")
    entity = warclaims.open().record("004:a2").entity
    assert annotations.actors[1].entity is None
    assert annotations.actors[1].extra["spans"] == {"id": "a2", "entity": entity}


def test_files_in_a_folder_are_read_compressed_or_in_capitals(cli, own, tmp_path):
    folder = tmp_path / "made"
    folder.mkdir()
    lines = [(json.dumps({"text": f"Text {number}."}) + "\n").encode() for number in range(4)]
    (folder / "a.jsonl").write_bytes(lines[0])
    (folder / "b.jsonl.gz").write_bytes(gzip.compress(lines[1]))
    (folder / "c.JSONL").write_bytes(lines[2])
    (folder / "d.json").write_bytes(lines[3])
    run = cli("--corpus", own, "import", "spans", folder, "--language", "en")
    assert run.returncode == 0, run.stderr
    assert "read 3 documents" in run.stdout
    assert f"warning: {folder}: X603 d.json: left out, since no name ends in .jsonl" in run.stderr


def test_labels_without_ids_do_not_get_those_of_others(tmp_path):
    path = tmp_path / "a.jsonl"
    entities = [
        {"label": "A", "start": 0, "end": 1},
        {"label": "B", "start": 2, "end": 3, "id": "s1"},
        {"label": "C", "start": 4, "end": 5, "id": 1, "record": "2"},
        {"label": "D", "start": 6, "end": 7, "id": 2},
    ]
    path.write_text(json.dumps({"text": "a b c d", "entities": entities}))
    problems = FormatProblems()
    (text,) = read_texts(FORMATS["spans"], path, problems)
    assert problems.findings == []
    assert [(one.id, one.label) for one in text.spans] == [
        ("s2", "A"),
        ("s1", "B"),
        ("2", "C"),
        ("s4", "D"),
    ]


def test_two_records_with_one_id_are_reported_and_nothing_is_written(cli, own, tmp_path):
    path = tmp_path / "all.jsonl"
    assert cli("export", "bundles", "--out", path).returncode == 0
    line = json.loads(path.read_text().splitlines()[0])
    actors = line["annotations"]["actors"]
    actors[1]["id"] = actors[0]["id"]
    path.write_text(json.dumps(line))
    run = cli("--corpus", own, "import", "bundles", path)
    assert run.returncode == 1
    assert f"X102 has two labels with the id {actors[0]['id']}: actor, actor" in run.stderr
    assert "nothing was imported" in run.stderr

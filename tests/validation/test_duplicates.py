"""A document or text that occurs twice among the bundles of a run is found."""

from __future__ import annotations

import gzip
import json

import pytest
from bundles_of import FORMS, alone_and_with_two
from cases_of_inputs import lines_of

import warclaims
from warclaims.commands import main
from warclaims.corpus.shards import reading
from warclaims.corpus.shards.keys import DocumentKey
from warclaims.validation import validate
from warclaims.validation.bundles import checking, duplicates, run, validate_bundles


@pytest.fixture
def lines(mini):
    """The bundles of the small corpus as lines."""
    return lines_of(mini)


def changed(line, **fields):
    """``line`` with other fields of its document; the annotations follow the id."""
    bundle = json.loads(line)
    bundle["document"].update(fields)
    bundle["annotations"]["document"] = bundle["document"]["id"]
    return json.dumps(bundle, ensure_ascii=False).encode() + b"\n"


def twice(found):
    """Line, code and message of findings about documents that occur twice."""
    return [(f.line, f.code, f.message) for f in found if f.code in ("F114", "W615")]


@pytest.mark.soak
@pytest.mark.parametrize(("form", "processes"), alone_and_with_two(FORMS))
def test_a_document_twice_is_found_in_every_form(form, processes, mini, lines, tmp_path):
    path = tmp_path / form
    FORMS[form](path, [lines[0], lines[1], lines[0]])
    found = list(validate_bundles(path, warclaims.open(mini), processes))
    assert twice(found) == [(3, "F114", f"document 'one' is already in {path}:1")]
    assert [f.code for f in found] == ["F114"]
    (related,) = found[0].related
    assert (related.file, related.pointer) == (str(path), "/document/id")


@pytest.mark.parametrize("processes", [1, 2])
def test_places_are_right_wherever_the_jobs_begin(processes, mini, lines, tmp_path, monkeypatch):
    path = tmp_path / "b.jsonl"
    names = [f"d{number}" for number in range(40)]
    path.write_bytes(b"\n".join(changed(lines[1], id=name).rstrip() for name in (*names, *names)))
    monkeypatch.setattr(reading, "PIECE", 5000)
    monkeypatch.setattr(checking, "PART", 5000)
    monkeypatch.setattr(checking, "SCANNED", 5000)
    found = twice(validate_bundles(path, warclaims.open(mini), processes))
    assert [one for one in found if one[1] == "F114"] == [
        (41 + number, "F114", f"document 'd{number}' is already in {path}:{number + 1}")
        for number in range(40)
    ]


def test_the_same_id_with_another_text_says_so(mini, lines, tmp_path):
    path = tmp_path / "b.jsonl"
    path.write_bytes(lines[0] + changed(lines[1], id="one"))
    assert twice(validate_bundles(path, warclaims.open(mini))) == [
        (2, "F114", f"document 'one' is already in {path}:1, with another text")
    ]


def test_the_same_text_under_another_id_is_a_warning(mini, lines, tmp_path, capsys):
    path = tmp_path / "b.jsonl"
    path.write_bytes(lines[0] + changed(lines[0], id="three"))
    found = list(validate_bundles(path, warclaims.open(mini)))
    assert twice(found) == [(2, "W615", f"has the text of document 'one' in {path}:1")]
    with pytest.raises(SystemExit) as done:
        main(["--corpus", str(mini), "validate", "--errors-only", str(path)])
    assert done.value.code == 0


def test_files_of_one_run_are_compared(mini, lines, tmp_path, capsys):
    (tmp_path / "a.jsonl").write_bytes(lines[0])
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(lines[1] + lines[0]))
    (tmp_path / "c.json").write_text(json.dumps(json.loads(lines[1]), indent=1))
    files = [str(tmp_path / name) for name in ("a.jsonl", "b.jsonl.gz", "c.json")]
    with pytest.raises(SystemExit) as done:
        main(["--corpus", str(mini), "validate", "--format", "json", *files])
    assert done.value.code == 1
    report = json.loads(capsys.readouterr().out)
    assert [(f["code"], f["file"], f["line"], f["message"]) for f in report["findings"]] == [
        ("F114", files[1], 2, f"document 'one' is already in {files[0]}:1"),
        ("F114", files[2], 1, f"document 'two' is already in {files[1]}:1"),
    ]


def test_two_runs_are_not_compared(mini, lines, tmp_path):
    path = tmp_path / "b.jsonl"
    path.write_bytes(lines[0])
    for _ in range(2):
        assert list(validate_bundles(path, warclaims.open(mini))) == []


def test_bundles_are_not_compared_with_the_corpus_that_they_are_of(mini, lines, tmp_path, capsys):
    path = tmp_path / "b.jsonl"
    path.write_bytes(lines[0])
    with pytest.raises(SystemExit) as done:
        main(["--corpus", str(mini), "validate", str(mini), str(path)])
    assert done.value.code == 0, capsys.readouterr().out


def test_keys_in_another_order_and_other_mistakes_hide_no_document(mini, lines, tmp_path):
    bundle = json.loads(lines[0])
    bundle["annotations"]["casualties"][0]["value"] = "2"
    turned = {key: bundle[key] for key in ("annotations", "text", "document")}
    path = tmp_path / "b.jsonl"
    path.write_bytes(json.dumps(turned).encode() + b"\n" + lines[0])
    found = list(validate_bundles(path, warclaims.open(mini)))
    assert [f.code for f in found] == ["S204", "F114"]


def test_very_many_documents_take_little_memory(monkeypatch):
    import tracemalloc

    monkeypatch.setattr(duplicates, "CACHE", 64)
    tracemalloc.start()
    seen = duplicates.SeenDocuments()
    for number in range(20_000):
        document = DocumentKey(f"d{number}", f"{number:064x}")
        assert seen.note("b", number, document) == []
    (found,) = seen.note("c", 1, DocumentKey("d7", ""))
    assert found.message == "document 'd7' is already in b:7, with another text"
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2**20


def test_a_full_folder_for_temporary_files_is_an_error_for_people(
    mini, lines, tmp_path, monkeypatch
):
    seen = duplicates.SeenDocuments()
    seen._base.close()
    monkeypatch.setattr(run, "SeenDocuments", lambda: seen)
    path = tmp_path / "b.jsonl"
    path.write_bytes(lines[0])
    with pytest.raises(warclaims.WarclaimsError, match="temporary files"):
        list(validate_bundles(path, warclaims.open(mini)))


def test_a_text_twice_in_the_index_can_be_waived(mini):
    index = json.loads((mini / "seeds/index.json").read_bytes())
    (mini / "seeds/three.txt").write_bytes((mini / "seeds/two.txt").read_bytes())
    index["documents"].append({**index["documents"][1], "id": "three", "file": "three.txt"})
    index["schema_version"] = "1.1"
    waiver = {"code": "W615", "record": "three", "reason": "It was in both papers."}
    index["waivers"] = [waiver]
    (mini / "seeds/index.json").write_text(json.dumps(index))
    codes = {finding.code for finding in validate(warclaims.open(mini))}
    assert codes.isdisjoint({"W615", "W699"})

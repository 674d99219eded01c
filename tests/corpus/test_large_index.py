"""An index and registries of any number of entries are read; each entry is under the limits."""

import json

import pytest

import warclaims
from warclaims.corpus.reading import parse
from warclaims.errors import InvalidFile
from warclaims.files.limits import MAX_VALUES
from warclaims.records import DocumentIndex

COUNT = 40


@pytest.fixture
def large(mini, monkeypatch):
    """The small corpus with 40 more entries in its index, over a limit that one entry meets."""
    monkeypatch.setattr("warclaims.corpus.grammar.MAX_VALUES", 200)
    path = mini / "seeds" / "index.json"
    index = json.loads(path.read_bytes())
    one = index["documents"][0]
    index["documents"] += [one | {"id": f"more-{number}"} for number in range(COUNT)]

    def write(change=None):
        if change is not None:
            change(index)
        path.write_text(json.dumps(index, indent=1), encoding="utf-8")
        return path.read_bytes()

    write()
    return write


def test_the_index_opens(mini, large):
    found = warclaims.open(mini).documents
    assert list(found)[2:] == [f"more-{number}" for number in range(COUNT)]
    assert found["more-7"].segments == found["one"].segments


def test_more_values_than_a_file_may_have_are_read(mini):
    one = json.loads((mini / "seeds/index.json").read_bytes())["documents"][0]
    data = json.dumps({"schema_version": "2.0", "documents": [one] * 15_000}).encode()
    assert data.count(b",") > MAX_VALUES
    assert len(parse(data, DocumentIndex, "index.json").documents) == 15_000


def test_faults_are_reported_at_their_entries(large):
    def change(index):
        index["documents"][30]["length"] = "3"
        del index["documents"][35]["file"]
        index["more"] = 1

    with pytest.raises(InvalidFile, match="more"):
        parse(large(change), DocumentIndex, "index.json")
    with pytest.raises(InvalidFile) as refused:
        parse(large(lambda index: index.pop("more")), DocumentIndex, "index.json")
    assert [(one.code, one.pointer) for one in refused.value.findings] == [
        ("S204", "/documents/30/length"),
        ("S201", "/documents/35/file"),
    ]


def test_repeated_keys_are_found(large):
    data = large().replace(b'"documents"', b'"documents": [], "documents"', 1)
    with pytest.raises(InvalidFile, match="occurs twice"):
        parse(data, DocumentIndex, "index.json")
    data = large().replace(b'"id": "more-3"', b'"id": "x", "id": "more-3"', 1)
    with pytest.raises(InvalidFile, match="occurs twice") as refused:
        parse(data, DocumentIndex, "index.json")
    assert refused.value.findings[0].pointer == "/documents/5/id"


def test_an_entry_over_the_limit_is_refused(large):
    def change(index):
        index["documents"][9]["extra"] = {"many": [0] * 300}

    with pytest.raises(InvalidFile) as refused:
        parse(large(change), DocumentIndex, "index.json")
    (finding,) = refused.value.findings
    assert (finding.code, finding.pointer) == ("F107", "/documents/9")


HOSTILE = {
    "numbers": b'{"schema_version": "2.0", "documents": [' + b"0," * MAX_VALUES + b"0]}",
    "empty objects": b'{"schema_version": "2.0", "documents": [' + b"{}," * MAX_VALUES + b"{}]}",
    "no list": b'{"schema_version": "2.0", "documents": {' + b'"a":0,' * MAX_VALUES + b'"a":0}}',
    "another list": b'{"schema_version": "2.0", "other": [' + b"0," * MAX_VALUES + b"0]}",
    "a list": b"[" + b"0," * MAX_VALUES + b"0]",
    "not JSON": b"0," * (MAX_VALUES + 1),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_made_to_fill_memory_is_refused(name):
    data = HOSTILE[name]
    with pytest.raises(InvalidFile, match="values"):
        parse(data, DocumentIndex, "index.json")


def test_empty_entries_are_refused_after_the_first_thousand():
    data = b'{"schema_version": "2.0", "documents": [' + (b"{}" + b" " * 30 + b",") * MAX_VALUES
    with pytest.raises(InvalidFile) as refused:
        parse(data + b"{}]}", DocumentIndex, "index.json")
    assert refused.value.findings[-1].code == "F109"


def test_a_large_registry_is_read(mini, large):
    path = mini / "annotations" / "registry" / "events.json"
    registry = json.loads(path.read_bytes())
    one = registry["events"][0]
    registry["events"] += [one | {"id": f"more-{number}"} for number in range(COUNT)]
    path.write_text(json.dumps(registry), encoding="utf-8")
    assert "more-39" in warclaims.open(mini).registries.events

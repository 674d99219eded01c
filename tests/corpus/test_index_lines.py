"""Documents are added to an index without making records of all others."""

import pytest

import warclaims
from cost import lines_run
from warclaims.corpus.canonical import canonical_bytes
from warclaims.corpus.index_lines import IndexLines
from warclaims.errors import InvalidFile
from warclaims.records import DocumentIndex, Waiver

DOCUMENTS = tuple(warclaims.open().documents.values())
WAIVER = Waiver(code="W615", record=None, reason="Both are intended.")


def index(documents, **more):
    return DocumentIndex(schema_version="2.0", documents=tuple(documents), **more)


@pytest.mark.parametrize("more", [{}, {"waivers": (WAIVER,)}])
@pytest.mark.parametrize("old", [0, 1, 3])
@pytest.mark.parametrize("layout", [canonical_bytes, lambda one: one.model_dump_json().encode()])
def test_the_result_is_the_canonical_form_of_all(layout, old, more):
    lines = IndexLines(layout(index(DOCUMENTS[1 : 1 + old], **more)), "index.json")
    added = (DOCUMENTS[4], DOCUMENTS[0].model_copy(update={"extra": {"of": ["a", ",\n  "]}}))
    everything = (added[1], *DOCUMENTS[1 : 1 + old], added[0])
    assert lines.with_documents(added) == canonical_bytes(index(everything, **more))
    assert lines.ids == [one.id for one in DOCUMENTS[1 : 1 + old]]


def test_an_index_with_errors_is_refused():
    data = canonical_bytes(index(DOCUMENTS)).replace(b'"length": 2486', b'"length": "2486"')
    with pytest.raises(InvalidFile, match="/documents/0/length"):
        IndexLines(data, "index.json")


def test_a_document_costs_the_same_whatever_the_size_of_the_index():
    def cost(number):
        copies = [DOCUMENTS[1].model_copy(update={"id": f"a{i}"}) for i in range(number)]
        data = canonical_bytes(index(copies))
        return lines_run(lambda: IndexLines(data, "").with_documents(DOCUMENTS[:1]))

    cost(1)
    assert cost(2000) - cost(1000) < 15 * 1000

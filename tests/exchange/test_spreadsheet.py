"""Claims as CSV: what a spreadsheet reads, and what it may not run."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warclaims.exchange.spreadsheet import write_csv


def written(*rows: dict) -> list[dict]:
    page = io.StringIO(newline="")
    write_csv(rows, page)
    return list(csv.DictReader(io.StringIO(page.getvalue(), newline="")))


def test_lists_chains_and_relations_are_short_words():
    (row,) = written(
        {
            "value": 6,
            "minimum": None,
            "events": ["bus", "car"],
            "chain": [
                {"source": ["the army"], "entity": ["army"], "cue": "said"},
                {"source": [], "entity": [], "cue": None},
            ],
            "relations": [{"kind": "agree", "claim": "b:c1"}],
        }
    )
    assert row == {
        "value": "6",
        "minimum": "",
        "events": "bus; car",
        "chain": "the army (said) → nobody named",
        "relations": "agree b:c1",
    }


@pytest.mark.parametrize(
    "words", ['=HYPERLINK("http://x")', "+1+1", "-1+cmd", "@SUM(A1)", "|x", "\t=1", "＝1"]
)
def test_a_formula_is_text(words):
    (row,) = written({"text": words, "events": [words]})
    assert row["text"][0] == row["events"][0] == "'"


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=1)
)
def test_harmless_words_come_back_as_they_are(words):
    harmless = [w for w in words if not w.startswith(tuple("=+-@|%\t\r\n＝＋－＠"))]
    rows = written(*({"text": w, "n": 1} for w in harmless))
    assert [row["text"] for row in rows] == harmless


def test_nothing_is_a_heading():
    page = io.StringIO(newline="")
    write_csv([], page, ["id", "text"])
    assert page.getvalue() == "id,text\r\n"

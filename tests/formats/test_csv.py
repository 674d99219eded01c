"""Claims as CSV: what a spreadsheet reads, and what it may not run."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

import warclaims
from warclaims.formats.csv.writing import claims_csv, csv_bytes


def written(*rows: dict) -> list[dict]:
    return read(csv_bytes(list(rows[0]) if rows else [], rows))


def read(data: bytes) -> list[dict]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def test_lists_and_chains_are_short_words():
    claims = {claim.id: claim for claim in warclaims.claims()}
    several = next(claim for claim in claims.values() if len(claim.events) > 1)
    first, second = read(claims_csv([claims["004:c6"], several]))
    assert first["value"] == "6"
    assert first["chain"] == "Azerbaijani officials (said)"
    assert second["events"] == "; ".join(several.events)
    assert second["maximum"] == str(several.maximum or "")


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


def test_no_rows_give_a_heading():
    assert csv_bytes(["id", "text"], []) == b"id,text\r\n"
    assert claims_csv([]).startswith(b"record,document,")


def test_an_import_says_what_else_to_do(cli, own, tmp_path):
    (tmp_path / "labels.csv").write_text("text,label,start,end\n")
    run = cli("--corpus", own, "import", "csv", tmp_path / "labels.csv")
    assert run.returncode == 2
    assert "csv is only written, by export. Formats that are read: brat, bundles" in run.stderr

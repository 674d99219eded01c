import pytest
from cases import RAID, Case, one, text
from checking import TOLD, Found, check_case, check_row
from made_corpora import rec
from worked import WORKED

from warclaims.accounts import compare

DENIED = "16 a number that is only denied"


def compared(case, tmp_path):
    corpus = case.corpus.write(tmp_path)
    return compare(corpus.bundles(), corpus.registries)


@pytest.mark.parametrize("name", [name for name in WORKED if name != DENIED])
def test_each_worked_result_holds(name, tmp_path):
    result = compared(WORKED[name], tmp_path)
    if name.startswith("13"):
        found = Found(WORKED[name], result)
        (row,) = [row for row in result.comparisons if row.kind in TOLD]
        assert check_row(found, WORKED[name].rows[0]) is row
        assert [one.value for one in row.positions] == ["12 soldiers", "at least 200 soldiers"]
        assert "every reading" in row.reason
        assert [one.source_side for one in result.accounts] == ["x", "y"]
    else:
        check_case(WORKED[name], result)
    for respect, outcome in WORKED[name].without:
        assert not [r for r in result.comparisons if (r.respect, r.outcome) == (respect, outcome)]


def test_a_number_that_is_only_denied_is_nobodys(tmp_path):
    result = compared(WORKED[DENIED], tmp_path)
    assert result.accounts == ()
    (row,) = result.comparisons
    assert (row.kind, row.marks) == ("not_comparable", ("denied",))
    assert row.positions[0].words == ("40 soldiers",)


def test_the_sum_of_different_kinds_keeps_what_is_open(tmp_path):
    several = one(
        RAID,
        text("A", "Yeo Post", "02-01", "At least four soldiers died, the army said.",
             rec("A1", "At least four soldiers", 4, "the army", quantifier="at_least",
                 status="military")),
        text("B", "Yeo Wire", "02-01", "Two policemen died, monks said.",
             rec("B1", "Two policemen", 2, "monks", status="police")),
    )  # fmt: skip
    result = compared(Case(several), tmp_path)
    (row,) = [row for row in result.comparisons if row.kind == "different_kinds"]
    assert "at least 6" in row.reason


def test_the_sum_of_different_kinds_is_said(tmp_path):
    result = compared(WORKED["4 different kinds"], tmp_path)
    assert "44" in next(row.reason for row in result.comparisons if row.kind == "different_kinds")

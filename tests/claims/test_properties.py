"""What must hold of all comparisons, on random reports."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_texts import KINDS, Counted, compared, conflicts, disputes, gist, reports, texts

from sizes import examples

pytestmark = pytest.mark.soak

EXAMPLES = settings(max_examples=examples(30, 400))


def totals(result):
    return {(one.document, one.outcome): (one.minimum, one.maximum) for one in result.accounts}


@EXAMPLES
@given(reports(), st.data())
def test_splitting_a_group_into_two_that_add_up_changes_nothing(several, data):
    report = data.draw(st.sampled_from(several))
    number = data.draw(st.integers(0, len(report.counts) - 1))
    count = replace(report.counts[number], value=data.draw(st.integers(2, 12)), quantifier="exact")
    count = replace(count, value_max=None)
    whole = replace(report, counts=(*report.counts[:number], count, *report.counts[number + 1 :]))
    part = data.draw(st.integers(1, count.value - 1))
    parts = (replace(count, value=part), replace(count, value=count.value - part))
    split = replace(report, counts=(*report.counts[:number], *parts, *report.counts[number + 1 :]))
    one = compared([whole if other is report else other for other in several])
    two = compared([split if other is report else other for other in several])
    assert totals(one) == totals(two)
    assert gist(one) == gist(two)


@EXAMPLES
@given(reports(), st.data())
def test_repeating_an_account_of_one_source_in_another_outlet_adds_no_position(several, data):
    named = [report for report in several if report.source]
    if not named:
        return
    report = data.draw(st.sampled_from(named))
    result = compared([*several, replace(report, name="again")])
    assert disputes(result, "again") == disputes(compared(several), "again")
    for row in result.comparisons:
        for position in row.positions if row.kind == "disagreement" else ():
            shown = texts(position.accounts)
            assert ("again" in shown) == (report.name in shown)


@EXAMPLES
@given(reports(), st.randoms(use_true_random=False))
def test_the_order_of_texts_changes_nothing(several, chance):
    shuffled = list(several)
    chance.shuffle(shuffled)
    assert compared(shuffled) == compared(several)


@EXAMPLES
@given(reports(), st.data())
def test_a_field_that_is_left_unspecified_changes_nothing(several, data):
    report = data.draw(st.sampled_from(several))
    bundles = [one.bundle() for one in several]
    at = several.index(report)
    bundle = bundles[at]
    changed = [
        record.model_copy(update={"note": "Remarked.", "perpetrator": None, "groups": ()})
        for record in bundle.annotations.casualties
    ]
    annotations = bundle.annotations.model_copy(update={"casualties": tuple(changed)})
    bundles[at] = bundle.model_copy(update={"annotations": annotations})
    from support.many_accounts import registries
    from warclaims.accounts import compare

    assert compare(bundles, registries()) == compared(several)


@EXAMPLES
@given(reports(), st.integers(1, 12), st.integers(0, 4), st.integers(0, 4))
def test_widening_one_unlinked_count_never_creates_a_disagreement(several, value, less, more):
    narrow = replace(several[0], counts=(Counted(value),))
    wide = replace(narrow, counts=(Counted(max(value - less, 0), "range", value_max=value + more),))
    others = several[1:]
    assert conflicts(compared([wide, *others])) <= conflicts(compared([narrow, *others]))


@EXAMPLES
@given(reports(), st.integers(1, 12), st.integers(2, len(KINDS) - 1), st.integers(0, 4))
def test_widening_a_list_creates_no_disagreement_where_lists_are_no_rivals(
    several, value, kind, more
):
    narrow = replace(several[0], counts=(Counted(value, kind=kind),))
    wide = replace(narrow, counts=(Counted(value, "range", value + more, kind),))
    others = several[1:]
    found = conflicts(compared([wide, *others], "battle"))
    assert found <= conflicts(compared([narrow, *others], "battle"))


@EXAMPLES
@given(reports(least=1))
def test_every_comparison_has_a_short_reason_and_accounts_that_exist(several):
    result = compared(several)
    known = {one.id for one in result.accounts}
    assert len(known) == len(result.accounts)
    for row in result.comparisons:
        assert 0 < len(row.reason) <= 140
        shown = {name for one in row.positions for name in one.accounts}
        assert shown | set(row.compatible_with_all) <= known
        if row.kind == "disagreement":
            assert len(row.positions) > 1

"""What must hold of all comparisons, on random reports."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from random_texts import (
    DISAGREEMENT,
    KINDS,
    Counted,
    Report,
    compared,
    disputes,
    gist,
    kept_apart,
    reports,
    texts,
)

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
@given(reports(detailed=True), st.data())
def test_a_record_without_its_cause_contradicts_no_more(several, data):
    """In a single happening; in a war it counts all its dead, and is a rival of other wholes."""
    changed = without(several, data, cause=None)
    assert apart_by_respect(changed) <= apart_by_respect(several)


@EXAMPLES
@given(reports(detailed=True), st.data())
def test_a_text_that_blames_nobody_any_more_contradicts_no_more(several, data):
    """All its records: an account that blames two agrees with more others than one that blames one.

    As above, in a single happening.
    """
    at = data.draw(st.integers(0, len(several) - 1))
    counts = tuple(replace(count, perpetrator=None) for count in several[at].counts)
    changed = [*several[:at], replace(several[at], counts=counts), *several[at + 1 :]]
    assert apart_by_respect(changed) <= apart_by_respect(several)


@EXAMPLES
@given(reports(detailed=True, with_parts=True), st.data())
def test_a_part_without_status_age_and_sex_contradicts_no_more(several, data):
    """Other counts do: *four soldiers* become a whole, and what is beside kinds is none of these.

    Where parts exceed their whole nothing follows from them, until one of them is left out.
    """
    assume(not any("does_not_add_up" in one.marks for one in compared(several).accounts))
    changed = without(several, data, kind=0)
    assert apart_by_respect(changed) <= apart_by_respect(several)


def without(several, data, **fields):
    """Reports of which one record does not have some fields any more."""
    at = data.draw(st.integers(0, len(several) - 1))
    counts = list(several[at].counts)
    number = data.draw(st.integers(0, len(counts) - 1))
    counts[number] = replace(counts[number], **fields)
    return [replace(one, counts=tuple(counts)) if one is several[at] else one for one in several]


def apart_by_respect(several):
    """The pairs of texts that a disagreement keeps apart, by what it is about."""
    rows = compared(several).comparisons
    of = {one.respect: [row for row in rows if row.respect == one.respect] for one in rows}
    return {
        (respect, pair)
        for respect, found in of.items()
        for pair in kept_apart(SimpleNamespace(comparisons=found), DISAGREEMENT)
    }


@EXAMPLES
@given(reports(), st.sampled_from(("attack_on_civilians", "battle")))
def test_a_count_of_which_nothing_is_specified_contradicts_nothing(several, event_type):
    """What is disputed stays so; but beside a whole, lists of one kind are not called *total*."""
    vague = Report("vague", None, "2031-01-01", (Counted(0, "at_least"),))
    found, before = compared([*several, vague], event_type), compared(several, event_type)
    rows = [{row[:1] + row[2:] for row in disputes(one, "vague")} for one in (found, before)]
    assert rows[0] == rows[1]
    assert not any("vague" in pair for pair in kept_apart(found))


@EXAMPLES
@given(
    reports(),
    st.integers(1, 12),
    st.integers(0, len(KINDS) - 1),
    st.tuples(st.integers(0, 4), st.integers(0, 4)),
    st.sampled_from(("attack_on_civilians", "battle", "war")),
)
def test_widening_one_unlinked_count_keeps_no_more_texts_apart(
    several, value, kind, wider, event_type
):
    """A count of a kind may change from *different kinds* to a disagreement, no more.

    If the numbers of two lists of different kinds do not meet, they count different people. If the
    wider number meets the other, they may be rival descriptions of the same people: who they were
    is disputed. Both kinds of row keep the two texts apart, so that widening adds no pair.
    """
    narrow = replace(several[0], counts=(Counted(value, kind=kind),))
    less, more = wider
    bounds = Counted(max(value - less, 0), "range", value + more, kind)
    wide = replace(narrow, counts=(bounds,))
    found = compared([wide, *several[1:]], event_type)
    assert kept_apart(found) <= kept_apart(compared([narrow, *several[1:]], event_type))


@EXAMPLES
@given(reports(), st.integers(1, 12), st.integers(0, 4), st.integers(0, 4))
def test_widening_one_unlinked_count_of_people_never_creates_a_disagreement(
    several, value, less, more
):
    narrow = replace(several[0], counts=(Counted(value),))
    wide = replace(narrow, counts=(Counted(max(value - less, 0), "range", value + more),))
    before = kept_apart(compared([narrow, *several[1:]]), DISAGREEMENT)
    assert kept_apart(compared([wide, *several[1:]]), DISAGREEMENT) <= before


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

"""Comparing group by group: the parts of the whole result."""

import pytest

import warclaims
from benchmarks.corpora import write_corpus
from warclaims.accounts import compare, compare_groups


@pytest.fixture(scope="module")
def corpus(shipped, tmp_path_factory):
    """Ten documents; every five have events of their own."""
    root = tmp_path_factory.mktemp("groups") / "corpus"
    write_corpus(warclaims.open(shipped), root, 10, together=5, passes=0)
    return warclaims.open(root)


@pytest.fixture(scope="module")
def groups(corpus):
    return [*compare_groups(corpus.bundles(), corpus.registries)]


def events_of(group):
    return {name for account in group.accounts for name in account.events}


def test_the_groups_together_are_the_whole_result(corpus, groups):
    whole = compare([*corpus.bundles()], corpus.registries)
    for name in ("accounts", "comparisons", "accusations"):
        parts = {one.id: one for group in groups for one in getattr(group, name)}
        assert parts == {one.id: one for one in getattr(whole, name)}
    assert groups[-1].unlinked == whole.unlinked
    assert groups[-1].similar_events == whole.similar_events


def test_an_event_is_in_one_group_with_all_accounts_of_its_comparisons(groups):
    seen = set()
    for group in groups:
        assert not seen & events_of(group)
        seen |= events_of(group)
        known = {one.id for one in group.accounts}
        for row in group.comparisons:
            assert known.issuperset(name for one in row.positions for name in one.accounts)


def test_events_that_share_no_count_are_in_groups_of_their_own(groups):
    assert all(len({name[-5:] for name in events_of(group)}) <= 1 for group in groups)
    assert len(groups) > 3


def test_one_event_is_compared_without_the_groups_of_others(corpus, groups):
    event = max(groups, key=lambda one: len(one.accounts)).accounts[0].events[0]
    found = [*compare_groups(corpus.bundles(), corpus.registries, event)]
    assert len(found) == 2
    assert found[0] == compare(corpus.bundles(), corpus.registries, event).model_copy(
        update={"unlinked": (), "similar_events": (), "accusations": found[0].accusations}
    )

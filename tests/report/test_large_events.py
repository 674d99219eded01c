"""The page of an event with very many accounts: small, and nothing is silently left out."""

from __future__ import annotations

import re
from contextlib import closing
from types import SimpleNamespace

import pytest

from html_pages import by_id, tree, words
from support.many_accounts import EVENT, bundles, registries
from warclaims.accounts import compare
from warclaims.derive import document_claims
from warclaims.derive.events import EventTree
from warclaims.records.addresses import anchor_of
from warclaims.report.compared_group import ComparedGroup
from warclaims.report.page_store import PageStore
from warclaims.report.pages.events import EventsPage
from warclaims.report.site import Site

FACTS = {
    "set_name": "gold",
    "version": "1",
    "corpus_name": "War",
    "made_by": "",
    "citation": "Somebody (2026). A corpus with a title of common length (version 2.0) [Data set].",
    "about": None,
}


def event_page(number, out):
    """The page of an event with a number of accounts, and what sources say of it."""
    known, given = registries(), bundles(number)
    found = compare(given, known)
    with closing(PageStore(out / "pages.sqlite")) as store:
        for bundle in given:
            store.add(document_claims(bundle, known), EventTree(known.events))
        site = Site(SimpleNamespace(registries=known), out, store, FACTS)
        EventsPage(site).add_group(ComparedGroup(site, known.events, found))
    return out / f"events/{EVENT}.html", found


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    return event_page(1_000, tmp_path_factory.mktemp("large"))


def test_the_page_of_an_event_with_a_thousand_accounts_is_under_a_megabyte(large):
    page, _ = large
    assert page.stat().st_size < 1_000_000


def test_every_account_and_comparison_has_its_place_on_the_page(large):
    page, found = large
    anchors = by_id(tree(page))
    assert len(found.accounts) == 1_000
    for one in (*found.accounts, *found.comparisons):
        assert anchor_of(one.id) in anchors


def test_what_is_not_shown_is_counted_with_the_file_that_has_it(large):
    page, found = large
    root = tree(page)
    said = words(root)
    (row,) = [one for one in found.comparisons if one.id == "raid:killed:total"]
    not_shown = sum(max(0, len(one.accounts) - 12) for one in row.positions)
    heading = said.index("Number of dead")
    section = said[heading : said.index("Cause sources disagree", heading)]
    counted = re.findall(r"([\d,]+) more who say so are in the field positions of", section)
    assert sum(int(number.replace(",", "")) for number in counted) == not_shown > 0
    assert "976 more accounts are not drawn; see the list." in said
    assert "800 more counts are in claims.json" in said
    files = {a.get("href") for a in root.iter("a") if "download" in a.attrib}
    assert {"../data/comparisons.json", "../data/claims.json"} <= files


def test_positions_come_before_plots_and_lists(large):
    page, _ = large
    text = page.read_text("utf-8")
    assert text.index("Number of dead") < text.index("<svg") < text.index("The 1,000 accounts")

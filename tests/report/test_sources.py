"""The page of sources: who speaks, whom they blame, whom they quote."""

from __future__ import annotations

import pytest

from html_pages import by_id, tree, words

pytestmark = pytest.mark.xdist_group("report")


def table(site, name):
    """The rows of the table below a heading, cell by cell."""
    for region in tree(site / "sources.html").iter("div"):
        if region.get("aria-labelledby") == name:
            return [[words(cell) for cell in row.iter("td")] for row in region.iter("tr")][1:]
    raise AssertionError(name)


def figure(site):
    return next(one for one in tree(site / "sources.html").iter("svg") if one.get("role") == "img")


def test_every_attribution_is_counted_for_each_of_its_sources(shipped, site):
    import warclaims

    corpus = warclaims.open(shipped)
    expected = 0
    for name in corpus.documents:
        bundle = corpus.bundle(name, "gold")
        entities = {mention.id: mention.entity for mention in bundle.annotations.actors}
        for one in bundle.annotations.attributions:
            expected += max(len({entities[mention] for mention in one.source}), 1)
    assert sum(int(row[1].replace(",", "")) for row in table(site, "who")) == expected


def test_a_source_stands_with_its_outlets_and_cues(site):
    (row,) = [row for row in table(site, "who") if row[0].startswith("human rights ombudsman")]
    assert "El País" in row[3]
    assert "BBC News" in row[3]
    assert "according to" in row[4]


def test_the_table_has_all_that_the_figure_shows(site):
    rows = table(site, "blame-table")
    told = words(figure(site).find(".//desc"))
    assert "blames" in told
    numbers = [int(row[2]) for row in rows]
    assert numbers == sorted(numbers, reverse=True)
    for sentence in told.partition(": ")[2].split("; "):
        one, _, rest = sentence.partition(" blames ")
        other = rest.rpartition(" (")[0]
        assert any(row[0].startswith(one) and row[1].startswith(other) for row in rows), sentence


def test_blame_leads_to_the_words(site):
    page = tree(site / "sources.html")
    (region,) = [r for r in page.iter("div") if r.get("aria-labelledby") == "blame-table"]
    addresses = [link.get("href") for link in region.iter("a")]
    assert addresses
    for address in addresses:
        file, _, record = address.partition("#")
        assert record in by_id(tree(site / file)), address


def test_a_source_inside_another_is_told_as_quoted(site):
    assert table(site, "quoted")


def test_the_figure_can_be_saved(site):
    assert (site / "plots/sources.svg").read_bytes().startswith(b"<svg")
    assert (site / "plots/sources.png").read_bytes().startswith(b"\x89PNG")

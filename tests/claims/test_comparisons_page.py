"""``docs/comparisons.md`` shows what the program does: examples, bounds, kinds and marks."""

import pkgutil
import re
import textwrap

import pytest
from page_examples import EXAMPLES, RANGES

from warclaims import accounts
from warclaims.accounts import compare
from warclaims.records import ComparisonKind
from warclaims.records.accounts import AccountMark

ROWS = re.compile(r"^\s*([✗≠→?]) ", re.MULTILINE)
EXAMPLE = re.compile(
    r"^### (.+)\n\n((?:> .*\n)+)\n(?:[^`\n].*\n\n)?```text\n((?:.*\n)*?)```", re.MULTILINE
)


@pytest.fixture(scope="module")
def page(shipped):
    return (shipped / "docs/comparisons.md").read_text("utf-8")


def test_every_example_is_on_the_page(page):
    assert len(EXAMPLES) >= 10
    assert [one[1] for one in EXAMPLE.finditer(page)] == list(EXAMPLES)


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_example_shows_what_is_printed(page, cli, tmp_path, name):
    """A block is what is printed, and no row with a conflict is left out."""
    _, quoted, block = next(one for one in EXAMPLE.findall(page) if one[0] == name)
    corpus = EXAMPLES[name]
    said = [f"**{one.outlet}**, {int(one.date[3:])} January: {one.text}" for one in corpus.texts]
    assert [line.removeprefix("> ").rstrip("\\") for line in quoted.splitlines()] == said
    shown = cli("--corpus", corpus.write(tmp_path / "made").root, "compare").stdout
    assert textwrap.indent(block, "  ") in shown
    assert ROWS.findall(block) == ROWS.findall(shown)


def test_the_ranges_of_words_are_those_of_accounts(page, tmp_path):
    table = re.search(r"^\| words \| range \|\n.*\n((?:\|.*\n)+)", page, re.MULTILINE)[1]
    found = {}
    for line in table.splitlines():
        words, ranges = (cell.strip().split("; ") for cell in line.strip("| ").split(" | "))
        found |= dict(zip(words, ranges, strict=False))
    corpus = RANGES.write(tmp_path)
    result = compare(corpus.bundles(), corpus.registries)
    counted = {one.document: one for one in result.accounts}
    for text in RANGES.texts:
        account = counted[text.name]
        bounds = account if len(text.records) == 1 else account.breakdown[0]
        words = text.records[-1].words
        said = range_words(bounds.minimum, bounds.maximum)
        assert re.match(rf"{said}(?![\d–])", found[words]), (words, found[words], said)
    assert found.keys() == {text.records[-1].words for text in RANGES.texts}


def range_words(least, most):
    if most is None:
        return f"{least:,} or more"
    return f"{least:,}" if least == most else f"{least:,}–{most:,}"


def test_every_kind_and_mark_is_explained(page):
    for one in (*ComparisonKind, *AccountMark):
        assert f"`{one.value}`" in page, one


def test_the_page_is_short(page):
    assert sum(any(map(str.isalnum, word)) for word in page.split()) <= 2000


def test_the_package_maps_all_its_modules():
    modules = {one.name for one in pkgutil.iter_modules(accounts.__path__)}
    assert set(re.findall(r":mod:`\.(\w+)`", accounts.__doc__)) == modules

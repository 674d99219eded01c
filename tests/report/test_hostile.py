"""Strings that a page, spreadsheet, drawing or terminal might obey stay words, in every field."""

from __future__ import annotations

import csv
import json
import re
from shutil import copytree
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest

import warclaims
from conftest import FIXTURES
from hostile import poison
from html_pages import tree, words
from warclaims.report import write_report

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = "=HYPERLINK(1)</style></script><script>alert(1)</script><img src=x>{{7*7}}\u202e\"'&"
"""A formula, markup, a template, a change of direction, quotes."""

FREE = ("label", "description", "basis", "note", "title", "value", "name")
"""Fields that hold any words; values of ``value`` that are dates or languages stay as they are."""

DESCRIPTION = f"""
name = {json.dumps(HOSTILE)}
title = {json.dumps(HOSTILE)}
version = "1.0.0"
released = 2031-01-02
authors = [{{ name = {json.dumps(HOSTILE)} }}]
summary = {json.dumps(HOSTILE)}
"""

TAGS = {"svg", "title", "desc", "rect", "path", "line", "text", "circle"}
"""All that drawings are made of."""


def spoilt(value: Any) -> tuple[Any, int]:
    """A value with hostile words in its free fields, and how many there are."""
    if isinstance(value, list):
        found = [spoilt(one) for one in value]
        return [one for one, _ in found], sum(number for _, number in found)
    if not isinstance(value, dict):
        return value, 0
    changed, total = {}, 0
    for field, inner in value.items():
        if field in FREE and isinstance(inner, str) and not re.match(r"\d|[a-z]{2}$", inner):
            changed[field], number = f"{HOSTILE} {inner}", 1
        else:
            changed[field], number = spoilt(inner)
        total += number
    return changed, total


@pytest.fixture(scope="module")
def corpus(tmp_path_factory) -> Path:
    """The small corpus with hostile words in every field that takes words. Read only."""
    root = poison(copytree(FIXTURES / "mini", tmp_path_factory.mktemp("hostile") / "mini"))
    total = 0
    files = [root / "seeds/index.json", *(root / "annotations").rglob("*.json")]
    for file in files:
        changed, number = spoilt(json.loads(file.read_bytes()))
        file.write_text(json.dumps(changed))
        total += number
    assert total > 40
    (root / "corpus.toml").write_text(DESCRIPTION, "utf-8")
    return root


@pytest.fixture(scope="module")
def report(corpus, tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("report") / "out"
    write_report(warclaims.open(corpus), out, "gold")
    return out


def test_pages_show_the_words_and_have_no_element_of_them(report):
    shown = 0
    for page in report.rglob("*.html"):
        root = tree(page)
        said = words(root)
        shown += said.count("<script>alert(1)</script>")
        assert "{{7*7}}" in said
        for element in root.iter():
            assert element.tag not in {"script", "img", "iframe", "object"}, page
            assert not [name for name in element.attrib if name.startswith("on")], page
        assert len(list(root.iter("style"))) <= 1, page
    assert shown > 50


def test_citations_are_text(report):
    cited = [
        "".join(code.itertext())
        for page in report.rglob("*.html")
        for code in tree(page).iter("code")
    ]
    assert cited
    assert all(HOSTILE[:60] in one for one in cited if "data-" not in one)


def test_no_cell_of_the_tables_is_a_formula(report):
    tables = [*report.rglob("*.csv")]
    assert len(tables) == 3
    quoted = 0
    for table in tables:
        for row in csv.reader(table.read_text("utf-8-sig").splitlines()):
            assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))], table
            quoted += sum(cell.startswith("'=") for cell in row)
    assert quoted


def test_json_has_the_words_as_they_are_and_no_change_of_direction(report):
    for file in report.rglob("*.json"):
        data = file.read_text("utf-8")
        assert "\u202e" not in data
        assert isinstance(json.loads(data), list)
    outlets = [one["outlet"] for one in json.loads((report / "data/claims.json").read_bytes())]
    assert any(one and one.startswith(HOSTILE) for one in outlets)


def test_drawings_are_shapes_and_words_only(report):
    drawings = [*report.rglob("*.svg")]
    assert drawings
    for drawing in drawings:
        for element in ElementTree.parse(drawing).iter():
            assert element.tag.rpartition("}")[2] in TAGS, drawing
            assert not [name for name in element.attrib if name.startswith("on") or "href" in name]


def test_files_are_called_by_ids_only(report):
    for path in report.rglob("*"):
        assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", path.name)


@pytest.mark.parametrize("name", ["one:c1", "shelling-of-dorn"])
def test_what_cite_prints_cannot_control_a_terminal(corpus, cli, name):
    done = cli("--corpus", corpus, "cite", name)
    assert done.returncode == 0, done.stderr
    assert "HYPERLINK" in done.stdout
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", done.stdout)

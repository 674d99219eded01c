"""What the pages of names and of agreement say, of the shipped corpus and of small ones."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest

import warclaims
from html_pages import by_id, tree, words
from warclaims.agreement import ComparedSets
from warclaims.report.pages.agreement import AgreementPage
from warclaims.report.pages.names import EXAMPLES, MOST_OUTLETS, MOST_WORDS, NamesPage
from warclaims.report.site import Site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

pytestmark = pytest.mark.xdist_group("report")

FACTS = {"version": "0", "set_name": "gold", "corpus_name": "mini", "made_by": ""}


def write(corpus: Path, out: Path, kind: type) -> Element:
    """One page of a corpus, written alone."""
    opened = warclaims.open(corpus)
    page = kind(Site(opened, out, None, FACTS))
    for bundle in opened.bundles():
        page.add(bundle, [])
    page.write()
    return tree(out / f"{kind.__name__.removesuffix('Page').lower()}.html")


def section(root: Element, anchor: str) -> Element:
    (found,) = [one for one in root.iter("section") if one.get("aria-labelledby") == anchor]
    return found


def rows(element: Element) -> Iterator[list[Element]]:
    for table in element.iter("table"):
        for row in table.iter("tr"):
            yield list(row)


def change(file: Path, entry: str, **fields: object) -> None:
    """Set fields of an entry of a registry file."""
    registry = json.loads(file.read_bytes())
    entries = next(value for value in registry.values() if isinstance(value, list))
    next(one for one in entries if one["id"] == entry).update(fields)
    file.write_text(json.dumps(registry))


def test_names_that_somebody_uses_come_first_with_who_and_the_evidence(site):
    root = tree(site / "names.html")
    headings = [e.get("id") for e in root.iter("h2")]
    assert headings == ["contested", "places", "actors"]
    order = [one.get("aria-labelledby") for one in root.iter("section")]
    assert order.index("place-stepanakert") < order.index("place-armenia")
    found = words(section(root, "place-stepanakert"))
    assert "“Stepanakert” is said to be used by Armenians" in found
    assert "known as Stepanakert by Armenians" in found
    assert "Khankendi" in found


def test_each_name_is_counted_by_outlet_with_links_to_its_words(site, shipped):
    root = tree(site / "names.html")
    found = {words(row[0]): row for row in rows(section(root, "place-stepanakert"))}
    outlets = [words(cell) for cell in found["name"]][1:-1]
    (bbc,) = [number for number, outlet in enumerate(outlets, 1) if "BBC News" in outlet]
    assert words(found["Khankendi"][-1]) == "1"
    link = next(found["Khankendi"][bbc].iter("a")).get("href")
    document, record = re.fullmatch(r"texts/(.*)\.html#(.*)", link).groups()
    mentions = warclaims.open(shipped).annotations(document).locations
    assert [m.span[0].text for m in mentions if m.id == record] == ["Khankendi"]
    assert by_id(tree(site / f"texts/{document}.html"))[record] is not None


def test_articles_titles_and_pronouns_make_no_names(site):
    root = tree(site / "names.html")
    names = {words(row[0]) for row in rows(section(root, "actor-nikol-pashinyan"))}
    assert {"Nikol Pashinyan", "Nikol Pasjinian", "Pashinián"} <= names
    assert "He" not in names
    names = {words(row[0]) for row in rows(section(root, "actor-russia"))}
    assert "Kremlin" in names
    assert "the Kremlin" not in names


def test_every_mention_but_pronouns_is_counted_once(site, shipped):
    root = tree(site / "names.html")
    found = {}
    for layer, kind, link in (("locations", "place", "place"), ("actors", "actor", "entity")):
        for bundle in warclaims.open(shipped).bundles():
            for mention in getattr(bundle.annotations, layer):
                if getattr(mention, link) and mention.level != "pronoun":
                    anchor = f"{kind}-{getattr(mention, link)}"
                    found[anchor] = found.get(anchor, 0) + 1
    sections = [one for one in root.iter("section") if one.get("aria-labelledby")]
    assert len(sections) > 20
    for one in sections:
        numbers = [words(row[-1]) for row in rows(one)]
        assert sum(int(n) for n in numbers if n.isdigit()) == found[one.get("aria-labelledby")]


def test_what_goes_by_one_name_is_not_listed_and_contested_is_what_somebody_uses(mini, tmp_path):
    found = by_id(write(mini, tmp_path / "out", NamesPage))
    assert "actor-borland" not in found
    assert list(found).index("contested") < list(found).index("place-dorn")
    change(mini / "annotations/registry/places.json", "dorn", names=[])
    found = by_id(write(mini, tmp_path / "out", NamesPage))
    assert "contested" not in found
    assert list(found).index("places") < list(found).index("place-dorn")


def test_a_contested_name_that_no_text_uses_is_shown_unused(mini, tmp_path):
    name = {"name": "Old Dorn", "used_by": ["borland"], "evidence": "external", "basis": "An atlas"}
    change(mini / "annotations/registry/places.json", "dorn", names=[name])
    found = section(write(mini, tmp_path / "out", NamesPage), "place-dorn")
    assert "“Old Dorn” is said to be used by Borland (external: An atlas)" in words(found)
    assert [words(row[-1]) for row in rows(found) if words(row[0]) == "Old Dorn"] == ["0"]


def test_what_is_kept_and_shown_is_bounded(mini, tmp_path):
    index = json.loads((mini / "seeds/index.json").read_bytes())
    (two,) = [one for one in index["documents"] if one["id"] == "two"]
    gold = json.loads((mini / "annotations/gold/two.json").read_bytes())
    for number in range(40):
        name = f"copy{number}"
        outlet = {**two["outlet"], "value": f"Outlet {number}"}
        index["documents"].append({**two, "id": name, "outlet": outlet})
        (mini / f"annotations/gold/{name}.json").write_text(json.dumps({**gold, "document": name}))
    (mini / "seeds/index.json").write_text(json.dumps(index))
    found = section(write(mini, tmp_path / "out", NamesPage), "place-dorn")
    head, *body = rows(found)
    assert len(head) == 1 + MOST_OUTLETS + 1
    assert words(head[-2]) == "other outlets"
    assert len(body) <= MOST_WORDS
    assert all(len(list(cell.iter("a"))) <= EXAMPLES for row in body for cell in row)
    numbers = [words(row[-1]) for row in body]
    assert sum(int(number) for number in numbers if number.isdigit()) > 40


# Agreement


def test_every_two_passes_are_compared_with_the_figures_of_the_command(site, shipped):
    root = tree(site / "agreement.html")
    corpus = warclaims.open(shipped)
    passes = [name for name in corpus.layout.set_names() if name != "gold"]
    rounds = ["a-b", "scheme-a-scheme-b", "second-a-second-b"]
    assert {*rounds, *(f"gold-{name}" for name in passes)} <= set(by_id(root))
    score = ComparedSets(corpus, "scheme-a", "scheme-b").compare().span("casualties")
    table = section(root, "scheme-a-scheme-b").find(".//table")
    found = {words(row[0]): list(row) for row in table.iter("tr")}
    low, high = score.exact_interval
    assert words(found["casualties"][3]) == f"{score.exact.f1:.3f} [{low:.3f}, {high:.3f}]"
    assert "language models" in words(root)
    assert "not agreement between people" in words(root)


def test_a_corpus_with_one_pass_or_none_says_so(mini, tmp_path):
    assert "one pass, a" in words(write(mini, tmp_path / "out", AgreementPage))
    shutil.rmtree(mini / "annotations/passes")
    assert "has no passes" in words(write(mini, tmp_path / "out", AgreementPage))


def add_pass(mini: Path, name: str, *documents: str) -> None:
    folder = mini / "annotations/passes" / name
    folder.mkdir()
    for document in documents:
        shutil.copy(mini / f"annotations/passes/a/{document}.json", folder)


def test_sets_of_other_texts_are_not_compared_and_it_is_said_why(mini, tmp_path):
    add_pass(mini, "b", "one")
    add_pass(mini, "c", "two")
    root = write(mini, tmp_path / "out", AgreementPage)
    assert "no text is annotated in both 'b' and 'c'" in words(root)
    assert "only a has two, which is not compared" in words(section(root, "a-b"))


def test_a_pass_that_cannot_be_read_does_not_stop_the_report(mini, tmp_path):
    add_pass(mini, "b", "one", "two")
    (mini / "annotations/passes/b/one.json").write_text("{")
    root = write(mini, tmp_path / "out", AgreementPage)
    assert "a and b: annotations/passes/b/one.json" in words(root)


def test_many_passes_are_each_compared_with_gold(mini, tmp_path):
    for name in "bcde":
        add_pass(mini, name, "one", "two")
    root = write(mini, tmp_path / "out", AgreementPage)
    assert {"gold-a", "gold-e", "a-b"} <= set(by_id(root))
    assert "3 more" in words(root) or "d-e" not in by_id(root)


def test_of_many_texts_some_are_compared_and_it_is_said_how_many(mini, tmp_path, monkeypatch):
    monkeypatch.setattr("warclaims.report.pages.agreement.MOST_TEXTS", 1)
    add_pass(mini, "b", "one", "two")
    found = words(write(mini, tmp_path / "out", AgreementPage))
    assert "of the 2 texts that both have, 1 are compared here" in found


@pytest.mark.parametrize("kind", ["person", "language_model"])
def test_people_are_not_called_models(mini, tmp_path, kind):
    add_pass(mini, "b", "one", "two")
    change(mini / "annotations/registry/annotators.json", "a", kind=kind)
    found = words(write(mini, tmp_path / "out", AgreementPage))
    assert ("are language models" in found) == (kind == "language_model")

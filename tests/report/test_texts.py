"""The page of a text: its words, what is annotated in them, and what a reader does with it."""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings

import warclaims
from chromium import chromium
from hostile import MARKUP, poison
from html_pages import by_id, parse, tree, words
from sizes import EVERYTHING, examples
from strategies import bundles, write_corpus
from waiting import LONGEST
from warclaims.records import LAYERS
from warclaims.report import write_report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

DOCUMENTS = ("000", "001", "002", "003", "004")

pytestmark = pytest.mark.xdist_group("report")


def area(root: Element) -> str:
    (found,) = [element for element in root.iter("div") if element.get("class") == "marked"]
    return "".join(found.itertext())


def read(page: Path) -> Element:
    """A page as an HTML parser has it, which first makes all bare line breaks line feeds."""
    return parse(re.sub("\r\n?", "\n", page.read_bytes().decode()))


def told(element: Element) -> str:
    """What an element says, with a blank between its parts."""
    return " ".join(" ".join(element.itertext()).split())


def entry(site: Path, document: str, record: str) -> str:
    """What a record says in the list, without how to close and to cite it."""
    words = told(by_id(tree(site / f"texts/{document}.html"))[f"record:{record}"])
    return words.removeprefix("close ").partition(" cite ")[0]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_page_has_the_text_and_each_record_leads_to_its_words_and_back(site, shipped, document):
    bundle = warclaims.open(shipped).bundle(document)
    root = read(site / f"texts/{document}.html")
    assert area(root) == bundle.text
    ends = by_id(root)
    for layer in LAYERS:
        for record in getattr(bundle.annotations, layer):
            assert record.id in ends
            there = [a.get("href") for a in ends[f"record:{record.id}"].iter("a")]
            assert f"#{record.id}" in there
    cues = {a.id for a in bundle.annotations.attributions if a.cue}
    led_to = {
        a.get("href", "")
        for piece in root.iter("span")
        if piece.get("class", "").startswith("w ")
        for a in piece.iter("a")
    }
    assert {f"#record:{name}" for name in cues} <= led_to


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_words_of_a_casualty_lead_to_its_claim_and_the_claim_leads_back(
    site, shipped, document
):
    root = tree(site / f"texts/{document}.html")
    for casualty in warclaims.open(shipped).annotations(document).casualties:
        row = f"{document}-{casualty.id}"
        hrefs = {f"../events/{event}.html#{row}" for event in casualty.events}
        in_text = [
            a.get("href")
            for piece in root.iter("span")
            if f"v-{casualty.id}" in piece.get("class", "").split()
            for a in piece.iter("a")
        ]
        in_list = [a.get("href") for a in by_id(root)[f"record:{casualty.id}"].iter("a")]
        assert f"#record:{casualty.id}" in in_text
        assert hrefs <= set(in_list)
        for event in casualty.events:
            there = by_id(tree(site / f"events/{event}.html"))[row]
            back = [a.get("href") for a in there.iter("a")]
            assert f"../texts/{document}.html#{casualty.id}" in back


def test_a_page_says_who_published_the_text_when_and_how_certain_that_is(site):
    el_pais = words(tree(site / "texts/002.html"))
    assert "El País, 2023-09-19" in el_pais
    unknown = words(tree(site / "texts/003.html"))
    assert re.search(r"outlet unknown( \(\w+ certainty\))?, 2020-09-27", unknown)
    assert "a translation" in el_pais


def test_segments_are_shown_as_what_they_are(site):
    root = tree(site / "texts/002.html")
    kinds = {e.get("class", "").split()[1]: e for e in root.iter() if "seg-" in e.get("class", "")}
    assert kinds["seg-heading"].tag == kinds["seg-title"].tag == "h3"
    assert kinds["seg-paragraph"].tag == "p"
    assert kinds["seg-boilerplate"].get("data-kind") == "boilerplate, not annotated"
    assert "seg-out" in kinds["seg-credit"].get("class", "")


def test_the_records_say_what_the_annotations_say(site):
    assert entry(site, "002", "t32") == (
        "t32 nobody named reports “that Azerbaijan’s armed forces have launched "
        "what Baku calls ‘anti-terrorist measures’ in the region and retaliatory actions by local "
        "Armenian armed forces” assert · distancing · indirect · inside t31"
    )
    blame = entry(site, "002", "t36")
    assert "(inferred) accusations" in blame
    assert "accuse" in blame
    assert "blames Moscow regarding Azerbaijani military action from 19 September 2023" in blame
    assert "or blames “Baku”" in blame
    count = entry(site, "002", "c3")
    assert "“at least two deaths” ≥ 2 at least" in count
    assert "by “Azerbaijani artillery”" in count
    assert "Gegham Stepanián (According to) t13" in count
    assert "among c1 , c2" in entry(site, "000", "c3")
    pronouns = [e for e in tree(site / "texts/002.html").iter("li") if told(e).endswith("pronoun")]
    assert "“she” pronoun" in {told(e) for e in pronouns}


def test_the_list_has_every_text_with_its_outlet_date_and_numbers(site, shipped):
    rows = [told(row) for row in tree(site / "texts.html").iter("tr")][1:]
    assert len(rows) == len(DOCUMENTS)
    bundle = warclaims.open(shipped).bundle("004")
    assert rows[4].startswith(
        "004 Azerbaijan launches operation against Nagorno-Karabakh BBC News 2023-09-19 "
    )
    assert "2 civilians dead ( Karabakh's human rights ombudsman )" in rows[4]
    assert " disputed " in rows[4]
    for layer in LAYERS:
        assert f"{len(getattr(bundle.annotations, layer))} {layer}" in rows[4]
    assert "unknown" in rows[3]


def test_markup_in_a_text_is_part_of_the_text(mini, tmp_path):
    corpus = warclaims.open(poison(mini))
    write_report(corpus, tmp_path / "out", "gold")
    root = read(tmp_path / "out/texts/one.html")
    assert MARKUP in corpus.text("one")
    assert area(root) == corpus.text("one")
    assert not list(root.iter("script"))
    assert not list(root.iter("img"))


def test_mentions_are_linked_to_where_nothing_else_is_annotated(mini, tmp_path):
    path = mini / "annotations" / "gold" / "one.json"
    plain = json.loads(path.read_bytes()) | {"casualties": [], "attributions": []}
    path.write_text(json.dumps(plain), "utf-8")
    write_report(warclaims.open(mini), tmp_path / "out", "gold")
    ends = by_id(read(tmp_path / "out/texts/one.html"))
    assert {"a1", "a2", "l1"} <= ends.keys()


@pytest.mark.soak
@settings(max_examples=examples(4, 100))
@given(bundles())
def test_the_page_of_any_document_has_its_text_and_only_links_that_lead_somewhere(bundle):
    with tempfile.TemporaryDirectory() as folder:
        layout = write_corpus(Path(folder) / "corpus", [bundle])
        write_report(warclaims.open(layout.root), Path(folder) / "out", "gold")
        root = read(Path(folder) / f"out/texts/{bundle.document.id}.html")
        ends = by_id(root)
        assert area(root) == bundle.text
        for a in root.iter("a"):
            path, _, end = a.get("href", "").partition("#")
            if not path:
                assert end in ends
            elif path.startswith("../events/"):
                page = Path(folder) / "out/texts" / path
                assert not end or end in by_id(tree(page))


def test_a_bundle_shows_itself_in_a_notebook(shipped):
    bundle = warclaims.open(shipped).bundle("004")
    shown = bundle._repr_html_()
    assert shown == warclaims.to_html(bundle)
    root = parse(shown)
    assert area(root) == bundle.text
    # Several may stand on one page: no ids, and rules for this text only.
    assert not by_id(root)
    (scope,) = [
        e.get("class", "").split()[-1] for e in root.iter("div") if "notebook" in e.get("class", "")
    ]
    assert f".{scope}:has(" in shown
    assert scope not in warclaims.open(shipped).bundle("000")._repr_html_()


def test_every_record_and_the_corpus_show_themselves_in_a_notebook(shipped):
    corpus = warclaims.open(shipped)
    assert "El País" in corpus._repr_html_()
    found = warclaims.compare(corpus)
    account = next(one for one in found.accounts if one.breakdown)
    assert account.id in told(parse(account._repr_html_()))
    (row,) = [one for one in found.comparisons if one.id == "mine-explosions-2023:cause"]
    assert "vehicle bomb" in told(parse(row._repr_html_()))
    event = corpus.registries.events["war-2020"].model_copy(update={"label": "<script>x"})
    assert "<script>" not in event._repr_html_()
    assert "<script>x" in told(parse(event._repr_html_()))


# In a browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A browser in which no page may run a script."""
    with chromium() as started:
        context = started.new_context(
            viewport={"width": 1280, "height": 900}, java_script_enabled=False
        )
        context.set_default_timeout(LONGEST * 1000)
        yield context


@pytest.fixture
def page(browser) -> Iterator[Any]:
    opened = browser.new_page()
    yield opened
    opened.close()


def lit(page: Any, name: str) -> bool:
    """Whether all words with a class stand on an opaque ground."""
    grounds = page.eval_on_selector_all(
        f".marked .{name}", "all => all.map(one => getComputedStyle(one).backgroundColor)"
    )
    assert grounds, name
    found = {ground != "rgba(0, 0, 0, 0)" for ground in grounds}
    assert len(found) == 1, (name, grounds)
    return found.pop()


def shown(page: Any) -> str:
    return page.eval_on_selector(".marked", "one => one.textContent")


def open_text(page: Any, site: Path, document: str, end: str = "") -> None:
    page.goto("about:blank")  # so that an address that differs by its end is opened anew
    page.goto(f"{(site / f'texts/{document}.html').as_uri()}{end and '#' + end}")


@pytest.mark.parametrize("document", DOCUMENTS if EVERYTHING else ("004",))
def test_a_browser_has_each_character_of_a_text(page, site, shipped, document):
    open_text(page, site, document)
    assert shown(page) == warclaims.open(shipped).text(document)


def test_a_browser_has_carriage_returns_and_markup_too(page, mini, tmp_path):
    seed = mini / "seeds/one.txt"
    text = seed.read_text("utf-8")
    # As many characters as before, so that all offsets hold.
    changed = (
        text.replace("newsletter\n", "<b>&amp;\t\r\n")
        .replace("\n\n", "\r\n", 1)
        .replace("\n\n", "\r\r")
    )
    assert len(changed) == len(text)
    assert "\r\n" in changed
    old, new = (hashlib.sha256(one.encode()).hexdigest() for one in (text, changed))
    seed.write_bytes(changed.encode())
    for file in (mini / "seeds/index.json", *mini.glob("annotations/*/**/one.json")):
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    write_report(warclaims.open(mini), tmp_path / "out", "gold")
    open_text(page, tmp_path / "out", "one")
    assert shown(page) == changed


def test_source_cue_and_content_show_together_by_mouse_and_by_keyboard(page, site, shipped):
    (said,) = [a for a in warclaims.open(shipped).annotations("004").attributions if a.id == "t13"]
    assert len(said.content) == 2
    together = ["k-t13", "q-t13", *(f"m-{name}" for name in said.source)]
    open_text(page, site, "004")
    assert not any(lit(page, name) for name in together)
    page.hover(".q-t13")
    assert all(lit(page, name) for name in together)
    assert not lit(page, "k-t12")
    page.mouse.move(0, 0)
    assert not any(lit(page, name) for name in together)
    page.locator(".q-t12 a").first.focus()
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.locator(".q-t13 a:focus").count():
            break
    assert all(lit(page, name) for name in together)


def test_victims_show_with_the_words_of_harm(page, site):
    open_text(page, site, "004")
    page.hover(".v-c1")
    assert lit(page, "v-c1")
    assert lit(page, "g-c1")
    page.hover(".g-c2")
    assert lit(page, "v-c2")
    assert not lit(page, "v-c1")


@pytest.mark.parametrize("record", ["a3", "l2", "c1", "t13"])
def test_an_address_leads_to_the_words_and_all_of_them_are_alight(page, site, record):
    name = {"a": "m-", "l": "m-", "c": "v-", "t": "k-"}[record[0]] + record
    open_text(page, site, "004", record)
    assert lit(page, name)
    words_at = page.locator(f"#{record}").bounding_box()
    assert 0 <= words_at["y"] < 900
    page.goto(f"{page.url.partition('#')[0]}#record:{record}")
    assert lit(page, name)


def test_a_layer_can_be_switched_off_and_on(page, site):
    def marks(name: str, style: str) -> set[str]:
        # Words that only this layer marks.
        others = "".join(f":not(.{other})" for other in "ALCG" if other != name)
        return set(
            page.eval_on_selector_all(
                f".marked .{name}{others}", f"all => all.map(one => getComputedStyle(one).{style})"
            )
        )

    open_text(page, site, "001")
    for layer, *look in (
        ("actors", "A", "backgroundImage"),
        ("locations", "L", "borderTopStyle"),
        ("casualties", "C", "borderTopStyle"),
        ("attributions", "T", "boxShadow"),
    ):
        before = marks(*look)
        assert before, layer
        assert not any(re.fullmatch("none(, none)*", mark) for mark in before), layer
        page.uncheck(f".show-{layer}")
        assert all(re.fullmatch("none(, none)*", mark) for mark in marks(*look)), layer
        page.check(f".show-{layer}")
        assert marks(*look) == before, layer


def test_marks_differ_by_more_than_colour(page, site):
    open_text(page, site, "002")
    tags = page.eval_on_selector_all(
        ".marked .h", "all => all.map(one => getComputedStyle(one, '::before').content)"
    )
    assert {"A", "L"} <= {re.sub(r'["\u2060]|/.*| ', "", tag) for tag in tags}
    assert all(len(tag) > 4 for tag in tags)

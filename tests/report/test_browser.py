"""A real browser opens the report from disk: what it asks for, lights up and finds hard to use."""

from __future__ import annotations

import json
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest

import warclaims
from chromium import chromium
from conftest import FIXTURES
from hostile import poison
from html_pages import links, target, tree
from sizes import EVERYTHING, SOAK
from waiting import LONGEST
from warclaims.report import write_report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KINDS = [
    "index.html",
    "texts.html",
    "texts/001.html",
    "events.html",
    "events/mine-explosions-2023.html",
    "accusations.html",
    "sources.html",
    "places.html",
    "names.html",
    "agreement.html",
]
"""A page of each kind."""
AXE = {"resultTypes": ["violations"], "preload": False}  # style sheets are not fetched again
DESK, PHONE = (1280, 900), (390, 844)

pytestmark = pytest.mark.xdist_group("report")

GROUNDS = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (node.data.trim())
      found.push([node.data, getComputedStyle(node.parentElement).backgroundColor]);
  return found;
}"""
"""Each run of text with the colour of the ground it stands on."""

OPEN_ALL = "document.querySelectorAll('details').forEach(one => { one.open = true })"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as started:
        yield started


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files without a log."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Heard:
    """What a browser complains of, asks for and pops up while pages are open."""

    def __init__(self, page: Any) -> None:
        self.said: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda message: self.said.append(f"{page.url}: {message.text}"))
        page.on("pageerror", lambda error: self.said.append(f"{page.url}: {error}"))
        page.on("dialog", lambda dialog: (self.said.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("requestfailed", lambda request: self.said.append(f"failed: {request.url}"))


@contextmanager
def opened(browser: Any, size: tuple[int, int] = DESK, **options: Any) -> Iterator[Any]:
    """A page of a window of this size."""
    context = browser.new_context(
        viewport=dict(zip(("width", "height"), size, strict=True)), **options
    )
    context.set_default_timeout(LONGEST * 1000)
    try:
        yield context.new_page()
    finally:
        context.close()


def address(site: Path, page: str) -> str:
    path, _, fragment = page.partition("#")
    return (site / path).as_uri() + (f"#{fragment}" if fragment else "")


def pages_of(site: Path) -> list[str]:
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


def test_pages_open_without_complaint_ask_for_nothing_outside_and_fit_the_window(browser, site):
    wide = {}
    with opened(browser) as page:
        heard = Heard(page)
        for name in pages_of(site) if EVERYTHING else KINDS:
            page.set_viewport_size(dict(zip(("width", "height"), DESK, strict=True)))
            page.goto(address(site, name))
            assert page.locator("main h1").count() == 1
            assert page.locator("body").evaluate("e => getComputedStyle(e).marginTop") == "0px"
            page.evaluate(OPEN_ALL)
            for width, height in (DESK, PHONE):
                page.set_viewport_size({"width": width, "height": height})
                if page.evaluate("document.documentElement.scrollWidth") > width:
                    wide[name] = width
        assert not heard.said
        assert heard.asked
        assert not [url for url in heard.asked if not url.startswith(site.as_uri() + "/")]
    assert not wide


def test_the_links_of_a_page_lead_to_what_they_name(browser, site):
    with opened(browser) as page:
        for name in ("index.html", "names.html", "events/mine-explosions-2023.html"):
            page.goto(address(site, name))
            for link in sorted(set(links(tree(site / name))))[5 :: 9 if EVERYTHING else 60]:
                file, fragment = target(site / name, link)
                if file.suffix != ".html":
                    continue  # a download
                page.goto(file.as_uri() + f"#{fragment}")
                missed = fragment and page.evaluate("document.querySelector(':target') === null")
                assert not missed, link


def lit_by(corpus: Any, document: str, casualty: str) -> str:
    """The words that a link to a casualty lights up: victims, harm and who is said to do it."""
    annotations = corpus.annotations(document)
    (record,) = [one for one in annotations.casualties if one.id == casualty]
    spans = [record.span, record.trigger or ()]
    spans += [one.span for one in annotations.actors if one.id == record.perpetrator]
    covered = {i for span in spans for part in span for i in range(part.start, part.end)}
    text = corpus.text(document)
    return "".join(text[i] for i in sorted(covered) if not text[i].isspace())


@pytest.mark.soak
def test_each_claim_leads_to_its_words_alight_and_back(browser, shipped, site):
    corpus = warclaims.open(shipped)
    before: dict[str, list[list[str]]] = {}
    with opened(browser) as page:
        for document in corpus.documents:
            page.goto(address(site, f"texts/{document}.html"))
            before[document] = page.evaluate(GROUNDS)
        claims = json.loads((shipped / "corpus/claims.json").read_bytes())
        for claim in claims if SOAK else {one["document"]: one for one in claims}.values():
            document, _, casualty = claim["record"].partition(":")
            row = f"{document}-{casualty}"
            page.goto(address(site, f"events/{claim['events'][0]}.html"))
            page.evaluate(OPEN_ALL)
            page.locator(f"[id='{row}'] a[href*='#{casualty}']").first.click()
            page.wait_for_url(f"**/texts/{document}.html#{casualty}")
            pairs = zip(page.evaluate(GROUNDS), before[document], strict=True)
            lit = "".join(words for (words, ground), (_, was) in pairs if ground != was)
            assert "".join(lit.split()) == lit_by(corpus, document, casualty), row
            top = page.locator(":target").evaluate("e => e.getBoundingClientRect().top")
            assert 0 <= top <= DESK[1], row
        page.locator(f"main a[href*='#{row}']").first.click()
        page.wait_for_url(f"**/events/*.html#{row}")


WINDOWS = [(size, scheme) for size in (DESK, PHONE) for scheme in ("light", "dark")]


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Path:
    """The report of the small corpus, which has every kind of page. Read only."""
    out = tmp_path_factory.mktemp("small") / "report"
    write_report(warclaims.open(FIXTURES / "mini"), out, "gold")
    return out


@pytest.mark.soak
@pytest.mark.parametrize("window", range(len(WINDOWS)), ids=lambda n: str(WINDOWS[n]))
def test_axe_finds_nothing_serious(request, browser, window):
    """Every page in each window; in the sample small ones of each kind, each in one window."""
    from axe_playwright_python.sync_playwright import Axe

    size, scheme = WINDOWS[window]
    folder: Path = request.getfixturevalue("site" if EVERYTHING else "small")
    pages = pages_of(folder)
    if not SOAK:
        pages = KINDS if EVERYTHING else pages[window :: len(WINDOWS)]
    found = []
    with opened(browser, size, color_scheme=scheme, bypass_csp=True) as page:
        for name in pages:
            page.goto(address(folder, name))
            page.evaluate(OPEN_ALL)
            for violation in Axe().run(page, options=AXE).response["violations"]:
                if violation["impact"] in ("serious", "critical"):
                    nodes = [
                        (node["html"][:160], node["failureSummary"]) for node in violation["nodes"]
                    ]
                    found.append((name, violation["id"], len(nodes), nodes[0]))
    assert not found


def test_the_first_key_leads_past_the_navigation(browser, site):
    with opened(browser) as page:
        page.goto(address(site, "events.html"))
        page.keyboard.press("Tab")
        skip = page.locator(":focus")
        assert skip.inner_text() == "Skip to the content"
        assert skip.bounding_box()["x"] >= 0
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main') !== null")


def test_every_record_of_a_text_is_reached_by_the_tab_key(browser, small):
    annotations = warclaims.open(FIXTURES / "mini").annotations("one")
    reached = set()
    with opened(browser) as page:
        page.goto(address(small, "texts/one.html"))
        for _ in range(500):
            page.keyboard.press("Tab")
            link = page.evaluate("document.activeElement.getAttribute('href')")
            if link is None and page.evaluate("document.activeElement === document.body"):
                break
            reached.add(link)
    for record in (*annotations.casualties, *annotations.attributions):
        assert f"#record:{record.id}" in reached
    for record in (*annotations.actors, *annotations.locations):
        assert f"#{record.id}" in reached


def test_from_a_server_pages_ask_for_nothing_outside_and_say_nothing(browser, small):
    handler = partial(QuietHandler, directory=small)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, opened(browser) as page:
        Thread(target=server.serve_forever, daemon=True).start()
        root = f"http://127.0.0.1:{server.server_port}/"
        heard = Heard(page)
        for name in pages_of(small):
            assert page.goto(root + name).ok
            for link in sorted(set(links(tree(small / name)))):
                file, _ = target(small / name, link)
                assert page.request.get(root + file.relative_to(small).as_posix()).ok, link
        server.shutdown()
    assert not heard.said
    assert not [url for url in heard.asked if not url.startswith(root)]


def test_markup_in_a_corpus_is_read_as_words(browser, mini, tmp_path):
    out = tmp_path / "out"
    write_report(warclaims.open(poison(mini)), out, "gold")
    with opened(browser) as page:
        heard = Heard(page)
        for name in pages_of(out):
            page.goto(address(out, name))
            assert page.locator("script, img").count() == 0
        assert not heard.said
        assert not [url for url in heard.asked if not url.startswith(out.as_uri() + "/")]
        page.goto(address(out, "texts/one.html"))
        assert "<script>alert(1)</script>" in page.inner_text("main")


def test_markup_in_a_corpus_stays_words_in_drawings_and_notebooks(mini, tmp_path):
    out = tmp_path / "out"
    corpus = warclaims.open(poison(mini))
    write_report(corpus, out, "gold")
    drawings = [*out.rglob("*.svg")]
    assert drawings
    for drawing in drawings:
        tags = {one.tag.rpartition("}")[2] for one in ElementTree.parse(drawing).iter()}
        assert tags.isdisjoint({"script", "img", "image", "foreignObject"})
    found = warclaims.compare(corpus)
    for shown in (
        corpus,
        corpus.bundle("one"),
        *found.accounts,
        *corpus.registries.events.values(),
    ):
        html = shown._repr_html_()
        assert "<script" not in html
        assert "<img" not in html

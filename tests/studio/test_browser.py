"""A real browser in front of a real server: a mouse, a save, and just that comes back."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from warclaims.studio.account import ensure_account
from warclaims.studio.held import held

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.xdist_group("studio")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TEXT = "[class*=richtext__container]"
WAIT = 90_000

RECTANGLES = """([from, to]) => {
  const root = document.querySelector('[class*=richtext__container]');
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let at = 0, begun = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const next = at + node.data.length;
    if (!begun && from < next) { range.setStart(node, from - at); begun = true; }
    if (begun && to <= next) { range.setEnd(node, to - at); break; }
    at = next;
  }
  range.startContainer.parentElement.scrollIntoView({block: 'center'});
  return [...range.getClientRects()].map(r => [r.left, r.top, r.right, r.bottom]);
}"""
"""Where the words between two offsets stand on the page; offsets are UTF-16 units of the page."""


@pytest.fixture
def page(place, connection) -> Iterator[Any]:
    """A page of a browser that is logged in."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        executable = None
    if executable is None:
        why = "no browser to test with: install chromium, and playwright of the dev group"
        if os.environ.get("WARCLAIMS_TEST_EVERYTHING"):
            pytest.fail(why)
        pytest.skip(why)
    account = ensure_account(place)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=QUIET)
        page = browser.new_page(viewport={"width": 1500, "height": 1000})
        page.set_default_timeout(WAIT)
        page.goto(f"{connection.url}/user/login/")
        page.fill("input[name=email]", account.login)
        page.fill("input[name=password]", account.password)
        page.press("input[name=password]", "Enter")
        page.wait_for_url(lambda url: "login" not in url)
        yield page
        browser.close()


def open_task(page: Any, desk: Any, document: str) -> None:
    (task,) = [task for task in held(desk.connection, desk.project) if task.document == document]
    page.goto(desk.connection.task_url(desk.project, task.id))
    page.wait_for_selector(TEXT)
    page.wait_for_selector(".htx-highlight")
    page.wait_for_load_state("networkidle")


def drag_over(page: Any, start: int, end: int) -> None:
    """Draw with the mouse over the words between two offsets of the text."""
    page.evaluate(RECTANGLES, [start, end])
    rectangles = page.evaluate(RECTANGLES, [start, end])
    (left, top, _, bottom), (_, last_top, right, last_bottom) = rectangles[0], rectangles[-1]
    page.mouse.move(left + 1, (top + bottom) / 2)
    page.mouse.down()
    page.mouse.move(right - 3, (last_top + last_bottom) / 2, steps=6)
    page.mouse.move(right - 1, (last_top + last_bottom) / 2, steps=2)
    page.mouse.up()


def select(page: Any, start: int, end: int) -> None:
    """Click the mark on these words."""
    ((left, top, right, bottom), *_) = page.evaluate(RECTANGLES, [start, end])
    page.mouse.click((left + right) / 2, (top + bottom) / 2)
    page.wait_for_selector(".attr >> visible=true")


def save(page: Any) -> None:
    with page.expect_response(
        lambda answer: "/api/annotations/" in answer.url and answer.request.method == "PATCH"
    ):
        page.get_by_test_id("bottombar-update-button").click()


def test_a_place_drawn_and_an_actor_taken_away_come_back_and_nothing_else(desk, page):
    desk.push()
    before = desk.files()
    text = desk.corpus.text("004")
    start = text.index("operation against")  # words that no mark is on
    end = start + len("operation")
    gone = next(
        actor
        for actor in desk.corpus.annotations("004").actors
        if actor.span[0].text == "Azerbaijan" and actor.span[0].start == 0
    )
    open_task(page, desk, "004")
    page.keyboard.press("2")
    drag_over(page, start, end)
    select(page, start, end)
    page.locator('.attr >> text="nominal"').locator("visible=true").click()
    page.keyboard.press("Escape")
    select(page, gone.span[0].start, gone.span[0].end)
    page.keyboard.press("Backspace")
    save(page)

    pulled = desk.pull()["004"]
    assert not [str(finding) for finding in pulled.findings if not finding.is_warning]
    changes = {(change.kind, change.layer): change.record for change in pulled.imported.changes()}
    assert set(changes) == {("added", "locations"), ("removed", "actors")}
    drawn = changes["added", "locations"]
    assert [(part.start, part.end, part.text) for part in drawn.span] == [(start, end, "operation")]
    assert drawn.level == "nominal"
    assert changes["removed", "actors"] == gone
    after = desk.files()
    assert {name for name in after if after[name] != before[name]} == {"gold/004.json"}

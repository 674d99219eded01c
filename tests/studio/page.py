"""The hands of an annotator: a task in a real browser, worked on with mouse and keys alone.

Offsets are those of the corpus, code points of the text; the page counts UTF-16 units, and its
lines are elements with a break between them.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from chromium import chromium
from waiting import LONGEST
from warclaims.labelstudio import configuration
from warclaims.labelstudio.labels_and_relations import REGION_LABELS
from warclaims.records import Lists
from warclaims.studio.server_tasks import ServerTask, server_tasks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from conftest import Desk

WAIT = LONGEST * 1000
TEXT = "[class*=richtext__container]"
SAVES = ("bottombar-update-button", "bottombar-submit-button")

RECTANGLES = """([selector, from, to]) => {
  const root = document.querySelector(selector);
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  const range = document.createRange();
  let at = 0, begun = false, ended = false;
  for (let node = walker.nextNode(); node && !ended; node = walker.nextNode()) {
    const isText = node.nodeType === Node.TEXT_NODE;
    const next = at + (isText ? node.data.length : Number(node.tagName === 'BR'));
    if (isText && next > at) {
      if (!begun && from < next) { range.setStart(node, Math.max(from - at, 0)); begun = true; }
      if (begun && to <= next) { range.setEnd(node, Math.max(to - at, 0)); ended = true; }
    }
    at = next;
  }
  if (!ended) throw new Error(`no words at ${from}-${to} of the page's ${at}`);
  range.startContainer.parentElement.scrollIntoView({block: 'center'});
  return [...range.getClientRects()].filter(r => r.width > 0)
    .map(r => [r.left, r.top, r.right, r.bottom]);
}"""
"""Where the words between two offsets stand on the page."""

SELECTED = """() => Htx.annotationStore.selected.selectedRegions
  .map(r => [r.labels[0], r.globalOffsets.start, r.globalOffsets.end])"""
"""What the page itself holds for selected; in the offsets that it saves."""

HAS_MARK = """([label, start, end]) => Htx.annotationStore.selected.regions.some(
  r => r.labels[0] === label && r.globalOffsets.start === start && r.globalOffsets.end === end)"""

LINKS = "() => Htx.annotationStore.selected.relationStore.relations.length"

NAMED = """() => Htx.annotationStore.selected.relationStore.relations
  .slice(-1)[0].selectedValues"""
"""The labels of the relation that was drawn last."""

NUMBER = "(name) => Htx.annotationStore.selected.names.get(name).number"

ARMED = """() => Htx.annotationStore.selected.names.get('span').selectedLabels.map(l => l.value)"""
"""The label that is drawn next."""

UNSELECTED = "() => Htx.annotationStore.selected.selectedRegions.length === 0"


@contextmanager
def logged_in(url: str, login: str, password: str) -> Iterator[Any]:
    """A browser in which somebody is logged in: each page that it opens is."""
    with chromium() as browser:
        context = browser.new_context(viewport={"width": 1500, "height": 1000})
        context.set_default_timeout(WAIT)
        page = context.new_page()
        page.goto(f"{url}/user/login/")
        page.fill("input[name=email]", login)
        page.fill("input[name=password]", password)
        page.press("input[name=password]", "Enter")
        page.wait_for_url(lambda address: "login" not in address)
        page.close()
        yield context


def task_of(desk: Desk, document: str) -> ServerTask:
    """The task of a document, as the server holds it now."""
    (task,) = [
        task for task in server_tasks(desk.connection, desk.project) if task.document == document
    ]
    return task


class Sheet:
    """A task that is open on a page."""

    def __init__(self, page: Any, desk: Desk, document: str) -> None:
        self.page = page
        self.text = desk.corpus.text(document)
        task = task_of(desk, document)
        page.goto(desk.connection.task_url(desk.project, task.id))
        page.wait_for_selector(TEXT)
        if task.annotations:
            page.wait_for_selector(".htx-highlight")
        page.wait_for_load_state("networkidle")

    def find(self, words: str, after: int = 0) -> tuple[int, int]:
        """Where words stand in the text."""
        start = self.text.index(words, after)
        return start, start + len(words)

    def draw(self, label: str, start: int, end: int) -> None:
        """Take the label by its key as the guide says, and drag over the words."""
        self.page.locator(TEXT).click()
        self.page.locator(".ant-select-dropdown").locator("visible=true").wait_for(state="hidden")
        self.page.keyboard.press("Escape")
        self.page.keyboard.press("Escape")
        self._until(UNSELECTED, None)
        self.page.keyboard.press(pressed(REGION_LABELS[label].hotkey))
        self._until(f"(label) => ({ARMED})().join() === label", label)
        boxes = self.boxes(start, end)
        (left, top, _, bottom), (_, last_top, right, last_bottom) = boxes[0], boxes[-1]
        self.drag((left + 1, (top + bottom) / 2), (right - 1, (last_top + last_bottom) / 2))
        self._until(HAS_MARK, [label, start, end])

    def select(self, label: str, start: int, end: int) -> None:
        """Click a mark; where others lie on all of it, go on from them by Alt+."""
        wanted = [label, start, end]
        if self._spot(wanted) is not None:
            return
        for box in range(len(self.boxes(start, end))):
            self.page.keyboard.press("Escape")
            self._click((start, end), (box, 0.5))
            for _ in range(3):
                self.page.keyboard.press("Alt+.")
                if wanted in self.selected():
                    return
        raise AssertionError(f"no click selects {wanted}; the last selected {self.selected()}")

    def _spot(self, wanted: list[Any]) -> tuple[int, float] | None:
        """Where a click selects a mark: in which of its boxes, and how far to the right."""
        for box in range(len(self.boxes(*wanted[1:]))):
            for part in (0.5, 0.02, 0.98, 0.25, 0.75):
                self.page.keyboard.press("Escape")
                self._click(wanted[1:], (box, part))
                if wanted in self.selected():
                    return box, part
        return None

    def _click(self, place: Sequence[int], spot: tuple[int, float]) -> None:
        left, top, right, bottom = self.boxes(*place)[spot[0]]
        self.page.mouse.click(left + (right - left) * spot[1], (top + bottom) / 2)

    def selected(self) -> list[list[Any]]:
        """Label, start and end of what is selected."""
        found: list[list[Any]] = self.page.evaluate(SELECTED)
        return found

    def choose(self, control: str, option: str) -> None:
        """Click one of the choices of the mark that is selected."""
        self.box(control).locator(f'.ant-checkbox-input[name="{option}"]').click()

    def type_number(self, control: str, number: int) -> None:
        """Type into a number field."""
        self.box(control).locator("input[type=number]").fill(str(number))

    def look_up(self, control: str, typed: str, name: str) -> None:
        """Search a registry for a name by a part of it, and take it."""
        box = self.box(control)
        box.locator(".ant-select-selector").click()
        shown = self.page.locator(".ant-select-dropdown").locator("visible=true")
        shown.get_by_test_id("taxonomy-search").press_sequentially(typed)
        shown.get_by_text(re.compile(rf"^{re.escape(name)}( \(|$)")).click()
        self.page.locator(".hdr").click()  # keys go to the search until something else is clicked
        shown.wait_for(state="hidden")

    def search(self, control: str, typed: str) -> None:
        """Type into the search of a registry, and leave it open."""
        self.box(control).locator(".ant-select-selector").click()
        shown = self.page.locator(".ant-select-dropdown").locator("visible=true")
        shown.get_by_test_id("taxonomy-search").press_sequentially(typed)

    def focus_choice(self, control: str, option: str) -> None:
        """Go to one of the choices by the keyboard, without choosing it."""
        self.box(control).locator(f'.ant-checkbox-input[name="{option}"]').focus()

    def write_note(self, words: str) -> None:
        """Type into the note, and leave the cursor there."""
        self.box("note").locator("textarea").press_sequentially(words)

    def number(self, control: str) -> int | None:
        """What a number field holds for the region that is selected."""
        found: int | None = self.page.evaluate(NUMBER, control)
        return found

    def link(self, one: tuple[str, int, int], other: tuple[str, int, int]) -> None:
        """Click a mark, press Alt+R, click another."""
        spot = self._spot(list(other))
        assert spot is not None, f"nothing of {other} can be clicked"
        self.select(*one)
        before = self.page.evaluate(LINKS)
        self.page.keyboard.press("Alt+r")
        self._until("() => Htx.annotationStore.selected.isLinkingMode", None)
        self._click(other[1:], spot)
        self._until(f"(before) => ({LINKS})() === before + 1", before)

    def name_relation(self, label: str) -> None:
        """Choose the label of the relation that was drawn last, in the list of relations."""
        self.page.get_by_text("Relations", exact=True).locator("visible=true").click()
        item = self.page.locator(".lsf-relations__item").last
        item.hover()
        if not item.locator("[data-testid^=select-trigger]").count():
            item.get_by_label("Show Relation Labels").click()
        item.locator("[data-testid^=select-trigger]").click()
        self.page.locator(f"[data-testid=select-option-{label}]").click()
        self._until(f"(label) => ({NAMED})().includes(label)", label)
        self.page.keyboard.press("Escape")

    def write(self, control: str, *lines: str) -> None:
        """Click into a field and type; Enter begins the next line."""
        self.box(control).locator("textarea, input[type=text]").click()
        for number, line in enumerate(lines):
            if number:
                self.page.keyboard.press("Enter")
            self.page.keyboard.type(line)

    def drag_edge(self, label: str, start: int, end: int, new_end: int) -> None:
        """Draw the right handle of a mark to another place."""
        self.select(label, start, end)
        handle = self.page.locator(".htx-highlight.__active area.__resize_right").last
        box = handle.bounding_box()
        _, top, right, bottom = self.boxes(start, new_end)[-1]
        self.drag(
            (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2),
            (right - 1, (top + bottom) / 2),
        )
        self._until(HAS_MARK, [label, start, new_end])

    def delete(self, label: str, start: int, end: int) -> None:
        """Take a mark away."""
        self.select(label, start, end)
        self.page.keyboard.press("Backspace")

    def save(self) -> int:
        """Click Submit or Update; gives the answer of the server."""
        self.page.keyboard.press("Escape")
        with self.page.expect_response(_is_save) as saved:
            for name in SAVES:
                if self.page.get_by_test_id(name).count():
                    self.page.get_by_test_id(name).click()
        return int(saved.value.status)

    def _until(self, condition: str, given: Any) -> None:
        """Wait for the page to have done what was asked of it."""
        self.page.wait_for_function(condition, arg=given)

    def box(self, control: str) -> Any:
        """The part of the panel with a control, while it is shown."""
        heading = _headings()[control]
        return self.page.locator(f'.attr:has(:text-is("{heading}"))').locator("visible=true")

    def boxes(self, start: int, end: int) -> list[tuple[float, float, float, float]]:
        """Left, top, right and bottom of the words between two offsets, line by line."""
        given = [TEXT, _units(self.text[:start]), _units(self.text[:end])]
        self.page.evaluate(RECTANGLES, given)
        found: list[tuple[float, float, float, float]] = self.page.evaluate(RECTANGLES, given)
        return found

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Press the mouse at one place and let it go at another."""
        self.page.mouse.move(*start)
        self.page.mouse.down()
        self.page.mouse.move((start[0] + end[0]) / 2, end[1], steps=4)
        self.page.mouse.move(end[0] - 2, end[1], steps=4)
        self.page.mouse.move(*end, steps=2)
        self.page.mouse.up()


def _is_save(answer: Any) -> bool:
    path = answer.url.partition("?")[0].rstrip("/")
    return answer.request.method in ("POST", "PATCH") and (
        "/api/annotations/" in path or path.endswith("/annotations")
    )


def pressed(hotkey: str) -> str:
    """A key of the configuration as Playwright names it."""
    return "+".join(part.capitalize() if len(part) > 1 else part for part in hotkey.split("+"))


def _units(text: str) -> int:
    """The length that a page sees."""
    return len(text.encode("utf-16-le")) // 2


def _headings() -> dict[str, str]:
    """What stands over each control, as the page shows it."""
    found: dict[str, str] = {}
    for box in ET.fromstring(configuration(Lists())).iter("View"):
        heading = ""
        for child in box:
            if child.tag == "Header":
                heading = child.get("value", "")
            elif child.get("perRegion"):
                found[str(child.get("name"))] = heading
    return found

"""How much work a casualty with its attribution is: the actions, counted while they are done."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from page import ARMED, HAS_MARK, LINKS, Sheet, pressed

from warclaims.corpus import Corpus, canonical_bytes
from warclaims.labelstudio.configuration import HOTKEYS
from warclaims.labelstudio.labels_and_relations import REGION_LABELS
from warclaims.records import LAYERS

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.xdist_group("studio")

MOST = 47
"""The actions that the same casualty took in format 1."""

Mark = tuple[str, str]
"""A label and the words to draw it on."""


class CountingHand:
    """Works on an open task as an annotator who knows the keys; counts clicks, keys and drags."""

    def __init__(self, sheet: Sheet) -> None:
        self.actions = 0
        self._sheet = sheet
        self._page = sheet.page

    def click(self, words: str) -> None:
        """Click into the middle of words of the text."""
        left, top, right, bottom = self._sheet.boxes(*self._sheet.find(words))[0]
        self.actions += 1
        self._page.mouse.click((left + right) / 2, (top + bottom) / 2)

    def press(self, key: str) -> None:
        self.actions += 1
        self._page.keyboard.press(pressed(key))

    def begin(self) -> None:
        """Go to the text, as the guide says."""
        self.click("Monday")
        self.press("escape")

    def draw(self, label: str, words: str) -> None:
        self.press(REGION_LABELS[label].hotkey)
        assert self._page.evaluate(ARMED) == [label]
        start, end = self._sheet.find(words)
        boxes = self._sheet.boxes(start, end)
        (left, top, _, bottom), (_, last_top, right, last_bottom) = boxes[0], boxes[-1]
        self.actions += 1
        self._sheet.drag((left + 1, (top + bottom) / 2), (right - 1, (last_top + last_bottom) / 2))
        self._page.wait_for_function(HAS_MARK, arg=[label, start, end])

    def select(self, label: str, words: str) -> None:
        """Click a region, at words of it on which no other one is."""
        self.click(words)
        assert [found[0] for found in self._sheet.selected()] == [label]

    def relate(self, one: Mark, other: Mark) -> None:
        before = self._page.evaluate(LINKS)
        self.select(*one)
        self.press("alt+r")
        self.click(other[1])
        self._page.wait_for_function(f"(before) => ({LINKS})() === before + 1", arg=before)

    def choose(self, control: str, option: str) -> None:
        self.press(HOTKEYS[control][option])

    def number(self, control: str, number: int) -> None:
        """Click into a field and type."""
        self.actions += 1
        self._sheet.box(control).locator("input[type=number]").click()
        for digit in str(number):
            self.press(digit)
        assert self._sheet.number(control) == number

    def entry(self, control: str, name: str) -> None:
        """Open the names of a registry and click one."""
        self.actions += 2
        self._sheet.box(control).locator(".ant-select-selector").click()
        shown = self._page.locator(".ant-select-dropdown").locator("visible=true")
        shown.get_by_text(re.compile(rf"^{re.escape(name)}( \(.*\))?$")).click()


@pytest.fixture
def blank(mini: Path, desk_of: Any) -> Any:
    """The small corpus, with nothing annotated in the first text."""
    corpus = Corpus(mini)
    gold = corpus.annotations("one")
    bare = gold.model_copy(update=dict.fromkeys(LAYERS, ()))
    corpus.layout.annotation_file("gold", "one").write_bytes(canonical_bytes(bare))
    return desk_of(Corpus(mini)), gold


def test_a_casualty_with_everything_takes_no_more_actions_than_in_format_1(blank, page):
    """Five regions, three relations, and every attribute that the words give."""
    desk, gold = blank
    desk.push(documents=["one"])
    sheet = Sheet(page, desk, "one")
    hand = CountingHand(sheet)
    what = "two civilians, including a child, were killed by shelling in Dorn on Monday"
    hand.begin()
    hand.draw("actor", "Officials in Avaria")
    hand.draw("cue", "said")
    hand.draw("content", what)
    hand.draw("casualty", "two civilians")
    hand.draw("trigger", "killed")
    hand.relate(("actor", "Officials in Avaria"), ("cue", "said"))
    hand.relate(("cue", "said"), ("content", "shelling"))
    hand.relate(("casualty", "two civilians"), ("trigger", "killed"))
    hand.select("cue", "said")
    hand.choose("attribution_mode", "indirect")
    hand.choose("attribution_act", "assert")
    hand.choose("attribution_commitment", "neutral")
    hand.select("actor", "Officials in Avaria")
    hand.choose("actor_level", "nominal")
    hand.entry("actor_entity", "officials in Avaria")
    hand.select("casualty", "two civilians")
    hand.choose("casualty_outcome", "killed")
    hand.choose("casualty_quantifier", "exact")
    hand.choose("casualty_status", "civilian")
    hand.choose("casualty_cause", "artillery")
    hand.number("casualty_value", 2)
    event = desk.corpus.registries.events["shelling-of-dorn"]
    hand.entry("casualty_events", event.label)
    hand.actions += 1
    assert sheet.save() == 201

    pulled = desk.pull(documents=["one"])["one"]
    assert [str(finding) for finding in pulled.findings if not finding.is_warning] == []
    after = desk.corpus.annotations("one")
    own = {"id": "x", "source": ()}
    for layer in ("actors", "casualties", "attributions"):
        (made,) = getattr(after, layer)
        expected = getattr(gold, layer)[0]
        changes = {name: value for name, value in own.items() if hasattr(made, name)}
        assert made.model_copy(update=changes) == expected.model_copy(update=changes)
    assert after.attributions[0].source == (after.actors[0].id,)
    assert hand.actions <= MOST, hand.actions

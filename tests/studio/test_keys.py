"""Keys in a real browser: the printed instructions work wherever the cursor is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from page import Sheet, task_of

from warclaims.labelstudio.labels_and_relations import REGION_LABELS

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.xdist_group("studio")
WIDTHS = (1280, 1440, 1920)
PLACES: dict[str, Callable[[Sheet], None]] = {
    "trigger": lambda sheet: sheet.type_number("casualty_value", 9),
    "location": lambda sheet: sheet.write_note("9 or 4, atlas"),
    "actor": lambda sheet: sheet.search("casualty_events", "4 atlas"),
    "cue": lambda sheet: sheet.focus_choice("casualty_status", "police"),
}
"""By the label to draw next: puts the cursor into a field or on a choice of a casualty."""

STATE = """() => Htx.annotationStore.selected.serializeAnnotation()"""

KEYS = """() => {
  const walk = node => [
    ...(node.onHotKey ? [node.hotkey] : []), ...(node.children ?? []).flatMap(walk)
  ];
  return walk(Htx.annotationStore.selected.root);
}"""
"""The keys of labels, choices and fields, also those that the page gave them itself."""


@pytest.mark.parametrize("width", WIDTHS)
def test_a_label_is_drawn_as_the_guide_says_wherever_the_cursor_is(desk, page, width):
    desk.push(documents=["000"])
    page.set_viewport_size({"width": width, "height": 900})
    sheet = Sheet(page, desk, "000")
    words = desk.corpus.annotations("000").casualties[0].span[0]
    victims = ("casualty", words.start, words.end)
    sheet.select(*victims)
    sheet.type_number("casualty_value", 9)
    for (label, put_cursor), word in zip(PLACES.items(), unmarked_words(desk), strict=False):
        sheet.select(*victims)
        put_cursor(sheet)
        sheet.draw(label, *word)
        sheet.select(*victims)
        assert sheet.number("casualty_value") == 9
    assert sheet.save() == 200
    (result,) = task_of(desk, "000").results
    numbers = [item["value"]["number"] for item in result if item["type"] == "number"]
    assert numbers[0] == 9
    labels = [item["value"]["labels"][0] for item in result if item["type"] == "labels"]
    assert labels.count("casualty") == len(desk.corpus.annotations("000").casualties)


def test_digits_outside_a_field_change_nothing(desk, page):
    """Somebody who means a number, but has not clicked its field."""
    desk.push(documents=["000"])
    sheet = Sheet(page, desk, "000")
    words = desk.corpus.annotations("000").casualties[0].span[0]
    sheet.select("casualty", words.start, words.end)
    before = page.evaluate(STATE)
    for digit in "0123456789":
        page.keyboard.press(digit)
        page.keyboard.press(f"Numpad{digit}")
    assert page.evaluate(STATE) == before
    assert sheet.selected() == [["casualty", words.start, words.end]]
    keys = page.evaluate(KEYS)
    assert {mark.hotkey for mark in REGION_LABELS.values()} <= set(keys)
    assert not any(part.isdigit() for key in keys for part in key.split("+"))


def unmarked_words(desk) -> list[tuple[int, int]]:
    """Words of document 000 that no mark is on."""
    text = desk.corpus.text("000")
    annotations = desk.corpus.annotations("000")
    spans = [
        part
        for layer in ("actors", "locations", "casualties", "attributions")
        for record in getattr(annotations, layer)
        for name in ("span", "trigger", "cue", "content")
        for part in getattr(record, name, None) or ()
    ]
    found = [(m.start(), m.end()) for m in re.finditer(r"[a-z]{5,}", text)]
    return [(s, e) for s, e in found if not any(p.start < e and s < p.end for p in spans)]

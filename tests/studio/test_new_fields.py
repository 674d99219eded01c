"""The fields of format 2 in a real browser: shown where they belong, saved, and pulled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from page import Sheet

from warclaims.corpus import Corpus, canonical_bytes

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.xdist_group("studio")

OLD_PANEL = 1053
"""Height in pixels of the attributes of a casualty in format 1, on a page of 1280 by 900."""

BOTTOM = """() => {
  const side = document.querySelector('.side'), top = side.getBoundingClientRect().top;
  const box = document.querySelector('.side textarea[name=new_entry], .side [name=new_entry]');
  return box.getBoundingClientRect().bottom - top + side.scrollTop;
}"""
"""How far down the panel the last of the usual fields ends."""


@pytest.fixture
def sheet(mini: Path, desk_of: Any, page: Any) -> tuple[Any, Sheet]:
    """The first text of the small corpus on a page, without its link between casualties."""
    corpus = Corpus(mini)
    gold = corpus.annotations("one")
    apart = [one.model_copy(update={"subset_of": ()}) for one in gold.casualties]
    path = corpus.layout.annotation_file("gold", "one")
    path.write_bytes(canonical_bytes(gold.model_copy(update={"casualties": tuple(apart)})))
    desk = desk_of(Corpus(mini))
    page.set_viewport_size({"width": 1280, "height": 900})
    desk.push(documents=["one"])
    return desk, Sheet(page, desk, "one")


def pulled(desk: Any) -> Any:
    found = desk.pull(documents=["one"])["one"]
    assert [str(finding) for finding in found.findings if not finding.is_warning] == []
    return desk.corpus.annotations("one")


def test_a_range_groups_and_other_readings_are_saved(sheet):
    desk, sheet = sheet
    sheet.select("casualty", *sheet.find("two civilians"))
    assert sheet.box("casualty_value").count() == 1
    assert sheet.box("casualty_value_max").count() == 0, "shown for a range only"
    sheet.page.keyboard.press("Alt+z")  # range
    sheet.box("casualty_value_max").wait_for()
    sheet.type_number("casualty_value_max", 15)
    sheet.write("casualty_groups", "medic female", "child")
    sheet.write("alternatives", "outcome: injured; cause: fire, collapse")
    sheet.write("note", "as the words say")
    sheet.choose("casualty_sex", "male")
    sheet.choose("casualty_cause", "drowning")
    assert sheet.save() == 200

    before, after = desk.corpus.annotations("one").casualties[0], pulled(desk).casualties[0]
    changed = {
        name for name in type(after).model_fields if getattr(after, name) != getattr(before, name)
    }
    assert changed == {
        *("quantifier", "value_max", "groups", "alternatives", "note", "sex", "cause")
    }
    assert (after.quantifier, after.value, after.value_max) == ("range", 2, 15)
    assert [(one.status, one.age, one.sex) for one in after.groups] == [
        (("medic",), "unspecified", "female"),
        ((), "child", "unspecified"),
    ]
    assert after.alternatives == ({"outcome": "injured", "cause": ["fire", "collapse"]},)
    assert (after.sex, after.cause) == ("male", ("artillery", "drowning"))


def test_relations_of_the_new_kinds_are_drawn_named_and_saved(sheet):
    desk, sheet = sheet
    whole = ("casualty", *sheet.find("two civilians"))
    child = ("casualty", *sheet.find("a child"))
    sheet.link(child, whole)
    sheet.name_relation("besides")
    sheet.link(("cue", *sheet.find("denied")), ("cue", *sheet.find("said")))
    sheet.name_relation("answers")
    assert sheet.save() == 200
    after = pulled(desk)
    assert [(one.subset_of, one.besides) for one in after.casualties] == [((), ()), ((), ("c1",))]
    assert [one.answers for one in after.attributions] == [None, "t1", None]
    again = desk.pull(documents=["one"])["one"]
    assert not again.imported.is_changed


def test_the_usual_fields_of_a_casualty_are_not_much_further_down_than_in_format_1(sheet):
    _, sheet = sheet
    sheet.select("casualty", *sheet.find("two civilians"))
    assert sheet.page.evaluate(BOTTOM) <= OLD_PANEL * 4 / 3
    assert sheet.box("casualty_fraction").count() == 1


def test_the_upper_number_goes_when_the_range_does(sheet):
    desk, sheet = sheet
    sheet.select("casualty", *sheet.find("two civilians"))
    sheet.page.keyboard.press("Alt+z")
    sheet.box("casualty_value_max").wait_for()
    sheet.type_number("casualty_value_max", 15)
    sheet.page.locator(".hdr").click()
    sheet.choose("casualty_quantifier", "at_least")
    sheet.box("casualty_value_max").wait_for(state="detached")
    assert sheet.save() == 200
    after = pulled(desk).casualties[0]
    assert (after.quantifier, after.value, after.value_max) == ("at_least", 2, None)

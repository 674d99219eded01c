"""From an empty corpus to a corrected text, with names that no registry has, in one session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from page import TEXT, Sheet

from warclaims.authoring import StatedFacts, add_texts, new_corpus, read_new_text
from warclaims.corpus import Corpus

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.xdist_group("studio")

WORDS = "Blast in Dorn\n\nOfficials in Avaria said that seven civilians were killed in Dorn.\n"

NARROWEST = {1280: 560, 1440: 720, 1920: 1150}
"""Width of the window → of the text, in pixels, at least."""

WIDTH = f"() => document.querySelector('{TEXT}').getBoundingClientRect().width"
HEADINGS = """() => [...document.querySelectorAll('.side .needed')]
  .filter(box => box.offsetParent)
  .map(box => getComputedStyle(box.querySelector('h1, h2, h3, h4, h5, h6')).color)"""
GUIDE = """() => { const side = document.querySelector('.side');
  return [document.querySelector('.guide').innerText, side.scrollHeight - side.clientHeight]; }"""
LEVEL = "() => Htx.annotationStore.selected.names.get('location_level').selectedValues()"


@pytest.fixture
def blank(desk_of: Any, tmp_path: Path) -> Any:
    """A corpus of one text in which nothing is annotated, on the server."""
    new_corpus(tmp_path / "own")
    (tmp_path / "one.txt").write_text(WORDS, encoding="utf-8")
    corpus = Corpus(tmp_path / "own")
    add_texts(corpus, [(read_new_text(tmp_path / "one.txt"), StatedFacts())], "me")
    desk = desk_of(Corpus(tmp_path / "own"))
    desk.push()
    return desk


def test_the_text_is_wide_and_the_guide_fits_one_screen(blank, page):
    Sheet(page, blank, "one")
    for width, least in NARROWEST.items():
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_function(f"(least) => ({WIDTH})() >= least", arg=least)
        words, hidden = page.evaluate(GUIDE)
        assert words.startswith("Draw")
        assert "Ctrl+Z undoes" in words
        assert hidden <= 0, f"{hidden} px of the guide are hidden at {width}"


def test_the_list_of_texts_opens_under_the_pointer(blank, page):
    Sheet(page, blank, "one")
    page.mouse.move(8, 300)
    page.wait_for_function(
        "() => document.querySelector('.lsf-label-view__dataview').offsetWidth > 200"
    )


def test_one_session_and_one_pull_with_a_new_actor_place_and_event(blank, page):
    sheet = Sheet(page, blank, "one")
    who = ("actor", *sheet.find("Officials in Avaria"))
    says = ("cue", *sheet.find("said"))
    what = ("content", *sheet.find("that seven civilians were killed in Dorn"))
    victims = ("casualty", *sheet.find("seven civilians"))
    harm = ("trigger", *sheet.find("killed"))
    where = ("location", *sheet.find("Dorn", harm[2]))
    for mark in (who, says, what, victims, harm, where):
        sheet.draw(*mark)
    sheet.link(who, says)
    sheet.link(says, what)
    sheet.link(victims, harm)

    sheet.select(*who)
    missing = page.evaluate(HEADINGS)
    sheet.choose("actor_level", "nominal")
    assert page.evaluate(HEADINGS) != missing, "what is needed looks the same once it is there"
    sheet.write("new_entry", "officials in Avaria (government)")
    sheet.select(*where)
    page.keyboard.press("n")  # the key by which an actor is a name, too
    page.wait_for_function(f"() => ({LEVEL})().join() === 'name'")
    sheet.write("new_entry", "Dorn (city)")
    sheet.select(*says)
    sheet.choose("attribution_mode", "indirect")
    sheet.choose("attribution_act", "assert")
    sheet.choose("attribution_commitment", "neutral")
    sheet.select(*victims)
    sheet.choose("casualty_outcome", "killed")
    sheet.choose("casualty_quantifier", "exact")
    sheet.choose("casualty_status", "civilian")
    sheet.type_number("casualty_value", 7)
    sheet.write("new_entry", "blast in Dorn (explosion)")
    assert sheet.save() == 201

    pulled = blank.pull()["one"]
    found = [str(f) for f in pulled.findings if not f.is_warning or f.code.startswith("L")]
    assert found == [], "a key or a field acted on another label"
    assert pulled.proposals == ()
    assert {(one.kind, one.id) for one in pulled.entered} == {
        ("actor", "officials-in-avaria"),
        ("place", "dorn"),
        ("event", "blast-in-dorn"),
    }
    corpus = Corpus(blank.corpus.root)
    assert corpus.registries.actors["officials-in-avaria"].basis == 'one "Officials in Avaria"'
    assert corpus.registries.places["dorn"].type == "city"
    assert corpus.registries.events["blast-in-dorn"].type == "explosion"
    after = corpus.annotations("one")
    assert [one.entity for one in after.actors] == ["officials-in-avaria"]
    assert [(one.place, one.level) for one in after.locations] == [("dorn", "name")]
    assert [one.events for one in after.casualties] == [("blast-in-dorn",)]
    assert blank.pull()["one"].written == ()

"""A real browser in front of a real server: mouse, keys, a save, and just that comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from page import Sheet

from warclaims.authoring import StatedFacts, add_texts, new_corpus, read_new_text
from warclaims.corpus import Corpus, canonical_bytes
from warclaims.records import ActorMention, Fragment
from warclaims.records.vocabulary import Level

if TYPE_CHECKING:
    from warclaims.records import Annotations

pytestmark = pytest.mark.xdist_group("studio")


def kinds(pulled: Any) -> list[tuple[str, str]]:
    """Which kind of change was made in which layer."""
    return sorted((change.kind, change.layer) for change in pulled.imported.changes())


def errors(pulled: Any) -> list[str]:
    return [str(finding) for finding in pulled.findings if not finding.is_warning]


def test_a_place_drawn_and_an_actor_taken_away_come_back_and_nothing_else(desk, page):
    desk.push()
    before = desk.files()
    sheet = Sheet(page, desk, "004")
    start, end = sheet.find("operation")  # a word that no mark is on
    gone = next(
        actor
        for actor in desk.corpus.annotations("004").actors
        if actor.span[0].text == "Azerbaijan" and actor.span[0].start == 0
    )
    sheet.draw("location", start, end)
    sheet.select("location", start, end)
    sheet.choose("location_level", "nominal")
    sheet.delete("actor", gone.span[0].start, gone.span[0].end)
    assert sheet.save() == 200

    pulled = desk.pull()["004"]
    assert errors(pulled) == []
    changes = {(change.kind, change.layer): change.record for change in pulled.imported.changes()}
    assert set(changes) == {("added", "locations"), ("removed", "actors")}
    drawn = changes["added", "locations"]
    assert [(part.start, part.end, part.text) for part in drawn.span] == [(start, end, "operation")]
    assert drawn.level == "nominal"
    assert changes["removed", "actors"] == gone
    after = desk.files()
    assert {name for name in after if after[name] != before[name]} == {"gold/004.json"}


CASUALTY, ADDED_TO, ATTRIBUTION, ACCESS_ROAD = "c5", "c1", "t7", "l20"
"""What the annotator has to find, or to correct, in document 000."""


def stretch(text: str, words: str) -> tuple[Fragment, ...]:
    """A span of these words."""
    start = text.index(words)
    return (Fragment(start=start, end=start + len(words), text=words),)


def to_be_mended(gold: Annotations, text: str) -> Annotations:
    """Gold with a claim missing, an edge of a place wrong, and an actor that is none."""
    wrong = ActorMention(
        id="a99", span=stretch(text, "a humanitarian crisis"), entity=None, level=Level.NOMINAL
    )
    short = {"span": stretch(text, "The only access road")}
    return gold.model_copy(
        update={
            "actors": tuple(sorted((*gold.actors, wrong), key=lambda a: a.span[0].start)),
            "locations": tuple(
                place.model_copy(update=short if place.id == ACCESS_ROAD else {})
                for place in gold.locations
            ),
            "casualties": tuple(c for c in gold.casualties if c.id != CASUALTY),
            "attributions": tuple(t for t in gold.attributions if t.id != ATTRIBUTION),
        }
    )


def test_a_claim_that_is_drawn_linked_and_filled_in_comes_back_as_gold_has_it(desk, page):
    """A casualty, its trigger and perpetrator; a cue, its content, source and whom it blames.

    What was taken out of gold before, the annotator brings back: the file is gold's but for ids.
    """
    gold = desk.corpus.annotations("000")
    path = desk.corpus.layout.annotation_file("gold", "000")
    path.write_bytes(canonical_bytes(to_be_mended(gold, desk.corpus.text("000"))))
    assert set(desk.push().values()) == {"sent"}
    before = desk.files()

    sheet = Sheet(page, desk, "000")
    victims = ("casualty", *sheet.find("an Azerbaijani citizen"))
    sheet.draw(*victims)
    sheet.select(*victims)
    sheet.choose("casualty_outcome", "killed")
    sheet.choose("casualty_quantifier", "exact")
    sheet.type_number("casualty_value", 1)
    sheet.look_up("casualty_side", "Azer", "Azerbaijan")
    event = desk.corpus.registries.events["offensive-2023"]
    sheet.look_up("casualty_events", event.label[3:12], event.label)
    trigger = ("trigger", *sheet.find("killed", victims[2]))
    sheet.draw(*trigger)
    sheet.link(victims, trigger)
    by = ("actor", *sheet.find("Armenian forces", trigger[2]))
    sheet.link(victims, by)
    (former,) = (one.span for one in gold.casualties if one.id == ADDED_TO)
    sheet.link(victims, ("casualty", former[0].start, former[-1].end))
    sheet.name_relation("besides")
    source = ("actor", *sheet.find("Azerbaijani authorities"))
    cue = ("cue", source[1] - len("According to "), source[1] - 1)
    sheet.draw(*cue)
    sheet.select(*cue)
    sheet.choose("attribution_mode", "indirect")
    sheet.choose("attribution_act", "accuse")
    sheet.choose("attribution_commitment", "neutral")
    sheet.look_up("attribution_regarding", event.label[3:12], event.label)
    content = ("content", victims[1], by[2])
    sheet.draw(*content)
    sheet.link(source, cue)
    sheet.link(cue, content)
    sheet.link(cue, by)
    road = sheet.find("The only access road to the region")
    sheet.drag_edge("location", road[0], road[0] + len("The only access road"), road[1])
    sheet.delete("actor", *sheet.find("a humanitarian crisis"))
    assert sheet.save() == 200

    pulled = desk.pull()["000"]
    assert errors(pulled) == []
    assert kinds(pulled) == [
        ("added", "attributions"),
        ("added", "casualties"),
        ("changed", "locations"),
        ("removed", "actors"),
    ]
    new_ids = {
        CASUALTY: f"c{len(gold.casualties) + 1}",
        ATTRIBUTION: f"t{len(gold.attributions) + 1}",
    }
    expected = gold.model_copy(
        update={
            layer: tuple(
                record.model_copy(update={"id": new_ids.get(record.id, record.id)})
                for record in getattr(gold, layer)
            )
            for layer in ("casualties", "attributions")
        }
    )
    assert path.read_bytes() == canonical_bytes(expected)
    after = desk.files()
    assert {name for name in after if after[name] != before[name]} == {"gold/000.json"}
    assert set(pulled.written) == {path}


NASTY = (
    "😀 Blast in 𝔘rnograd 💥\r\n\r\n"
    "Officials in Avaria 👩‍👧‍👦 said that seven 😀 civilians\r\nwere killed 💥 on Monday.\r\n\r\n"
    "  In  𝔘rnograd all\tis quiet.\n\n"
)
"""Outside the BMP, line ends of both kinds, runs of blanks; every mark stands behind some."""


def test_marks_behind_emoji_and_line_ends_stand_where_they_were_drawn(desk_of, page, tmp_path):
    new_corpus(tmp_path / "own")
    (tmp_path / "one.txt").write_bytes(NASTY.encode())
    add_texts(
        Corpus(tmp_path / "own"), [(read_new_text(tmp_path / "one.txt"), StatedFacts())], "me"
    )
    desk = desk_of(Corpus(tmp_path / "own"))
    desk.push()
    before = desk.files()

    sheet = Sheet(page, desk, "one")
    who = ("actor", *sheet.find("Officials in Avaria 👩‍👧‍👦"))
    says = ("cue", *sheet.find("said"))
    what = ("content", *sheet.find("seven 😀 civilians\r\nwere killed 💥 on Monday"))
    victims = ("casualty", *sheet.find("seven 😀 civilians"))
    harm = ("trigger", *sheet.find("killed"))
    where = ("location", *sheet.find("𝔘rnograd", harm[2]))
    for mark in (who, says, what, victims, harm, where):
        sheet.draw(*mark)
    sheet.link(who, says)
    sheet.link(says, what)
    sheet.link(victims, harm)
    for mark, choices in (
        (who, {"actor_level": "nominal"}),
        (where, {"location_level": "name"}),
        (
            says,
            {
                "attribution_mode": "indirect",
                "attribution_act": "assert",
                "attribution_commitment": "neutral",
            },
        ),
        (
            victims,
            {
                "casualty_outcome": "killed",
                "casualty_quantifier": "exact",
                "casualty_status": "civilian",
            },
        ),
    ):
        sheet.select(*mark)
        for control, option in choices.items():
            sheet.choose(control, option)
    sheet.type_number("casualty_value", 7)
    assert sheet.save() == 201

    pulled = desk.pull()["one"]
    assert errors(pulled) == []
    after = desk.corpus.annotations("one")
    spans = {
        "actor": after.actors[0].span,
        "cue": after.attributions[0].cue,
        "content": after.attributions[0].content,
        "casualty": after.casualties[0].span,
        "trigger": after.casualties[0].trigger,
        "location": after.locations[0].span,
    }
    for label, start, end in (who, says, what, victims, harm, where):
        (part,) = spans[label]
        assert (part.start, part.end, part.text) == (start, end, NASTY[start:end])
    assert after.casualties[0].value == 7
    assert after.attributions[0].source == (after.actors[0].id,)
    assert kinds(pulled) == [
        ("added", layer) for layer in ("actors", "attributions", "casualties", "locations")
    ]
    assert set(desk.files()) == set(before)
    assert desk.pull()["one"].written == ()


def note_on_disk(desk: Any, document: str, place: int, note: str) -> None:
    """Somebody writes a note of a place into the file of gold."""
    annotations = desk.corpus.annotations(document)
    places = list(annotations.locations)
    places[place] = places[place].model_copy(update={"note": note})
    path = desk.corpus.layout.annotation_file("gold", document)
    path.write_bytes(canonical_bytes(annotations.model_copy(update={"locations": tuple(places)})))


def turn_level(sheet: Sheet, place: Any) -> str:
    """Choose the other level of a place; gives it."""
    other = "nominal" if place.level == "name" else "name"
    sheet.select("location", place.span[0].start, place.span[0].end)
    sheet.choose("location_level", other)
    return other


def test_a_page_left_open_over_a_push_saves_nothing_and_says_so(desk, page):
    desk.push()
    sheet = Sheet(page, desk, "003")
    place = desk.corpus.annotations("003").locations[1]
    note_on_disk(desk, "003", 0, "written meanwhile")
    before = desk.files()
    assert desk.push()["003"] == "renewed"
    with page.expect_response(lambda answer: "/drafts" in answer.url) as draft:
        turn_level(sheet, place)
    assert not draft.value.ok
    refusal = page.locator(".lsf-modal-ls_visible")  # over everything, and it stays
    refusal.wait_for()
    assert "error" in refusal.inner_text().lower(), refusal.inner_text()
    assert desk.pull()["003"].written == ()
    assert desk.files() == before
    turn_level(Sheet(page, desk, "003"), place)  # the task as renewed takes it


def test_unsaved_work_in_an_open_page_keeps_its_task_and_is_merged_once_saved(desk, page):
    desk.push()
    sheet = Sheet(page, desk, "003")
    place = desk.corpus.annotations("003").locations[1]
    with page.expect_response(lambda answer: "/drafts" in answer.url and answer.ok):
        level = turn_level(sheet, place)
    note_on_disk(desk, "003", 0, "written meanwhile")
    before = desk.files()
    assert desk.push()["003"] == "pull first"
    pulled = desk.pull()["003"]
    assert (pulled.drafts, pulled.written) == (1, ())
    assert desk.files() == before
    assert sheet.save() == 200
    desk.pull()
    first, second, *_ = desk.corpus.annotations("003").locations
    assert first.note == "written meanwhile"
    assert second.level == level


def test_what_a_stale_page_undid_on_the_server_is_asked_about(desk, page, browser):
    """Two pages of one task: the last save wins there, and takes nothing away here.

    What lets the two be told from a wish: a page has nothing to save until it was changed.
    """
    desk.push()
    early = Sheet(page, desk, "003")
    assert page.get_by_test_id("bottombar-update-button").is_disabled()
    late = Sheet(browser.new_page(), desk, "003")
    one, two = desk.corpus.annotations("003").locations[1:3]
    level = turn_level(late, one)
    assert late.save() == 200
    desk.pull()
    assert desk.corpus.annotations("003").locations[1].level == level
    other = turn_level(early, two)
    assert early.save() == 200
    pulled = desk.pull()["003"]
    assert {change.record.id for change in pulled.imported.changes()} == {two.id}
    assert tuple(map(str, pulled.conflicts)) == (f"locations {one.id}",)
    levels = [place.level for place in desk.corpus.annotations("003").locations[1:3]]
    assert levels == [level, other]

"""Suggestions are linked to the registries: counts to events, mentions to actors."""

from __future__ import annotations

import pytest
from linked_registries import KNOWN

import warclaims
from warclaims.records import span_text
from warclaims.systems import TextToAnnotate, load_system, suggestions

TEXTS = {
    "place and cause": (
        "Shells hit Orrin on Saturday. Twelve people were killed by artillery fire there.",
        {"Twelve people": ["shelling-of-orrin"]},
    ),
    "another cause": (
        "Gunmen shot dead three farmers in Orrin.",
        {"three farmers": ["raid-on-orrin"]},
    ),
    "two that fit alike": ("Two people died in Orrin.", {"Two people": []}),
    "a district of the place": (
        "In Orrin Market nine people were killed by mortars.",
        {"nine people": ["shelling-of-orrin"]},
    ),
    "the whole": ("About 700 people have been killed in Velm.", {"About 700 people": ["war"]}),
    "a year": ("In 2019, 41 people drowned in Tarn.", {"41 people": ["flood"]}),
    "no place": ("Four soldiers were killed on Sunday.", {"Four soldiers": []}),
    "carried on": (
        "Gunmen shot dead three farmers in Orrin. Five more people were wounded.",
        {"three farmers": ["raid-on-orrin"], "Five more people": ["raid-on-orrin"]},
    ),
    "a part": (
        "Twelve people were killed by artillery fire in Orrin, among them two children.",
        {"Twelve people": ["shelling-of-orrin"], "two children": ["shelling-of-orrin"]},
    ),
}  # fmt: skip


def suggested(words, known=KNOWN):
    built = warclaims.build_document(words, language="en", date="2031-05-04")
    text = TextToAnnotate(built.bundle.document, words)
    (found,) = suggestions(load_system("rules"), [text], known, "2031")
    assert found.errors(known) == []
    return found.bundle.annotations


@pytest.mark.parametrize("name", TEXTS)
def test_counts_are_linked_by_place_time_and_kind(name):
    words, expected = TEXTS[name]
    made = {span_text(one.span): list(one.events) for one in suggested(words).casualties}
    assert made == expected


@pytest.mark.parametrize(
    ("words", "entities"),
    [
        ("The mayor of Orrin said that two men died.", ["mayor"]),
        (
            "Velm Defence Ministry said two men died. The ministry said that a child was hurt.",
            ["velm-mod", "velm-mod"],
        ),
        (
            "Velm Defence Ministry said two men died, Velm Health Ministry said three. "
            "The ministry said that a child was hurt.",
            ["velm-mod", "velm-moh", None],
        ),
        ("A ministry said that two men died.", [None]),
        ("The Health Ministry said that two men died.", ["velm-moh"]),
        ("General Ana Ruiz of the coast guard said that two men died.", ["ruiz"]),
        ("Ana Ruiz said that two men died. Ruiz added that a child was hurt.", ["ruiz"] * 2),
        ("Ana Ruiz said that two men died. She added that a child was hurt.", ["ruiz"] * 2),
        ("Residents said that two men died. They added that a child was hurt.", [None] * 2),
    ],
)
def test_sources_are_linked_by_name_and_by_what_was_named_before(words, entities):
    assert [one.entity for one in suggested(words).actors] == entities


def test_the_town_is_the_one_that_was_named_before():
    words = "The town was quiet. Shells hit Orrin. In the town hall of the town a clerk was killed."
    found = [(span_text(one.span), one.place) for one in suggested(words).locations]
    assert found == [("Orrin", "orrin"), ("the town", "orrin")]


def test_an_accusation_is_about_the_events_of_the_counts_in_it():
    words = "The mayor of Orrin accused Velm of killing nine people in Orrin with mortars."
    (one,) = suggested(words).attributions
    assert (one.act, one.regarding) == ("accuse", ("shelling-of-orrin",))


def test_a_system_that_does_not_ask_for_links_gets_none():
    def plain(texts, _):
        fields = {"outcome": "killed", "quantifier": "exact", "value": 3, "events": []}
        return [{"casualties": [{"span": "three farmers", **fields}]} for _ in texts]

    words = TEXTS["another cause"][0]
    text = TextToAnnotate(warclaims.build_document(words, language="en").bundle.document, words)
    system = load_system("rules")._replace(annotate=plain, links=False)
    (found,) = suggestions(system, [text], KNOWN, "2031")
    assert found.bundle.annotations.casualties[0].events == ()

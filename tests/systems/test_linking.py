"""Suggestions are linked to the registries: counts to events, mentions to actors."""

from __future__ import annotations

import json

import pytest

import warclaims
from warclaims.corpus import Registries
from warclaims.records import span_text
from warclaims.records.registry import Actor, Event, Place
from warclaims.systems import TextToAnnotate, load_system, suggestions

WHY = {"evidence": "inferred", "basis": "Invented for tests."}
ACTORS = {
    "velm-mod": {"label": "Velm Defence Ministry", "type": "state_body"},
    "velm-moh": {"label": "Velm Health Ministry", "type": "state_body"},
    "mayor": {"label": "mayor of Orrin", "type": "person"},
}
PLACES = {"velm": None, "orrin": "velm", "orrin-market": "orrin", "tarn": "velm"}
EVENTS = {
    "war": {"type": "war", "label": "the war", "start": "2031", "places": ["velm"]},
    "shelling-of-orrin": {
        "type": "shelling",
        "label": "shelling of Orrin",
        "start": "2031-05-03",
        "end": "2031-05-03",
        "places": ["orrin"],
        "parent": "war",
    },
    "raid-on-orrin": {
        "type": "attack_on_civilians",
        "label": "raid on Orrin",
        "start": "2031-05-03",
        "end": "2031-05-03",
        "places": ["orrin"],
        "parent": "war",
    },
    "siege-of-tarn": {"type": "blockade", "start": "2031-02", "places": ["tarn"]},
    "flood": {"type": "other", "start": "2019", "end": "2019", "places": ["tarn"]},
}  # fmt: skip
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


def entry(model, name, **fields):
    for link in ("parent", "side", "affiliation"):
        if link in model.model_fields:
            given = fields.get(link)
            fields[link] = {"id": given, **WHY} if given else None
    plain = {"id": name, "label": name.replace("-", " ").title(), **fields, **WHY}
    plain |= {one: [] for one in ("names", "external_ids") if one in model.model_fields}
    return model.model_validate_json(json.dumps(plain))


KNOWN = Registries(
    {name: entry(Actor, name, **fields) for name, fields in ACTORS.items()},
    {
        name: entry(Place, name, parent=parent, type="settlement", coordinates=None)
        for name, parent in PLACES.items()
    },
    {
        name: entry(Event, name, **{"end": None, "description": "Invented.", **fields})
        for name, fields in EVENTS.items()
    },
    {},
    {},
)


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
    ],
)
def test_sources_are_linked_by_name_and_by_what_was_named_before(words, entities):
    assert [one.entity for one in suggested(words).actors] == entities


def test_a_system_that_does_not_ask_for_links_gets_none():
    def plain(texts, _):
        fields = {"outcome": "killed", "quantifier": "exact", "value": 3, "events": []}
        return [{"casualties": [{"span": "three farmers", **fields}]} for _ in texts]

    words = TEXTS["another cause"][0]
    text = TextToAnnotate(warclaims.build_document(words, language="en").bundle.document, words)
    system = load_system("rules")._replace(annotate=plain, links=False)
    (found,) = suggestions(system, [text], KNOWN, "2031")
    assert found.bundle.annotations.casualties[0].events == ()

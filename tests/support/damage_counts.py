"""Mutators of what casualties and attributions say beside each other (codes C and W)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from support.damage_coverage import say
from support.mutation import (
    NoPlace,
    On,
    Plain,
    doubted,
    insert,
    lies,
    made,
    mutator,
    new_id,
    pick,
    records,
)
from warclaims.records.vocabulary import ANNOTATABLE

if TYPE_CHECKING:
    from random import Random

Ids = dict[str, Any]


def _casualties(bundle: Plain) -> list[Plain]:
    found: list[Plain] = bundle["annotations"]["casualties"]
    return found


_OTHER: dict[str, Plain] = {
    "actors": {"entity": None},
    "locations": {"place": None},
    "casualties": {"outcome": "other"},
    "attributions": {"act": "doubt"},
}
"""Another reading of a record of each layer, if the record does not say it itself."""


@mutator(On.BUNDLE, "C515")
def alternative_without_note(bundle: Plain, random: Random, ids: Ids) -> None:
    layer, record = pick(random, records(bundle))
    record["alternatives"] = [_OTHER[layer]]
    record["note"] = random.choice((None, " ", "\u00a0"))


@mutator(On.BUNDLE, "C516")
def event_beside_its_part(bundle: Plain, random: Random, ids: Ids) -> None:
    parents = ids["event_parents"]
    found = [c for c in _casualties(bundle) if any(name in parents for name in c["events"])]
    casualty = pick(random, found)
    part = pick(random, [name for name in casualty["events"] if name in parents])
    casualty["events"] = random.choice(([part, parents[part]], [parents[part], part]))


def _part(casualty: Plain, whole: Plain) -> None:
    casualty["subset_of"] = [whole["id"]]


@mutator(On.BUNDLE, "C517")
def parts_more_than_the_whole(bundle: Plain, random: Random, ids: Ids) -> None:
    exact = [c for c in _casualties(bundle) if c["quantifier"] == "exact" and c["value"]]
    certain = [c for c in exact if not doubted(c)]
    found = []
    for whole in exact:
        smaller = [c for c in certain if c["value"] <= whole["value"] and c is not whole]
        for one in smaller:
            for other in smaller:
                apart = {one["outcome"], other["outcome"]} == {"killed", "injured"}
                if apart and one["value"] + other["value"] > whole["value"]:
                    found.append((whole, one, other))
    whole, one, other = pick(random, found)
    whole["subset_of"] = []
    for casualty in _casualties(bundle):
        if casualty is not whole and whole["id"] in casualty.get("subset_of", ()):
            casualty["subset_of"] = []
    _part(one, whole)
    _part(other, whole)


@mutator(On.BUNDLE, "C519")
def injured_among_the_killed(bundle: Plain, random: Random, ids: Ids) -> None:
    whole = pick(random, [c for c in _casualties(bundle) if c["outcome"] == "killed"])
    part = pick(random, [c for c in _casualties(bundle) if c["outcome"] == "injured"])
    whole["subset_of"] = []
    _part(part, whole)


@mutator(On.BUNDLE, "W605")
def counted_twice(bundle: Plain, random: Random, ids: Ids) -> None:
    casualty = pick(random, _casualties(bundle))
    other = pick(random, [name for name in ids["events"] if name not in casualty["events"]])
    insert(bundle, "casualties", {**casualty, "id": new_id(bundle), "events": [other]})


@mutator(On.BUNDLE, "W606")
def part_unlike_its_whole(bundle: Plain, random: Random, ids: Ids) -> None:
    whole, part = pick(random, _casualties(bundle)), pick(random, _casualties(bundle))
    field, one, other = random.choice(
        (
            ("status", ["military"], ["civilian", "police"]),
            ("status", ["medic"], ["fighter"]),
            ("age", "adult", "child"),
            ("sex", "female", "male"),
            ("side", *random.sample(ids["sides"], 2)),
        )
    )
    whole[field], part[field] = one, other
    if whole is part:
        raise NoPlace
    _part(part, whole)
    whole["subset_of"] = []


@mutator(On.BUNDLE, "W607")
def harmed_by_the_own_side(bundle: Plain, random: Random, ids: Ids) -> None:
    sides = ids["actor_sides"]
    actor = pick(random, [a for a in bundle["annotations"]["actors"] if a["entity"] in sides])
    casualty = pick(random, _casualties(bundle))
    casualty |= {"perpetrator": actor["id"], "inferred_perpetrator": None}
    casualty["side"] = sides[actor["entity"]]


@mutator(On.BUNDLE, "W608")
def source_of_another_paragraph(bundle: Plain, random: Random, ids: Ids) -> None:
    found = [t for _, t in records(bundle, "attributions") if t["source"] and t["cue"]]
    attribution = pick(random, found)
    here = {lies(bundle, f["start"])["start"] for f in attribution["cue"]}
    far = [
        actor["id"]
        for actor in bundle["annotations"]["actors"]
        if not here & {lies(bundle, f["start"])["start"] for f in actor["span"]}
    ]
    attribution["source"] = [pick(random, far)]


@mutator(On.BUNDLE, "W608")
def trigger_of_another_paragraph(bundle: Plain, random: Random, ids: Ids) -> None:
    casualty = pick(random, [c for c in _casualties(bundle) if c["trigger"]])
    here = {lies(bundle, f["start"])["start"] for f in casualty["span"]}
    found = [
        c["trigger"]
        for c in _casualties(bundle)
        if c["trigger"] and lies(bundle, c["trigger"][0]["start"])["start"] not in here
    ]
    casualty["trigger"] = [dict(f) for f in pick(random, found)]


_IN_A_YEAR = re.compile(r"(?<!up )(?<!down )\b(?:in|since) ((?:19|20)\d\d)\b(?![\w-])")
"""A year; not where a number may have *gone up in* it."""


@mutator(On.BUNDLE, "W609")
def year_as_a_count(bundle: Plain, random: Random, ids: Ids) -> None:
    text = bundle["text"]
    found = [
        match
        for match in _IN_A_YEAR.finditer(text)
        if lies(bundle, match.start())["kind"] in ANNOTATABLE
    ]
    match = pick(random, found)
    casualty = {
        "id": new_id(bundle),
        "span": made(bundle, match.start(1), match.end(1)),
        "trigger": None,
        "outcome": random.choice(("killed", "injured", "abducted")),
        "quantifier": "exact",
        "value": int(match[1]),
        "events": [pick(random, ids["events"])],
    }
    insert(bundle, "casualties", casualty)


@mutator(On.BUNDLE, "W610")
def narrator_contradicts_himself(bundle: Plain, random: Random, ids: Ids) -> None:
    told = "Near the mill four people were killed. Past the mill six people were killed."
    at = say(bundle, random, told) + 1
    for number, value in (("four", 4), ("six", 6)):
        start = bundle["text"].index(f"{number} people", at)
        end = start + len(f"{number} people")
        killed = bundle["text"].index("killed", end)
        casualty = {
            "id": new_id(bundle),
            "span": made(bundle, start, end),
            "trigger": made(bundle, killed, killed + len("killed")),
            "outcome": "killed",
            "quantifier": "exact",
            "value": value,
            "events": [ids["events"][0]],
        }
        insert(bundle, "casualties", casualty)


@mutator(On.BUNDLE, "W611")
def casualty_of_no_event(bundle: Plain, random: Random, ids: Ids) -> None:
    pick(random, _casualties(bundle))["events"] = []


@mutator(On.BUNDLE, "W612")
def words_of_nobody(bundle: Plain, random: Random, ids: Ids) -> None:
    attribution = pick(random, records(bundle, "attributions"))[1]
    attribution |= {"source": [], "inferred_source": None, "cue": None}


@mutator(On.BUNDLE, "W613")
def other_outcome(bundle: Plain, random: Random, ids: Ids) -> None:
    known = {"killed": "injured", "injured": "killed", "died": "injured", "wounded": "missing"}
    found = [
        c
        for c in _casualties(bundle)
        if c["trigger"] and not doubted(c) and c["trigger"][0]["text"] in known
    ]
    casualty = pick(random, found)
    casualty["outcome"] = known[casualty["trigger"][0]["text"]]


@mutator(On.BUNDLE, "W614")
def civilians_of_no_status(bundle: Plain, random: Random, ids: Ids) -> None:
    found = [
        (c, field)
        for c in _casualties(bundle)
        for field in ("status", "age")
        if not doubted(c)
        and not re.search(r"\b(?:and|or)\b|,", c["span"][0]["text"])
        and c["span"][-1]["text"].endswith(
            ("civilians", "soldiers", "policemen", "police")
            if field == "status"
            else ("child", "children")
        )
    ]
    casualty, field = pick(random, found)
    if field == "status":
        casualty["status"] = random.choice(([], ["prisoner"], ["peacekeeper"]))
    else:
        casualty["age"] = random.choice(("adult", "unspecified"))

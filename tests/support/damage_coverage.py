"""Mutators that leave something of the text unannotated, and those of waivers (codes W and R)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from support.filler import in_words
from support.mutation import (
    NoPlace,
    On,
    Plain,
    made,
    mutator,
    pick,
    records,
    spans,
    splice,
)

if TYPE_CHECKING:
    from random import Random

Ids = dict[str, Any]


def say(bundle: Plain, random: Random, sentence: str) -> int:
    """Put a sentence at the end of a paragraph, beside all records; where that was."""
    text = bundle["text"]
    places = []
    for segment in bundle["document"]["segments"]:
        words = text[segment["start"] : segment["end"]]
        end = segment["start"] + len(words.rstrip())
        inside = end < segment["end"] and words.rstrip().endswith(".")
        if segment["kind"] == "paragraph" and inside:
            places.append(end)
    at: int = pick(random, places)
    if any(f["start"] <= at <= f["end"] for span in spans(bundle) for f in _extent(span)):
        raise NoPlace  # it would grow, or what is said be part of it
    splice(bundle, at, at, f" {sentence}")
    return at


def _extent(span: list[Plain]) -> list[Plain]:
    return [{"start": span[0]["start"], "end": span[-1]["end"]}]


@mutator(On.BUNDLE, "W620")
def number_of_victims_left_out(bundle: Plain, random: Random, ids: Ids) -> None:
    number = in_words(random.randrange(2, 60)).capitalize()
    verb = random.choice(("were killed", "were wounded", "died", "were injured"))
    say(bundle, random, f"{number} people {verb} near the mill.")


@mutator(On.BUNDLE, "W621")
def harm_left_out(bundle: Plain, random: Random, ids: Ids) -> None:
    harm = random.choice(("were killed", "were wounded", "died", "were injured"))
    say(bundle, random, f"Residents {harm} near the mill.")


@mutator(On.BUNDLE, "W622")
def speech_left_out(bundle: Plain, random: Random, ids: Ids) -> None:
    verb = random.choice(("said", "announced", "claimed", "told us"))
    say(bundle, random, f"A baker {verb} that the road was open.")


@mutator(On.BUNDLE, "W623")
def quotation_left_out(bundle: Plain, random: Random, ids: Ids) -> None:
    say(bundle, random, "“The road is open and the mill is quiet.”")


@mutator(On.BUNDLE, "W624")
def name_left_out(bundle: Plain, random: Random, ids: Ids) -> None:
    say(bundle, random, f"It rained in {random.choice(('Yerevan', 'Baku', 'Moscow'))} again.")


@mutator(On.BUNDLE, "W621", "W620")
def casualty_dropped(bundle: Plain, random: Random, ids: Ids) -> None:
    casualties = bundle["annotations"]["casualties"]
    links = ("subset_of", "same_as", "revises", "besides")
    linked = {name for c in casualties for link in links for name in c.get(link, ())}
    triggered = [c for c in casualties if c["trigger"] and c["id"] not in linked]
    lone = [
        c
        for c in triggered
        if not any(
            other is not c
            and any(
                one["start"] < f["end"] and f["start"] < one["end"]
                for one in c["trigger"]
                for f in [*other["span"], *(other["trigger"] or ())]
            )
            for other in casualties
        )
    ]
    casualties.remove(pick(random, lone))


@mutator(On.BUNDLE, "W622")
def cue_dropped(bundle: Plain, random: Random, ids: Ids) -> None:
    verbs = ("said", "claimed", "announced", "accused", "denied", "told")
    found = [t for _, t in records(bundle, "attributions") if t["cue"]]
    pick(random, [t for t in found if t["cue"][0]["text"] in verbs])["cue"] = None


@mutator(On.BUNDLE, "W699")
def idle_waiver(bundle: Plain, random: Random, ids: Ids) -> None:
    record = pick(random, records(bundle, "locations"))[1]
    waiver = {"code": "W603", "record": record["id"], "span": None, "reason": "made up"}
    bundle["annotations"].setdefault("waivers", []).append(waiver)


@mutator(On.BUNDLE, "T316", "W699")
def waiver_of_other_words(bundle: Plain, random: Random, ids: Ids) -> None:
    waivers = bundle["annotations"].get("waivers", ())
    waiver = pick(random, [w for w in waivers if w.get("span")])
    first = waiver["span"][0]
    waiver["span"] = made(bundle, first["start"], first["end"] - 1)


@mutator(On.BUNDLE, "R411")
def waiver_of_an_error(bundle: Plain, random: Random, ids: Ids) -> None:
    code = random.choice(("W600", "W699", "W604"))
    waiver = {"code": code, "record": None, "span": None, "reason": "made up"}
    bundle["annotations"].setdefault("waivers", []).append(waiver)

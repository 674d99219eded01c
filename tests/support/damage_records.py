"""Mutators of references (codes R) and of what records say (codes C and W)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from support.filler import VALUES, written
from support.mutation import (
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
    splice,
    words,
)
from warclaims.language.quotations import DASHES, has_mark
from warclaims.records import LAYERS, Target, shapes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

Ids = dict[str, Any]


def _references(bundle: Plain, *, in_file: bool) -> Iterator[tuple[Plain, str, bool]]:
    """Record, field and whether it is a list, of all reference fields that are filled."""
    for layer, record in records(bundle):
        for name, shape in shapes(LAYERS[layer]).items():  # type: ignore[index]
            wanted = shape.target is not None and shape.target.in_registry is not in_file
            if wanted and record.get(name):
                yield record, name, shape.many


def _refer(random: Random, found: tuple[Plain, str, bool], other: str) -> None:
    record, name, many = found
    if many:
        record[name][random.randrange(len(record[name]))] = other
    else:
        record[name] = other


@mutator(On.BUNDLE, "R401")
def no_such_entry(bundle: Plain, random: Random, ids: Ids) -> None:
    found = pick(random, _references(bundle, in_file=False))
    record, name, many = found
    old = record[name][0] if many else record[name]
    _refer(random, found, random.choice((old + "x", old[:-1] + "-0", old.upper() + "_", "a1")))


@mutator(On.BUNDLE, "R401")
def no_such_annotator(bundle: Plain, random: Random, ids: Ids) -> None:
    bundle["annotations"]["annotator"] += "x"
    bundle["annotations"].pop("system", None)  # which no registry has


@mutator(On.BUNDLE, "R402")
def no_such_record(bundle: Plain, random: Random, ids: Ids) -> None:
    _refer(random, pick(random, _references(bundle, in_file=True)), new_id(bundle))


@mutator(On.BUNDLE, "R402")
def reference_to_another_layer(bundle: Plain, random: Random, ids: Ids) -> None:
    found = pick(random, _references(bundle, in_file=True))
    _refer(random, found, pick(random, records(bundle, "locations"))[1]["id"])


def _targets(bundle: Plain) -> list[str]:
    found: list[str] = []
    for record, name, many in _references(bundle, in_file=True):
        found += record[name] if many else [record[name]]
    return found


@mutator(On.BUNDLE, "R402")
def record_dropped(bundle: Plain, random: Random, ids: Ids) -> None:
    name = pick(random, _targets(bundle))
    for layer in LAYERS:
        items = bundle["annotations"][layer]
        items[:] = [record for record in items if record["id"] != name]


@mutator(On.BUNDLE, "R402", "R404")
def ids_of_two_layers_swapped(bundle: Plain, random: Random, ids: Ids) -> None:
    name = pick(random, _targets(bundle))
    record = next(record for _, record in records(bundle) if record["id"] == name)
    other = pick(random, records(bundle, "locations"))[1]
    record["id"], other["id"] = other["id"], record["id"]


@mutator(On.BUNDLE, "R403")
def no_such_document(bundle: Plain, random: Random, ids: Ids) -> None:
    bundle["annotations"]["document"] += random.choice(("x", "-1", "0"))


@mutator(On.BUNDLE, "R404")
def id_twice(bundle: Plain, random: Random, ids: Ids) -> None:
    one, other = pick(random, records(bundle))[1], pick(random, records(bundle))[1]
    if one is other:
        other = pick(random, [r for _, r in records(bundle) if r is not one])
    one["id"] = other["id"]


@mutator(On.BUNDLE, "R406")
def subsets_in_a_ring(bundle: Plain, random: Random, ids: Ids) -> None:
    casualties = bundle["annotations"]["casualties"]
    length = random.randint(1, min(4, len(casualties)) or 1)
    ring = random.sample(casualties, length) if casualties else [pick(random, [])]
    link = random.choice(("subset_of", "same_as", "revises"))
    for one, other in zip(ring, [*ring[1:], ring[0]], strict=True):
        one[link] = [other["id"]]


@mutator(On.BUNDLE, "R408")
def reference_listed_twice(bundle: Plain, random: Random, ids: Ids) -> None:
    found = [*_references(bundle, in_file=True), *_references(bundle, in_file=False)]
    record, name, _ = pick(random, [one for one in found if one[2]])
    record[name].append(random.choice(record[name]))


@mutator(On.BUNDLE, "C501")
def value_without_number(bundle: Plain, random: Random, ids: Ids) -> None:
    casualty = pick(random, bundle["annotations"]["casualties"])
    casualty["value"] = 3 if casualty["value"] is None else None


@mutator(On.BUNDLE, "C501")
def indefinite_or_not(bundle: Plain, random: Random, ids: Ids) -> None:
    found = [c for c in bundle["annotations"]["casualties"] if not c.get("fraction")]
    casualty = pick(random, found)
    indefinite = casualty["quantifier"] == "indefinite"
    casualty["quantifier"] = "exact" if indefinite else "indefinite"


@mutator(On.BUNDLE, "C501")
def half_a_range(bundle: Plain, random: Random, ids: Ids) -> None:
    found = [c for c in bundle["annotations"]["casualties"] if c["value"] is not None]
    casualty = pick(random, found)
    most = random.choice((None, casualty["value"] - 1, casualty["value"] + 1))
    if most is None or most < 0:
        casualty |= {"quantifier": "range", "value_max": None}
    else:
        below = most < casualty["value"]
        casualty |= {"quantifier": "range" if below else "at_least", "value_max": most}


@mutator(On.BUNDLE, "C501")
def fraction_beside_a_value(bundle: Plain, random: Random, ids: Ids) -> None:
    found = [c for c in bundle["annotations"]["casualties"] if c["value"] is not None]
    pick(random, found)["fraction"] = {"numerator": 1, "denominator": random.choice((2, 3))}


@mutator(On.BUNDLE, "C502")
def other_number(bundle: Plain, random: Random, ids: Ids) -> None:
    casualties = bundle["annotations"]["casualties"]
    found = [c for c in casualties if c["value"] is not None and "value_max" not in c]
    casualty = pick(random, found)
    casualty["value"] += random.choice((1, 2, 10, 1000)) + 10 * (casualty["value"] < 1000)


_WRITTEN = re.compile(r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+|\d+|[A-Za-z]+(?:-[a-z]+)?")


def _counted(bundle: Plain) -> list[tuple[Plain, int, int]]:
    """The casualties with the place of the number in their words."""
    found = []
    for casualty in bundle["annotations"]["casualties"]:
        first = casualty["span"][0]
        for match in _WRITTEN.finditer(first["text"]):
            digits = re.sub(r"\D", "", match[0])
            value = int(digits) if digits else VALUES.get(match[0].lower())
            if value is not None and value == casualty["value"]:
                found.append(
                    (casualty, first["start"] + match.start(), first["start"] + match.end())
                )
                break
    return found


@mutator(On.BUNDLE, "C502")
def number_in_the_text_changed(bundle: Plain, random: Random, ids: Ids) -> None:
    casualty, start, end = pick(random, _counted(bundle))
    splice(bundle, start, end, written(casualty["value"] + random.choice((1, 7, 100)), random))


@mutator(On.BUNDLE, "C503")
def other_quantifier(bundle: Plain, random: Random, ids: Ids) -> None:
    counted = [casualty for casualty, _, _ in _counted(bundle)]
    casualty = pick(random, [c for c in counted if not doubted(c)])
    fit = {casualty["quantifier"], "approximate", "less_than"}
    known = {"exact", "at_least", "more_than", "at_most", "order_of_magnitude"}
    casualty["quantifier"] = random.choice(sorted(known - fit))


@mutator(On.BUNDLE, "C504")
def part_larger_than_the_whole(bundle: Plain, random: Random, ids: Ids) -> None:
    casualties = bundle["annotations"]["casualties"]
    closed = [c for c in casualties if c["quantifier"] == "exact" and c["value"] is not None]
    part = pick(random, closed)
    whole = pick(random, [c for c in closed if c["value"] < part["value"]])
    part["subset_of"], whole["subset_of"] = [whole["id"]], []


@mutator(On.BUNDLE, "C520")
def inferred_beside_a_perpetrator(bundle: Plain, random: Random, ids: Ids) -> None:
    casualty = pick(random, bundle["annotations"]["casualties"])
    casualty["perpetrator"] = pick(random, bundle["annotations"]["actors"])["id"]
    casualty["inferred_perpetrator"] = pick(random, ids["actors"])


def _with_reading(bundle: Plain, random: Random, *layers: str, **change: Any) -> Plain:
    """A record drawn from some layers, to which another reading was added."""
    record: Plain = pick(random, records(bundle, *layers))[1]
    record["alternatives"] = [*record.get("alternatives", ()), change]
    record.setdefault("note", "or so")
    return record


@mutator(On.BUNDLE, "C521")
def reading_that_refers_to_nothing(bundle: Plain, random: Random, ids: Ids) -> None:
    layer, field, many = random.choice(
        (
            ("actors", "entity", False),
            ("locations", "place", False),
            ("casualties", "subset_of", True),
            ("casualties", "perpetrator", False),
            ("casualties", "events", True),
            ("attributions", "source", True),
            ("attributions", "answers", False),
            ("attributions", "inferred_blames", True),
        )
    )
    name = new_id(bundle)
    _with_reading(bundle, random, layer, **{field: [name] if many else name})


@mutator(On.BUNDLE, "C521")
def reading_of_other_words(bundle: Plain, random: Random, ids: Ids) -> None:
    first = pick(random, records(bundle, "actors", "locations", "casualties"))[1]["span"][0]
    span = [{**first, "text": first["text"] + "x"}]
    _with_reading(bundle, random, "actors", "locations", "casualties", span=span)


@mutator(On.BUNDLE, "C521")
def reading_that_is_the_record(bundle: Plain, random: Random, ids: Ids) -> None:
    record = pick(random, records(bundle, "casualties"))[1]
    same = {"outcome": record["outcome"], "status": record.get("status", [])}
    record["alternatives"] = [*record.get("alternatives", ()), same]
    record.setdefault("note", "or so")


def _attributions(bundle: Plain) -> list[Plain]:
    found: list[Plain] = bundle["annotations"]["attributions"]
    return found


@mutator(On.BUNDLE, "C505")
def inferred_beside_a_source(bundle: Plain, random: Random, ids: Ids) -> None:
    attribution = pick(random, [t for t in _attributions(bundle) if t["source"]])
    attribution["inferred_source"] = pick(random, ids["actors"])


@mutator(On.BUNDLE, "C506")
def cue_in_its_content(bundle: Plain, random: Random, ids: Ids) -> None:
    attribution = pick(random, _attributions(bundle))
    first = attribution["content"][0]
    place = pick(random, words(bundle["text"], first["start"], first["end"]))
    attribution["cue"] = made(bundle, *place)


def _blamed(attribution: Plain) -> list[str]:
    """Whom the words hold responsible, by a mention or otherwise."""
    return [*attribution.get("blames", ()), *attribution.get("inferred_blames", ())]


def _unquoted(bundle: Plain, attribution: Plain) -> bool:
    """True if no mark stands in the lines of the content."""
    text = bundle["text"]
    content = attribution["content"]
    start = text.rfind("\n", 0, content[0]["start"]) + 1
    end = text.find("\n", content[-1]["end"])
    line = text[start : end if end >= 0 else None]
    return not has_mark(line) and not any(dash in line for dash in DASHES)


@mutator(On.BUNDLE, "C507")
def other_mode(bundle: Plain, random: Random, ids: Ids) -> None:
    attribution = pick(random, [t for t in _attributions(bundle) if _unquoted(bundle, t)])
    attribution["mode"] = random.choice(("direct", "mixed"))


@mutator(On.BUNDLE, "C508")
def regarding_without_blame(bundle: Plain, random: Random, ids: Ids) -> None:
    free = ("accuse", "condemn", "deny")
    found = [t for t in _attributions(bundle) if t["act"] not in free and not _blamed(t)]
    pick(random, found)["regarding"] = [pick(random, ids["events"])]


@mutator(On.BUNDLE, "C509")
def source_blamed(bundle: Plain, random: Random, ids: Ids) -> None:
    linked = {a["id"] for a in bundle["annotations"]["actors"] if a["entity"]}
    found = [
        t
        for t in _attributions(bundle)
        if len(t["source"]) == 1 and t["source"][0] in linked and t["source"][0] not in _blamed(t)
    ]
    attribution = pick(random, found)
    attribution["blames"] = [*attribution.get("blames", ()), attribution["source"][0]]


@mutator(On.BUNDLE, "C509")
def source_blamed_by_demonym(bundle: Plain, random: Random, ids: Ids) -> None:
    entities = {a["id"]: a["entity"] for a in bundle["annotations"]["actors"]}
    found = [t for t in _attributions(bundle) if len(t["source"]) == 1]
    attribution = pick(random, [t for t in found if entities[t["source"][0]]])
    attribution["inferred_blames"] = [entities[attribution["source"][0]]]


@mutator(On.BUNDLE, "C510")
def contents_overlap(bundle: Plain, random: Random, ids: Ids) -> None:
    text = bundle["text"]
    found = []
    for attribution in _attributions(bundle):
        first = attribution["content"][0]
        inside = list(words(text, first["start"], first["end"]))
        edge = lies(bundle, first["start"])["end"]
        following = next(words(text, first["end"], edge), None)
        if len(attribution["content"]) == 1 and len(inside) > 1 and following is not None:
            found.append((attribution, inside[-1][0], following[1]))
    attribution, start, end = pick(random, found)
    other = {"id": new_id(bundle), "content": made(bundle, start, end), "cue": None, "source": []}
    insert(bundle, "attributions", {**attribution, **other})


@mutator(On.BUNDLE, "C511")
def idle_pronoun(bundle: Plain, random: Random, ids: Ids) -> None:
    referred = set(_targets(bundle))
    actors = bundle["annotations"]["actors"]
    pick(random, [a for a in actors if a["id"] not in referred])["level"] = "pronoun"


@mutator(On.BUNDLE, "C512")
def actor_and_place(bundle: Plain, random: Random, ids: Ids) -> None:
    actors = bundle["annotations"]["actors"]
    actor = pick(random, [a for a in actors if a["level"] == "name"])
    place = {"place": None, "level": "name"}
    record = {"id": new_id(bundle), "span": [dict(f) for f in actor["span"]], **place}
    insert(bundle, "locations", record)


@mutator(On.BUNDLE, "C513")
def no_such_day(bundle: Plain, random: Random, ids: Ids) -> None:
    days = ("2023-02-30", "2023-13", "1900-02-29", "2020-04-31", "0000")
    bundle["document"]["date"]["value"] = random.choice(days)


@mutator(On.BUNDLE, "W602")
def name_linked_otherwise(bundle: Plain, random: Random, ids: Ids) -> None:
    found: list[tuple[Any, str, str]] = []
    for layer, link, target in (
        ("actors", "entity", Target.ACTOR),
        ("locations", "place", Target.PLACE),
    ):
        named = [
            r
            for r in bundle["annotations"][layer]
            if r["level"] == "name" and r[link] and len(r["span"]) == 1
        ]
        first: dict[str, str] = {}
        for record in named:
            said = record["span"][0]["text"]
            if said in first and not record.get("note"):
                found.append((record, link, target.collection))
            first.setdefault(said, record[link])
    record, link, registry = pick(random, found)
    # An entry that does not go by this name: a name has at least the beginning of its entry's id.
    start = record["span"][0]["text"][:2].lower()
    record[link] = pick(random, [i for i in ids[registry] if i[:2] != start and i != record[link]])


@mutator(On.BUNDLE, "W603")
def blamed_dropped(bundle: Plain, random: Random, ids: Ids) -> None:
    found = [
        t
        for t in _attributions(bundle)
        if t["act"] == "accuse"
        and _blamed(t)
        and not t.get("note")
        and (t["source"] or t.get("inferred_source"))
    ]
    pick(random, found).update(blames=[], inferred_blames=[])

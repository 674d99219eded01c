"""Pairs of documents that differ in one feature of annotated documents, in one field of a layer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import warclaims
from warclaims.formats.features import feature_of
from warclaims.records import LAYERS, shapes
from warclaims.records.waivers import TextWaiver

if TYPE_CHECKING:
    from warclaims.records import Bundle

TEXT = "The mayor of Dorn said that two men and a child died, and five fled.\nDorn mourns.\n"


def words(words: str, number: int = 1) -> dict[str, Any]:
    """The words of a span, or their occurrence ``number``."""
    return {"words": words, "occurrence": number}


MAYOR: dict[str, Any] = {"id": "mayor", "span": "The mayor of Dorn"}
DORN: dict[str, Any] = {"id": "dorn", "span": words("Dorn", 2)}
MEN: dict[str, Any] = {
    "id": "men",
    "span": "two men and a child",
    "outcome": "killed",
    "value": 3,
    "events": ["battle"],
}
SAID: dict[str, Any] = {"id": "said", "content": "that two men and a child died"}


def document(
    text: str = TEXT, about: dict[str, Any] | None = None, name: str = "one", **changes: Any
) -> Bundle:
    """A document with one record per layer; ``changes`` are made to them, by handle.

    The handle ``more`` adds records, by layer; ``foreign`` adds labels.
    """
    more = changes.pop("more", {})
    foreign = changes.pop("foreign", [])
    annotator = changes.pop("annotator", "b")
    layers = {
        layer: [record | changes.pop(str(record["id"]), {})]
        for layer, record in zip(LAYERS, (MAYOR, DORN, MEN, SAID), strict=True)
    }
    assert not changes
    for layer, records in more.items():
        layers[layer] = [*layers[layer], *records]
    built = warclaims.build_document(
        text,
        document=name,
        language="en",
        annotator=annotator,
        foreign=foreign,
        **{"outlet": "Halden Post"} | (about or {}),
        **layers,
    )
    assert built.findings == (), built.findings
    return built.bundle


class FeaturePair(NamedTuple):
    """A document with a feature, and the same one without it.

    ``place`` says where it is: a layer, a field (``casualties.note``) or what else it is of.
    """

    feature: str
    place: str
    whole: Bundle
    without: Bundle


CHILD: dict[str, Any] = {"id": "child", "span": "a child", "outcome": "killed", "value": 1}
FIVE: dict[str, Any] = {"id": "five", "span": "five", "outcome": "injured", "value": 5}
FLED: dict[str, Any] = {"id": "fled", "content": "five fled"}
LABEL = {"id": "f1", "span": "fled", "label": "Flight", "scheme": "made", "attributes": {"k": "v"}}
LINKS = {"→part of": ["f1"], "→Of:Whose": ["a1", "t1"], "→lost": ["x9"], "→R/a1": {"sure": 0.5}}
HANDLES = {"actors": "mayor", "locations": "dorn", "casualties": "men", "attributions": "said"}
COMMON: dict[str, Any] = {"note": "Somebody’s remark.", "score": 0.25, "extra": {"key": ["v", 1]}}
VALUES: dict[str, dict[str, Any]] = {
    "actors": {"entity": "army", "level": "name", "alternatives": [{"level": "pronoun"}]},
    "locations": {"place": "dorn", "level": "nominal", "alternatives": [{"level": "nominal"}]},
    "casualties": {
        "trigger": "died",
        "outcome": "injured",
        "quantifier": "at_least",
        "value": 4,
        "value_max": 9,
        "fraction": {"numerator": 1, "denominator": 2},
        "status": ["civilian", "police"],
        "age": "adult",
        "sex": "male",
        "groups": [{"age": "child"}, {"sex": "male"}],
        "side": "east",
        "cause": ["artillery"],
        "perpetrator": "mayor",
        "inferred_perpetrator": "army",
        "certainty": "presumed",
        "events": ["battle", "war"],
        "subset_of": ["five"],
        "same_as": ["five"],
        "revises": ["five"],
        "besides": ["five"],
        "alternatives": [{"outcome": "injured"}, {"span": "two men", "value": 2}],
    },
    "attributions": {
        "source": ["mayor"],
        "inferred_source": "army",
        "cue": "said",
        "mode": "direct",
        "act": "deny",
        "commitment": "distancing",
        "said_on": "2031-02",
        "answers": "fled",
        "blames": ["mayor"],
        "inferred_blames": ["army"],
        "regarding": ["war"],
        "alternatives": [{"act": "deny"}],
    },
}
"""A value for each field of each layer that the documents without it do not have."""

AROUND: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "casualties.value_max": ({"men": {"quantifier": "range"}}, {}),
    "casualties.fraction": (
        {"men": {"value": None, "subset_of": ["five"]}, "more": {"casualties": [FIVE]}},
        {"men": {"subset_of": ["five"], "value": None}, "more": {"casualties": [FIVE]}},
    ),
    "attributions.answers": ({"more": {"attributions": [FLED]}},) * 2,
    **{
        f"casualties.{name}": ({"more": {"casualties": [FIVE]}},) * 2
        for name in ("subset_of", "same_as", "revises", "besides")
    },
}
"""What else the documents with and without a value have."""

SPLIT = [words("two men"), words("died")]
INSIDE: dict[str, dict[str, Any]] = {
    "actors": {"span": words("Dorn", 1)},
    "locations": {"span": words("Dorn", 2)},
    "casualties": {key: value for key, value in CHILD.items() if key != "id"},
    "attributions": {"content": "two men"},
}
"""A record for each layer whose words overlap those of the one that is there."""


OUTSIDE = {"locations": {"dorn": {"span": "Dorn mourns"}}}
"""What else the one that is there needs for that."""


def _pair(
    feature: str, place: str, with_it: dict[str, Any], without: dict[str, Any]
) -> FeaturePair:
    """Documents with a text of their own."""
    name = f"{feature}-{place}".replace(" ", "-").replace(".", "-").strip("-")
    text = f"{TEXT}{name}\n"
    return FeaturePair(
        feature,
        place,
        document(**{"text": text, "name": name} | with_it),
        document(**{"text": text, "name": name} | without),
    )


def _pairs_of_fields() -> list[FeaturePair]:
    found = []
    for layer, model in LAYERS.items():
        for name, shape in shapes(model).items():
            if name in ("id", model.main_span):
                continue
            place, handle = f"{layer}.{name}", HANDLES[layer]
            value = (VALUES[layer] | COMMON)[name]
            around, without = AROUND.get(place, ({}, {}))
            whole = {**around, handle: {**around.get(handle, {}), name: value}}
            found.append(_pair(feature_of(model, shape), place, whole, without))
    return found


def _pairs_of_spans() -> list[FeaturePair]:
    found = []
    for layer, model in LAYERS.items():
        field, handle = model.main_span, HANDLES[layer]
        inside, outside = INSIDE[layer], OUTSIDE.get(layer, {})
        spans = {handle: {field: SPLIT}}
        one = {handle: {field: "two men"}}
        dead = {"outcome": "killed", "events": ["war"]} if layer == "casualties" else {}
        other = {"more": {layer: [{field: "five fled"} | dead]}}
        found += [
            _pair("records", layer, other, {}),
            _pair("nested spans", layer, outside | {"more": {layer: [inside]}}, outside),
            _pair("discontinuous spans", f"{layer}.{field}", spans, one),
        ]
    for layer, again in (
        ("casualties", MEN | {"outcome": "injured", "id": "again"}),
        ("attributions", SAID | {"act": "deny", "id": "again"}),
    ):
        found.append(_pair("identical spans", layer, {"more": {layer: [again]}}, {}))
    for place, handle in (("casualties.trigger", "men"), ("attributions.cue", "said")):
        field = place.partition(".")[2]
        split, one = {handle: {field: SPLIT}}, {handle: {field: "two men"}}
        found.append(_pair("discontinuous spans", place, split, one))
    return found


def _waived(pair: FeaturePair) -> FeaturePair:
    waiver = TextWaiver(code="C502", record="c1", span=None, reason="It is so.")
    changed = pair.whole.annotations.model_copy(update={"waivers": (waiver,)})
    return pair._replace(whole=pair.whole.model_copy(update={"annotations": changed}))


def _with_extra(pair: FeaturePair) -> FeaturePair:
    changed = pair.whole.annotations.model_copy(update={"extra": {"key": "value"}})
    return pair._replace(whole=pair.whole.model_copy(update={"annotations": changed}))


PAIRS = [
    *_pairs_of_fields(),
    *_pairs_of_spans(),
    _pair("texts", "", {"text": f"{TEXT}texts\nfurther words\n"}, {}),
    _pair("foreign labels", "", {"foreign": [LABEL]}, {}),
    _pair("foreign labels", "links", {"foreign": [LABEL | {"attributes": LINKS}]}, {}),
    _pair("annotators", "annotator", {"annotator": "a"}, {}),
    _with_extra(_pair("annotators", "extra", {}, {})),
    _waived(_pair("waivers", "", {}, {})),
    _pair("metadata", "outlet", {"about": {"outlet": "Dorn Times"}}, {}),
    _pair("metadata", "date", {"about": {"date": "2031-02-03"}}, {}),
    _pair(
        "metadata",
        "title",
        {
            "about": {
                "title": "The mayor of Dorn said that two men and a child died, and five fled."
            }
        },
        {},
    ),
]
"""For each feature, and each field of each layer that may have it, a pair of documents."""

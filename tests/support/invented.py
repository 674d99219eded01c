"""A passage with what the texts of gold seldom have: ranges, fractions, groups, links, answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import warclaims

if TYPE_CHECKING:
    from warclaims.corpus import Corpus
    from warclaims.records import Bundle

_TEXT = """\
A baker said on 3 May 2020 that ten or twelve people were killed near the mill, half of \
them women and children.

“No, another seven people are feared dead, up from an earlier toll of five,” a farmer replied. \
The farmer repeated that seven people had died.
"""

_ACTORS: list[dict[str, Any]] = [
    {"id": "baker", "span": "A baker", "score": 0.75},
    {"id": "farmer", "span": "a farmer", "alternatives": [{"level": "name"}], "note": "or Farmer"},
    {"id": "same farmer", "span": "The farmer"},
]


def invented(corpus: Corpus) -> Bundle:
    """The passage as a bundle whose records name entries of the registries of ``corpus``."""
    event = next(iter(corpus.registries.events))
    somebody, another = list(corpus.registries.actors)[:2]
    casualties: list[dict[str, Any]] = [
        {
            "id": "range",
            "span": "ten or twelve people",
            "trigger": "killed",
            "outcome": "killed",
            "value": 10,
            "value_max": 12,
            "cause": ["artillery", "fire"],
            "inferred_perpetrator": somebody,
            "events": [event],
            "alternatives": [{"value": 11, "value_max": 12}, {"cause": ["fire"]}],
            "note": "or may be meant exactly",
        },
        {
            "span": "half of them women and children",
            "outcome": "killed",
            "quantifier": "exact",
            "fraction": {"numerator": 1, "denominator": 2},
            "groups": [{"age": "adult", "sex": "female"}, {"age": "child"}],
            "events": [event],
            "subset_of": ["range"],
        },
        {
            "id": "more",
            "span": "another seven people",
            "trigger": "feared dead",
            "outcome": "killed",
            "value": 7,
            "certainty": "presumed",
            "events": [event],
            "revises": ["toll"],
            "besides": ["range"],
        },
        {
            "id": "toll",
            "span": "an earlier toll of five",
            "trigger": "toll",
            "outcome": "killed",
            "value": 5,
            "certainty": "retracted",
            "events": [event],
        },
        {
            "span": {"words": "seven people", "occurrence": 2},
            "trigger": "died",
            "outcome": "killed",
            "value": 7,
            "status": ["civilian", "prisoner"],
            "events": [event],
            "same_as": ["more"],
        },
    ]
    attributions: list[dict[str, Any]] = [
        {
            "id": "count",
            "source": ["baker"],
            "cue": "said",
            "content": "that ten or twelve people were killed near the mill, half of them "
            "women and children",
            "said_on": "2020-05-03",
        },
        {
            "source": ["farmer"],
            "cue": "replied",
            "content": "“No, another seven people are feared dead, up from an earlier toll of "
            "five,”",
            "mode": "direct",
            "act": "deny",
            "answers": "count",
            "inferred_blames": [another],
            "regarding": [event],
        },
        {
            "source": ["same farmer"],
            "cue": "repeated",
            "content": "that seven people had died",
            "alternatives": [{"act": "confirm", "answers": "count"}],
            "note": "of the farmer’s own words",
        },
    ]
    built = warclaims.build_document(
        _TEXT,
        language="en",
        annotator=next(iter(corpus.registries.annotators)),
        actors=_ACTORS,
        casualties=casualties,
        attributions=attributions,
    )
    if built.findings:
        raise ValueError(built.findings)
    return built.bundle

"""Order records by how much a person's decision on them is worth."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from warclaims.derive.attribution import AttributionTree
from warclaims.records import LAYERS, span_start, span_text
from warclaims.wording import listed, other_reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from warclaims.records import (
        ActorMention,
        Annotations,
        Bundle,
        Casualty,
        Challenge,
        Layer,
        LayerName,
    )


class RecordInQuestion(NamedTuple):
    """A record that a person should look at.

    Attributes:
        words: Its words: of an attribution the cue, or the content if it has none.
        question: Why, in words.
    """

    document: str
    layer: LayerName
    record: str
    words: str
    question: str


_Ranked = tuple[tuple[bool, ...], int, RecordInQuestion]


def records_by_worth(
    bundles: Iterable[Bundle], challenges: Iterable[Challenge] = ()
) -> list[RecordInQuestion]:
    """The records that a person should look at, those first that are worth most.

    First records with other readings, then challenged ones, then casualties, then the attributions
    that say on whose word a casualty is, then other accusations; of equal ones in the order of the
    texts. Records of which nothing of this holds are left out.
    """
    challenged: defaultdict[tuple[str, str | None], list[str]] = defaultdict(list)
    for one in challenges:
        challenged[one.document, one.record].append(f"challenged: {one.reading}")
    ranked = [found for bundle in bundles for found in _ranked(bundle.annotations, challenged)]
    return [found for *_, found in sorted(ranked, key=lambda one: one[0])]


def _ranked(
    annotations: Annotations, challenged: dict[tuple[str, str | None], list[str]]
) -> Iterator[_Ranked]:
    """Each record in question with its rank, in the order of the text."""
    named: tuple[ActorMention | Casualty, ...] = (*annotations.actors, *annotations.casualties)
    names = {one.id: f"“{span_text(one.span)}”" for one in named}
    spans = {one.id: one.span for one in annotations.casualties}
    covering = AttributionTree(annotations.attributions).covering(spans)
    tolls: defaultdict[str, list[str]] = defaultdict(list)
    for casualty, around in covering.items():
        for innermost in around[-1:]:
            tolls[innermost].append(names[casualty])
    found: list[_Ranked] = []
    for layer in LAYERS:
        for record in getattr(annotations, layer):
            readings = [other_reading(one, names) for one in record.alternatives]
            against = challenged.get((annotations.document, record.id), [])
            usual = {
                "number, kind and outcome right?": layer == "casualties",
                f"whose word is {listed(tolls[record.id])}?": bool(tolls[record.id]),
                "who is blamed?": bool(getattr(record, "blames", ())),
            }
            rank = tuple(not one for one in (readings, against, *usual.values()))
            asked = [*readings, *against] or [words for words, holds in usual.items() if holds][:1]
            if asked:
                words, start = _words(record)
                name = (annotations.document, layer, record.id)
                found.append((rank, start, RecordInQuestion(*name, words, "; ".join(asked))))
    yield from sorted(found, key=lambda one: one[1])


def _words(record: Layer) -> tuple[str, int]:
    span = getattr(record, "cue", None) or getattr(record, record.main_span)
    return span_text(span), span_start(span)

"""Write annotated texts as JSON Lines with entities and relations, as doccano does."""

from __future__ import annotations

import json
from itertools import count
from typing import TYPE_CHECKING, Any

from warclaims.formats.annotated_text import annotated_text
from warclaims.formats.spans import FORMAT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from warclaims.corpus import Corpus
    from warclaims.formats.annotated_text import LabelledSpan
    from warclaims.records import Bundle

MADE_BY = {"made_by": "warclaims"}
"""Begins each line."""


def write_documents(bundles: Iterable[Bundle], _corpus: Corpus) -> Iterator[tuple[str, bytes]]:
    """A line for each text. Numbers of entities and relations are unique in the file."""
    numbers = count(1)
    for text in map(annotated_text, bundles):
        ids = {span.id: number for span, number in zip(text.spans, numbers, strict=False)}
        line: dict[str, Any] = {
            **MADE_BY,
            "id": text.name,
            "text": text.text,
            "entities": [_entity(span, ids[span.id]) for span in text.spans],
            "relations": [
                {
                    "id": number,
                    "from_id": ids[link.source],
                    "to_id": ids[link.target],
                    "type": link.label,
                }
                for link, number in zip(text.links, numbers, strict=False)
            ],
            **text.about,
        }
        yield FORMAT.file, json.dumps(line, ensure_ascii=False).encode() + b"\n"


def _entity(span: LabelledSpan, number: int) -> dict[str, Any]:
    """A span with its number; what doccano has no place for is beside it."""
    rest: dict[str, Any] = {"record": span.id}
    if len(span.ranges) > 1:
        rest["fragments"] = [[*fragment] for fragment in span.ranges]
    for name in ("attributes", "scheme", "extra"):
        if value := getattr(span, name):
            rest[name] = value
    return {
        "id": number,
        "label": span.label,
        "start_offset": span.ranges[0][0],
        "end_offset": span.ranges[-1][1],
        **rest,
    }

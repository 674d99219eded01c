"""Many accounts of one event, to measure what comparing them costs."""

from __future__ import annotations

import json
import random
from types import SimpleNamespace

import warclaims
from warclaims.records import Bundle, Event, Lists

EVENT = "raid"
WHY = {"evidence": "inferred", "basis": "Invented for tests."}


def registries(event_type: str = "attack_on_civilians") -> SimpleNamespace:
    """Registries with one event."""
    event = Event.model_validate_json(
        json.dumps(
            {
                "id": EVENT,
                "label": "raid",
                "description": "A raid.",
                "type": event_type,
                "start": None,
                "end": None,
                "places": [],
                "parent": None,
                **WHY,
            }
        )
    )
    return SimpleNamespace(actors={}, events={EVENT: event}, places={}, sides={}, lists=Lists())


def bundles(number: int, seed: int = 1) -> list[Bundle]:
    """One text per account; one record in twenty has another reading."""
    chance = random.Random(seed)
    built = warclaims.build_document(
        "Some people were killed by a bomb, a man said.",
        document="d0",
        date="2031-01-01",
        actors=[{"id": "m", "span": "a man"}],
        casualties=[
            {
                "span": "Some people",
                "outcome": "killed",
                "value": 12,
                "quantifier": "exact",
                "events": [EVENT],
                "cause": ["ied"],
            }
        ],
        attributions=[{"source": ["m"], "cue": "said", "content": "Some people were killed"}],
    ).bundle
    casualty = built.annotations.casualties[0]
    found = []
    for name in range(number):
        document = built.document.model_copy(
            update={
                "id": f"d{name:05}",
                "outlet": built.document.outlet.model_copy(update={"value": f"Outlet {name}"}),
            }
        )
        quantifier = chance.choice(["exact", "exact", "exact", "at_least", "approximate"])
        fields = {
            **casualty.model_dump(mode="json"),
            "value": chance.randint(10, 40),
            "quantifier": quantifier,
            "status": chance.choice([[], [], ["civilian"], ["military"]]),
            "cause": chance.choice([[], ["ied"], ["artillery"]]),
        }
        if chance.random() < 0.05:
            fields["alternatives"] = [{"quantifier": "at_least"}]
        record = type(casualty).model_validate_json(json.dumps(fields))
        annotations = built.annotations.model_copy(
            update={"document": document.id, "casualties": (record,)}
        )
        found.append(built.model_copy(update={"document": document, "annotations": annotations}))
    return found

"""Registries of an invented war, for suggestions that are linked to them."""

from __future__ import annotations

import json

from warclaims.corpus import Registries
from warclaims.records.registry import Actor, Event, Place

WHY = {"evidence": "inferred", "basis": "Invented for tests."}
ACTORS = {
    "velm-mod": {"label": "Velm Defence Ministry", "type": "state_body"},
    "velm-moh": {"label": "Velm Health Ministry", "type": "state_body"},
    "mayor": {"label": "mayor of Orrin", "type": "person"},
    "ruiz": {"label": "Ana Ruiz", "type": "person"},
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
        name: entry(Place, name, parent=parent, type="city", coordinates=None)
        for name, parent in PLACES.items()
    },
    {
        name: entry(Event, name, **{"end": None, "description": "Invented.", **fields})
        for name, fields in EVENTS.items()
    },
    {},
    {},
)

"""Claims and events made up for tests."""

from warclaims.derive.counts import bounds
from warclaims.records import Claim, Event
from warclaims.records.vocabulary import Quantifier


def event(name: str, label: str, parent: str | None = None, day: str | None = None) -> Event:
    why = {"evidence": "text", "basis": "For tests."}
    fields = {
        "id": name,
        "label": label,
        "description": "For tests.",
        "start": day,
        "end": day,
        "places": [],
        "parent": {"id": parent, **why} if parent else None,
        **why,
    }
    return Event.model_validate(fields, strict=False)


EVENTS = {
    entry.id: entry
    for entry in [
        event("wars", "the wars"),
        event("first", "the first war", "wars"),
        event("second", "the second war", "wars"),
        event("blasts", "the blasts", day="2001-02-03"),
        event("bus", "the blast under the bus", "blasts", day="2001-02-03"),
        event("car", "the blast under the car", "blasts", day="2001-02-03"),
    ]
}


def claim(document: str, text: str, value: int | None, *events: str, **more) -> Claim:
    """A claim of ``document``; a single status or cause may be given without its list."""
    quantifier = Quantifier(more.pop("quantifier", "exact" if value else "indefinite"))
    count = bounds(quantifier, value, text, more.get("value_max"))
    for name in ("status", "cause"):
        if isinstance(more.get(name), str):
            more[name] = (more[name],)
    fields = {
        "record": more.pop("id", f"{document}:c1"),
        "document": document,
        "outlet": None,
        "date": None,
        "date_certainty": "high",
        "text": text,
        "start": 0,
        "end": len(text),
        "trigger": None,
        "outcome": "killed",
        "quantifier": quantifier,
        "value": value,
        "value_max": None,
        "fraction": None,
        "minimum": count.minimum,
        "maximum": count.maximum,
        "status": (),
        "age": "unspecified",
        "sex": "unspecified",
        "groups": (),
        "side": None,
        "cause": (),
        "perpetrator": None,
        "perpetrator_entity": None,
        "certainty": "asserted",
        "events": events,
        "event_labels": events,
        "places": (),
        "place_labels": (),
        "subset_of": (),
        "same_as": (),
        "revises": (),
        "besides": (),
        "narrator": True,
        "source_text": None,
        "source": (),
        "source_side": None,
        "source_type": None,
        "cue": None,
        "commitment": None,
        "chain": (),
        "sentence": text,
        "sentence_number": 0,
        "segment": "paragraph",
        "alternatives": (),
        "note": None,
        **more,
    }
    return Claim.model_validate(fields, strict=False)

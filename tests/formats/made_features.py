"""Pairs of documents that differ in one feature of annotated documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import warclaims

if TYPE_CHECKING:
    from warclaims.records import Bundle

TEXT = "The mayor of Dorn said that two men and a child died, and five fled.\nDorn mourns.\n"
MORE = "Somebody added further words here.\n"


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


def document(text: str = TEXT, about: dict[str, Any] | None = None, **changes: Any) -> Bundle:
    """A document with one record per layer; ``changes`` are made to them, by handle.

    The handle ``more`` adds records, by layer; ``foreign`` adds labels.
    """
    more = changes.pop("more", {})
    foreign = changes.pop("foreign", [])
    annotator = changes.pop("annotator", "b")
    layers = {
        "actors": [MAYOR | changes.pop("mayor", {})],
        "locations": [DORN | changes.pop("dorn", {})],
        "casualties": [MEN | changes.pop("men", {})],
        "attributions": [SAID | changes.pop("said", {})],
    }
    assert not changes
    for layer, records in more.items():
        layers[layer] = [*layers[layer], *records]
    built = warclaims.build_document(
        text,
        document="one",
        language="en",
        annotator=annotator,
        foreign=foreign,
        **{"outlet": "Halden Post"} | (about or {}),
        **layers,
    )
    assert built.findings == ()
    return built.bundle


CHILD = {"span": "a child", "outcome": "killed", "value": 1, "subset_of": ["men"]}
OTHER_CHILD = CHILD | {"subset_of": []}
LABEL = {"id": "f1", "span": "fled", "label": "Flight", "scheme": "made", "attributes": {"k": "v"}}

PAIRS: dict[str, tuple[Bundle, list[Bundle]]] = {
    "texts": (document(TEXT + MORE), [document()]),
    "nested spans": (document(more={"casualties": [OTHER_CHILD]}), [document()]),
    "discontinuous spans": (
        document(men={"span": [words("two men"), words("died")]}),
        [document(men={"span": one}) for one in ("two men and a child died", "two men", "died")],
    ),
    "identical spans": (
        document(more={"actors": [{"span": "two men and a child"}]}),
        [document()],
    ),
    "cues and triggers": (document(said={"cue": "said"}, men={"trigger": "died"}), [document()]),
    "links": (
        document(more={"casualties": [CHILD]}, said={"source": ["mayor"]}),
        [document(more={"casualties": [OTHER_CHILD]})],
    ),
    "attributes": (
        document(men={"status": ["civilian", "police"], "certainty": "presumed"}),
        [document()],
    ),
    "registries": (
        document(mayor={"entity": "army"}, dorn={"place": "dorn"}, men={"side": "east"}),
        [document()],
    ),
    "alternatives": (
        document(men={"alternatives": [{"outcome": "injured"}, {"span": "two men", "value": 2}]}),
        [document()],
    ),
    "notes": (document(men={"note": "Somebody’s remark."}), [document()]),
    "scores": (document(men={"score": 0.25}), [document()]),
    "extra fields": (document(men={"extra": {"key": ["value", 1]}}), [document()]),
    "foreign labels": (document(foreign=[LABEL]), [document()]),
    "annotators": (document(annotator="a"), [document()]),
    "metadata": (document(about={"outlet": "Dorn Times", "date": "2031-02-03"}), [document()]),
}
"""For each feature a document with it, and the same document without it.

If there are several without, a format that loses the feature makes one of them.
"""

MARKS = {"texts": b"further words"}
"""What is in no file of a format that loses a feature but describes the rest of the document."""

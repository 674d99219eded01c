"""What Label Studio and an annotator in its browser do to a task, as measured on version 1.23.2."""

from __future__ import annotations

import copy
import json
import re
from typing import TYPE_CHECKING, Any

from warclaims.labelstudio import task, tasks_bytes
from warclaims.labelstudio.labels_and_relations import (
    RELATION_LABELS,
    RELATION_TYPES,
    controls,
    relations_between,
)

if TYPE_CHECKING:
    from random import Random

VALUE_KEYS = ("start", "end", "text", "labels", "choices", "taxonomy", "number")
RESULT_KEYS = ("id", "from_name", "to_name", "type", "value", "meta", "score", "origin")
BLANKS = ("", " ", "\n", "\\n", "\r\n", "\\r\\n", "\t", "\u2028")
RELATION_KEYS = ("from_id", "to_id", "type", "direction", "labels")


def saved(task: dict[str, Any], random: Random | None = None) -> dict[str, Any]:
    """``task`` as exported after a save in the browser, which writes the whole result anew.

    The words of all marks are spoiled as those of newly drawn ones are; the browser leaves those
    of loaded marks as they are. With ``random`` also what no save is known to do but an import
    should bear: results in any order, words missing or with other white space, labels of relations
    left out where the marks tell them.
    """
    task = copy.deepcopy(task)
    for key in [key for key in task if key not in ("data", "annotations", "drafts")]:
        del task[key]
    for number, annotation in enumerate(task["annotations"]):
        marks, relations = [], []
        for result in annotation["result"]:
            (relations if result["type"] == "relation" else marks).append(result)
        marks = [_saved_mark(mark, random) for mark in marks]
        relations = _saved_relations(relations, marks, random)
        result = [*marks, *relations]
        if random:
            random.shuffle(result)
        annotation["result"] = result
        annotation |= {"id": 100 + number, "was_cancelled": False, "lead_time": 3.2}
    return task | {"id": 7, "inner_id": 1, "drafts": [], "predictions": [], "meta": {}}


def _saved_mark(mark: dict[str, Any], random: Random | None) -> dict[str, Any]:
    mark = {key: value for key, value in mark.items() if key in RESULT_KEYS}
    mark["id"] = mark["id"].split("#")[0]
    mark["value"] = {key: v for key, v in mark["value"].items() if key in VALUE_KEYS}
    words = mark["value"].get("text")
    if isinstance(words, str):
        words = re.sub(" +", " ", words.replace("\n", "\\n"))
        mark["value"]["text"] = words
        if random and random.random() < 0.3:
            del mark["value"]["text"]
        elif random and random.random() < 0.3:
            mark["value"]["text"] = re.sub(r"\s+|\\n", lambda _: random.choice(BLANKS), words)
    return mark | {"origin": "manual"}


def _saved_relations(
    relations: list[dict[str, Any]], marks: list[dict[str, Any]], random: Random | None
) -> list[dict[str, Any]]:
    label = {m["id"]: m["value"]["labels"][0] for m in marks if m["type"] == "labels"}
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for relation in relations:
        kept = {key: value for key, value in relation.items() if key in RELATION_KEYS}
        kept["labels"] = [name for name in kept.get("labels", ()) if name in RELATION_LABELS]
        pair = (kept["from_id"], kept["to_id"])
        assert set(pair) <= set(label), "a dangling relation makes a task unopenable"
        default = relations_between(*(label[end] for end in pair))[:1]
        if random and tuple(kept["labels"]) == default and random.random() < 0.5:
            del kept["labels"]
        found.setdefault(pair, kept)  # of two on one ordered pair, the second is lost
    return list(found.values())


class Board:
    """A task open in front of an annotator."""

    def __init__(self, task: dict[str, Any]) -> None:
        self.task = copy.deepcopy(task)
        self.text = task["data"]["text"]
        self._drawn = 0

    @property
    def result(self) -> list[dict[str, Any]]:
        return self.task["annotations"][0]["result"]

    def find(self, words: str, after: int = 0) -> tuple[int, int]:
        start = self.text.index(words, after)
        return start, start + len(words)

    def draw(self, label: str, words: str, after: int = 0, **values: Any) -> str:
        """Mark ``words`` and fill attributes by control name; gives the id of the mark."""
        self._drawn += 1
        region = f"{'-_aZ9'[self._drawn % 5]}rNd0m{self._drawn}"
        start, end = self.find(words, after)
        self.result.append(
            {
                "id": region,
                "from_name": "span",
                "to_name": "text",
                "type": "labels",
                "origin": "manual",
                "value": {"start": start, "end": end, "text": words, "labels": [label]},
            }
        )
        for control, value in values.items():
            self.set(region, control, value)
        return region

    def mark(self, region: str) -> dict[str, Any]:
        return next(r for r in self.result if r.get("id") == region and r["type"] == "labels")

    def items(self, region: str) -> list[dict[str, Any]]:
        return [r for r in self.result if r.get("id") == region]

    def set(self, region: str, control: str, value: Any) -> None:
        """Give an attribute a value; none empties it."""
        self.task["annotations"][0]["result"] = [
            r for r in self.result if (r.get("id"), r.get("from_name")) != (region, control)
        ]
        if value is None:
            return
        tag = controls()[control]
        place = {k: self.mark(region)["value"][k] for k in ("start", "end", "text")}
        self.result.append(
            {
                "id": region,
                "from_name": control,
                "to_name": "text",
                "type": tag.type,
                "value": {**place, tag.value_key: value},
            }
        )

    def move(self, region: str, start: int, end: int) -> None:
        for item in self.items(region):
            item["value"] |= {"start": start, "end": end}
            if item["type"] != "textarea":  # there the key holds the value
                item["value"]["text"] = self.text[start:end]

    def relabel(self, region: str, label: str) -> None:
        self.mark(region)["value"]["labels"] = [label]

    def link(self, from_id: str, to_id: str, *labels: str) -> None:
        """Draw a link; without ``labels`` as the browser does, without the key."""
        relation = {"type": "relation", "from_id": from_id, "to_id": to_id, "direction": "right"}
        self.result.append(relation | ({"labels": list(labels)} if labels else {}))

    def unlink(self, from_id: str, to_id: str) -> None:
        before = len(self.result)
        self.task["annotations"][0]["result"] = [
            r for r in self.result if (r.get("from_id"), r.get("to_id")) != (from_id, to_id)
        ]
        assert len(self.result) == before - 1

    def delete(self, region: str) -> None:
        """Delete a mark; its attributes and links go with it."""
        assert self.items(region)
        self.task["annotations"][0]["result"] = [
            r for r in self.result if region not in (r.get("id"), r.get("from_id"), r.get("to_id"))
        ]

    def export(self) -> bytes:
        """The task as an export of the project, after a save."""
        return tasks_bytes([saved(self.task)])


__all__ = ["RELATION_TYPES", "Board", "saved", "task"]


def exported(data: bytes) -> list[dict[str, Any]]:
    """The tasks in a file."""
    tasks: list[dict[str, Any]] = json.loads(data)
    return tasks

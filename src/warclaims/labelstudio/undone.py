"""What a page that was open all the while undid by its save, put back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from warclaims.labelstudio.tolerance import by_key
from warclaims.records import LAYERS

if TYPE_CHECKING:
    from warclaims.labelstudio.codes import Report
    from warclaims.labelstudio.rebuild import Rebuilt
    from warclaims.records import Annotations


@dataclass(frozen=True)
class Sent:
    """What a task was sent with, and what was put back since, as layer and id."""

    annotations: Annotations
    put_back: frozenset[str] = frozenset()


def put_back(
    rebuilt: Rebuilt, first: Sent, pulled: Annotations, place: str, report: Report
) -> tuple[Rebuilt, frozenset[str]]:
    """``rebuilt`` with what was pulled, if all of that is as it was first sent again.

    Of two pages on one task the last save wins: it writes the whole task as that page had it, and
    erases what the other saved. If that was pulled before, it can be told: just the records that a
    pull brought are as at first. Each is put back, with a finding, and stays so until the task is
    renewed. Where only some of them are so it is taken for a wish.

    Args:
        rebuilt: What the server has now.
        first: What the task was sent with.
        pulled: What the server had at the last pull.
        place: Where in the export findings point to.
        report: Collects the findings.

    Returns:
        The records, and which of them were put back, now or before.
    """
    before, since = by_key(first.annotations), by_key(pulled)
    brought = [key for key in {**before, **since} if before.get(key) != since.get(key)]
    now = {(layer, r.id): r for layer in LAYERS for r in rebuilt.records[layer]}
    undone = [key for key in brought if now.get(key) == before.get(key)]
    known = [key for key in undone if " ".join(key) in first.put_back]
    others = [key for key in brought if " ".join(key) not in first.put_back]
    if any(now.get(key) != before.get(key) for key in others):
        undone = known
    if not undone:
        return rebuilt, frozenset()
    for layer, name in undone:
        report.add(
            "L605",
            rebuilt.pointers.get(name, place),
            f"{layer} {name} is again as it was sent, though a change of it was pulled: a page "
            "that was open before may have undone it; the corpus keeps the change (to undo it: "
            "pull --deciding server)",
            rebuilt.places.get(name),
        )
        now.pop((layer, name), None)
        if (layer, name) in since:
            now[layer, name] = since[layer, name]
    records = {
        layer: [record for (of, _), record in now.items() if of == layer] for layer in LAYERS
    }
    return replace(rebuilt, records=records), frozenset(" ".join(key) for key in undone)

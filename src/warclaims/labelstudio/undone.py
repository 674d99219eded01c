"""What a page that was open all the while undid by its save, put back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from warclaims.labelstudio.tolerance import by_key
from warclaims.records import LAYERS

if TYPE_CHECKING:
    from warclaims.labelstudio.codes import Report
    from warclaims.labelstudio.rebuild import Rebuilt
    from warclaims.records import Annotations


def put_back(
    rebuilt: Rebuilt, first: Annotations, pulled: Annotations, place: str, report: Report
) -> Rebuilt:
    """``rebuilt`` with what was pulled, if all of that is as it was first sent again.

    Of two pages on one task the last save wins: it writes the whole task as that page had it, and
    erases what the other saved. If that was pulled before, it can be told: just the records that a
    pull brought are as at first. Each is put back, with a finding. Where only some of them are so
    it is taken for a wish.

    Args:
        rebuilt: What the server has now.
        first: What the task was sent with.
        pulled: What the server had at the last pull.
        place: Where in the export findings point to.
        report: Collects the findings.
    """
    before, since = by_key(first), by_key(pulled)
    brought = [key for key in {**before, **since} if before.get(key) != since.get(key)]
    now = {(layer, r.id): r for layer in LAYERS for r in rebuilt.records[layer]}
    if not brought or any(now.get(key) != before.get(key) for key in brought):
        return rebuilt
    for layer, name in brought:
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
    return replace(rebuilt, records=records)

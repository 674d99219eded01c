"""Read the registry entries that annotators propose, and link those that exist by now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.labelstudio.interface import NEW_ENTRY, controls_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warclaims.corpus import Registries
    from warclaims.labelstudio.graph import Region
    from warclaims.records import LayerName


def proposed_name(region: Region) -> str | None:
    """The name that is proposed on a region."""
    if NEW_ENTRY.name not in region.values:
        return None
    return str(region.values[NEW_ENTRY.name][0]).strip().removeprefix("NEW:").strip()


def link_registered(
    layer: LayerName,
    fragments: Sequence[Region],
    region: Region,
    registries: Registries,
    *,
    has_source: bool,
) -> bool:
    """Link the one registry entry that has the proposed name; false if there is none, or several.

    What the annotator has chosen in the meantime stays. A source that is inferred is linked only
    where the text has none (``has_source``).

    Args:
        layer: The layer of the record.
        fragments: All regions of the record.
        region: The one of them with the proposal, which gets the link.
        registries: Where the name is looked for.
        has_source: Whether the record has a source in the text.
    """
    name = (proposed_name(region) or "").casefold()
    found = [
        (control, entry.id)
        for control in controls_of(layer).values()
        if control.registry is not None
        for entry in getattr(registries, control.registry).values()
        if entry.label.casefold() == name
    ]
    if len(found) != 1:
        return False
    control, entry = found[0]
    holder = next((one for one in fragments if control.name in one.values), region)
    chosen, pointer = holder.values.get(control.name, ((), region.values[NEW_ENTRY.name][1]))
    if control.shape.many:
        known = chosen if isinstance(chosen, tuple) else ()
        if entry not in known:
            holder.values[control.name] = ((*known, entry), pointer)
    elif not chosen and not (control.shape.name == "inferred_source" and has_source):
        holder.values[control.name] = (entry, pointer)
    return True

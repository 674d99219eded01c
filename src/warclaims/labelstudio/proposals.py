"""Registry entries that annotators propose, and the entries that have a proposed name already."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from warclaims.folding import fold
from warclaims.records import Actor, Event, LayerName, Place, shapes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warclaims.records import Lists

_MODELS = {"actor": Actor, "place": Place, "event": Event}
_KINDS: dict[LayerName, tuple[str, ...]] = {
    "actors": ("actor",),
    "locations": ("place",),
    "casualties": ("event", "actor"),
    "attributions": ("event", "actor"),
}
"""Layer → what is proposed on its records; a type of several kinds is one of the first."""

_TYPED = re.compile(r"(.*\S)\s*\(([^()]+)\)", re.DOTALL)


class ProposedEntry(NamedTuple):
    """What an annotator wrote of an entry; ``kind`` and ``type`` are ``None`` if no type is."""

    name: str
    kind: str | None = None
    type: str | None = None


def read_proposal(words: str, layer: LayerName, lists: Lists) -> ProposedEntry:
    """Read what is written as a new entry on a record of ``layer``: a name, and its type if stated.

    ``lists`` are those of the corpus.

    >>> from warclaims.records import Lists
    >>> read_proposal("Officials in Dorn (government)", "actors", Lists())
    ProposedEntry(name='Officials in Dorn', kind='actor', type='government')
    >>> read_proposal("Dorn (town hall)", "locations", Lists())
    ProposedEntry(name='Dorn (town hall)', kind=None, type=None)
    """
    name = " ".join(words.strip().removeprefix("NEW:").split())
    if found := _TYPED.fullmatch(name):
        type_ = "_".join(found[2].casefold().split())
        for kind in _KINDS[layer]:
            choices = shapes(_MODELS[kind])["type"].choices
            if choices and type_ in {one.value for one in lists.of(choices)}:
                return ProposedEntry(found[1], kind, type_)
    return ProposedEntry(name)


def entries_called(name: str, entries: Iterable[Any]) -> list[str]:
    """The ids of the registry entries with this label or id; if none, of those with this name.

    Case and typesetting do not matter.
    """
    wanted, entries = _plain(name), list(entries)
    return [one.id for one in entries if wanted in (_plain(one.label), _plain(one.id))] or [
        one.id
        for one in entries
        if any(wanted == _plain(other.name) for other in getattr(one, "names", ()))
    ]


def _plain(words: str) -> str:
    return fold(words).casefold()

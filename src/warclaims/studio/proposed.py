"""Enter what annotators propose with its type into the registries."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, count
from typing import TYPE_CHECKING

from warclaims.authoring import register
from warclaims.authoring.ids import id_of_name
from warclaims.labelstudio.proposals import entries_called

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from warclaims.corpus import Corpus
    from warclaims.labelstudio import RegistryProposal


@dataclass(frozen=True)
class EnteredProposal:
    """A proposed entry that is now in the registry ``file``, as ``id``."""

    id: str
    kind: str
    file: Path


def enter_proposed(corpus: Corpus, proposals: Iterable[RegistryProposal]) -> list[EnteredProposal]:
    """Register the proposals whose type is stated, each name once.

    Their basis are the words on which they were proposed. Names that an entry has are left.

    Raises:
        InvalidFile: a registry is not valid.
    """
    entered: list[EnteredProposal] = []
    known: set[tuple[str, str]] = set()
    for proposal in proposals:
        name, kind, type_ = proposal.proposed
        key = (str(kind), name.casefold())
        if kind is None or key in known:
            continue
        entries = getattr(corpus.registries, f"{kind}s")
        if entries_called(name, entries.values()):
            continue
        known.add(key)
        taken = {*entries, *(one.id for one in entered if one.kind == kind)}
        id_ = _free_id(name, kind, taken)
        words = corpus.text(proposal.document)[proposal.start : proposal.end]
        stated = {"description": f"{name}. Say here what is meant."} if kind == "event" else {}
        basis = f'{proposal.document} "{" ".join(words.split())}"'
        file = register(corpus, kind, id_, label=name, type=type_, basis=basis, **stated)
        entered.append(EnteredProposal(id_, kind, file))
    return entered


def _free_id(name: str, kind: str, taken: Collection[str]) -> str:
    """An id made of a name, in lower case, that no entry has.

    >>> _free_id("Officials in Dorn", "actor", ()), _free_id("Дорн", "place", {"place-1"})
    ('officials-in-dorn', 'place-2')
    """
    made = id_of_name(name, taken, nameless=kind).lower()
    return next(
        free for free in chain([made], (f"{made}-{n}" for n in count(2))) if free not in taken
    )

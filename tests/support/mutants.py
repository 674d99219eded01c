"""Generated bundles, changed by declared mutators and blindly."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from support import blind_values
from support.blind_bytes import BLIND
from support.bundles import Maker
from support.mutation import NoPlace, facts
from support.mutators import OF_BUNDLES, apply
from warclaims.records import REGISTRIES
from warclaims.validation.known import KnownIds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.corpus import Corpus

_REGISTERED = (blind_values,)

MUTANTS_OF_ONE = 20
"""Mutants per bundle."""
TWICE = 0.2
"""The share of blind mutants that are changed a second time."""


def known(corpus: Corpus) -> KnownIds:
    """The registries, as bundles may refer to them."""
    return KnownIds({name: getattr(corpus.registries, name) for name in REGISTRIES})


def mutants(corpus: Corpus, number: int, seed: int) -> Iterator[tuple[str, int, bytes, bytes]]:
    """Yield change, number of the bundle, bundle and mutant; declared and blind changes in turn."""
    maker, random, about = Maker(corpus), Random(seed), facts(corpus)
    made = tries = 0
    data = b""
    while made < number:
        if tries % MUTANTS_OF_ONE == 0:
            data = maker.line(random, f"p{seed}-{tries // MUTANTS_OF_ONE}")
        tries += 1
        try:
            if tries % 2:
                mutator = random.choice(OF_BUNDLES)
                name, mutant = mutator.name, apply(mutator, data, random, about)
            else:
                name, mutant = _blindly(data, random)
        except NoPlace:
            continue
        if mutant != data:
            made += 1
            yield name, tries // MUTANTS_OF_ONE, data, mutant


def _blindly(data: bytes, random: Random) -> tuple[str, bytes]:
    """The names of one or two blind changes, and the mutant."""
    change = random.choice(BLIND)
    name, mutant = change.__name__.replace("_", " "), change(data, random)
    if random.random() < TWICE:
        other = random.choice(BLIND)
        try:
            return f"{name}, {other.__name__.replace('_', ' ')}", other(mutant, random)
        except (NoPlace, AttributeError, LookupError, OverflowError, TypeError, ValueError):
            pass  # not a bundle any more
    return name, mutant

"""All mutators, and how one is applied to a bundle, or to a corpus.

>>> sorted({mutator.on.name for mutator in MUTATORS})
['BUNDLE', 'BYTES', 'CORPUS']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from support import (
    damage_bytes,
    damage_corpus,
    damage_counts,
    damage_coverage,
    damage_records,
    damage_spans,
)
from support.mutation import REGISTERED, Mutator, NoPlace, On, Plain, facts
from support.template import dumps
from warclaims.layout import Layout

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    from warclaims.corpus import Corpus

Facts = dict[str, Any]
_MODULES = (
    damage_bytes,
    damage_spans,
    damage_records,
    damage_counts,
    damage_coverage,
    damage_corpus,
)
MUTATORS: tuple[Mutator, ...] = tuple(REGISTERED)
"""Every mutator, in the order of the modules."""

OF_BUNDLES = tuple(mutator for mutator in MUTATORS if mutator.on is not On.CORPUS)

UNREACHED = {
    "F107": "a bundle of 16 MB or a file of 64 MB would have to be written",
    "F108": "a stream without any bundle is no bundle that could be broken",
    "F109": "comes with a thousand other findings, not with one mistake",
    "F110": "is about compressed data, which hold many bundles",
    "F111": "is about compressed data, which hold many bundles",
    "F112": "is about tables, which hold many bundles",
    "F113": "is about what another program does while a file is read",
    "S207": "only other schemas than ours have such mistakes",
    "F114": "is about two bundles of one run",
}
"""The codes that no mutator is for, and why."""

TRIES = 200


def apply(mutator: Mutator, data: bytes, random: Random, ids: Facts) -> bytes:
    """The bundle in the JSON ``data`` with the mistake of ``mutator``.

    Raises:
        NoPlace: there is no place for it.
    """
    if mutator.on is On.BYTES:
        changed: bytes = mutator.change(data, random, ids)
    else:
        bundle = orjson.loads(data)
        mutator.change(bundle, random, ids)
        changed = dumps(bundle).encode()
    if changed == data:
        raise NoPlace
    return changed


def break_bundle(
    data: bytes, random: Random, corpus: Corpus, only: tuple[Mutator, ...] = OF_BUNDLES
) -> tuple[bytes, Mutator]:
    """The bundle broken by a mutator drawn by chance, and the mutator."""
    ids = facts(corpus)
    for _ in range(TRIES):
        mutator = random.choice(only)
        try:
            return apply(mutator, data, random, ids), mutator
        except NoPlace:
            continue
    raise NoPlace


def break_corpus(
    root: Path, random: Random, corpus: Corpus, only: tuple[Mutator, ...] = MUTATORS
) -> tuple[Mutator, str]:
    """Break the corpus at ``root``, a copy of ``corpus``; the mutator, and what was changed."""
    ids = facts(corpus)
    for _ in range(TRIES):
        mutator = random.choice(only)
        try:
            return mutator, break_by(mutator, root, random, ids)
        except NoPlace:
            continue
    raise NoPlace


def break_by(mutator: Mutator, root: Path, random: Random, ids: Facts) -> str:
    """Break the corpus at ``root`` by ``mutator``; says where."""
    if mutator.on is On.CORPUS:
        mutator.change(root, random, ids)
        return "corpus"
    layout = Layout(root)
    index = orjson.loads(layout.index.read_bytes())
    row = random.randrange(len(index["documents"]))
    document = index["documents"][row]
    path = layout.annotation_file("gold", document["id"])
    data = path.read_bytes()
    if mutator.on is On.BYTES:
        changed = apply(mutator, data, random, ids)
        path.write_bytes(changed)
        return layout.relative(path)
    seed = layout.seeds / document["file"]
    bundle: Plain = {
        "document": document,
        "text": seed.read_bytes().decode(),
        "annotations": orjson.loads(data),
    }
    before = dumps(bundle)
    mutator.change(bundle, random, ids)
    if dumps(bundle) == before:
        raise NoPlace
    layout.index.write_bytes(dumps(index).encode())
    seed.write_bytes(bundle["text"].encode())
    path.write_bytes(dumps(bundle["annotations"]).encode())
    return layout.relative(path)

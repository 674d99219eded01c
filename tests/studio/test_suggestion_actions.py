"""Correcting suggestions takes fewer actions than drawing all from nothing, by their plans."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from correcting import Marked, plan

from warclaims.commands import main
from warclaims.corpus import Corpus
from warclaims.labelstudio import task

if TYPE_CHECKING:
    from pathlib import Path

HALF = ("h01", "h12")
"""Texts of which it takes at most half."""


@pytest.fixture
def heldout(shipped: Path, tmp_path: Path) -> Corpus:
    """The held-out texts with gold, and with suggestions of the rules."""
    root = tmp_path / "heldout"
    shutil.copytree(shipped / "examples/heldout", root)
    with pytest.raises(SystemExit) as done:
        main(["--corpus", str(root), "suggest"])
    assert done.value.code == 0
    return Corpus(root)


def gold_of(corpus: Corpus, name: str) -> Marked:
    return Marked.of(task(corpus.bundle(name), corpus.registries)["annotations"][0]["result"])


def suggested_of(corpus: Corpus, name: str) -> Marked:
    bundle = corpus.bundle(name, "predictions/rules")
    return Marked.of(task(bundle, corpus.registries)["annotations"][0]["result"])


def test_correcting_takes_less_than_drawing(heldout):
    """Of twelve texts that no system was tuned with."""
    drawing, correcting = {}, {}
    for name in heldout.documents:
        gold = gold_of(heldout, name)
        drawing[name] = plan(Marked(), gold).counts().total()
        correcting[name] = plan(suggested_of(heldout, name), gold).counts().total()
    assert all(correcting[name] < 0.8 * drawing[name] for name in drawing)
    assert sum(correcting.values()) < 0.62 * sum(drawing.values())
    for name in HALF:
        assert correcting[name] <= 0.5 * drawing[name], name

"""A short, always equal run of the fuzz targets, and what longer runs found; the targets assert."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuzz import corpora, foreign_files, ledgers
from fuzz.seeds import seeds, spoil
from fuzz.targets import TARGETS

FOUND = sorted(
    path for path in (Path(__file__).parents[1] / "fixtures/fuzz").glob("*/*") if path.is_file()
)
ROUNDS = 60


def test_make_fuzz_runs_every_target():
    makefile = (Path(__file__).parents[2] / "Makefile").read_text("utf-8")
    (line,) = [line for line in makefile.splitlines() if "@for target in " in line]
    assert line.partition(" in ")[2].partition(";")[0].split() == list(TARGETS)


@pytest.mark.parametrize("target", TARGETS)
def test_good_input_is_taken(target):
    for seed in seeds(target):
        TARGETS[target](seed)


@pytest.mark.parametrize("target", TARGETS)
def test_spoilt_input_ends_in_findings(target):
    luck = random.Random(target)
    for _ in range(ROUNDS):
        TARGETS[target](spoil(luck.choice(seeds(target)), luck))


@pytest.mark.parametrize("target", TARGETS)
@settings(derandomize=True, max_examples=40, deadline=None)
@given(data=st.binary(max_size=300))
def test_any_bytes_end_in_findings(target, data):
    TARGETS[target](data)


@pytest.mark.parametrize("path", FOUND, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_was_found_once_is_mended(path, monkeypatch):
    monkeypatch.setattr(corpora, "commands_on", 1)
    monkeypatch.setattr(ledgers, "pulls_on", 1)
    monkeypatch.setattr(foreign_files, "imports_on", 1)
    TARGETS[path.parent.name](path.read_bytes())

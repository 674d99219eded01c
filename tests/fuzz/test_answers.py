"""The answers that the fuzzer begins from are such as a Label Studio gives."""

from __future__ import annotations

from fuzz.answers import KINDS, URL, answers_seeds
from warclaims.studio.answers import read


def test_answers_that_were_recorded_are_read():
    for kind, seed in zip(KINDS.values(), answers_seeds(), strict=True):
        assert read(seed[1:], kind, URL) is not None

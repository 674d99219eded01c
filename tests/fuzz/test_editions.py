"""A short, always equal run of the fuzz target of editions; the target asserts."""

from __future__ import annotations

import random

from fuzz.editions import edition, seeds
from fuzz.seeds import spoil


def test_good_editions_are_taken():
    for seed in seeds():
        edition(seed)


def test_spoilt_editions_end_in_errors():
    luck = random.Random("editions")
    for _ in range(150):
        seed = luck.choice(seeds())
        edition(seed[:1] + spoil(seed[1:], luck))

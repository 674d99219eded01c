"""A short, always equal run over spoilt answers of a server; longer runs are ``make fuzz``."""

from __future__ import annotations

import random
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from fuzz.answers import KINDS, URL, answers, answers_seeds
from fuzz.seeds import spoil
from warclaims.studio.answers import read

ROUNDS = 600


def test_answers_that_were_recorded_are_read():
    for kind, seed in zip(KINDS.values(), answers_seeds(), strict=True):
        read(seed[1:], kind, URL)
        answers(seed)


def test_spoilt_answers_end_in_an_error_for_people():
    luck = random.Random("answers")
    for _ in range(ROUNDS):
        with suppress(RecursionError):  # of what spoils, not of what reads
            spoilt = spoil(luck.choice(answers_seeds()), luck)
        answers(spoilt)


@settings(derandomize=True, max_examples=60, deadline=None)
@given(data=st.binary(max_size=200))
def test_any_bytes_end_in_an_error_for_people(data):
    answers(data)

"""What is said of references and ids besides that they are wrong."""

from __future__ import annotations

import pytest
from corrupt import ONE, edit

import warclaims
from warclaims.validation import validate


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"/attributions/0/source": ["l1"]},
            "source names 'l1', which is one of the file's locations, not of its actors",
        ),
        (
            {"/attributions/0/source": ["a99"]},
            "source names 'a99': there is no such record among the file's actors",
        ),
        (
            {"/attributions/0/source": ["1a"]},
            "source names '1a': there is no such record among the file's actors; "
            "did you mean 'a1'?",
        ),
    ],
)
def test_a_reference_says_what_the_id_is_or_may_be(changes, message, mini):
    edit(mini, ONE, changes)
    assert message in [finding.message for finding in validate(warclaims.open(mini))]


def test_an_id_that_stands_twice_is_told_with_the_first(mini):
    edit(mini, ONE, {"/locations/0/id": "a1"})
    (finding,) = [f for f in validate(warclaims.open(mini)) if f.code == "R404"]
    assert [(other.file, other.pointer) for other in finding.related] == [(ONE, "/actors/0/id")]


def test_a_seed_of_which_only_line_ends_changed_says_so(mini):
    seed = mini / "seeds/one.txt"
    seed.write_bytes(seed.read_bytes().replace(b"\n", b"\r\n"))
    (finding,) = [f for f in validate(warclaims.open(mini)) if f.code == "T302"]
    assert finding.message.startswith("its line ends were changed from LF to CRLF: its SHA-256 is")

"""What is told of a text that is not the one that a hash stands for."""

from __future__ import annotations

from hashlib import sha256

import pytest

from warclaims.corpus.hashes import apart, how_changed

TEXT = "“Two died,” they said.\n\nThree fled.\n"


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (TEXT.replace("\n", "\r\n").encode(), "its line ends were changed from LF to CRLF"),
        (TEXT.encode("utf-8-sig"), "a byte-order mark was added"),
        (TEXT.encode("cp1252"), "it was saved as cp1252 instead of UTF-8"),
        (TEXT.encode("utf-16"), "it was saved as utf-16 instead of UTF-8"),
        (TEXT.rstrip("\n").encode(), "the line break at its end was removed"),
        ((TEXT + "\n").encode(), "a line break was added at its end"),
        (
            TEXT.replace("\n", "\r\n").encode("cp1252"),
            "it was saved as cp1252 instead of UTF-8, and "
            "its line ends were changed from LF to CRLF",
        ),
        (TEXT.replace("Two", "Ten").encode(), None),
        (b"", None),
    ],
)
def test_what_was_done_to_a_text_is_told_if_its_words_are_the_same(now, told):
    assert how_changed(now, sha256(TEXT.encode()).hexdigest()) == told


def test_line_ends_that_the_original_had_are_turned_back_too():
    wanted = sha256(TEXT.replace("\n", "\r\n").encode()).hexdigest()
    assert how_changed(TEXT.encode(), wanted) == "its line ends were changed from CRLF to LF"


def test_two_hashes_never_look_the_same():
    one, other = apart("ab" * 32, "ab" * 31 + "ac")
    assert one != other
    assert len(apart("ab" * 32, "ab" * 10 + "00" * 22)[0]) == 21 + 4

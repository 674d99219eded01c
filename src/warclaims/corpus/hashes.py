"""Explain how a file differs from the one that had a certain hash."""

from __future__ import annotations

import re
from hashlib import sha256
from os.path import commonprefix
from typing import TYPE_CHECKING

from warclaims.findings import shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHOWN = 12
"""Digits of a hash that are shown, unless two differ only later."""

_LATER = 4
"""At least so many digits are shown after those that two hashes have in common."""

_MARK = b"\xef\xbb\xbf"
_ENCODINGS = ("utf-16", "cp1252", "cp1251", "mac-roman", "koi8-r")
_LINE_ENDS = {b"\n": "LF", b"\r\n": "CRLF", b"\r": "CR"}


def alike(one: str, other: str) -> int:
    """How many characters two words have in common before they first differ."""
    return len(commonprefix([one, other]))  # noqa: RUF071 - characters are what is compared


def apart(one: str, other: str) -> tuple[str, str]:
    """The first digits of two hashes, as many as show that they differ.

    >>> apart("0123456789abcdef", "0123456789abcdee")
    ('0123456789abcdef', '0123456789abcdee')
    >>> apart("0" * 64, "1" * 64)
    ('000000000000…', '111111111111…')
    """
    shown = max(_SHOWN, alike(one, other) + _LATER)
    return shorten(one, shown + 1), shorten(other, shown + 1)


def how_changed(data: bytes, wanted: str) -> str | None:
    r"""How a file that had the SHA-256 ``wanted`` was changed, if no word was.

    Tries to undo changes of line ends, byte-order mark, last line break and encoding, alone and
    together; ``None`` if none of these gives the hash.

    >>> how_changed(b"\xef\xbb\xbfone\r\n", sha256(b"one\n").hexdigest())
    'a byte-order mark was added, and its line ends were changed from LF to CRLF'
    """
    for before, changes in _undone(data):
        if changes and sha256(before).hexdigest() == wanted:
            *first, last = changes
            return f"{', '.join(first)}, and {last}" if first else last
    return None


def _undone(data: bytes) -> Iterator[tuple[bytes, list[str]]]:
    """What ``data`` may have been, and the changes since, the most likely first."""
    found = set(re.findall(rb"\r\n|\n|\r", data)) or {b"\n"}
    ends = "a mixture" if len(found) > 1 else _LINE_ENDS[found.pop()]
    for text, encoded in _decoded(data):
        plain = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        for whole, cut in (
            (plain, []),
            (plain + b"\n", ["the line break at its end was removed"]),
            (plain.removesuffix(b"\n"), ["a line break was added at its end"]),
        ):
            for line_end, name in _LINE_ENDS.items():
                turned = [f"its line ends were changed from {name} to {ends}"] * (name != ends)
                yield whole.replace(b"\n", line_end), [*encoded, *cut, *turned]


def _decoded(data: bytes) -> Iterator[tuple[bytes, list[str]]]:
    """``data`` as UTF-8 without a mark, read in each encoding that it may have been saved in."""
    bare = data.removeprefix(_MARK)
    try:
        bare.decode()
    except UnicodeDecodeError:
        for encoding in _ENCODINGS:
            try:
                text = data.decode(encoding).encode()
            except UnicodeError:
                continue
            yield text, [f"it was saved as {encoding} instead of UTF-8"]
    else:
        yield bare, ["a byte-order mark was added"] if bare != data else []
        if bare == data:
            yield _MARK + data, ["its byte-order mark was removed"]

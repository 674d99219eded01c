"""How a text differs from the one that a hash stands for."""

from __future__ import annotations

from hashlib import sha256
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHOWN = 12
"""Digits of a hash that are shown, unless two differ only later."""

_LATER = 4
"""Digits that are shown from the first on in which two hashes differ, if that comes late."""

_MARK = b"\xef\xbb\xbf"
_ENCODINGS = ("utf-16", "cp1252", "cp1251", "mac-roman", "koi8-r")
_LINE_ENDS = {b"\n": "LF", b"\r\n": "CRLF", b"\r": "CR"}


def alike(one: str, other: str) -> int:
    """How many characters two words have in common before they first differ."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def apart(one: str, other: str) -> tuple[str, str]:
    """The first digits of two hashes, as many as show that they differ.

    >>> apart("0123456789abcdef", "0123456789abcdee")
    ('0123456789abcdef', '0123456789abcdee')
    >>> apart("0" * 64, "1" * 64)
    ('000000000000…', '111111111111…')
    """
    same = alike(one, other)
    shown = _SHOWN if same < _SHOWN else same + _LATER
    return _cut(one, shown), _cut(other, shown)


def _cut(digits: str, shown: int) -> str:
    return digits if len(digits) <= shown else f"{digits[:shown]}…"


def how_changed(data: bytes, wanted: str) -> str | None:
    r"""What was done to a file that had the SHA-256 ``wanted``, if no word was touched.

    Line ends, a byte-order mark, the line break at the end and the encoding are turned back, alone
    and together; null if nothing of this gives the hash.

    >>> how_changed(b"\xef\xbb\xbfone\r\n", sha256(b"one\n").hexdigest())
    'a byte-order mark was put before it, and its line ends were changed from LF to CRLF'
    """
    for before, what in _undone(data):
        if sha256(before).hexdigest() == wanted:
            return " and ".join([", ".join(what[:-1]) + ",", what[-1]] if what[1:] else what)
    return None


def _undone(data: bytes) -> Iterator[tuple[bytes, list[str]]]:
    """What ``data`` may have been, and what was then done to it; the likeliest first."""
    ends = _line_end(data)
    for (text, decoded), at_end in product(_decoded(data), ("", "lost", "added")):
        what = list(decoded)
        plain = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        if at_end == "lost":
            plain += b"\n"
            what.append("the line break at its end was taken away")
        elif at_end:
            if not plain.endswith(b"\n"):
                continue
            plain = plain[:-1]
            what.append("a line break was put at its end")
        if what:
            yield (plain if ends == "LF" else plain.replace(b"\n", _break(ends))), what
        for line_end, name in _LINE_ENDS.items():
            if name != ends:
                told = f"its line ends were changed from {name} to {ends}"
                yield plain.replace(b"\n", line_end), [*what, told]


def _break(name: str) -> bytes:
    return next((end for end, called in _LINE_ENDS.items() if called == name), b"\n")


def _line_end(data: bytes) -> str:
    """The line ends of ``data`` by name."""
    pairs = data.count(b"\r\n")
    alone, returns = data.count(b"\n") - pairs, data.count(b"\r") - pairs
    if pairs + returns == 0:
        return "LF"
    if alone + returns == 0:
        return "CRLF"
    return "CR" if alone + pairs == 0 else "a mixture"


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
        yield bare, ["a byte-order mark was put before it"] if bare != data else []
        if bare == data:
            yield _MARK + data, ["the byte-order mark before it was taken away"]

"""Changes that nobody thought about: bytes and tokens of a bundle altered by chance.

Most make a bundle wrong, some leave what it says as it was. They are for holding two answers about
the same bytes against each other.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING

from support.mutation import NoPlace

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|-?[0-9][0-9.eE+-]*|true|false|null|[\[\]{},:]')
_STRING = re.compile(rb'"((?:[^"\\]|\\.)*)"')
_INTEGER = re.compile(rb"(?<=: )-?[0-9]+(?=[,}\]])|(?<=:)-?[0-9]+(?=[,}\]])")
_KEY = re.compile(rb'"(\w+)"(?=\s*:)')
_PAIR = re.compile(rb'"\w+":\s*(?:"(?:[^"\\]|\\.)*"|-?[0-9.]+|true|false|null|\[\])')
_LETTER = re.compile(rb"(?<!\\)[A-Za-z]")

BLIND: list[Callable[[bytes, Random], bytes]] = []


def blind(change: Callable[[bytes, Random], bytes]) -> Callable[[bytes, Random], bytes]:
    """Register a change."""
    BLIND.append(change)
    return change


def _cut(data: bytes, match: re.Match[bytes], new: bytes, group: int = 0) -> bytes:
    return data[: match.start(group)] + new + data[match.end(group) :]


def _one(random: Random, pattern: re.Pattern[bytes], data: bytes) -> re.Match[bytes]:
    """A match near a place drawn by chance: quicker than looking for all of them."""
    start = random.randrange(len(data))
    found = pattern.search(data, data.rfind(b'{"', 0, start) if start else 0)
    found = found or pattern.search(data)
    if found is None:
        raise NoPlace
    return found


@blind
def bit_flipped(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << random.randrange(8))]) + data[at + 1 :]


@blind
def byte_replaced(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data))
    return data[:at] + bytes([random.randrange(256)]) + data[at + random.randrange(2) :]


@blind
def bytes_deleted(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data))
    return data[:at] + data[at + random.choice((1, 1, 2, 5, 50)) :]


@blind
def bytes_repeated(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data))
    return data[: at + random.choice((1, 1, 2, 8, 80))] + data[at:]


@blind
def token_deleted(data: bytes, random: Random) -> bytes:
    return _cut(data, _one(random, _TOKEN, data), b"")


@blind
def token_repeated(data: bytes, random: Random) -> bytes:
    match = _one(random, _TOKEN, data)
    return _cut(data, match, match[0] + random.choice((b"", b" ", b",")) + match[0])


@blind
def tokens_swapped(data: bytes, random: Random) -> bytes:
    one, other = sorted(
        (_one(random, _TOKEN, data), _one(random, _TOKEN, data)), key=lambda match: match.start()
    )
    if one.end() > other.start() or one[0] == other[0]:
        raise NoPlace
    between = data[one.end() : other.start()]
    return data[: one.start()] + other[0] + between + one[0] + data[other.end() :]


@blind
def strings_swapped(data: bytes, random: Random) -> bytes:
    one, other = sorted(
        (_one(random, _PAIR, data), _one(random, _PAIR, data)), key=lambda match: match.start()
    )
    first, second = one[0].split(b":", 1), other[0].split(b":", 1)
    if one.end() > other.start() or first[1] == second[1]:
        raise NoPlace
    between = data[one.end() : other.start()]
    head = data[: one.start()] + first[0] + b":" + second[1]
    return head + between + second[0] + b":" + first[1] + data[other.end() :]


@blind
def integer_moved(data: bytes, random: Random) -> bytes:
    match = _one(random, _INTEGER, data)
    value = int(match[0])
    return _cut(data, match, b"%d" % random.choice((value + 1, value - 1, -value, value * 10)))


@blind
def integer_written_otherwise(data: bytes, random: Random) -> bytes:
    match = _one(random, _INTEGER, data)
    digits = match[0]
    forms = (
        digits + b".0", digits + b"e0", digits + b"E+0", b"0" + digits, b"+" + digits,
        digits + b".", digits + b".5", digits + b"e1", digits + b"0e-1", b"-0", b"-0.0", b"1e2",
        b"5.0", b"1e400", b"9" * 30, b"9" * 5000, b"-1", b'"' + digits + b'"',
        digits + b".0000000000000000001", b"0x1", digits + b"_0", b"true", b"null", b"1E400",
        b"-9" * 1, b"2147483648", b"9007199254740993",
    )  # fmt: skip
    return _cut(data, match, random.choice(forms))


@blind
def case_changed(data: bytes, random: Random) -> bytes:
    match = _one(random, _LETTER, data)
    return _cut(data, match, match[0].swapcase())


@blind
def letter_escaped(data: bytes, random: Random) -> bytes:
    match = _one(random, _STRING, data)
    inside = match[1]
    if not inside or not inside[:1].isascii() or inside[:1] in b'"\\':
        raise NoPlace
    form = random.choice((b"\\u%04x", b"\\u%04X", b"\\U%04x", b"\\x%02x"))
    return _cut(data, match, form % inside[0] + inside[1:], 1)


@blind
def key_escaped(data: bytes, random: Random) -> bytes:
    match = _one(random, _KEY, data)
    return _cut(data, match, b"\\u%04x" % match[1][0] + match[1][1:], 1)


@blind
def key_changed(data: bytes, random: Random) -> bytes:
    match = _one(random, _KEY, data)
    key = match[1]
    forms = (
        key.upper(),
        key.title(),
        key + b" ",
        key[:-1],
        b"",
        key + b"\\u0000",
        b"\xc2\xa0" + key,
    )
    return _cut(data, match, random.choice((*forms, b"extra", b"__proto__")), 1)


@blind
def pair_repeated(data: bytes, random: Random) -> bytes:
    match = _one(random, _PAIR, data)
    again = match[0]
    key, value = again.split(b":", 1)
    again = random.choice(
        (
            again,
            key + b": null",
            key + b" :" + value,
            key + b"\n:" + value,
            key + b":0",
            b'"\\u%04x' % key[1] + key[2:] + b":" + value,
        )
    )
    return _cut(data, match, random.choice((match[0] + b", " + again, again + b"," + match[0])))


@blind
def object_repeated(data: bytes, random: Random) -> bytes:
    keys = (
        b"document",
        b"annotations",
        b"text",
        b"outlet",
        b"date",
        b"span",
        b"segments",
        b"actors",
    )
    key = random.choice(keys)
    empty = random.choice((b"null", b"{}", b"[]", b'""'))
    pair = b'"' + key + b'": ' + empty + b", "
    match = _one(random, re.compile(rb'(?=")'), data)
    place = random.choice((1, match.start()))
    return data[:place] + pair + data[place:]


@blind
def written_with_blanks(data: bytes, random: Random) -> bytes:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        raise NoPlace from None
    separators = random.choice(((", ", ": "), (",", ": "), (" ,", " : "), (",", ":")))
    ascii_only = random.random() < 0.5
    return json.dumps(value, ensure_ascii=ascii_only, separators=separators).encode()


@blind
def blank_put_in(data: bytes, random: Random) -> bytes:
    match = _one(random, re.compile(rb"[:,\[\]{}]"), data)
    blanks = (
        b" ",
        b"\t",
        b"\r",
        b"\n",
        b"\x0b",
        b"\x0c",
        b"\xc2\xa0",
        b"\xe2\x80\xa8",
        b"\xef\xbb\xbf",
    )
    blank = random.choice(blanks) * random.choice((1, 1, 3))
    return _cut(data, match, random.choice((blank + match[0], match[0] + blank)))


@blind
def blank_before_a_colon(data: bytes, random: Random) -> bytes:
    match = _one(random, re.compile(rb'"(?=:)'), data)
    return _cut(data, match, b'"' + random.choice((b" ", b"\t", b"\n", b"  ")))


@blind
def letter_of_another_kind(data: bytes, random: Random) -> bytes:
    match = _one(random, _STRING, data)
    words = match[1].decode(errors="replace")
    if not words:
        raise NoPlace
    at = random.randrange(len(words))
    extra = random.choice(
        ("\u200b", "\u0301", "\u00ad", "\ufeff", "\u202e", "\\u0000", "\x7f", "😀")
    )
    forms = (
        words[:at] + extra + words[at:],
        unicodedata.normalize("NFD", words),
        unicodedata.normalize("NFKC", words),
        words.replace("a", "а"),  # Cyrillic
        words.replace(" ", "\u00a0"),
        words.replace("’", "'"),
        words[:at] + "\\ud83d" + words[at:],
        words[:at] + "\\ud83d\\ude00" + words[at:],
        words + "\\",
        words[:at] + "\x01" + words[at:],
    )
    return _cut(data, match, random.choice(forms).encode(), 1)


@blind
def extra_put_in(data: bytes, random: Random) -> bytes:
    match = _one(random, re.compile(rb"\{(?=\")"), data)
    inside = random.choice(
        (
            b"{}", b'{"a": 1}', b'{"a": 1, "a": 2}', b'{"a": {"b": 1, "b": 1}}', b"null", b"[]",
            b"7", b'{"a": NaN}', b'{"a": 1e999}', b'{"a": "\\ud800"}', b'{"\\ud800": 1}',
            b'{"a": 1.5}', b'{"a": ' + b"[" * 300 + b"]" * 300 + b"}",
            b'{"a": ' + b"9" * 400 + b"}", b'{"": ""}',
            b'{"a": ' + b"[" * 2000 + b"]" * 2000 + b"}", b'{"a\\\\":1}', b'{"a": -0}',
            b'{"a": 01}',
        )
    )  # fmt: skip
    return _cut(data, match, b'{"extra": ' + inside + b", ")


@blind
def end_changed(data: bytes, random: Random) -> bytes:
    tail = random.choice((b" ", b"\n", b"\x00", b"}", b",", b"{}", b"\xef\xbb\xbf", b"//", b"\r\n"))
    at = random.randrange(1, len(data))
    utf16 = data.decode(errors="replace").encode("utf-16")
    return random.choice((data + tail, tail + data, data[:at], data[:-1], utf16))

"""Write Parquet files by hand, so that they can say what no writer would say.

Only what the tests need of the format: one column ``bundle`` of required byte arrays. Numbers and
structures are in the compact protocol of Thrift.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

MAGIC = b"PAR1"
ZSTD, UNCOMPRESSED = 6, 0
_I32, _I64, _BINARY, _LIST, _STRUCT = 5, 6, 8, 9, 12
_PLAIN, _RLE, _RLE_DICTIONARY = 0, 3, 8


class Typed(NamedTuple):
    """A value as it is written, after the number of its type."""

    kind: int
    data: bytes


def varint(number: int) -> bytes:
    """An unsigned integer, seven bits per byte."""
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])


def i32(number: int) -> Typed:
    return Typed(_I32, varint(number << 1))


def i64(number: int) -> Typed:
    return Typed(_I64, varint(number << 1))


def binary(data: bytes) -> Typed:
    return Typed(_BINARY, varint(len(data)) + data)


def many(*items: Typed) -> Typed:
    """A list of values of one type."""
    size, kind = len(items), items[0].kind
    head = bytes([size << 4 | kind]) if size < 15 else bytes([0xF0 | kind]) + varint(size)
    return Typed(_LIST, head + b"".join(item.data for item in items))


def record(**fields: Typed) -> Typed:
    """A structure; its fields are named ``f1``, ``f2`` … by their numbers."""
    out, last = bytearray(), 0
    for name, value in fields.items():
        number = int(name[1:])
        out += bytes([(number - last) << 4 | value.kind]) + value.data
        last = number
    return Typed(_STRUCT, bytes(out) + b"\0")


def value(data: bytes) -> bytes:
    """A byte array as a page holds it."""
    return struct.pack("<I", len(data)) + data


def repeated(rows: int) -> bytes:
    """The first value of the dictionary, ``rows`` times, in one run."""
    return b"\x01" + varint(rows << 1) + b"\0"


def dictionary(data: bytes, says: int) -> bytes:
    """A page with one value, which says that it takes ``says`` bytes when decompressed."""
    of_values = record(f1=i32(1), f2=i32(_PLAIN))
    return record(f1=i32(2), f2=i32(says), f3=i32(len(data)), f7=of_values).data + data


def page(data: bytes, says: int, rows: int, *, coded: bool = False) -> bytes:
    """A page of ``rows`` values, or (``coded``) of their numbers in the dictionary."""
    how = i32(_RLE_DICTIONARY if coded else _PLAIN)
    of_values = record(f1=i32(rows), f2=how, f3=i32(_RLE), f4=i32(_RLE))
    return record(f1=i32(0), f2=i32(says), f3=i32(len(data)), f5=of_values).data + data


def table(*pages: bytes, rows: int, codec: int = UNCOMPRESSED, groups: int = 1) -> bytes:
    """A file with these pages; with two, the first is the dictionary."""
    body = MAGIC + b"".join(pages)
    size = len(body) - len(MAGIC)
    first = len(MAGIC)
    coded = len(pages) > 1
    chunk = {
        **{"f1": i32(_BINARY - 2), "f2": many(i32(_PLAIN), i32(_RLE), i32(_RLE_DICTIONARY))},
        **{"f3": many(binary(b"bundle")), "f4": i32(codec), "f5": i64(rows), "f6": i64(size)},
        **{"f7": i64(size), "f9": i64(first + len(pages[0]) * coded)},
        **({"f11": i64(first)} if coded else {}),
    }
    group = record(f1=many(record(f2=i64(first), f3=record(**chunk))), f2=i64(size), f3=i64(rows))
    root = record(f4=binary(b"schema"), f5=i32(1))
    column = record(f1=i32(6), f3=i32(0), f4=binary(b"bundle"), f6=i32(0))
    groups_ = many(*[group] * groups)
    footer = record(f1=i32(1), f2=many(root, column), f3=i64(rows * groups), f4=groups_).data
    return body + footer + struct.pack("<I", len(footer)) + MAGIC

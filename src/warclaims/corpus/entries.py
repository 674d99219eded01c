"""Split a large file of entries, the index or a registry, so that limits hold for each entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

_LEAST = 24
"""Bytes per JSON object that a file of entries has at least; less is not split, since millions of
empty entries would take much memory."""


class _AnyObject(msgspec.Struct, gc=False):
    """A JSON object of which nothing is kept."""


def split_entries(data: bytes, name: str) -> tuple[bytes, Iterator[bytes]] | None:
    """The JSON ``data`` without the entries in its list ``name``, and a file for each of them.

    ``None`` if it is not JSON, or has no such list of objects.

    >>> rest, files = split_entries(b'{"schema_version": "2.0", "sides": [{"id": "a" }]}', "sides")
    >>> rest, *files
    (b'{"schema_version": "2.0", "sides": []}', b'{"schema_version":"2.0","sides":[{"id": "a" }]}')
    """
    if data.count(b"{") * _LEAST > max(len(data), 10_000):
        return None
    try:
        top = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
        listed = top[name]
        msgspec.json.decode(listed, type=list[_AnyObject])  # stops at anything else
        entries = msgspec.json.decode(listed, type=list[msgspec.Raw])
    except (msgspec.DecodeError, KeyError, RecursionError):
        return None
    version = bytes(top.get("schema_version", b"null"))
    files = (b'{"schema_version":%b,"%b":[%b]}' % (version, name.encode(), one) for one in entries)
    return data.replace(bytes(listed), b"[]", 1), files

"""Which ids and names of files can be given, and an id for a text without one."""

from __future__ import annotations

import re
import unicodedata
from itertools import count
from typing import TYPE_CHECKING

from warclaims.errors import WarclaimsError
from warclaims.records.base import ID_PATTERN

if TYPE_CHECKING:
    from collections.abc import Collection

_LONGEST = 80
"""Characters of an id that is made of a file's name."""

_PORTS = {f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"}
_DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$"} | _PORTS


def check_id(name: str, what: str = "an id") -> None:
    """Check that ``name`` can be ``what``.

    >>> check_id("dorn-1")

    Raises:
        WarclaimsError: it cannot; the message says why.
    """
    if not re.fullmatch(ID_PATTERN, name):
        raise WarclaimsError(
            f"{name!r} cannot be {what}: it takes up to 100 letters (a–z), digits, - and _, and "
            "begins with a letter or digit"
        )
    if not is_portable(name):
        raise WarclaimsError(
            f"{name!r} cannot be {what}: Windows reserves this name for a device and could not "
            "hold the files. Choose another id"
        )


def id_of_name(stem: str, taken: Collection[str], nameless: str = "text") -> str:
    """An id made of a file's name without its ending.

    What an id cannot have becomes ``-``, accents are dropped; a name that Windows reserves for a
    device gets ``-text`` at its end. If nothing is left, it is the first of ``text-1``, ``text-2``
    … that is not ``taken`` (ids in lower case); ``nameless`` is the word in place of *text*.

    >>> id_of_name("Émeutes à Dorn (2)", ()), id_of_name("Новости", {"text-1"})
    ('Emeutes-a-Dorn-2', 'text-2')
    >>> id_of_name("CON", ())
    'CON-text'
    """
    ascii_only = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", ascii_only).strip("-_")[:_LONGEST].rstrip("-_")
    if name:
        return name if is_portable(name) else f"{name}-text"
    return next(free for number in count(1) if (free := f"{nameless}-{number}") not in taken)


def is_portable(name: str) -> bool:
    """``False`` for a name that Windows reserves for a device, or whose end it cuts off.

    >>> [is_portable(name) for name in ("CON.txt", "nul", "com1.a.json", "text.", "console.txt")]
    [False, False, False, False, True]
    """
    stem = name.partition(".")[0].rstrip(" ").lower()
    return stem not in _DEVICES and not name.endswith((".", " "))

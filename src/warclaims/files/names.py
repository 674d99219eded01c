"""Names of files that every system can hold."""

from __future__ import annotations

_PORTS = {f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"}
_DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$"} | _PORTS


def is_portable(name: str) -> bool:
    """``False`` for a name that Windows reserves for a device, or whose end it cuts off.

    >>> [is_portable(name) for name in ("CON.txt", "nul", "com1.a.json", "text.", "console.txt")]
    [False, False, False, False, True]
    """
    stem = name.partition(".")[0].rstrip(" ").lower()
    return stem not in _DEVICES and not name.endswith((".", " "))

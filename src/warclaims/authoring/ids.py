"""Which ids can be given."""

from __future__ import annotations

import re

from warclaims.errors import WarclaimsError
from warclaims.files.names import is_portable
from warclaims.records.base import ID_PATTERN


def check_id(name: str, what: str = "an id") -> None:
    """See whether ``name`` can be ``what``.

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
            f"{name!r} cannot be {what}: Windows keeps this name for a device and could not hold "
            "the files. Choose another id"
        )

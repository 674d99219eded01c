"""A text that is to be added: its bytes, which must be plain UTF-8, and an id for it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING

from warclaims.corpus.grammar import wide_encoding
from warclaims.errors import WarclaimsError
from warclaims.files import FileTooLarge, read_file, reason
from warclaims.files.names import is_portable

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

_LONGEST = 80
"""Characters of an id that is made of a file's name."""

_NOT_OF_IDS = re.compile(r"[^A-Za-z0-9_-]+")


@dataclass(frozen=True)
class NewText:
    """A text to be added: where it lies, its bytes, and the same decoded."""

    path: Path
    data: bytes
    text: str

    @cached_property
    def sha256(self) -> str:
        """The hash of the bytes, as the index has it."""
        return hashlib.sha256(self.data).hexdigest()


def read_new_text(path: Path) -> NewText:
    """The text in a file, of which every byte will be kept; line ends may be of any kind.

    Raises:
        WarclaimsError: it cannot be read, is no UTF-8, begins with a byte-order mark, holds a NUL
            character, or holds no words.
    """
    try:
        data = read_file(path)
    except FileTooLarge:
        raise
    except OSError as error:
        raise WarclaimsError(f"{path} cannot be read: {reason(error)}") from None
    if data.startswith(b"\xef\xbb\xbf"):
        raise WarclaimsError(f"{path} begins with a byte-order mark; save it as UTF-8 without one")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        what = wide_encoding(data) or (
            f"is not UTF-8: byte {error.start:,} is 0x{data[error.start]:02x}"
        )
        raise WarclaimsError(f"{path} {what}; save it as UTF-8") from None
    if "\0" in text:
        at = text.index("\0")
        raise WarclaimsError(
            f"{path} holds a NUL character, the first at {at:,}: it is no plain text, or is saved "
            "as UTF-16; save it as plain text in UTF-8"
        )
    if not text.strip():
        raise WarclaimsError(
            f"{path} is empty: it holds {'only white space' if text else 'nothing'}"
        )
    return NewText(path, data, text)


def id_of_name(stem: str, taken: Collection[str]) -> str:
    """An id after the name of a file without its ending.

    What an id cannot have becomes ``-``, accents are dropped; a name that Windows keeps for a
    device gets ``-text`` at its end. A name that leaves nothing gives the first ``text-1``,
    ``text-2`` … that is not ``taken`` (ids in lower case).

    >>> id_of_name("Émeutes à Dorn (2)", ()), id_of_name("Новости", {"text-1"})
    ('Emeutes-a-Dorn-2', 'text-2')
    >>> id_of_name("CON", ())
    'CON-text'
    """
    ascii_only = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    name = _NOT_OF_IDS.sub("-", ascii_only).strip("-_")[:_LONGEST].rstrip("-_")
    if name:
        return name if is_portable(name) else f"{name}-text"
    return next(free for number in count(1) if (free := f"text-{number}") not in taken)

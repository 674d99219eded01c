"""Read a text that is to be added. It must be plain UTF-8."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from warclaims.corpus.grammar import wide_encoding
from warclaims.errors import WarclaimsError
from warclaims.files import read_file, reason

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class NewText:
    """A text to be added: its file, its bytes, and the same decoded."""

    path: Path
    data: bytes
    text: str

    @cached_property
    def sha256(self) -> str:
        """The hash of the bytes, as in the index."""
        return hashlib.sha256(self.data).hexdigest()


def text_sha256(text: str) -> str:
    """The hash of a text, as in the index."""
    return hashlib.sha256(text.encode()).hexdigest()


def read_new_text(path: Path) -> NewText:
    """The text in a file, of which every byte will be kept; line ends may be of any kind.

    Raises:
        WarclaimsError: it cannot be read, is not UTF-8, begins with a byte-order mark, has a NUL
            character, or has no words.
    """
    try:
        data = read_file(path)
    except OSError as error:
        raise WarclaimsError(f"{path} cannot be read: {reason(error)}") from None
    return new_text(path, data)


def new_text(path: Path, data: bytes) -> NewText:
    """The text in ``data``; ``path`` names it in messages, and its file in the corpus after it.

    Raises:
        WarclaimsError: as :func:`read_new_text`.
    """
    if data.startswith(b"\xef\xbb\xbf"):
        raise WarclaimsError(f"{path} begins with a byte-order mark; save it as UTF-8 without one")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        at = error.start
        what = wide_encoding(data) or f"is not UTF-8: byte {at:,} is 0x{data[at]:02x}"
        raise WarclaimsError(f"{path} {what}; save it as UTF-8") from None
    if "\0" in text:
        raise WarclaimsError(
            f"{path} has a NUL character, the first at {text.index(chr(0)):,}: it is not plain "
            "text, or is saved as UTF-16; save it as plain text in UTF-8"
        )
    if not text.strip():
        what = "only white space" if text else "no bytes"
        raise WarclaimsError(f"{path} is empty: it has {what}")
    return NewText(path, data, text)

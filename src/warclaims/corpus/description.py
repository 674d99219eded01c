"""Reading ``corpus.toml``, in which a corpus says what it is."""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING

from warclaims.corpus.reading import parse
from warclaims.errors import InvalidFile
from warclaims.files import FileTooLarge, read_file, reason
from warclaims.files.limits import MIB
from warclaims.findings import Finding
from warclaims.records import CorpusDescription

if TYPE_CHECKING:
    from warclaims.layout import Layout

MAX_DESCRIPTION = MIB
"""More is not read; a description takes some kilobytes."""

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def read_description(layout: Layout) -> CorpusDescription | None:
    """What the corpus says about itself; ``None`` if it has no ``corpus.toml``.

    Raises:
        InvalidFile: the file cannot be read, is not TOML, or has keys or values that are wrong.
    """
    file = layout.relative(layout.description)
    try:
        data = read_file(layout.description, MAX_DESCRIPTION)
    except FileNotFoundError:
        return None
    except OSError as error:
        code = "F107" if isinstance(error, FileTooLarge) else "F100"
        raise _invalid(file, code, f"cannot be read: {reason(error)}") from None
    return parse(_as_json(data, file), CorpusDescription, file)


def _as_json(data: bytes, file: str) -> bytes:
    """The TOML ``data`` as JSON, with dates as text."""
    try:
        return json.dumps(tomllib.loads(data.decode("utf-8-sig")), default=str).encode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _invalid(file, "F102", "is not UTF-8", line) from None
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        place = _PLACE.search(said)
        line = int(place[1]) if place and place[1] else data.count(b"\n") + 1
        column = int(place[2]) if place and place[2] else 1
        message = said[: place.start()] if place else said
        raise _invalid(file, "F103", f"is not TOML: {message}", line, column) from None
    except (RecursionError, ValueError):
        message = "is not TOML of use: nested too deeply, or a number of thousands of digits"
        raise _invalid(file, "F103", message) from None


def _invalid(
    file: str, code: str, message: str, line: int | None = None, column: int = 1
) -> InvalidFile:
    at = None if line is None else column
    return InvalidFile([Finding(file, "", code, message, line=line, column=at)])


def toml_string(text: str) -> str:
    """``text`` as a basic string of TOML: that of JSON, which lets one character more pass.

    >>> toml_string('a "b"')
    '"a \\\\"b\\\\""'
    """
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")

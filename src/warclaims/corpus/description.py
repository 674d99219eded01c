"""Reading ``corpus.toml``, in which a corpus says what it is."""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING

from warclaims.corpus.reading import parse
from warclaims.errors import InvalidFile
from warclaims.files import FileTooLarge, read_file, reason
from warclaims.files.limits import MAX_DESCRIPTION
from warclaims.findings import Finding
from warclaims.records import CorpusDescription

if TYPE_CHECKING:
    from warclaims.layout import Layout

MAX_DOTS = 50
"""Dots outside strings in one line: reading a key takes time with the square of its parts."""

_WORDS = re.compile(
    r"""
      [#][^\n]*                                      # a comment
    | \"{3} (?: \\. | [^\\] )*? (?: \"{3,5} | \Z )      # strings, also those without an end
    | '{3} .*? (?: '{3,5} | \Z )
    | " (?: \\. | [^"\\\n] )* "?
    | ' [^'\n]* '?
    """,
    re.DOTALL | re.VERBOSE,
)
"""What may hold any number of dots."""

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
        text = data.decode("utf-8-sig")
        _refuse_long_keys(text, file)
        return json.dumps(tomllib.loads(text), default=str).encode()
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


def _refuse_long_keys(text: str, file: str) -> None:
    bare = _WORDS.sub(lambda found: "\n" * found[0].count("\n"), text)
    for number, line in enumerate(bare.split("\n"), 1):
        if line.count(".") > MAX_DOTS:
            message = f"has more than {MAX_DOTS} dots outside strings in this line. Split the line"
            raise _invalid(file, "F103", message, number)


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

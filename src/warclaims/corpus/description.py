"""Read ``corpus.toml``, the description of a corpus."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from warclaims.corpus.grammar import invalid
from warclaims.corpus.reading import parse
from warclaims.errors import InvalidFile
from warclaims.files import FileTooLarge, read_file, reason
from warclaims.files.limits import MAX_DESCRIPTION
from warclaims.findings import shorten
from warclaims.records import CorpusDescription

if TYPE_CHECKING:
    from pathlib import Path

    from warclaims.corpus.reading import R
    from warclaims.findings import Finding
    from warclaims.layout import Layout

MAX_DOTS = 50
"""Dots outside strings in one line: the time to read a key grows with the square of its parts."""

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
"""Comments and strings, which may have any number of dots."""

_HEADER = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_. -]+?)\s*\]")
_KEY = re.compile(r"\s*([A-Za-z0-9_. -]+?)\s*=")

_EXPECTED = {
    "string": "text in quotes",
    "array": 'a list in brackets, such as ["a", "b"]',
    "object": 'a table, such as { name = "…" }',
}
"""What a value must be in TOML, by its type in JSON."""

_DATE = "a date without quotes: 2023-09-19"

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def read_description(layout: Layout) -> CorpusDescription | None:
    """The description of the corpus; ``None`` if it has no ``corpus.toml``.

    Raises:
        InvalidFile: the file cannot be read, is not TOML, or has keys or values that are wrong.
    """
    path = layout.description
    try:
        return read_toml(path, layout.relative(path), CorpusDescription)
    except FileNotFoundError:
        return None


def read_toml(path: Path, file: str, model: type[R]) -> R:
    """The record in a TOML file; ``file`` names it in findings.

    Raises:
        InvalidFile: the file cannot be read, is not TOML, or has keys or values that are wrong.
        FileNotFoundError: there is no such file.
    """
    try:
        data = read_file(path, MAX_DESCRIPTION)
    except FileNotFoundError:
        raise
    except OSError as error:
        code = "F107" if isinstance(error, FileTooLarge) else "F100"
        raise invalid(file, code, f"cannot be read: {reason(error)}") from None
    content, as_json = _read_toml(data, file)
    try:
        return parse(as_json, model, file)
    except InvalidFile as error:
        lines = _lines(data.decode("utf-8-sig"))
        raise InvalidFile([_in_toml(one, content, lines) for one in error.findings]) from None


def _in_toml(finding: Finding, content: dict[str, Any], lines: dict[str, int]) -> Finding:
    """The finding with its line, worded for TOML."""
    pointer, message = finding.pointer, finding.message
    above, _, key = pointer.rpartition("/")
    if finding.code == "S204":
        value: Any = content
        for step in pointer.split("/")[1:]:
            value = value[int(step)] if isinstance(value, list) else value[step]
        said = message.partition(";")[0]
        known = (words for kind, words in _EXPECTED.items() if said.startswith(f"must be {kind}"))
        expected = _DATE if "date" in said else next(known, _DATE)
        found = shorten(json.dumps(value, ensure_ascii=False, default=str), 60)
        what = f"an item of {above[1:]}" if key.isdecimal() else key
        message = f"{what} must be {expected}; found {found}"
    elif finding.code == "S202" and above and key in CorpusDescription.model_fields:
        table = ".".join(step for step in above[1:].split("/") if not step.isdecimal())
        message = (
            f"{key!r} is not a key of {table}. To state it of the corpus, "
            "move the line before the first line that begins with ["
        )
    place = pointer
    while place and place not in lines:
        place = place.rpartition("/")[0]
    return replace(finding, message=message, line=lines.get(place), column=1 if place else None)


def _lines(text: str) -> dict[str, int]:
    """The line of each key and table of a TOML text, by JSON Pointer."""
    found: dict[str, int] = {}
    table = ""
    for number, line in enumerate(_without_strings(text).split("\n"), 1):
        if header := _HEADER.match(line):
            table = "/" + header[2].replace(" ", "").replace(".", "/")
            if header[1] == "[[":
                table += f"/{sum(place.rpartition('/')[0] == table for place in found)}"
            found[table] = number
        elif key := _KEY.match(line):
            found.setdefault(f"{table}/{key[1].replace(' ', '').replace('.', '/')}", number)
    return found


def _read_toml(data: bytes, file: str) -> tuple[dict[str, Any], bytes]:
    """The values in the TOML ``data``, and the same as JSON, with dates as text."""
    try:
        text = data.decode("utf-8-sig")
        _refuse_long_keys(text, file)
        content = tomllib.loads(text)
        return content, json.dumps(content, default=str).encode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise invalid(file, "F102", "is not UTF-8", line) from None
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        place = _PLACE.search(said)
        line = int(place[1]) if place and place[1] else data.count(b"\n") + 1
        column = int(place[2]) if place and place[2] else 1
        message = said[: place.start()] if place else said
        raise invalid(file, "F103", f"is not TOML: {message}", line, column) from None
    except (RecursionError, ValueError):
        message = (
            "cannot be read as TOML: it is nested too deeply, or a number has thousands of digits"
        )
        raise invalid(file, "F103", message) from None


def _without_strings(text: str) -> str:
    """The TOML ``text`` with empty lines in place of strings and comments."""
    return _WORDS.sub(lambda found: "\n" * found[0].count("\n"), text)


def _refuse_long_keys(text: str, file: str) -> None:
    for number, line in enumerate(_without_strings(text).split("\n"), 1):
        if line.count(".") > MAX_DOTS:
            message = f"has more than {MAX_DOTS} dots outside strings in this line. Split the line"
            raise invalid(file, "F103", message, number)


def toml_string(text: str) -> str:
    """``text`` as a basic string of TOML: as in JSON, with one more character escaped.

    >>> toml_string('a "b"')
    '"a \\\\"b\\\\""'
    """
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")

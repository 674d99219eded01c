"""Print: text from files, servers and registries cannot control the terminal."""

from __future__ import annotations

import codecs
import json
import os
import sys
import textwrap
import unicodedata
from contextvars import ContextVar
from io import TextIOWrapper
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from rich.console import Console

_DIRECTION = (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)
"""Characters that reverse the direction of text, so that a line does not read as it is."""

_SEPARATORS = (0x2028, 0x2029)

CONTROL = dict.fromkeys((*range(32), *range(127, 160), *_SEPARATORS, *_DIRECTION), "·")
"""Control characters must not reach a terminal; each is replaced by one character."""

_ESCAPED = {at: f"\\u{at:04x}" for at in (*range(127, 160), *_SEPARATORS, *_DIRECTION)}
"""The same in JSON, where they can occur in strings only."""

_ASCII = {
    **{"≥": ">=", "≤": "<=", "≈": "~", "±": "+/-", "×": "x", "→": "->", "⟦": "[[", "⟧": "]]"},
    **{"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'"},
    **{"–": "-", "—": "-", "…": "...", "·": ".", "•": "*", "✗": "x", "✓": "ok", "κ": "kappa"},
}
"""Replacements for signs in messages where the encoding of the output lacks them."""

_quiet: ContextVar[bool] = ContextVar("quiet", default=False)


def plain(line: str) -> str:
    r"""Replace whatever a terminal, or a runner that reads logs, would obey.

    >>> plain("  ::error::\x1b[2J")
    '  :·error::·[2J'
    """
    line = line.translate(CONTROL)
    if line.lstrip().startswith("::"):
        line = line.replace("::", ":·", 1)
    return line.replace("##[", "#·[").replace("##vso[", "#·vso[")


def echo(words: object = "", *, err: bool = False, is_clean: bool = False) -> None:
    """Print lines on standard output, or on standard error if ``err``.

    They are made harmless, unless ``is_clean``: a format has already done that.
    """
    lines = str(words)
    if not is_clean:
        lines = "\n".join(map(plain, lines.split("\n")))
    print(lines, file=sys.stderr if err else sys.stdout)


def note(words: object) -> None:
    """Print a remark on standard error that no result depends on, unless the user wants quiet."""
    if not is_quiet():
        echo(words, err=True)


def be_quiet(*, quiet: bool) -> None:
    """Print no notes and no progress from now on, or print them again."""
    _quiet.set(quiet)


def is_quiet() -> bool:
    """True if no notes and no progress are to be printed."""
    return _quiet.get()


def echo_json(value: object) -> None:
    """Print ``value`` as JSON."""
    echo(json_text(value))


def echo_data(data: bytes) -> None:
    """Write ``data`` (UTF-8) to standard output as it is; to a terminal, made harmless."""
    if sys.stdout.isatty():
        echo(data.decode(errors="replace").removesuffix("\n"))
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)


def console(**options: Any) -> Console:
    """Make a console for tables and colours that prints words from anywhere harmlessly.

    Args:
        options: As for ``rich.console.Console``.
    """
    from rich.console import Console
    from rich.segment import Segment

    class HarmlessConsole(Console):
        """A console that replaces control characters in everything that it renders."""

        def render(self, *arguments: Any, **options: Any) -> Iterator[Segment]:
            begins = True
            for words, style, control in super().render(*arguments, **options):
                if control is not None:
                    yield Segment(words, style, control)
                    continue
                first, *others = words.split("\n")
                parts = [plain(first) if begins else first.translate(CONTROL), *map(plain, others)]
                begins = (begins or bool(others)) and not parts[-1].strip()
                yield Segment("\n".join(parts), style)

        def on_broken_pipe(self) -> NoReturn:
            leave_closed_pipe()

    return HarmlessConsole(**{"highlight": False, **options})


def table_console() -> Console:
    """A console as wide as the terminal, or as COLUMNS says, or wide if neither is known."""
    made = console()
    if made.is_terminal or os.environ.get("COLUMNS", "").isdigit():
        return made
    return console(width=160)


def print_indented(screen: Console, words: str, style: str = "dim", by: int = 2) -> None:
    """Print words in lines as wide as the screen, each ``by`` columns in."""
    from rich.text import Text

    for line in Text(words).wrap(screen, max(screen.width - by, 20)):
        line.rstrip()
        screen.print(Text(" " * by) + line, style=style)


def print_table(
    headings: Iterable[str], rows: Iterable[Iterable[object]], title: str | None = None
) -> None:
    """Print a table as wide as the screen; words in it are never markup, and none is cut."""
    from rich.markup import escape
    from rich.table import Table

    table = Table(title=title and escape(title), title_justify="left", title_style="bold")
    for heading in headings:
        table.add_column(escape(heading), overflow="fold")
    for row in rows:
        table.add_row(*(escape(str(cell)) for cell in row))
    table_console().print(table)


def leave_closed_pipe() -> NoReturn:
    """Exit with status 141 (SIGPIPE), as programs do when the reader of a pipe has ended."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(141)


def prepare_streams() -> None:
    """Let standard output and error replace what they cannot encode: ≥ becomes >=, é is e."""
    codecs.register_error("warclaims", _replacement)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="warclaims")


def _replacement(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    words = error.object[error.start : error.end]
    return "".join(_encodable(one, error.encoding) for one in words), error.end


def _encodable(sign: str, encoding: str) -> str:
    """A sign in other signs that an encoding has: without its accents, or as its number.

    >>> [_encodable(sign, "ascii") for sign in "≈ïД"]
    ['~', 'i', '\\\\u0414']
    """
    bare = "".join(
        one for one in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(one)
    )
    for other in (_ASCII.get(sign), bare):
        if other and other.encode(encoding, "ignore").decode(encoding) == other:
            return other
    return sign.encode("ascii", "backslashreplace").decode()


def json_text(value: Any) -> str:
    """``value`` as JSON over several lines, its texts readable but harmless."""
    return json.dumps(value, ensure_ascii=False, indent=2).translate(_ESCAPED)


def json_line(value: Any) -> str:
    """The same on one line, for records of many."""
    return json.dumps(value, ensure_ascii=False).translate(_ESCAPED)


def json_items(items: Iterable[Any], indent: int) -> Iterator[str]:
    """The items of a JSON list, each ``indent`` columns in, without the brackets; one at a time."""
    held = None
    for item in items:
        if held is not None:
            yield f"{held},"
        held = textwrap.indent(json_text(item), " " * indent)
    if held is not None:
        yield held

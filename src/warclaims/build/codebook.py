"""The block ``codebook`` of a page: every table, column and closed list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.build.tables import TABLES
from warclaims.docstrings import docstring
from warclaims.markdown import Markdown, code, escape, markdown_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from warclaims.build.columns import Column
    from warclaims.records import Lists
    from warclaims.records.vocabulary import ClosedList

_TYPES = {
    "string": "string",
    "bool": "true or false",
    "float64": "number",
    "int32": "integer",
    "int64": "integer",
}


def codebook(lists: Lists) -> str:
    """The tables with their columns, then the closed lists with ``lists``, those of the corpus."""
    tables = [
        f"## {table.name}\n\n{table.description}\n\n"
        + markdown_table(["column", "type", "meaning", "null"], _rows(table.columns))
        for table in TABLES.values()
    ]
    return "\n\n".join([*tables, "## Closed lists", *_closed_lists(lists)])


def closed_lists(columns: Iterable[Column]) -> Iterator[type[ClosedList]]:
    """The closed lists in these columns."""
    for column in columns:
        if isinstance(column.kind, tuple):
            yield from closed_lists(column.kind)
        elif not isinstance(column.kind, str):
            yield column.kind


def values(closed_list: type[ClosedList], lists: Lists) -> str:
    """A closed list with its meanings, each value under the one that it is a kind of."""
    members = lists.of(closed_list)
    known = {one.value for one in members}

    def lines(above: str | None, depth: int) -> Iterator[str]:
        for one in members:
            if (one.kind_of if one.kind_of in known else None) == above:
                yield f"{'  ' * depth}- {code(one.value)}: {escape(one.meaning)}"
                yield from lines(one.value, depth + 1)

    return "\n".join(lines(None, 0))


def _rows(columns: Iterable[Column], inside: str = "") -> Iterator[list[str]]:
    """A row per column, and below a struct one per field: ``chain.cue``."""
    for column in columns:
        name = inside + column.name
        meaning, _, null = column.meaning.rstrip(".").partition("; null ")
        yield [code(name), _type(column), _words(f"{meaning}."), _words(null or "–")]
        if isinstance(column.kind, tuple):
            yield from _rows(column.kind, f"{name}.")


def _words(declared: str) -> Markdown:
    return Markdown(declared.replace("``", "`"))


def _type(column: Column) -> Markdown:
    kind = column.kind
    if isinstance(kind, tuple):
        name = "struct"
    elif isinstance(kind, str):
        name = _TYPES[kind]
    else:
        name = f"[{kind.__name__}](#{kind.__name__.lower()})"
    return Markdown(f"list of {name}" if column.many else name)


def _closed_lists(lists: Lists) -> Iterator[str]:
    used = dict.fromkeys(one for table in TABLES.values() for one in closed_lists(table.columns))
    for one in sorted(used, key=lambda one: one.__name__):
        about = docstring(one).partition("\n\n")[0]
        yield f"### {one.__name__}\n\n{about}\n\n{values(one, lists)}"

"""Columns of the tables, taken from the models where possible, and rows written as Parquet."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from pydantic import BaseModel

from warclaims.loading import LABELS_KEY
from warclaims.records import FieldKind, FieldShape, Lists, shapes, span_end, span_start, span_text
from warclaims.records.fields import field_order

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pyarrow as pa

    from warclaims.records.vocabulary import ClosedList

LEFT_OUT = frozenset({"extra", "schema_version"})
"""Fields that are in no table: the open slot, and what is the same in every row."""

_SMALL = frozenset({"start", "end", "length", "sentence_number"})
"""Integers that fit 32 bits, as offsets do."""

_BATCH_ROWS = 2000
"""Rows held in memory at once while a table is written."""


@dataclass(frozen=True)
class Column:
    """A column of a table, or a field of a struct in one.

    Attributes:
        name: The name.
        kind: An Arrow type by name, a closed list (stored as strings), or the fields of a struct.
        meaning: What it holds, and after ``; null`` what null means, if it can be null.
        many: Whether it holds a list of such values.
    """

    name: str
    kind: str | type[ClosedList] | tuple[Column, ...]
    meaning: str
    many: bool = False


def model_columns(model: type[BaseModel]) -> tuple[Column, ...]:
    """The columns of a table whose rows are records of ``model``.

    A span ``span`` becomes ``text``, ``start``, ``end`` and ``fragments``; any other span ``cue``
    becomes ``cue``, ``cue_start``, ``cue_end`` and ``cue_fragments``. Records inside become
    structs, ids and the values of closed lists strings.
    """
    found: list[Column] = []
    for shape in shapes(model).values():
        if shape.kind is FieldKind.SPAN:
            found += _span_columns(shape)
        elif shape.name not in LEFT_OUT:
            found.append(Column(shape.name, _kind(shape), shape.meaning, shape.many))
    return tuple(found)


def model_row(record: BaseModel) -> dict[str, Any]:
    """The row of ``record``, with the columns of :func:`model_columns`."""
    row: dict[str, Any] = {}
    known = shapes(type(record))
    for name in field_order(type(record)):
        value = getattr(record, name)
        if known[name].kind is FieldKind.SPAN:
            row.update(_span_row(name, value))
        elif name not in LEFT_OUT:
            row[name] = _plain(value)
    return row


class TableWriter:
    """Writes a table as Parquet that any reader understands, some rows at a time.

    Values of closed lists are stored as strings. The metadata of the file name the values of each
    list, from which :func:`warclaims.load` makes labels. ``lists`` are the lists of the corpus; by
    default the core lists.

    Attributes:
        count: The number of rows that were added.
    """

    def __init__(
        self, target: Path | IO[bytes], columns: Iterable[Column], lists: Lists | None = None
    ) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        table = Column("", tuple(columns), "")
        metadata = {
            "huggingface": json.dumps({"info": {"features": _feature(table, None)}}),
            LABELS_KEY: json.dumps(_feature(table, lists or Lists())),
        }
        self._schema = pa.schema(_arrow_type(table), metadata=metadata)
        self._writer = pq.ParquetWriter(target, self._schema)
        self._waiting: list[dict[str, Any]] = []
        self.count = 0

    def __enter__(self) -> TableWriter:
        return self

    def __exit__(self, *error: object) -> None:
        if error[0] is None and (self._waiting or not self.count):
            self._write()
        self._writer.close()

    def add(self, rows: Iterable[dict[str, Any]]) -> None:
        """Add rows after those that are there."""
        for row in rows:
            self._waiting.append(row)
            self.count += 1
            if len(self._waiting) == _BATCH_ROWS:
                self._write()

    def _write(self) -> None:
        import pyarrow as pa

        self._writer.write_table(pa.Table.from_pylist(self._waiting, schema=self._schema))
        self._waiting = []


def write_rows(
    target: Path | IO[bytes],
    columns: Iterable[Column],
    rows: Iterable[dict[str, Any]],
    lists: Lists | None = None,
) -> int:
    """Write a whole table, as :class:`TableWriter` does; the number of rows."""
    with TableWriter(target, columns, lists) as table:
        table.add(rows)
    return table.count


def arrow_table(columns: Iterable[Column], rows: Iterable[dict[str, Any]]) -> pa.Table:
    """A table in memory. Values of closed lists are stored as strings."""
    import pyarrow as pa

    schema = pa.schema(_arrow_type(Column("", tuple(columns), "")))
    return pa.Table.from_pylist(list(rows), schema=schema)


def _kind(shape: FieldShape) -> str | type[ClosedList] | tuple[Column, ...]:
    if shape.record is not None:
        return model_columns(shape.record)
    if shape.choices is not None:
        return shape.choices
    if shape.kind is FieldKind.INTEGER:
        return "int32" if shape.name in _SMALL else "int64"
    return {FieldKind.NUMBER: "float64", FieldKind.FLAG: "bool"}.get(shape.kind, "string")


def _span_names(name: str) -> tuple[str, str, str, str]:
    if name == "span":
        return "text", "start", "end", "fragments"
    return name, f"{name}_start", f"{name}_end", f"{name}_fragments"


def _span_columns(shape: FieldShape) -> Iterable[Column]:
    text, start, end, fragments = _span_names(shape.name)
    pieces = (
        Column("start", "int32", "Offset of the piece's first code point."),
        Column("end", "int32", "Offset after its last code point."),
        Column("text", "string", "Its words."),
    )
    meaning = f"The pieces of {text}, in text order: several if it is discontinuous."
    null = f"; null if {text} is null" if shape.nullable else ""
    yield Column(text, "string", shape.meaning)
    yield Column(start, "int32", f"Offset of the first code point of {text}{null}.")
    yield Column(end, "int32", f"Offset after the last code point of {text}{null}.")
    yield Column(fragments, pieces, meaning, many=True)


def _span_row(name: str, span: Any) -> dict[str, Any]:
    text, start, end, fragments = _span_names(name)
    if span is None:
        return {text: None, start: None, end: None, fragments: []}
    pieces = [{"start": one.start, "end": one.end, "text": one.text} for one in span]
    return {
        text: span_text(span),
        start: span_start(span),
        end: span_end(span),
        fragments: pieces,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return model_row(value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, str) else value


def _arrow_type(column: Column) -> Any:
    import pyarrow as pa

    kind = column.kind
    if isinstance(kind, tuple):
        inner = pa.struct([(one.name, _arrow_type(one)) for one in kind])
    else:
        inner = pa.type_for_alias(kind if isinstance(kind, str) else "string")
    return pa.list_(inner) if column.many else inner


def _feature(column: Column, lists: Lists | None) -> dict[str, Any]:
    """The column as ``datasets`` describes it, closed lists as labels if ``lists`` are given."""
    kind = column.kind
    inner: dict[str, Any]
    if isinstance(kind, tuple):
        inner = {one.name: _feature(one, lists) for one in kind}
    elif isinstance(kind, str) or lists is None:
        inner = {"dtype": kind if isinstance(kind, str) else "string", "_type": "Value"}
    else:
        inner = {"names": [member.value for member in lists.of(kind)], "_type": "ClassLabel"}
    return {"feature": inner, "_type": "List"} if column.many else inner

"""Check and annotate bundles and list their claims in Arrow tables, for engines of batches.

The functions depend on their arguments only. They can be pickled, as can the second argument, which
is what :func:`warclaims.known_ids` returns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from warclaims.build.columns import Column, arrow_table, model_columns, model_row
from warclaims.corpus import Registries
from warclaims.corpus.reading import parse
from warclaims.corpus.shards.table import COLUMN
from warclaims.corpus.shards.table_process import json_rows, trouble
from warclaims.corpus.shards.typed import open_fields
from warclaims.derive import document_claims
from warclaims.errors import WarclaimsError
from warclaims.files.limits import MAX_BUNDLE
from warclaims.records import Bundle, Claim
from warclaims.validation.bundles.checking import check_one

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pyarrow as pa

    from warclaims.findings import Finding
    from warclaims.systems import TextToAnnotate
    from warclaims.validation.known import KnownIds

_ROW = Column("row", "int64", "Number of the bundle in the table, from 1.")

FINDING_COLUMNS = (
    _ROW,
    Column("document", "string", "Id of the document; null if it cannot be read."),
    Column("code", "string", "The rule, as in docs/rules.md."),
    Column("severity", "string", "``error``, ``warning`` or ``information``."),
    Column("pointer", "string", "JSON Pointer into the bundle."),
    Column("message", "string", "What is wrong."),
    Column("start", "int32", "Offset of the first code point of the text; null if none."),
    Column("end", "int32", "Offset after the last code point; null if none."),
    Column("text", "string", "The words of the text that it is about; null if none."),
)

CLAIM_COLUMNS = model_columns(Claim)


def check_table(bundles: pa.Table, known: KnownIds) -> pa.Table:
    """Find what is wrong with a table of bundles, each on its own: one row per finding.

    ``bundles`` has a column ``bundle`` of JSON (binary or text), or the typed columns ``document``,
    ``text`` and ``annotations`` of the Parquet files that ``warclaims export bundles`` writes. The
    result has the columns
    ``row`` (of the table, from 1), ``document``, ``code``, ``severity``, ``pointer``, ``message``,
    ``start``, ``end`` (code points of the text) and ``text`` (the words there). Waived findings are
    left out. Whether two bundles are of one document is not checked; ``warclaims validate`` does.

    >>> import pyarrow, warclaims
    >>> bundles = pyarrow.table({"bundle": [b'{"document": {']})
    >>> found = warclaims.check_table(bundles, warclaims.known_ids())
    >>> found.select(["row", "code", "severity"]).to_pylist()
    [{'row': 1, 'code': 'F103', 'severity': 'error'}]

    Raises:
        WarclaimsError: no column ``bundle``, or a check failed because of a bug.
    """

    def rows() -> Iterator[dict[str, Any]]:
        for row, _, findings in _checked(bundles, known):
            for one in findings:
                cells = {column.name: getattr(one, column.name, None) for column in FINDING_COLUMNS}
                yield {**cells, "row": row, "text": one.context and one.context.words}

    return arrow_table(FINDING_COLUMNS, rows())


def claims_table(bundles: pa.Table, known: KnownIds) -> pa.Table:
    """The claims in a table of bundles, with the columns of the table ``claims`` except ``fold``.

    ``bundles`` is as for :func:`check_table`. A bundle with errors has no claims here, since what
    is derived from it would mislead; :func:`check_table` lists the errors.

    >>> import pyarrow, warclaims
    >>> corpus = warclaims.open()
    >>> lines = [bundle.model_dump_json() for bundle in corpus.bundles()]
    >>> claims = warclaims.claims_table(pyarrow.table({"bundle": lines}), warclaims.known_ids())
    >>> claims.num_rows == len(warclaims.claims())
    True

    Raises:
        WarclaimsError: as :func:`check_table`.
    """
    entries: Mapping[str, Any] = known.registries
    registries = Registries(**entries, lists=known.lists)

    def rows() -> Iterator[dict[str, Any]]:
        for _, data, findings in _checked(bundles, known):
            if all(finding.is_warning for finding in findings):
                bundle = parse(data, Bundle, COLUMN, known.schema_of_bundles)
                yield from map(model_row, document_claims(bundle, registries))

    return arrow_table(CLAIM_COLUMNS, rows())


def suggest_table(
    bundles: pa.Table, known: KnownIds, system: str = "rules", made: str | None = None
) -> pa.Table:
    """Let a system annotate a table of bundles: a table with other annotations in its ``bundle``.

    ``bundles`` is as for :func:`check_table`; only document and text of each bundle are read.
    ``system`` and ``made`` are as for :func:`warclaims.suggest`. The result has one row per row,
    and a column ``bundle`` of JSON.

    >>> import pyarrow, warclaims
    >>> lines = [bundle.model_dump_json() for bundle in warclaims.open().bundles()]
    >>> found = warclaims.suggest_table(pyarrow.table({"bundle": lines}), warclaims.known_ids())
    >>> found.num_rows, found.column_names
    (5, ['bundle'])

    Raises:
        WarclaimsError: no column ``bundle``, a row without document or text, or as
            :func:`warclaims.suggest`.
    """
    import pyarrow as pa

    from warclaims.systems import load_system, suggestions

    entries: Mapping[str, Any] = known.registries
    registries = Registries(**entries, lists=known.lists)
    found = suggestions(load_system(system), _texts(bundles), registries, made)
    lines = [one.bundle.model_dump_json().encode() for one in found]
    return pa.table({COLUMN: pa.array(lines, pa.binary())})


def _texts(bundles: pa.Table) -> Iterator[TextToAnnotate]:
    """The texts of bundles.

    Raises:
        WarclaimsError: a row has no document, or no text.
    """
    from warclaims.systems.sharded import text_of

    for number, data in enumerate(_rows(bundles), 1):
        text = text_of(bytes(data))
        if text is None:
            raise WarclaimsError(
                f"Row {number} of the table of bundles has no document with a text. Find out "
                "what is wrong with: warclaims validate FILE"
            )
        yield text


def _checked(bundles: pa.Table, known: KnownIds) -> Iterator[tuple[int, bytes, list[Finding]]]:
    """The number, the JSON and the findings of each bundle that is not empty.

    Raises:
        WarclaimsError: as :func:`check_table`.
    """
    for number, data in enumerate(_rows(bundles), 1):
        is_read = len(data) <= MAX_BUNDLE
        checked = check_one(bytes(data) if is_read else len(data), known, COLUMN, number)
        if checked:
            yield number, bytes(data), checked.findings


def _rows(bundles: pa.Table) -> Iterator[bytes | memoryview]:
    """The JSON of each bundle.

    Raises:
        WarclaimsError: the table has no bundles.
    """
    if problem := trouble(bundles.schema, COLUMN):
        raise WarclaimsError(f"The table of bundles {problem}.")
    yield from json_rows(bundles, COLUMN, open_fields())

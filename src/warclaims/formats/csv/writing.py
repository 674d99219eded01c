"""Write rows as CSV that a spreadsheet opens without running any of it."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Any

from warclaims.derive import claims
from warclaims.files import write_bytes
from warclaims.output import echo_data
from warclaims.records import Claim
from warclaims.records.fields import field_order
from warclaims.wording import group_in_words, other_reading, worded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from warclaims.corpus import Corpus
    from warclaims.records import Bundle

_FORMULA_STARTS = ("=", "+", "-", "@", "|", "%", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the start of a formula (OWASP, *CSV Injection*)."""

_COLUMNS = [name for name in field_order(Claim) if name != "extra"]

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
"""By this spreadsheets know that a file is UTF-8."""

SEPARATOR = "; "
"""Separates the members of a list."""


def export_file(bundles: Iterable[Bundle], corpus: Corpus, path: Path | None) -> int:
    """Write the claims of ``bundles`` to ``path``, or print them; returns their number."""
    found = claims(bundles, corpus.registries)
    write_spreadsheet(claims_csv(found), path)
    return len(found)


def write_spreadsheet(data: bytes, path: Path | None) -> None:
    """Write CSV to ``path`` with a byte order mark, which spreadsheets need; or print it."""
    if path is None:
        echo_data(data)
    else:
        write_bytes(path, BYTE_ORDER_MARK + data)


def claims_csv(claims: Iterable[Claim]) -> bytes:
    """``claims`` as CSV, one per line."""
    return csv_bytes(_COLUMNS, map(_claim_cells, claims))


def csv_bytes(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """``rows`` as CSV with ``columns`` as the header (RFC 4180).

    A cell that a spreadsheet would take for a formula (it begins with ``=``, ``+``, ``-``, ``@``, a
    tab …) gets a leading apostrophe.
    """
    page = StringIO(newline="")
    writer = csv.DictWriter(page, columns)
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return page.getvalue().encode()


def _claim_cells(claim: Claim) -> dict[str, Any]:
    cells = {name: getattr(claim, name) for name in _COLUMNS}
    return {
        **cells,
        "chain": " → ".join(map(worded, claim.chain)),
        "fraction": f"{share.numerator}/{share.denominator}" if (share := claim.fraction) else None,
        "groups": [group_in_words(group) for group in claim.groups],
        "alternatives": [other_reading(one) for one in claim.alternatives],
    }


def _cell(value: Any) -> Any:
    """A value as text or number: lists joined, the start of a formula quoted."""
    if isinstance(value, list | tuple):
        value = SEPARATOR.join(map(str, value))
    if isinstance(value, str):
        value = str(value)
        return f"'{value}" if value.startswith(_FORMULA_STARTS) else value
    return value

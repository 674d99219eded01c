"""Write rows as CSV that a spreadsheet opens without running any of it."""

from __future__ import annotations

import csv
from collections import defaultdict
from io import StringIO
from itertools import chain
from typing import TYPE_CHECKING, Any

from warclaims.derive.attribution import AttributionTree
from warclaims.derive.claims import document_claims
from warclaims.formats.exporting import write_file
from warclaims.records import Casualty, Claim, shapes
from warclaims.records.fields import field_order
from warclaims.wording import group_in_words, other_reading, worded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from warclaims.corpus import Corpus
    from warclaims.records import Bundle

_FORMULA_STARTS = ("=", "+", "-", "@", "|", "%", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the start of a formula (OWASP, *CSV Injection*)."""

_COLUMNS = [name for name in field_order(Claim) if name != "extra"]

_OF_CASUALTIES = {*shapes(Casualty)} - {"score", "extra"}

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
"""By this spreadsheets know that a file is UTF-8."""

SEPARATOR = "; "
"""Separates the members of a list."""


def export_file(bundles: Iterable[Bundle], corpus: Corpus, path: Path | None) -> int:
    """Write the claims of ``bundles`` to ``path``, or print them; returns their number.

    One document is held at a time.
    """
    count = 0

    def pieces() -> Iterator[bytes]:
        nonlocal count
        yield claims_csv([])
        for bundle in bundles:
            found = document_claims(bundle, corpus.registries)
            count += len(found)
            yield claims_csv(found).partition(b"\r\n")[2]

    write_spreadsheet(pieces(), path)
    return count


def held_fields(bundle: Bundle) -> Mapping[str, set[str]]:
    """The fields that are in the claims, by the id of the record.

    Of attributions around a claim the source and the cue, of the innermost more; of actors the
    words and the entity, if a claim names them as source or perpetrator.
    """
    annotations = bundle.annotations
    entities = {mention.id: mention.entity for mention in annotations.actors}
    held: defaultdict[str, set[str]] = defaultdict(set)
    tree = AttributionTree(annotations.attributions)
    chains = tree.chains({one.id: one.span for one in annotations.casualties})
    for casualty in annotations.casualties:
        held[casualty.id] |= _OF_CASUALTIES
        if casualty.perpetrator:
            held[casualty.perpetrator] |= {"span", "entity"}
        chain = chains[casualty.id]
        for attribution in chain:
            held[attribution.id] |= {"source", "cue"}
            for name in attribution.source:
                held[name].add("span")
        if chain:
            innermost = chain[-1]
            held[innermost.id].add("commitment")
            givers = {entities[name]: name for name in reversed(innermost.source)}
            for name in givers.values():
                held[name].add("entity")  # of several with one entity, the first gives it
            if innermost.inferred_source not in givers:
                held[innermost.id].add("inferred_source")
    return held


def write_spreadsheet(pieces: Iterable[bytes], path: Path | None) -> None:
    """Write CSV to ``path`` with a byte order mark, which spreadsheets need; or print it."""
    mark = [] if path is None else [BYTE_ORDER_MARK]
    write_file((("", piece) for piece in chain(mark, pieces)), path)


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
        "groups": [group_in_words(group) or "unspecified" for group in claim.groups],
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

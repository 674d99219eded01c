"""The data behind the pages, as files beside them: claims, accounts, comparisons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.corpus.canonical import to_plain
from warclaims.formats.csv.comparisons import accounts_csv, rows_csv
from warclaims.formats.csv.writing import BYTE_ORDER_MARK, claims_csv
from warclaims.output import json_line
from warclaims.report.site import ReportPage, Site

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warclaims.records import Bundle, Claim, Record
    from warclaims.report.compared_group import ComparedGroup


class Downloads(ReportPage):
    """Files of the data, to which the records of each text and of each group of events go."""

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self._has_records: set[str] = set()
        empty = {
            "claims": claims_csv([]),
            "accounts": accounts_csv([]),
            "comparisons": rows_csv([], []),
        }
        for name, header in empty.items():
            site.file(f"data/{name}.csv", BYTE_ORDER_MARK + header)
            site.file(f"data/{name}.json", b"[")

    def add(self, bundle: Bundle, claims: list[Claim]) -> None:
        """Add the claims of a text."""
        self._add("claims", claims, claims_csv(claims))

    def add_group(self, group: ComparedGroup) -> None:
        """Add the accounts and comparisons of a group of events."""
        accounts = list(group.compared.accounts.values())
        rows = [row for rows in group.compared.rows.values() for row in rows]
        self._add("accounts", accounts, accounts_csv(accounts))
        self._add("comparisons", rows, rows_csv(rows, accounts))

    def _add(self, name: str, records: Sequence[Record], table: bytes) -> None:
        _, _, rows = table.partition(b"\r\n")
        self._site.append(f"data/{name}.csv", rows)
        if records:
            before = b",\n" if name in self._has_records else b"\n"
            self._has_records.add(name)
            self._site.append(f"data/{name}.json", before + b",\n".join(map(_json, records)))

    def write(self) -> None:
        """Finish the files."""
        for name in ("claims", "accounts", "comparisons"):
            self._site.append(f"data/{name}.json", b"\n]\n")


def _json(record: Record) -> bytes:
    return json_line(to_plain(record)).encode()

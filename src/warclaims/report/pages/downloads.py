"""The data behind the pages, as files beside them: claims, accounts, comparisons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.corpus.canonical import to_plain
from warclaims.formats.csv.comparisons import accounts_csv, rows_csv
from warclaims.formats.csv.writing import BYTE_ORDER_MARK, claim_rows, claims_csv
from warclaims.output import json_text
from warclaims.report.site import ReportPage, Site

if TYPE_CHECKING:
    from warclaims.records import Bundle, Claim, Record

CLAIMS = "data/claims"


class Downloads(ReportPage):
    """Files of the data: claims are written text by text."""

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self._count = 0
        site.file(f"{CLAIMS}.csv", BYTE_ORDER_MARK + claims_csv([]))
        site.file(f"{CLAIMS}.json", b"[")

    def add(self, bundle: Bundle, claims: list[Claim]) -> None:
        """Add the claims of a text."""
        self._site.append(f"{CLAIMS}.csv", claim_rows(claims))
        for claim in claims:
            self._site.append(f"{CLAIMS}.json", (b",\n" if self._count else b"\n") + _json(claim))
            self._count += 1

    def write(self) -> None:
        """Finish the claims, and write the accounts and comparisons."""
        site = self._site
        site.append(f"{CLAIMS}.json", b"\n]\n")
        accounts = list(site.compared.accounts.values())
        rows = [row for rows in site.compared.rows.values() for row in rows]
        site.file("data/accounts.csv", BYTE_ORDER_MARK + accounts_csv(accounts))
        site.file("data/comparisons.csv", BYTE_ORDER_MARK + rows_csv(rows, accounts))
        for name, records in (("accounts", accounts), ("comparisons", rows)):
            site.file(f"data/{name}.json", b"[\n" + b",\n".join(map(_json, records)) + b"\n]\n")


def _json(record: Record) -> bytes:
    return json_text(to_plain(record)).encode()

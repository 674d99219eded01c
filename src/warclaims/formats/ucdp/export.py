"""Write deaths by event as rows of GED."""

from __future__ import annotations

from collections import defaultdict
from contextlib import closing
from typing import TYPE_CHECKING, Any, NamedTuple

from warclaims.accounts.comparer import compared_groups, joined, store_texts
from warclaims.derive.events import EventTree
from warclaims.formats.csv.writing import csv_bytes, write_spreadsheet
from warclaims.formats.ucdp.columns import COLUMNS
from warclaims.formats.ucdp.deaths import EventDeaths
from warclaims.formats.ucdp.parties import Parties
from warclaims.formats.ucdp.setting import when, where
from warclaims.output import echo
from warclaims.records.accounts import AccountMark
from warclaims.records.vocabulary import Outcome
from warclaims.wording import bounds_words, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from warclaims.accounts.accounts import SourceAccount
    from warclaims.accounts.comparer import ComparedScene
    from warclaims.corpus import Corpus, Registries
    from warclaims.records import Bundle, Document
    from warclaims.records.accounts import Account, Comparison, Comparisons

NOTE = (
    "note: the numbers are those of the texts, not UCDP's. docs/formats.md says how each column is "
    "filled"
)

_SEPARATOR = ";"


class UcdpTable(NamedTuple):
    """Rows, and lines on what is in none of them."""

    rows: list[dict[str, Any]]
    left_out: list[str]


def export_file(
    bundles: Iterable[Bundle], corpus: Corpus, path: Path | None, *, event: str | None = None
) -> int:
    """Write a row per event, or print them, and say what is in no row; returns the number of rows.

    With ``event``, only rows of it and its parts.
    """
    table = ucdp_table(bundles, corpus.registries, event)
    write_spreadsheet([csv_bytes(COLUMNS, table.rows)], path)
    for line in (NOTE, *table.left_out):
        echo(line, err=True)
    return len(table.rows)


def ucdp_table(
    bundles: Iterable[Bundle], registries: Registries, event: str | None = None
) -> UcdpTable:
    """A row for each event in which somebody is said to have died, in the order of the registry.

    A count is in one row at most: an event whose parts have rows has none.
    """
    documents: dict[str, Document] = {}
    with closing(store_texts(_noted(bundles, documents), registries)) as store:
        groups = list(compared_groups(store))
        found = joined(store, (one.comparisons for one in groups))
    return _EventRows(documents, registries, groups, found).built(event)


def _noted(bundles: Iterable[Bundle], documents: dict[str, Document]) -> Iterator[Bundle]:
    """The bundles, whose documents are noted."""
    for bundle in bundles:
        documents[bundle.document.id] = bundle.document
        yield bundle


class _EventRows:
    """The rows of a corpus."""

    def __init__(
        self,
        documents: Mapping[str, Document],
        registries: Registries,
        groups: Iterable[ComparedScene],
        found: Comparisons,
    ) -> None:
        self._registries = registries
        self._documents = documents
        self._scenes = {name: one.scene for one in groups for name in one.events}
        self._found = found
        self._compared: dict[str, list[Comparison]] = defaultdict(list)
        for row in found.comparisons:
            if row.outcome == Outcome.KILLED:
                self._compared[row.event].append(row)
        self._tree = EventTree(registries.events)
        self._parties = Parties(found.accounts, registries, self._tree)

    def built(self, event: str | None) -> UcdpTable:
        killed: dict[tuple[str, ...], list[Account]] = defaultdict(list)
        both = []
        for account in self._found.accounts:
            if event is not None and event not in self._around(account.events):
                continue
            if account.outcome == Outcome.KILLED and AccountMark.COMPUTED not in account.marks:
                killed[account.events].append(account)
            elif account.outcome == Outcome.KILLED_OR_INJURED:
                both.append(account)
        rows = {
            name: row
            for name in self._registries.events
            if (name,) in killed and (row := self._row(name)) is not None
        }
        wholes = {one for name in rows for one in self._tree.ancestors(name)[1:]}
        left_out = [
            *(self._whole(rows.pop(name)) for name in list(rows) if name in wholes),
            *(
                self._left_out(one, "one count of several events")
                for events, accounts in killed.items()
                if len(events) > 1
                for one in accounts
            ),
            *(self._left_out(one, "dead and injured in one number") for one in both),
        ]
        if event is None and (unlinked := self._found.unlinked):
            count = plural(len(unlinked), "count")
            left_out.append(f"in no row: {count} without an event: {', '.join(unlinked)}")
        return UcdpTable(list(rows.values()), left_out)

    def _around(self, events: Iterable[str]) -> Iterator[str]:
        for name in events:
            yield from self._tree.ancestors(name)

    def _left_out(self, account: Account, reason: str) -> str:
        number = bounds_words(account.minimum, account.maximum)
        return f"in no row: {account.id}: {number}, {self._tree.labels(account.events)} ({reason})"

    def _whole(self, row: dict[str, Any]) -> str:
        most = " or more" if row["high_is_open"] else ""
        return (
            f"in no row: {row['event']}: low {row['low']:,}, high {row['high']:,}{most}, "
            f"{self._tree.labels([row['event']])} (its parts have rows)"
        )

    def _row(self, name: str) -> dict[str, Any] | None:
        event = self._registries.events[name]
        dead = EventDeaths(name, self._scenes[name], self._compared[name])
        if not dead.accounts or not (found := dead.estimates()).high:
            return None
        sides = self._parties.of(name)
        cells = self._parties.cells(name)
        counted = {
            "deaths_a": dead.forces(sides[0]) if "side_a" in cells else None,
            "deaths_b": dead.forces(sides[1]) if "side_a" in cells else None,
            "deaths_civilians": dead.civilians(),
        }
        return {
            **dict.fromkeys(COLUMNS),
            **cells,
            **where(event, self._registries),
            **when(event, has_parts=name in self._tree.wholes),
            **self._sources(dead.accounts),
            **counted,
            "deaths_unknown": _unknown(found.best, counted.values()),
            "low": found.low,
            "best": found.best,
            "high": found.high,
            "event": name,
            "part_of": event.parent.id if event.parent else None,
            "best_reason": found.best_reason,
            "high_is_open": int(found.high_is_open),
            "soft": int(any(one.soft for one in dead.accounts)),
            "accounts": [one.id for one in dead.accounts],
        }

    def _sources(self, accounts: Sequence[SourceAccount]) -> dict[str, Any]:
        names = sorted({one.document for one in accounts})
        documents = [self._documents[name] for name in names]
        said_by = dict.fromkeys(one.source.text for one in accounts)
        return {
            "number_of_sources": len(documents),
            "source_article": _SEPARATOR.join(map(_article, documents)),
            "source_office": _SEPARATOR.join(one.outlet.value or "" for one in documents),
            "source_date": _SEPARATOR.join(one.date.value or "" for one in documents),
            "source_headline": _SEPARATOR.join(one.title or "" for one in documents),
            "source_original": _SEPARATOR.join(said_by),
        }


def _article(document: Document) -> str:
    facts = (document.outlet.value, document.date.value, document.title)
    return ",".join(fact or "" for fact in facts)


def _unknown(best: int | None, counted: Iterable[int | None]) -> int | None:
    """The dead who are in no other column, so that the four add up to ``best`` as in GED."""
    left = None if best is None else best - sum(number or 0 for number in counted)
    return None if left is None or left < 0 else left

"""Check accounts and comparisons against what a case expects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cases import Case, Expected, Told

    from warclaims.records.accounts import Account, Comparison, Comparisons

TOLD = frozenset({"disagreement", "different_kinds", "update", "not_comparable"})
"""The kinds of row that no case may have besides those it names."""


class Found:
    """The result of a comparison, with records named as the cases name them."""

    def __init__(self, case: Case, result: Comparisons) -> None:
        self.result = result
        self._documents: dict[str, str] = {}
        for text in case.corpus.texts:
            for record in text.records:
                self._documents.setdefault(record.handle, text.name)
        self._handles: dict[tuple[str, str], str] = {}
        for text in case.corpus.texts:
            placed = text_order(text)
            for number, handle in enumerate(placed, 1):
                self._handles[text.name, handle] = f"{text.name}:c{number}"

    def record(self, name: str) -> str:
        document, _, handle = name.rpartition("/")
        return self._handles[document or self._documents[handle], handle]

    def account(self, name: str) -> Account:
        """The account with these records: ``A1``, or ``A1+A2`` for a computed one."""
        records = [self.record(one) for one in name.split("+")]
        computed = len(records) > 1
        found = [
            one
            for one in self.result.accounts
            if set(records) <= set(one.records) and ("computed" in one.marks) == computed
        ]
        assert len(found) == 1, (name, [one.id for one in self.result.accounts])
        return found[0]

    def ids(self, names: set[str]) -> set[str]:
        return {self.account(name).id for name in names}


def text_order(text: Any) -> list[str]:
    """The handles in the order in which records get their ids."""
    from made_corpora import place

    spans = {one.handle: place(text.text, one.words) for one in text.records}
    order = {one.handle: number for number, one in enumerate(text.records)}
    return sorted(spans, key=lambda h: (spans[h][0][0], -spans[h][-1][1], order[h]))


def check_account(found: Found, told: Told) -> None:
    account = found.account(told.record)
    assert (account.minimum, account.maximum) == told.bounds, account
    assert account.outcome == told.outcome, account
    if told.closed is not None:
        assert account.closed is told.closed, account
    assert account.soft is told.soft, account
    assert set(account.marks) == set(told.marks), account
    if told.sources is not None:
        assert len(account.source) == told.sources, account
    kinds = {}
    for one in account.breakdown:
        name = one.kind if one.field in ("who", "age_sex") else f"{one.field}:{one.kind}"
        kinds[name] = (one.minimum, one.maximum)
    for kind, bounds in told.kinds.items():
        assert kinds.get(kind) == bounds, (kind, account.breakdown)


def check_row(found: Found, expected: Expected) -> Comparison:
    rows = [
        row
        for row in found.result.comparisons
        if (row.respect, row.kind) == (expected.respect, expected.kind)
        and row.outcome == expected.outcome
        and (expected.event is None or row.event == expected.event)
        and {frozenset(one.accounts) for one in row.positions}
        == {frozenset(found.ids(one)) for one in expected.positions}
    ]
    assert len(rows) == 1, (expected, list(found.result.comparisons))
    row = rows[0]
    if expected.kind == "update":
        assert [set(one.accounts) for one in row.positions] == [
            found.ids(one) for one in expected.positions
        ]
    assert row.soft is expected.soft, row
    assert set(row.marks) == set(expected.marks), row
    assert set(row.depends_on) == {found.record(one) for one in expected.depends_on}, row
    if expected.everywhere is not None:
        assert set(row.compatible_with_all) == found.ids(expected.everywhere), row
    if expected.values:
        assert [one.value for one in row.positions] == list(expected.values), row
    return row


def check_case(case: Case, result: Comparisons) -> None:
    found = Found(case, result)
    for told in case.accounts:
        check_account(found, told)
    rows = [check_row(found, expected) for expected in case.rows]
    others = [row for row in result.comparisons if not any(row is one for one in rows)]
    assert [row for row in others if row.kind in TOLD] == []
    assert [row for row in others if row.marks] == []
    for row in result.comparisons:
        assert len(row.reason) <= 140

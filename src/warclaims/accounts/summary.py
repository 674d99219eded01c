"""What sources disagree on, in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.records.accounts import ComparisonKind
from warclaims.wording import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warclaims.records.accounts import Comparison

_RESPECTS = {"total": "how many", "age_sex": "age and sex"}
"""The names of respects that are not words of the language."""


def disagreements(rows: Iterable[Comparison]) -> str | None:
    """What sources disagree on: each respect with its positions and how many accounts take each.

    ``None`` if they disagree on nothing.
    """
    disputed = [row for row in rows if row.kind is ComparisonKind.DISAGREEMENT]
    if not disputed:
        return None
    return f"Disagreements: {'; '.join(map(_disputed, disputed))}."


def respect_words(row: Comparison) -> str:
    """What a row compares: ``cause``, ``killed, how many``."""
    name = _RESPECTS.get(row.respect.value, row.respect.value)
    return f"{plain(row.outcome)}, {name}" if row.outcome else name


def _disputed(row: Comparison) -> str:
    values = [f"{one.value}: {len(one.accounts)}" for one in row.positions]
    doubt = ["depends on a reading"] if row.depends_on else []
    return f"{respect_words(row)} ({'; '.join(values + doubt)})"

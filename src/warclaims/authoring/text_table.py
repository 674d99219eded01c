"""Read a table of texts and what is known of them."""

from __future__ import annotations

import csv
import io
from dataclasses import fields, replace
from typing import TYPE_CHECKING

from warclaims.authoring.adding import StatedFacts
from warclaims.errors import WarclaimsError, unknown
from warclaims.files import read_words

if TYPE_CHECKING:
    from pathlib import Path

FILE = "file"
COLUMNS = (FILE, *(one.name for one in fields(StatedFacts)))
"""The columns that a table may have; only ``file`` is needed."""

_TRANSLATION = {"yes": True, "no": False}


def read_text_table(path: Path, usual: StatedFacts) -> list[tuple[Path, StatedFacts]]:
    """The file and the facts of each row of a CSV table.

    Files are named as seen from the folder of the table. Where a cell is empty, the ``usual`` fact
    counts.

    Raises:
        WarclaimsError: the table cannot be read; the message names the column or all wrong lines.
    """
    rows = csv.DictReader(io.StringIO(read_words(path).removeprefix("\ufeff")), strict=True)
    found: list[tuple[Path, StatedFacts]] = []
    problems: list[str] = []
    try:
        for name in rows.fieldnames or ():
            if name not in COLUMNS:
                raise unknown("column", name, COLUMNS)
        if FILE not in (rows.fieldnames or ()):
            raise WarclaimsError(f"the first line names no column {FILE!r}")
        for row in rows:
            try:
                found.append(_read_row(row, path.parent, usual))
            except WarclaimsError as error:
                problems.append(f"{path}, line {rows.line_num}: {error}")
    except (csv.Error, WarclaimsError) as error:
        raise WarclaimsError(f"{path}: {error}") from None
    if problems:
        raise WarclaimsError("\n".join(problems))
    return found


def _read_row(
    row: dict[str | None, str | None], folder: Path, usual: StatedFacts
) -> tuple[Path, StatedFacts]:
    if None in row:
        raise WarclaimsError("more cells than columns; quote cells that have a comma")
    stated = {key: value.strip() for key, value in row.items() if key and value and value.strip()}
    if (file := stated.pop(FILE, None)) is None:
        raise WarclaimsError("no file is named")
    if (said := stated.pop("translation", None)) is not None and said not in _TRANSLATION:
        raise WarclaimsError(f"translation is {said!r}; it is yes, no or empty")
    facts = replace(usual, **stated)  # type: ignore[arg-type]
    return folder / file, replace(facts, translation=_TRANSLATION[said]) if said else facts

"""A table that cannot be read is named, with the way to make it again."""

from __future__ import annotations

import pytest

import warclaims
from warclaims.errors import WarclaimsError


@pytest.mark.parametrize("content", [b"", b"PAR1xxx", b"PAR1" + bytes(64) + b"PAR1"])
def test_a_damaged_table(mini, content):
    table = mini / "corpus/claims.parquet"
    table.parent.mkdir(exist_ok=True)
    table.write_bytes(content)
    with pytest.raises(WarclaimsError, match=r"claims\.parquet cannot be read.* build"):
        warclaims.load("claims", mini)

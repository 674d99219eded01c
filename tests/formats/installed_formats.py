"""The formats as parameters of tests; those whose package is not installed are skipped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sizes import EVERYTHING
from warclaims.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable


def is_installed(name: str) -> bool:
    try:
        FORMATS[name].load_exporter()
    except ModuleNotFoundError:
        if EVERYTHING:
            raise
        return False
    return True


def each_format(names: Iterable[str] = FORMATS) -> list[Any]:
    return [
        pytest.param(
            name, marks=pytest.mark.skipif(not is_installed(name), reason=f"no package for {name}")
        )
        for name in names
    ]

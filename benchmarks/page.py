"""How much is measured, and how it is written down."""

from __future__ import annotations

import os
import platform
import sys
import time
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SHOWN_VERSIONS = (
    "warclaims", "ahocorasick-rs", "click", "datasets", "jinja2", "jsonschema",
    "jsonschema-rs", "msgspec", "networkx", "orjson", "pyarrow", "pydantic", "rich",
    "vl-convert-python",
)  # fmt: skip
_START = time.monotonic()


@dataclass(frozen=True)
class Scale:
    """How much is measured; ``data`` is the folder of generated bundles."""

    data: Path
    quick: bool = False

    def of(self, number: int) -> int:
        """``number``, or a tenth of it."""
        return max(1, number // 10) if self.quick else number


def progress(words: str) -> None:
    """Say what is done now, with the seconds since the start."""
    sys.stderr.write(f"[{time.monotonic() - _START:6.0f} s] {words}\n")
    sys.stderr.flush()


def table(header: list[str], rows: list[list[str]]) -> str:
    """A table in Markdown."""
    return "\n".join(
        "| " + " | ".join(row) + " |" for row in [header, ["---"] * len(header), *rows]
    )


def machine() -> str:
    """Python, the machine without its name, and the versions of what is measured."""
    versions = ", ".join(f"{name} {version(name)}" for name in SHOWN_VERSIONS)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"Python {platform.python_version()} on {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} cores, {memory:.0f} GiB of memory; {versions}."
    )

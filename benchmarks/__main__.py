"""Measure everything side by side in one run; print it and write ``benchmarks/results.md``.

``QUICK=1`` measures a tenth and writes nothing. ``LARGE=1`` adds corpora of 20,000 documents.
``BUNDLES=folder`` keeps the generated bundles in that folder and uses those that are there;
otherwise they are in a temporary one. Label Studio is measured if ``make studio-environment`` was
run, or ``WARCLAIMS_STUDIO_PYTHON`` names one.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import warclaims
from benchmarks import accounts, bulk, faults, live, ratios, reports, small, steps
from benchmarks.page import Scale, machine, progress

RESULTS = Path(__file__).with_name("results.md")


def main() -> None:
    """Measure everything."""
    quick = os.environ.get("QUICK", "") not in ("", "0")
    kept = os.environ.get("BUNDLES", "")
    if kept:
        Path(kept).mkdir(parents=True, exist_ok=True)
        page = measure(Scale(Path(kept), quick))
    else:
        with tempfile.TemporaryDirectory(prefix="warclaims-bench-") as folder:
            page = measure(Scale(Path(folder), quick))
    sys.stdout.write(page)
    if not quick:
        RESULTS.write_text(page, encoding="utf-8")


def measure(scale: Scale) -> str:
    """The page."""
    corpus = warclaims.open()
    parts = [
        "# Speed and what is found, measured in one run by `make bench`",
        machine(),
        *ratios.section(scale, corpus),
        *bulk.section(scale, corpus),
        *reports.section(scale, corpus),
        *steps.section(scale, corpus),
        *faults.section(scale, corpus),
        *small.section(scale),
        *accounts.section(scale),
        *live.section(scale, corpus),
    ]
    progress("done")
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    main()

"""The corpus itself: start-up of commands, loading a table, validating one document.

Commands run as processes of their own, in turn with a bare Python, so that what the machine does
meanwhile falls on all alike. Times are medians.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.page import Scale, progress, table

if TYPE_CHECKING:
    from collections.abc import Callable

    from warclaims.records import Document

ROUNDS = 15


def wall(command: list[str]) -> float:
    """Seconds that ``command`` takes as a process."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def commands() -> list[list[str]]:
    """Start-up: rows of what, median in milliseconds, median above bare Python, aim."""
    python = sys.executable
    warclaims = str(Path(python).with_name("warclaims"))
    measured = {
        "bare Python (`-c pass`)": ([python, "-c", "pass"], ""),
        "`import warclaims`": ([python, "-c", "import warclaims"], "under 50 above bare Python"),
        "`warclaims --help`": ([warclaims, "--help"], "under 150"),
        "`warclaims claims`": ([warclaims, "claims"], "under 500"),
    }
    times: dict[str, list[float]] = {name: [] for name in measured}
    for _ in range(ROUNDS):
        for name, (command, _) in measured.items():
            times[name].append(wall(command))
    medians = {name: statistics.median(taken) * 1000 for name, taken in times.items()}
    bare = next(iter(medians.values()))
    return [
        [name, f"{median:.0f}", f"{median - bare:.0f}", measured[name][1]]
        for name, median in medians.items()
    ]


def seconds(function: Callable[[], object]) -> float:
    """Seconds that one call takes."""
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def loading() -> list[list[str]]:
    """``warclaims.load`` once ``datasets`` has been imported."""
    import datasets  # noqa: F401

    import warclaims

    first = time.perf_counter()
    warclaims.load("claims")
    first = time.perf_counter() - first
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        warclaims.load("claims")
        times.append(time.perf_counter() - start)
    return [
        ['`warclaims.load("claims")`, first call', f"{first * 1000:.0f}", "under 60"],
        ['`warclaims.load("claims")`, later calls', f"{statistics.median(times) * 1000:.1f}", ""],
    ]


def validation() -> list[list[str]]:
    """Parsing and every rule, a document at a time, beside ``orjson.loads`` of the same bytes.

    The documents and the measured functions take turns, so that no function finds its data warm
    in the processor's cache from the call before.
    """
    import orjson

    import warclaims
    from warclaims.corpus import parse
    from warclaims.records import Annotations
    from warclaims.validation import check_annotations

    corpus = warclaims.open()
    registries = corpus.registries
    functions: dict[str, dict[str, Callable[[], object]]] = {}

    def whole(parsed: Callable[[], Annotations], document: Document, text: str) -> object:
        return check_annotations(parsed(), document, text, registries)

    for name, document in corpus.documents.items():
        data = corpus.layout.annotation_file("gold", name).read_bytes()
        text = corpus.text(name)
        parsed = partial(parse, data, Annotations, "file.json")
        functions[name] = {
            "floor": partial(orjson.loads, data),
            "pydantic": partial(Annotations.model_validate_json, data),
            "parsed": parsed,
            "whole": partial(whole, parsed, document, text),
        }
    times = {name: {what: [0.0] * 0 for what in calls} for name, calls in functions.items()}
    for _ in range(ROUNDS * 4):
        for name, calls in functions.items():
            for what, call in calls.items():
                times[name][what].append(seconds(call))
    rows = []
    for name, taken in times.items():
        median = {what: statistics.median(values) for what, values in taken.items()}
        low = median["floor"]
        size = corpus.layout.annotation_file("gold", name).stat().st_size
        ratios = [f"{median[what] / low:.1f} ×" for what in ("pydantic", "parsed", "whole")]
        rows.append([name, f"{size / 1000:.0f}", f"{low * 1000:.2f}", *ratios])
    return rows


def section(scale: Scale) -> list[str]:
    """Measure all of these."""
    progress("commands, loading, single documents")
    return [
        f"## Start-up of commands (milliseconds, wall clock, median of {ROUNDS} runs in turn)",
        table(["what", "median", "above bare Python", "aim"], commands()),
        "## Loading a table after `import datasets` (milliseconds)",
        table(["what", "time", "aim"], loading()),
        "## Full validation of one document of gold, against `orjson.loads` of the same bytes",
        "Documents and functions take turns. Repeating one call on the same bytes keeps them in "
        "the processor's cache, makes `orjson.loads` faster, and gives higher ratios (16 to 20). "
        "This is the careful path, which gives findings with their words.",
        table(
            [
                "document",
                "kB",
                "`orjson.loads`, ms",
                "pydantic alone",
                "parsed, duplicate keys refused",
                "parsed and checked by every rule",
            ],
            validation(),
        ),
    ]

"""Fuzz one target for some time: ``python tests/fuzz/run.py TARGET [SECONDS] [FOLDER]``.

What fails is kept in FOLDER (default: the working directory) as ``crash-…``; put it into
``tests/fixtures/fuzz/TARGET/`` when it is mended, and it is replayed with the tests for ever.
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

import atheris

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS), *(str(TESTS / room) for room in ("labelstudio", "studio"))]
with atheris.instrument_imports(include=["warclaims"]):
    from fuzz.seeds import seeds, spoil
    from fuzz.targets import TARGETS

LONGEST = 50_000
"""Bytes of input: enough for a few bundles, few enough to be fast."""


def _mutate(data: bytes, longest: int, seed: int) -> bytes:
    luck = random.Random(seed)
    if luck.random() < 0.5:
        spoiled = spoil(data, luck)
        if spoiled and len(spoiled) <= longest:
            return spoiled
    return atheris.Mutate(data, longest)


def main() -> None:
    """Run until the time is over or something fails."""
    name = sys.argv[1]
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    kept = Path(sys.argv[3] if len(sys.argv) > 3 else ".")
    kept.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(seeds(name)):
            Path(folder, f"seed-{number}").write_bytes(seed)
        options = [
            f"-max_total_time={seconds}",
            f"-max_len={LONGEST}",
            f"-artifact_prefix={kept}/",
            "-timeout=20",
            "-rss_limit_mb=1500",
            "-print_final_stats=1",
        ]
        atheris.Setup([sys.argv[0], *options, folder], TARGETS[name], custom_mutator=_mutate)
        atheris.Fuzz()


if __name__ == "__main__":
    main()

"""Try mutants of good input: ``python tests/soak/mutants.py TARGET FIRST NUMBER FOLDER``.

Each is made from its number alone. One that raises is kept in FOLDER; one that takes longer than
``LONGEST`` ends the process by SIGALRM, and the file ``now`` in FOLDER has its number. At the end
the peak of memory is printed, in MiB.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from pathlib import Path
from random import Random

TESTS = Path(__file__).parents[1]
LONGEST = 10
"""Seconds for one mutant."""
MEMORY = 300
"""MiB that a process may need for any of them."""
SPACE = 4 << 30
"""Bytes of addresses: what asks for more fails before the machine does."""


def mutant(target: str, number: int) -> bytes:
    """The mutant of this number."""
    from fuzz.seeds import seeds, spoil

    luck = Random(f"{target} {number}")
    return spoil(luck.choice(seeds(target)), luck)


def main(target: str, first: int, number: int, folder: Path) -> None:
    """Try the mutants of these numbers."""
    from cost import peak
    from fuzz import corpora, ledgers
    from fuzz.targets import TARGETS

    corpora.commands_on = ledgers.pulls_on = 1
    resource.setrlimit(resource.RLIMIT_AS, (SPACE, SPACE))
    now = os.open(folder / "now", os.O_WRONLY | os.O_CREAT)
    for one in range(first, first + number):
        os.pwrite(now, b"%-12d" % one, 0)
        data = mutant(target, one)
        signal.alarm(LONGEST)
        try:
            TARGETS[target](data)
            assert peak() <= MEMORY, f"{peak()} MiB"
        except BaseException:
            (folder / f"{target}-{one}").write_bytes(data)
            print(f"mutant {one} of {target}", file=sys.stderr)
            raise
        finally:
            signal.alarm(0)
    print(peak())


if __name__ == "__main__":
    sys.path[:0] = [str(TESTS), *(str(TESTS / room) for room in ("labelstudio", "studio"))]
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))

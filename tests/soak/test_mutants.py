"""Mutants of every kind of file end in a result or a clean error, within limits."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sizes import examples
from soak import mutants

TARGETS = ("index", "registry", "annotations", "edition", "answers", "ledger")
NUMBER = examples(30, 20_000)
LONGEST = 3600
"""Seconds for all mutants of a kind; each has a limit of its own."""


@pytest.mark.soak
@pytest.mark.parametrize("target", TARGETS)
def test_mutants_end_in_a_result_or_a_clean_error(target, tmp_path, count):
    done = subprocess.run(
        [sys.executable, mutants.__file__, target, "0", str(NUMBER), str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    where = f"mutant {(tmp_path / 'now').read_text()} of {target}"
    assert done.returncode != -signal.SIGALRM, f"{where}: longer than {mutants.LONGEST} s"
    assert done.returncode == 0, f"{where}: {done.stderr[-5000:]}"
    peak = int(done.stdout.split()[-1])
    assert peak <= mutants.MEMORY
    count(f"{NUMBER:,} mutants")
    count(f"{peak} MiB")


def test_a_mutant_is_the_same_each_time():
    assert mutants.mutant("index", 3) == mutants.mutant("index", 3)
    assert len({mutants.mutant("index", number) for number in range(20)}) > 15


@pytest.mark.parametrize(
    ("does", "told"),
    [
        ("[].append(1) or 1 / 0", "ZeroDivisionError"),
        ("b'x' * (400 << 20)", "MiB"),
        ("__import__('signal').pause()", "longer than"),
    ],
)
def test_what_a_mutant_may_not_do_is_noticed(does, told, tmp_path, monkeypatch):
    """The trial itself works: with a target that fails, needs much, or does not end."""
    code = (
        f"import sys; sys.path[:0] = {[str(Path(p)) for p in sys.path]!r}\n"
        "from pathlib import Path\n"
        "from fuzz.targets import TARGETS\n"
        "from soak import mutants\n"
        f"mutants.LONGEST = {1 if told == 'longer than' else mutants.LONGEST}\n"
        f"TARGETS['index'] = lambda data: {does}\n"
        f"mutants.main('index', 0, 3, Path({str(tmp_path)!r}))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    if told == "longer than":
        assert done.returncode == -signal.SIGALRM
        assert (tmp_path / "now").read_text().strip() == "0"
    else:
        assert done.returncode == 1
        assert told in done.stderr
        assert (tmp_path / "index-0").is_file()

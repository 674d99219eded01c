"""What ``make demo`` shows: one screen, in which every outlet stands beside what it reports."""

import os
import subprocess
import sys


def test_the_first_look_is_one_screen(shipped):
    shown = subprocess.run(
        [sys.executable, shipped / "examples/first_look.py"],
        env={**os.environ, "COLUMNS": "100", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout
    assert shown.startswith("Five texts, with their claims: 000 NOS (8), ")
    assert "✗ Cause: landmine (BBC News, NOS, El País) or vehicle bomb (Newsroom IN)\n" in shown
    assert "= Number of dead: 6 (BBC News, NOS, Newsroom IN); at least 6 (El País)\n" in shown
    lines = shown.splitlines()
    assert len(lines) <= 32
    assert max(map(len, lines)) <= 100

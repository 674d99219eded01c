"""Files in which nearly everything is wrong take little memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sizes import examples

SCRIPT = Path(__file__).with_name("large_records.py")


@pytest.mark.soak
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the peak includes the parent's")
def test_many_errors_take_little_memory():
    quarters = examples(1, 8)
    command = [sys.executable, str(SCRIPT), str(quarters / 4)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[-3000:]
    limit = 100 + 25 * quarters
    too_much = [line for line in run.stdout.splitlines() if int(line.split()[0]) > limit]
    assert too_much == []

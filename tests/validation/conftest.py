"""``warclaims validate`` on the small corpus."""

from __future__ import annotations

import pytest


@pytest.fixture
def run(cli, mini):
    """Run the command: exit status, output, errors."""

    def run(*arguments):
        done = cli("--corpus", mini, "validate", *arguments)
        return done.returncode, done.stdout, done.stderr

    return run

"""What is installed for the server is pinned, and nothing without a hash is fetched."""

from __future__ import annotations

import re
import stat
import sys
from typing import TYPE_CHECKING

import pytest

from warclaims.errors import WarclaimsError
from warclaims.studio import install

if TYPE_CHECKING:
    from pathlib import Path


PIN = re.compile(r"[a-z0-9._-]+==\S+(?: ; [^\\]+)? \\(?:\n    --hash=sha256:[0-9a-f]{64}(?: \\)?)+")


@pytest.fixture
def ran(tmp_path, monkeypatch) -> Path:
    """A Python that makes environments and notes what it is asked; fails at words in ``fail``."""
    noted = tmp_path / "ran"
    python = tmp_path / "python"
    python.write_text(
        "#!/bin/sh\n"
        f'echo "$@" >> {noted}\n'
        f'env | grep "^PYTHON" >> {noted}\n'
        f'if [ "$2" = venv ]; then mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; fi\n'
        f'if grep -q "$2" {tmp_path}/fail 2>/dev/null; then exit 1; fi\n'
        "exit 0\n"
    )
    python.chmod(python.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(sys, "executable", str(python))
    monkeypatch.delenv(install.VARIABLE, raising=False)
    return noted


def silent(words: str) -> None:
    """Tell nobody."""


def test_every_package_is_pinned_with_its_hashes():
    words = install.REQUIREMENTS.read_text(encoding="utf-8")
    left = PIN.sub("", words)
    assert left.strip() == ""
    assert f"label-studio=={install.VERSION} " in words
    assert len(PIN.findall(words)) > 100


def test_it_is_installed_from_the_pins_and_with_hashes_only(own, ran, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    python = install.server_python(own, silent)
    assert python == own.environment / "bin" / "python"
    steps = ran.read_text().splitlines()
    assert [step.split()[1] for step in steps] == ["venv", "pip", "pip"]
    for step in steps[1:]:
        assert "--require-hashes" in step
        assert "--no-build-isolation" in step
        assert "--no-deps" in step
    assert steps[2].endswith(f"-r {install.REQUIREMENTS}")
    tools = (own.environment / "build-tools.txt").read_text()
    assert re.findall(r"^([a-z]+)==", tools, re.MULTILINE) == ["setuptools", "wheel"]
    assert PIN.sub("", tools).strip() == ""


def test_it_is_installed_once_and_anew_when_the_pins_are_others(own, ran, tmp_path, monkeypatch):
    install.server_python(own, silent)
    ran.unlink()
    install.server_python(own, silent)
    assert not ran.exists()
    others = tmp_path / "others.txt"
    others.write_bytes(install.REQUIREMENTS.read_bytes() + b"# newer\n")
    monkeypatch.setattr(install, "REQUIREMENTS", others)
    install.server_python(own, silent)
    assert ran.exists()


@pytest.mark.parametrize("step", ["venv", "pip"])
def test_an_installation_that_failed_is_begun_again(own, ran, tmp_path, step):
    (tmp_path / "fail").write_text(step)
    with pytest.raises(WarclaimsError, match="could not be installed") as caught:
        install.server_python(own, silent)
    assert str(own.install_log) in str(caught.value)
    assert not install.is_installed(own.environment)
    (tmp_path / "fail").unlink()
    install.server_python(own, silent)
    assert install.is_installed(own.environment)


def test_an_environment_of_an_earlier_release_is_made_anew(own, ran):
    (own.environment / "bin").mkdir(parents=True)
    (own.environment / "bin" / "python").touch()
    (own.environment / ".warclaims-installed").write_text(install.VERSION)
    install.server_python(own, silent)
    assert ran.exists()


def test_workflows_name_actions_by_commit(shipped):
    used = [
        line.split("uses:")[1].split()
        for path in (shipped / ".github" / "workflows").glob("*.yml")
        for line in path.read_text().splitlines()
        if "uses:" in line
    ]
    assert used
    for action, *comment in used:
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", action), action
        assert comment[:1] == ["#"]
        assert comment[1].startswith("v")

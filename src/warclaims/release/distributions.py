"""Wheel and source archive: built twice, and installed where nothing else is."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from typing import TYPE_CHECKING

from warclaims import __version__
from warclaims.errors import WarclaimsError
from warclaims.files import read_file, workspace

if TYPE_CHECKING:
    from pathlib import Path

LOADS = """
import sys
from importlib.metadata import version
import warclaims
from warclaims.build.tables import TABLES
from warclaims.commands import main
corpus = warclaims.open()
declared = sys.argv[1]
found = {"package": version("warclaims"), "code": warclaims.__version__}
found["corpus"] = corpus.description.version
for what, is_version in found.items():
    if is_version != declared:
        sys.exit(f"the installed {what} is {is_version}, not {declared}")
if declared not in warclaims.cite():
    sys.exit("the citation does not have the version")
for name in TABLES:
    if not warclaims.load(name).num_rows:
        sys.exit(f"the table {name} is empty")
print(len(TABLES), "tables,", len(corpus.documents), "documents")
main(["validate"])
"""
"""What an installed package has to do; the argument is the declared version."""


def stated_version(root: Path) -> str:
    """The version that a wheel built now would state.

    Raises:
        WarclaimsError: ``pyproject.toml`` does not make a package.
    """
    from hatchling.metadata.core import ProjectMetadata
    from hatchling.plugin.manager import PluginManager

    try:
        return str(ProjectMetadata(str(root), PluginManager()).version)
    except Exception as error:  # hatchling raises what its plugins raise
        raise WarclaimsError(f"pyproject.toml does not make a package: {error}") from None


def built_twice(root: Path) -> list[str]:
    """What of wheel and source archive differs between two builds; and what could not be built."""
    with workspace() as folder:
        hashes = []
        for name in ("one", "two"):
            said = _build(root, folder / name)
            if said:
                return [said]
            made = sorted((folder / name).iterdir())
            hashes.append({p.name: hashlib.sha256(read_file(p)).hexdigest() for p in made})
        one, two = hashes
        return [
            f"{name} differs between two builds"
            for name in sorted(one.keys() | two.keys())
            if one.get(name) != two.get(name)
        ]


def installed(root: Path) -> list[str]:
    """What goes wrong with a wheel in a new environment, in another folder."""
    with workspace() as folder:
        out = folder / "dist"
        if said := _build(root, out, "--wheel"):
            return [said]
        (wheel,) = out.glob("*.whl")
        home = folder / "environment"
        venv.create(home, with_pip=True)
        python = str(home / ("Scripts" if os.name == "nt" else "bin") / "python")
        install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        elsewhere = folder / "elsewhere"
        elsewhere.mkdir()
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV"))}
        environment = {**kept, "HF_HUB_OFFLINE": "1", "HF_HOME": str(folder / "hf")}
        for what, command in (
            ("the wheel cannot be installed", [*install, str(wheel)]),
            ("the installed wheel fails", [python, "-c", LOADS, __version__]),
        ):
            run = subprocess.run(
                command,
                cwd=elsewhere,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            if run.returncode:
                return [f"{what}: {_last_line(run)}"]
    return []


def _build(root: Path, out: Path, *options: str) -> str | None:
    """Build into ``out``; what went wrong, or null."""
    command = [sys.executable, "-m", "build", "--no-isolation", *options]
    run = subprocess.run(
        [*command, "--outdir", str(out), str(root)], capture_output=True, text=True, check=False
    )
    return f"the build fails: {_last_line(run)}" if run.returncode else None


def _last_line(run: subprocess.CompletedProcess[str]) -> str:
    lines = [line for line in (run.stdout + run.stderr).splitlines() if line.strip()]
    return lines[-1].strip() if lines else f"exit status {run.returncode}"

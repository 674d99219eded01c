"""A command that needs an optional package which is not installed says how to install it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib

import pytest

from warclaims.commands.extras import EXTRAS, how_to_install

PLAIN = """
import contextlib, io, json, sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in MISSING:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

MISSING, commands = json.loads(sys.argv[1])
sys.meta_path.insert(0, Missing())
from warclaims.commands import main
for command in commands:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            main(command)
        except SystemExit as done:
            status = done.code
        except ModuleNotFoundError as error:
            status = error.name
    print(json.dumps([status, said.getvalue()]))
"""
"""Runs commands in a process in which some modules are not installed."""


def run(missing, *commands, folder):
    ended = subprocess.run(
        [sys.executable, "-c", PLAIN, json.dumps([missing, commands])],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "WARCLAIMS_STUDIO_HOME": str(folder / "home")},
    )
    return [json.loads(line) for line in ended.stdout.splitlines()]


def test_in_a_plain_install_commands_name_the_extra_that_they_need(mini, tmp_path):
    corpus = ["--corpus", str(mini)]
    studio = [
        [*corpus, "studio", *words]
        for words in (["start"], ["status"], ["stop"], ["push"], ["pull"], ["push", "--dry-run"])
    ]
    report = [*corpus, "report", "--out", str(tmp_path / "report")]
    missing = [module for modules in EXTRAS.values() for module in modules]
    *of_studio, of_report, validated = run(
        missing, *studio, report, [*corpus, "validate"], folder=tmp_path
    )
    for status, said in of_studio:
        assert status == 2
        assert 'pip install "warclaims[studio]"; in a checkout of WarClaims: ' in said
        assert 'pip install ".[studio]"' in said
    assert of_report[0] == 2
    assert 'pip install "warclaims[report]"' in of_report[1]
    assert validated[0] in (0, 1)


def test_a_module_that_no_extra_brings_is_a_fault_of_the_program(mini, tmp_path):
    ((status, _),) = run(["msgspec"], ["--corpus", str(mini), "validate"], folder=tmp_path)
    assert status == "msgspec"


def test_agreement_and_bundles_name_their_extras(mini, tmp_path):
    corpus, packed = ["--corpus", str(mini)], str(tmp_path / "b.jsonl")
    agree, gzip, zstd, read = run(
        ["scipy", "backports"],
        [*corpus, "agree", "gold", "a"],
        [*corpus, "export", "bundles", "--out", f"{packed}.gz"],
        [*corpus, "export", "bundles", "--out", f"{packed}.zst"],
        [*corpus, "validate", f"{packed}.gz"],
        folder=tmp_path,
    )
    assert agree[0] == 2
    assert 'pip install "warclaims[agree]"' in agree[1]
    assert gzip[0] == read[0] == 0
    assert "2 bundles checked" in read[1]
    if sys.version_info < (3, 14):
        assert zstd[0] == 2
        assert 'pip install "warclaims[bundles]"' in zstd[1]


@pytest.mark.parametrize("extra", EXTRAS)
def test_each_module_of_an_extra_is_known(extra):
    for module in EXTRAS[extra]:
        first = next(name for name, modules in EXTRAS.items() if module in modules)
        for name in (module, f"{module}.inner"):
            assert f"[{first}]" in (how_to_install(ModuleNotFoundError(name=name)) or "")


def test_the_extras_are_those_of_the_package(shipped):
    project = tomllib.loads((shipped / "pyproject.toml").read_text())["project"]
    for extra, needed in project["optional-dependencies"].items():
        names = [re.split(r"[>[]", words)[0].replace("-", "_") for words in needed]
        modules = [
            name.removesuffix("_python").removeprefix("dkpro_").partition(".")[0] for name in names
        ]
        assert modules == list(EXTRAS[extra])

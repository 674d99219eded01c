"""The package imports what it declares, and declares what it imports."""

from __future__ import annotations

import ast
import re
import sys
import tomllib

import pytest

MODULES = {
    "ahocorasick-rs": "ahocorasick_rs",
    "backports.zstd": "backports",
    "dkpro-cassis": "cassis",
    "pyyaml": "yaml",
    "vl-convert-python": "vl_convert",
}
"""The module of a package whose name differs by more than hyphens."""

ELSEWHERE = {
    "compression": "in the standard library since Python 3.14",
    "django": "imported on the Label Studio server only",
    "label_studio": "imported on the Label Studio server only",
    "pydantic_core": "one package with pydantic, each version for one of the other",
}
"""Modules that no declared package brings, and why."""


def module_of(requirement: str) -> str:
    name = re.match(r"[\w.-]+", requirement)[0]
    return MODULES.get(name, name.replace("-", "_"))


@pytest.fixture
def declared(shipped):
    project = tomllib.loads((shipped / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"].values()
    return {module_of(one) for needed in (project["dependencies"], *extras) for one in needed}


@pytest.fixture
def imported(shipped):
    found = set()
    for path in (shipped / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module]
            found |= {name.partition(".")[0] for name in names}
    return found - sys.stdlib_module_names - {"warclaims"}


def test_each_import_is_declared(imported, declared):
    assert imported - declared - ELSEWHERE.keys() == set()


def test_each_declared_package_is_imported(imported, declared):
    assert declared - imported == set()

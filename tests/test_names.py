"""A class name means one thing in the package."""

import ast
from collections import defaultdict
from pathlib import Path

import warclaims

SHARED: set[str] = set()
"""Names of several classes. Take one out when its classes are renamed; add none."""


def test_class_names_are_unique():
    found = defaultdict(list)
    root = Path(warclaims.__file__).parent
    for path in root.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                found[node.name.lstrip("_")].append(path.relative_to(root).as_posix())
    shared = {name: places for name, places in found.items() if len(places) > 1}
    assert shared.keys() == SHARED, {
        name: places for name, places in shared.items() if name not in SHARED
    } or f"no longer shared, take out: {SHARED - shared.keys()}"

"""The tests give the same result on every machine, however busy it is."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

TESTS = Path(__file__).parent
MODULES = sorted(TESTS.rglob("*.py"))
CLOCK = TESTS / "waiting.py"
SERVERS = ("bind", "HTTPServer", "ThreadingHTTPServer", "TCPServer")


def imported(node: ast.AST) -> list[str]:
    """The modules that a statement imports."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


def name_of(call: ast.Call) -> str:
    return getattr(call.func, "attr", None) or getattr(call.func, "id", "")


def faults(tree: ast.AST, *, may_use_clock: bool = False) -> list[str]:
    """What in a module depends on the time, on chance, or on a port that others may use."""
    found = []
    for node in ast.walk(tree):
        if not may_use_clock and {"time", "timeit"} & set(imported(node)):
            found.append(f"line {node.lineno}: looks at a clock; use waiting.wait_for")
        if not isinstance(node, ast.Call):
            continue
        name = name_of(node)
        if name == "sleep" and not may_use_clock:
            found.append(f"line {node.lineno}: sleeps; use waiting.wait_for")
        if name == "Random" and not node.args and not node.keywords:
            found.append(f"line {node.lineno}: Random without a seed")
        if name in SERVERS and node.args and isinstance(node.args[0], ast.Tuple):
            port = node.args[0].elts[-1]
            if isinstance(port, ast.Constant) and port.value != 0:
                found.append(f"line {node.lineno}: port {port.value}; take 0, which is a free one")
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(TESTS).as_posix())
def test_no_test_depends_on_time_chance_or_a_port(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert faults(tree, may_use_clock=path == CLOCK) == []


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("import time\nassert time.process_time() < 1", 1),
        ("from time import monotonic", 1),
        ("import asyncio\nasyncio.sleep(1)", 1),
        ("Random().choice(names)", 1),
        ("Random(3).choice(names)", 0),
        ("socket.bind(('127.0.0.1', 8080))", 1),
        ("socket.bind(('127.0.0.1', 0))", 0),
    ],
)
def test_what_depends_on_the_machine_is_found(code, number):
    assert len(faults(ast.parse(code))) == number


@pytest.mark.xdist_group("together")
def test_tests_of_a_group_run_in_one_process(request):
    """The name of the group follows the name of the test, or the group is ignored."""
    if request.config.getoption("loadgroup", default=False):
        assert request.node.nodeid.endswith("@together")


def test_every_property_is_tried_with_the_same_examples_and_without_a_clock(request):
    for item in request.session.items:
        if getattr(item.obj, "hypothesis", None) is None:
            continue
        chosen: settings = item.obj._hypothesis_internal_use_settings
        assert chosen.derandomize, item.nodeid
        assert chosen.deadline is None, item.nodeid
        assert HealthCheck.too_slow in chosen.suppress_health_check, item.nodeid


def test_a_test_with_two_sizes_is_marked(request):
    """Otherwise its full size would never run."""
    unmarked = {item.path for item in request.session.items}
    unmarked -= {item.path for item in request.session.items if item.get_closest_marker("soak")}
    unmarked -= {Path(__file__)}
    assert [
        path
        for path in unmarked
        if re.search(r"\b(examples|share)\(", path.read_text(encoding="utf-8"))
    ] == []

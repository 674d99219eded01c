"""Read docstrings that users see: schema descriptions, hints for annotators, help."""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


@cache
def docstring(thing: type | Callable[..., Any]) -> str:
    """The docstring of a class or function; empty if it has none.

    ``python -OO`` drops docstrings from memory. They are then read from the source, also of data
    classes, which have their signature instead.
    """
    words = vars(thing).get("__doc__") if isinstance(thing, type) else thing.__doc__
    if words is not None and sys.flags.optimize < 2:
        return inspect.cleandoc(words)
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(thing)))
    except (OSError, TypeError, SyntaxError):  # no source, as in an interactive session
        return ""
    node = tree.body[0]
    if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        return ast.get_docstring(node) or ""
    return ""

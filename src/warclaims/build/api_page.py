"""The block ``api`` of a page: the public names of the package, from their docstrings."""

from __future__ import annotations

import inspect
import re
from typing import Any

from pydantic import BaseModel

import warclaims
from warclaims.agreement.scoring import ScoredSystem, ScoreRow
from warclaims.docstrings import docstring
from warclaims.markdown import Markdown, code, markdown_table
from warclaims.records import (
    Account,
    BlameStatement,
    BreakdownEntry,
    Comparison,
    Comparisons,
    Position,
)
from warclaims.records.accounts import SimilarEvents

COUNTERPARTS = {
    "cite": "cite",
    "claims": "claims",
    "compare": "compare",
    "export": "Corpus.bundles",
    "score": "score",
    "show": "to_html",
    "suggest": "suggest",
    "validate": "validate",
}
"""Command → the public name that does the same in Python."""

_CHANGES_FILES = "changes files under a lock; run the command"
WITHOUT_COUNTERPART = {
    "add": _CHANGES_FILES,
    "agree": "`--format json` has every score and difference",
    "build": _CHANGES_FILES,
    "diff": "`--format json` has every difference",
    "import": _CHANGES_FILES,
    "migrate": _CHANGES_FILES,
    "new": _CHANGES_FILES,
    "queue": "`--format json` has the records and why",
    "register": _CHANGES_FILES,
    "release": "checks a repository before a person releases it",
    "report": "writes a site; run the command",
    "restore": "writes a corpus directory; run the command",
    "set": _CHANGES_FILES,
    "studio": "controls a server; run the command",
}
"""Command → why it has no counterpart in Python."""

_RECORDS: dict[str, tuple[type, ...]] = {
    "compare": (
        Comparisons,
        Account,
        BreakdownEntry,
        Comparison,
        Position,
        BlameStatement,
        SimilarEvents,
    ),
    "score": (ScoredSystem, ScoreRow),
}
"""Public name → the records that it gives, whose fields are listed."""

_STRING_ANNOTATION = re.compile(r"(: |-> )'([^']*)'")
_ROLE = re.compile(r":\w+:`~?([^`]+)`")


def api_block() -> str:
    """The public names with signature and docstring, then the command that each belongs to."""
    names = [name for name in warclaims.__all__ if not name.startswith("_")]
    parts = [_section(name, getattr(warclaims, name)) for name in names]
    rows = [[code(f"warclaims {name}"), code(name_)] for name, name_ in COUNTERPARTS.items()]
    rows += [[code(f"warclaims {n}"), Markdown(why)] for n, why in WITHOUT_COUNTERPART.items()]
    table = markdown_table(["command", "in Python"], sorted(rows))
    return "\n\n".join([*parts, "## Commands", table])


def _section(name: str, value: Any) -> str:
    if not inspect.isclass(value):
        signature = f"```python\nwarclaims.{_signature(name, value)}\n```"
        records = map(_fields, _RECORDS.get(name, ()))
        return "\n\n".join([f"## {name}", signature, _body(value), *records])
    members = [
        _member(key, member)
        for key, member in vars(value).items()
        if not key.startswith("_") and docstring(_function(member))
    ]
    return "\n\n".join([f"## {name}", _body(value), *members])


def _fields(model: type) -> str:
    """The fields of a record with their meanings."""
    if not issubclass(model, BaseModel):
        return f"### {model.__name__}\n\n{_body(model)}"
    rows = [
        [code(name), Markdown((field.description or "").replace("``", "`"))]
        for name, field in model.model_fields.items()
        if name != "extra"
    ]
    return f"### {model.__name__}\n\n{_body(model)}\n\n{markdown_table(['field', 'holds'], rows)}"


def _member(name: str, member: Any) -> str:
    function = _function(member)
    title = _signature(name, function) if inspect.isfunction(member) else name
    first, *rest = _body(function).split("\n\n", 1)
    more = "".join(f"\n\n{line}" for line in rest)
    return f"`{title}`: {first[0].lower()}{first[1:]}{more}"


def _function(member: Any) -> Any:
    """The function behind a method, property or cached property."""
    return getattr(member, "fget", None) or getattr(member, "func", member)


def _signature(name: str, function: Any) -> str:
    signature = _STRING_ANNOTATION.sub(r"\1\2", str(inspect.signature(function)))
    return name + signature.replace("(self, ", "(").replace("(self)", "()")


def _body(value: Any) -> str:
    """A docstring as Markdown: examples fenced, errors as a list."""
    blocks = _ROLE.sub(r"`\1`", docstring(value)).replace("``", "`").split("\n\n")
    return "\n\n".join(map(_block, blocks))


def _block(block: str) -> str:
    if block.startswith(">>>"):
        return f"```python\n{block}\n```"
    heading, *lines = block.split("\n")
    if heading not in ("Raises:", "Attributes:"):
        return block
    items = re.sub(r"\n {4}(?=\S)", "\n- ", "\n" + "\n".join(lines))
    return f"{heading}\n" + re.sub(r"\n {6,}", " ", items)

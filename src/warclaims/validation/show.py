"""Findings for people and for programs."""

from __future__ import annotations

import textwrap
from collections import Counter
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from warclaims.errors import WarclaimsError
from warclaims.validation.catalogue import RULES
from warclaims.validation.locate import Locator

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from warclaims.corpus import Corpus
    from warclaims.findings import Finding

CONTEXT = 30
"""How much text is shown on either side of the words in question, in code points."""

_CONTROL = dict.fromkeys((*range(32), *range(127, 160), 8232, 8233), "·")
"""A file's control characters must not reach a terminal; each keeps its place."""


@dataclass(frozen=True)
class Context:
    """The words in question, the text around them, and line and column in the seed, from 1."""

    before: str
    words: str
    after: str
    line: int
    column: int


class Reporter:
    """Shows findings of one corpus; reads files and seeds to show the places in them."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._locator = lru_cache(maxsize=4)(self._read)
        self._text = lru_cache(maxsize=4)(self._seed)
        self._told: set[str] = set()

    def _read(self, file: str) -> Locator | None:
        try:
            return Locator((self._corpus.root / file).read_bytes())
        except OSError:
            return None

    def _seed(self, document: str) -> str | None:
        try:
            return self._corpus.text(document)
        except (WarclaimsError, UnicodeDecodeError):
            return None

    def place(self, finding: Finding) -> tuple[int, int] | None:
        """Line and column of a finding in its file, from 1; null if they cannot be told."""
        if finding.line is not None:
            return finding.line, finding.column or 1
        locator = self._locator(finding.file) if finding.file.endswith(".json") else None
        return locator.line_and_column(finding.pointer) if locator is not None else None

    def context(self, finding: Finding) -> Context | None:
        """The words that a finding is about, in their text; null if it is about none."""
        start, end = finding.start, finding.end
        if finding.document is None or start is None or end is None:
            return None
        text = self._text(finding.document)
        if text is None or not start < end <= len(text):
            return None
        line = text.count("\n", 0, start)
        return Context(
            before=text[max(0, start - CONTEXT) : start],
            words=text[start:end],
            after=text[end : end + CONTEXT],
            line=line + 1,
            column=start - text.rfind("\n", 0, start),
        )

    def as_text(self, finding: Finding) -> str:
        """A finding for people: where, what, the words with a caret under them, how to mend it.

        The JSON Pointer stands in brackets at the end of the first line; how to mend it is said
        once for each rule.
        """
        rule = RULES[finding.code]
        place = self.place(finding)
        where = finding.file + (f":{place[0]}:{place[1]}" if place else "")
        pointer = f" [{finding.pointer}]" if finding.pointer else ""
        kind = "warning" if finding.is_warning else "error"
        lines = [f"{where}: {kind} {finding.code}: {rule.title}{pointer}", f"  {finding.message}"]
        context = self.context(finding)
        if context is not None:
            offsets = f"{finding.start}–{finding.end}"
            lines.append(f"  in text {finding.document}, line {context.line}, {offsets}:")
            lines += _marked(context)
        for other in finding.related:
            lines.append(
                f"  see {other.file}{'#' if other.pointer else ''}{other.pointer}: {other.what}"
            )
        if finding.code not in self._told:
            self._told.add(finding.code)
            lines.append(f"  mend: {rule.mend}")
        return "\n".join(line.translate(_CONTROL) for line in lines)

    def as_json(self, finding: Finding) -> dict[str, Any]:
        """A finding for programs."""
        place = self.place(finding)
        context = self.context(finding)
        rule = RULES[finding.code]
        return {
            "code": finding.code,
            "level": finding.level.name.lower(),
            "severity": "warning" if finding.is_warning else "error",
            "title": rule.title,
            "message": finding.message,
            "mend": rule.mend,
            "file": finding.file,
            "pointer": finding.pointer,
            "line": place[0] if place else None,
            "column": place[1] if place else None,
            "document": finding.document,
            "start": finding.start,
            "end": finding.end,
            "context": asdict(context) if context else None,
            "related": [asdict(other) for other in finding.related],
        }


def _marked(context: Context) -> list[str]:
    """The words in one line of text, and under them a line of carets of the same width."""
    before = context.before.rpartition("\n")[2]
    after = context.after.partition("\n")[0]
    words = context.words
    if len(words) > 2 * CONTEXT:
        words = f"{words[: CONTEXT - 2]} … {words[-CONTEXT + 2 :]}"
    left = ("…" if len(before) == CONTEXT else "") + before
    right = after + ("…" if len(after) == CONTEXT else "")
    carets = "^" * max(1, _width(words))
    return [f"    {left}{words}{right}", f"    {' ' * _width(left)}{carets}"]


def _width(words: str) -> int:
    """How many columns of a terminal ``words`` take."""
    if words.isascii():
        return len(words)
    from rich.cells import cell_len

    return cell_len(words.translate(_CONTROL))


def summary(found: Iterable[Finding]) -> str:
    """One line: how many errors and warnings, and of which rules.

    >>> summary([])
    'no findings'
    """
    found = list(found)
    if not found:
        return "no findings"
    warnings = sum(finding.is_warning for finding in found)
    errors = len(found) - warnings
    parts = [
        f"{number} {noun}{'' if number == 1 else 's'}"
        for number, noun in ((errors, "error"), (warnings, "warning"))
        if number
    ]
    files = len({finding.file for finding in found})
    codes = Counter(finding.code for finding in found)
    listed = ", ".join(f"{code} × {codes[code]}" for code in RULES if code in codes)
    return f"{' and '.join(parts)} in {files} file{'' if files == 1 else 's'}: {listed}"


def explain(code: str) -> str:
    """What a rule is there for and how to mend what it finds; for another word the list of codes.

    >>> print(explain("t302").splitlines()[0])
    T302 (text, error): seed changed
    """
    rule = RULES.get(code.upper())
    if rule is None:
        return "\n".join(f"{rule.code}  {rule.title}" for rule in RULES.values())
    kind = "warning" if rule.level.value == 6 else "error"
    head = f"{rule.code} ({rule.level.name.lower()}, {kind}): {rule.title}"
    return "\n".join([head, "", *_wrapped(rule.why), "", *_wrapped(f"To mend it: {rule.mend}")])


def _wrapped(words: str) -> Sequence[str]:
    return textwrap.wrap(words, 88)

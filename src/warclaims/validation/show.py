"""Show where a finding is, what words it is about, and what its rule is for."""

from __future__ import annotations

import textwrap
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from warclaims.errors import WarclaimsError
from warclaims.files import read_file
from warclaims.files.limits import MAX_QUOTED, MAX_RELATED
from warclaims.findings import MAX_MESSAGE, Context, Finding, shorten
from warclaims.validation.catalogue import RULES
from warclaims.validation.locate import Locator
from warclaims.validation.not_applied import Omissions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warclaims.corpus import Corpus
    from warclaims.findings import Related

CONTEXT = 30
"""How much text is shown before and after the words, in code points."""


class Reporter:
    """Reads files and seeds of one corpus to show the places of findings in them.

    ``bundles`` is the number of bundles checked so far; ``None`` if none were given. ``omissions``
    counts the documents and files so far to which rules were not applied.
    """

    def __init__(self, corpus: Corpus) -> None:
        self.bundles: int | None = None
        self.omissions = Omissions()
        self._corpus = corpus
        self._locator = lru_cache(maxsize=4)(self._read)
        self._text = lru_cache(maxsize=4)(self._seed)

    def _read(self, file: str) -> Locator | None:
        try:
            return Locator(read_file(self._corpus.root / file))
        except OSError:
            return None

    def _seed(self, document: str) -> str | None:
        try:
            return self._corpus.text(document)
        except (WarclaimsError, UnicodeDecodeError):
            return None

    def place(self, finding: Finding | Related) -> tuple[int, int] | None:
        """Line and column of a finding in its file, from 1; ``None`` if unknown."""
        if isinstance(finding, Finding) and finding.line is not None:
            return finding.line, finding.column or 1
        locator = self._locator(finding.file) if finding.file.endswith(".json") else None
        return locator.line_and_column(finding.pointer) if locator is not None else None

    def context(self, finding: Finding) -> Context | None:
        """The words that a finding is about, with the text around; ``None`` if it has no span."""
        if finding.context is not None or finding.document is None or finding.start is None:
            return finding.context
        text = self._text(finding.document)
        return context_of(finding, text) if text is not None else None


def context_of(finding: Finding, text: str) -> Context | None:
    """The words in ``text`` that a finding is about; ``None`` if it has no span."""
    start, end = finding.start, finding.end
    if start is None or end is None or not start < end <= len(text):
        return None
    return Context(
        before=text[max(0, start - CONTEXT) : start],
        words=shorten(text[start : min(end, start + MAX_QUOTED + 1)], MAX_QUOTED),
        after=text[end : end + CONTEXT],
        line=text.count("\n", 0, start) + 1,
        column=start - text.rfind("\n", 0, start),
    )


def shortened(finding: Finding) -> Finding:
    """``finding`` with its words and related places limited to what can be read."""
    sizes = (len(finding.message), len(finding.pointer), *(len(o.what) for o in finding.related))
    if max(sizes) <= MAX_MESSAGE and len(finding.related) <= MAX_RELATED:
        return finding
    return replace(
        finding,
        message=shorten(finding.message),
        pointer=shorten(finding.pointer),
        related=tuple(
            replace(other, what=shorten(other.what), pointer=shorten(other.pointer))
            for other in finding.related[:MAX_RELATED]
        ),
    )


def explain(code: str) -> str | None:
    """Explain a rule and how to fix what it finds; ``None`` if the code is unknown.

    >>> print(explain("t302").splitlines()[0])
    T302 (text, error): seed changed
    """
    rule = RULES.get(code.upper())
    if rule is None:
        return None
    head = f"{rule.code} ({rule.level.name.lower()}, {rule.severity}): {rule.title}"
    words = [*_wrapped(rule.why), "", *_wrapped(f"How to fix: {rule.fix}")]
    return "\n".join([head, "", *words, "", str(rule.example)])


def _wrapped(words: str) -> Sequence[str]:
    return textwrap.wrap(words, 88)

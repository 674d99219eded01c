"""Findings for people."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from warclaims.validation.catalogue import RULES
from warclaims.validation.show import CONTEXT, CONTROL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from warclaims.findings import Finding
    from warclaims.validation.show import Context, Reporter


def lines(reporter: Reporter, found: Iterable[Finding]) -> Iterator[str]:
    """Each finding that is not waived as soon as it is found, and a summary at the end."""
    told: set[str] = set()
    seen = []
    for finding in found:
        seen.append(finding)
        if finding.waived is None:
            yield _finding(reporter, finding, told) + "\n"
    yield summary(seen)


def _finding(reporter: Reporter, finding: Finding, told: set[str]) -> str:
    """Where, what, the words with a caret under them, how to mend it.

    The JSON Pointer stands in brackets at the end of the first line; how to mend it is said
    once for each rule.
    """
    rule = RULES[finding.code]
    place = reporter.place(finding)
    where = finding.file + (f":{place[0]}:{place[1]}" if place else "")
    pointer = f" [{finding.pointer}]" if finding.pointer else ""
    kind = "warning" if finding.is_warning else "error"
    lines = [f"{where}: {kind} {finding.code}: {rule.title}{pointer}", f"  {finding.message}"]
    context = reporter.context(finding)
    if context is not None:
        offsets = f"{finding.start}–{finding.end}"
        lines.append(f"  in text {finding.document}, line {context.line}, {offsets}:")
        lines += _marked(context)
    for other in finding.related:
        lines.append(
            f"  see {other.file}{'#' if other.pointer else ''}{other.pointer}: {other.what}"
        )
    if finding.code not in told:
        told.add(finding.code)
        lines.append(f"  mend: {rule.mend}")
    return "\n".join(line.translate(CONTROL) for line in lines)


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

    return cell_len(words.translate(CONTROL))


def summary(found: Iterable[Finding]) -> str:
    """One line: how many errors and warnings, of which rules, and how many are waived.

    >>> summary([])
    'no findings'
    """
    everything = list(found)
    found = [finding for finding in everything if finding.waived is None]
    waived = f" ({len(everything) - len(found)} waived)" if len(found) < len(everything) else ""
    if not found:
        return f"no findings{waived}"
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
    return f"{' and '.join(parts)} in {files} file{'' if files == 1 else 's'}{waived}: {listed}"

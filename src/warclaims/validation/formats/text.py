"""Findings for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.output import CONTROL, plain
from warclaims.validation.catalogue import RULES
from warclaims.validation.not_applied import lines as lines_of
from warclaims.validation.show import CONTEXT
from warclaims.validation.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from warclaims.findings import Context, Finding
    from warclaims.validation.show import Reporter


def lines(reporter: Reporter, found: Iterable[Finding]) -> Iterator[str]:
    """The findings as they come, without waived ones, a summary, and the rules not applied."""
    explained: set[str] = set()
    tally = Tally()
    for finding in tally.shown(found):
        if finding.waived is None:
            yield _finding(reporter, finding, explained) + "\n"
    if tally.remark:
        yield tally.remark
    yield tally.summary(reporter.bundles)
    yield from lines_of(reporter.omissions.entries())


def _finding(reporter: Reporter, finding: Finding, explained: set[str]) -> str:
    """A finding as text: place, message, the words with carets under them, and the fix.

    The first line ends with the JSON Pointer in brackets. The fix is shown once per rule.
    """
    rule = RULES[finding.code]
    place = reporter.place(finding)
    where = finding.file + (f":{place[0]}:{place[1]}" if place else "")
    pointer = f" [{finding.pointer}]" if finding.pointer else ""
    lines = [
        f"{where}: {finding.severity} {finding.code}: {rule.title}{pointer}",
        f"  {finding.message}",
    ]
    context = reporter.context(finding)
    if context is not None:
        offsets = f"{finding.start}–{finding.end}"
        lines.append(f"  in text {finding.document}, line {context.line}, {offsets}:")
        lines += _marked(context)
    elif finding.document is not None and finding.line is not None:
        lines.append(f"  in document {finding.document}")
    for other in finding.related:
        lines.append(
            f"  see {other.file}{'#' if other.pointer else ''}{other.pointer}: {other.what}"
        )
    if finding.code not in explained:
        explained.add(finding.code)
        lines.append(f"  fix: {rule.fix}")
    return "\n".join(map(plain, lines))


def _marked(context: Context) -> list[str]:
    """A line with the words and the text around, and a line with carets under the words."""
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
    """The width of ``words`` in columns of a terminal."""
    if words.isascii():
        return len(words)
    from rich.cells import cell_len

    return cell_len(words.translate(CONTROL))

"""Waivers of warnings: for which rules, and whether there is anything to waive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.records import span_end, span_start, span_text
from warclaims.validation.rule import Example, Fault, Scope, rule
from warclaims.validation.words import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.validation.waivers import WaiverView


@rule(
    "R411",
    Scope.WAIVERS,
    title="waiver for no warning that can be waived",
    why="A waiver names the code of a rule of level 6. Errors are never waived, nor are warnings "
    "of files that hold no records, nor those of waivers.",
    mend="Correct the code, or drop the waiver and mend what was found.",
    example=Example('"code": "W600", which is no rule', '"code": "W602"'),
)
def unwaivable(view: WaiverView) -> Iterator[Fault]:
    """The code of a waiver is that of no rule, or of one whose findings must be mended."""
    for row in view.unwaivable:
        code = view.record.waivers[row].code
        yield Fault(f"/waivers/{row}/code", f"there is no warning {code} that can be waived")


@rule(
    "W699",
    Scope.WAIVERS,
    title="waiver that waives nothing",
    why="What was waived has been mended, or the waiver names another record or other words than "
    "the finding. Left standing it would one day hide something else.",
    mend="Drop the waiver, or correct its code, record or span: those of the finding.",
    example=Example(
        'W603 waived for the attribution "t1", which blames the actor "a2"', "no waiver"
    ),
    waivable=False,
)
def idle(view: WaiverView) -> Iterator[Fault]:
    """A waiver that no finding meets, or none that another waiver does not meet already."""
    for row in view.idle:
        waiver = view.record.waivers[row]
        span = getattr(waiver, "span", None)
        about = f" about {waiver.record!r}" if waiver.record else ""
        words = f" at {quoted(span_text(span))}" if span else ""
        message = f"there is no {waiver.code}{about}{words} to waive"
        start, end = (span_start(span), span_end(span)) if span else (None, None)
        yield Fault(f"/waivers/{row}", message, start, end)


RULES = (unwaivable, idle)

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
    title="invalid waiver",
    why="A waiver names the code of a rule that warns, in a capital and three digits, and says why "
    "what it finds is right. Errors are never waived, nor are warnings of files that hold no "
    "records, nor those of waivers. Such a waiver has no effect.",
    fix="Correct the code, give the reason, or drop the waiver and fix what was found.",
    example=Example('"code": "W600", which is no rule', '"code": "W602"'),
    mistake={"/waivers": [{"code": "W604", "record": None, "span": None, "reason": "made up"}]},
)
def unwaivable(view: WaiverView) -> Iterator[Fault]:
    """A waiver of an unknown rule or of an error, or without a reason."""
    for row, waiver in view.waivers.items():
        code = waiver.code
        rule = view.rules.get(code)
        if rule is None or not rule.is_waivable:
            message = f"there is no warning {code} that can be waived"
            if rule is not None and not rule.warns:
                message += "; errors are fixed, not waived"
            elif code != code.upper():
                message += f"; codes are written in capitals: {code.upper()}"
            yield Fault(f"/waivers/{row}/code", message)
        if not waiver.reason.strip():
            yield Fault(f"/waivers/{row}/reason", f"the reason why {code} is right is blank")


@rule(
    "W699",
    Scope.WAIVERS,
    title="unused waiver",
    why="What was waived has been fixed, or the waiver names another record or other words than "
    "the finding. It could hide another finding later. Reported only if every rule was "
    "applied: for files without errors, with an English text and all registries.",
    fix="Drop the waiver, or correct its code, record or span.",
    example=Example(
        'W603 waived for the attribution "t1", which blames the actor "a2"', "no waiver"
    ),
    waivable=False,
    mistake={"/waivers": [{"code": "W603", "record": "t1", "span": None, "reason": "made up"}]},
)
def unused(view: WaiverView) -> Iterator[Fault]:
    """A waiver that no finding matches, or only findings that another waiver matches better."""
    for row in view.unused:
        waiver = view.waivers[row]
        span = getattr(waiver, "span", None)
        about = f" about {waiver.record!r}" if waiver.record else ""
        words = f" at {quoted(span_text(span))}" if span else ""
        message = f"there is no {waiver.code}{about}{words} to waive"
        start, end = (span_start(span), span_end(span)) if span else (None, None)
        yield Fault(f"/waivers/{row}", message, start, end)

"""Levels 4 and 6: waivers that are invalid or unused."""

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
    why="A waiver has the code of a warning, in capitals, and the reason why the annotation is "
    "right. Errors cannot be waived, nor warnings about files without records, nor those about "
    "waivers. An invalid waiver has no effect.",
    fix="Correct the code, give the reason, or remove the waiver and fix the finding.",
    example=Example('"code": "W600", which is not a rule', '"code": "W602"'),
    mistake={"/waivers": [{"code": "W604", "record": None, "span": None, "reason": "made up"}]},
)
def unwaivable(view: WaiverView) -> Iterator[Fault]:
    """A waiver of an unknown rule or of an error, or without a reason."""
    for row, waiver in view.waivers.items():
        code = waiver.code
        rule = view.rules.get(code)
        if rule is None or not rule.is_waivable:
            message = f"{code} is not a warning that can be waived"
            if rule is not None and not rule.warns:
                message += "; errors must be fixed"
            elif code != code.upper():
                message += f"; write the code in capitals: {code.upper()}"
            yield Fault(f"/waivers/{row}/code", message)
        if not waiver.reason.strip():
            yield Fault(f"/waivers/{row}/reason", f"the reason for waiving {code} is blank")


@rule(
    "W699",
    Scope.WAIVERS,
    title="unused waiver",
    why="The waived finding was fixed, or the waiver has another record or span. It could hide "
    "another finding later. Reported only if every rule was applied: in files without errors, with "
    "an English text and all registries.",
    fix="Remove the waiver, or correct its code, record or span.",
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
        message = f"there is no {waiver.code}{about}{words}"
        start, end = (span_start(span), span_end(span)) if span else (None, None)
        yield Fault(f"/waivers/{row}", message, start, end)

"""The table of all rules."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from warclaims.findings import Finding
from warclaims.validation.rule import Rule, Scope
from warclaims.validation.rules import (
    alternatives,
    attributions,
    casualties,
    completeness,
    counts,
    coverage,
    decisions,
    events,
    layers,
    mentions,
    parsing,
    references,
    seeds,
    spans,
    victims,
    waivers,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from warclaims.findings import Severity
    from warclaims.validation.rule import Check, Guard

_MODULES = (
    seeds,
    spans,
    references,
    alternatives,
    casualties,
    attributions,
    mentions,
    events,
    victims,
    counts,
    layers,
    completeness,
    coverage,
    decisions,
    waivers,
)

_DECLARED = [
    *parsing.RULES,
    *(value for module in _MODULES for value in vars(module).values() if isinstance(value, Rule)),
]
RULES: dict[str, Rule] = {
    rule.code: rule for rule in sorted(_DECLARED, key=lambda rule: (rule.level, rule.code))
}
"""Every rule by code, in the order of levels."""

if len(RULES) != len(_DECLARED):
    raise ValueError("two rules have one code")


@lru_cache(maxsize=1 << 10)
def codes_not_for(language: str) -> frozenset[str]:
    """The codes of the rules that are not applied to texts in ``language``.

    >>> sorted(codes_not_for("en-GB"))
    []
    """
    return frozenset(rule.code for rule in RULES.values() if not rule.reads(language))


@lru_cache(maxsize=1 << 10)
def _applied(
    scope: Scope, language: str | None, warnings: bool
) -> tuple[tuple[str, Check, Guard | None, Severity], ...]:
    """Code, check, guard and severity of the rules to apply."""
    skipped = frozenset() if language is None else codes_not_for(language)
    return tuple(
        (code, rule.check, rule.guard, rule.severity)
        for code, rule in RULES.items()
        if rule.check and scope in rule.scopes
        if code not in skipped and (warnings or not rule.warns)
    )


def findings(
    scope: Scope,
    view: Any,
    file: str,
    document: str | None = None,
    *,
    warnings: bool = True,
) -> Iterator[Finding]:
    """Apply the rules of ``scope`` to ``view``; add code, severity, file and document.

    Rules for other languages than that of the text are not applied. Each guard is evaluated once.
    """
    passed: dict[Guard, bool] = {}
    language = view.language if scope is Scope.ANNOTATIONS else None
    for code, check, guard, severity in _applied(scope, language, warnings):
        if guard is not None:
            if guard not in passed:
                passed[guard] = guard(view)
            if passed[guard]:
                continue
        for fault in check(view):
            yield Finding(
                file=fault.file or file,
                pointer=fault.pointer,
                code=code,
                message=fault.message,
                document=document,
                start=fault.start,
                end=fault.end,
                related=fault.related,
                declared=severity,
            )

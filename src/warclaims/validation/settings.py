"""What rules that warn do in a corpus: the table ``[rules]`` of ``corpus.toml``."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from warclaims.corpus.description import read_description
from warclaims.errors import InvalidFile
from warclaims.findings import Finding, Severity
from warclaims.records.description import RuleSetting
from warclaims.validation.catalogue import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from warclaims.layout import Layout


@dataclass(frozen=True)
class RuleSettings:
    """The settings of a corpus; rules that it does not set do what they declare.

    >>> list(RuleSettings({"W604": RuleSetting.OFF}).applied([Finding("a", "", "W604", "unused")]))
    []
    """

    chosen: Mapping[str, RuleSetting] = field(default_factory=dict)

    def of(self, code: str) -> RuleSetting:
        """What the rule ``code`` does."""
        rule = RULES.get(code)
        if rule is None or not rule.warns:
            return RuleSetting.WARNING
        return self.chosen.get(code, rule.default)

    @property
    def off(self) -> list[str]:
        """The codes of the rules that are off."""
        return [code for code in RULES if self.of(code) is RuleSetting.OFF]

    def applied(self, found: Iterable[Finding]) -> Iterator[Finding]:
        """``found`` without those of rules that are off; some become information."""
        for finding in found:
            setting = self.of(finding.code) if finding.is_warning else RuleSetting.WARNING
            if setting is RuleSetting.INFORMATION:
                yield replace(finding, declared=Severity.INFORMATION)
            elif setting is RuleSetting.WARNING:
                yield finding


def settings_of(layout: Layout) -> RuleSettings:
    """The settings of a corpus; those of the rules if ``corpus.toml`` cannot be read."""
    try:
        description = read_description(layout)
    except InvalidFile:
        return RuleSettings()
    return RuleSettings(description.rules if description else {})


def wrong_settings(settings: Mapping[str, RuleSetting], file: str) -> Iterator[Finding]:
    """Findings for settings of rules that do not exist, or that find errors."""
    for code in settings:
        rule = RULES.get(code)
        if rule is None:
            message = f"there is no rule {code!r}. List all with: warclaims validate --explain all"
        elif not rule.warns:
            message = f"{code} cannot be set: only rules that warn can be"
        else:
            continue
        yield Finding(file, f"/rules/{code}", "S203", message)

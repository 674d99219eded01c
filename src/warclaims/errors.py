"""Errors that a person can act on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.hints import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from warclaims.findings import Finding


class WarclaimsError(Exception):
    """Base of all errors raised on purpose. Its text says what is wrong and how to fix it.

    >>> import warclaims
    >>> try:
    ...     warclaims.open().document("999")
    ... except warclaims.WarclaimsError as error:
    ...     print(error)
    unknown document '999'; known: 000, 001, 002, 003, 004
    """


def unknown(noun: str, name: str, known: Iterable[str]) -> WarclaimsError:
    """The error for a name that does not exist. It suggests a close match and lists known names.

    >>> str(unknown("table", "casualty", ["actors", "casualties"]))
    "unknown table 'casualty'; did you mean 'casualties'? Known: actors, casualties"
    """
    names = list(known)
    hint = did_you_mean(name, names)
    listed = ", ".join(names[:40]) or "none"
    more = f" and {len(names) - 40:,} more" if len(names) > 40 else ""
    if more and noun == "document":
        more += "; list them with: warclaims show"
    known_names = f"{hint} Known: {listed}{more}" if hint else f"; known: {listed}{more}"
    return WarclaimsError(f"unknown {noun} {name!r}{known_names}")


class InvalidFile(WarclaimsError):
    """A file could not be read as what it should be; ``findings`` say why, one by one."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


class SeedChanged(WarclaimsError):
    """A seed text is not the one that its index and annotations were made for."""

"""Rules that were not applied to some documents or files, and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING

from warclaims.language import primary
from warclaims.records.documents import UNKNOWN_LANGUAGE
from warclaims.validation.catalogue import RULES, codes_not_for
from warclaims.validation.rule import Need, Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from warclaims.findings import Finding
    from warclaims.validation.rule import Rule


class Reason(StrEnum):
    """Why rules were not applied, with the line that is printed, in the order of the output."""

    line: str

    def __new__(cls, value: str, line: str) -> Reason:  # noqa: D102
        member = str.__new__(cls, value)
        member._value_ = value
        member.line = line
        return member

    UNREADABLE = "unreadable", "{count} {subject}{s} could not be read: {rules} not applied"
    INDEX = "index", "index could not be read: seeds and references to documents not checked"
    REGISTRY = "registry", "registry of {subject} could not be read: references to it not checked"
    DOCUMENT = "document", "{count} file{s} without a document in the index: {rules} not applied"
    TEXT = "text", "{count} file{s} whose text is missing or changed: {rules} not applied"
    LANGUAGE = "language", "{count} text{s} in {subject}: {language_rules} not applied"
    OFF = "off", "{rules} off in corpus.toml: {subject}"
    PASS = "pass", "{count} file{s} in passes: checked for errors only, {rules} not applied"
    SHARDS = "shards", "documents in shards: {rules} about the whole corpus not applied"
    SELECTION = (
        "selection",
        "only part of the corpus was checked: {rules} about all of it not applied",
    )


_UNKNOWN = (
    "{count} text{s}: language unknown (und), {language_rules} not applied. "
    'State it with warclaims set ID --language TAG, or "language" in the bundle'
)


@dataclass(frozen=True, slots=True)
class NotApplied:
    """Rules that were not applied, and the number of documents or files.

    ``subject`` is the language, the registry, or the kind of file. For the index and registries
    ``rules`` is empty: all rules are applied, but references are not looked up there.
    """

    reason: Reason
    subject: str
    count: int
    rules: tuple[str, ...]

    def __str__(self) -> str:
        """The line for people.

        >>> print(NotApplied(Reason.LANGUAGE, "ru", 2, ("W620", "W621")))
        2 texts in ru: 2 language rules not applied
        """
        is_unknown = self.reason is Reason.LANGUAGE and self.subject == UNKNOWN_LANGUAGE
        many = f"{len(self.rules)} {{}}rule{'s' * (len(self.rules) != 1)}"
        return (_UNKNOWN if is_unknown else self.reason.line).format(
            count=f"{self.count:,}",
            s="s" * (self.count != 1),
            subject=self.subject,
            rules=many.format(""),
            language_rules=many.format("language "),
        )


class Omissions(Counter[tuple[Reason, str]]):
    """Counts documents and files to which rules were not applied, by reason and subject.

    >>> omissions = Omissions()
    >>> omissions.note_language("ru-RU")
    >>> [(entry.subject, entry.count) for entry in omissions.entries()]
    [('ru', 1)]
    """

    def note(self, reason: Reason, subject: str = "") -> None:
        """Count one more document or file."""
        self[reason, subject] += 1

    def note_language(self, language: str) -> None:
        """Count one more text in ``language``, unless all rules are applied to it."""
        if codes_not_for(language):
            self[Reason.LANGUAGE, primary(language)] += 1

    def entries(self) -> list[NotApplied]:
        """The rules that were not applied, by reason, the most frequent subject first."""
        order = list(Reason)
        counts = sorted(
            self.items(), key=lambda item: (order.index(item[0][0]), -item[1], item[0][1])
        )
        return [
            NotApplied(reason, subject, count, tuple(_rules(reason, subject)))
            for (reason, subject), count in counts
        ]


def _rules(reason: Reason, subject: str) -> Iterator[str]:
    """The codes of the rules that are not applied for a reason."""
    left_out: dict[Reason, Callable[[Rule], bool]] = {
        Reason.UNREADABLE: lambda _: True,
        Reason.DOCUMENT: lambda rule: rule.needs is not None or rule.languages is not None,
        Reason.TEXT: lambda rule: rule.needs is Need.TEXT,
        Reason.LANGUAGE: lambda rule: not rule.reads(subject),
        Reason.PASS: lambda rule: rule.warns,
        Reason.SHARDS: lambda _: True,
        Reason.SELECTION: lambda _: True,
    }
    is_whole = reason in (Reason.SHARDS, Reason.SELECTION)
    scope = Scope.CORPUS if is_whole else Scope.ANNOTATIONS
    if reason is Reason.OFF:
        yield from subject.split()
    for rule in RULES.values():
        if reason in left_out and scope in rule.scopes and left_out[reason](rule):
            yield rule.code


class Validation:
    """An iterator of findings as they are found, and the rules that were not applied.

    Example::

        validation = validate(corpus)
        for finding in validation:
            print(finding)
        for entry in validation.not_applied:
            print(entry)  # 2 texts in ru: 10 language rules not applied
    """

    def __init__(self, found: Iterable[Finding], omissions: Omissions) -> None:
        self._found = iter(found)
        self.omissions = omissions

    def __iter__(self) -> Iterator[Finding]:
        return self._found

    def __next__(self) -> Finding:
        return next(self._found)

    @property
    def not_applied(self) -> list[NotApplied]:
        """The rules that were not applied, complete once all findings have been taken."""
        return self.omissions.entries()


MOST_LINES = 20
"""The most lines about languages. The other languages share one line."""


def lines(entries: list[NotApplied]) -> Iterator[str]:
    """The lines for people about the rules that were not applied."""
    languages = [entry for entry in entries if entry.reason is Reason.LANGUAGE]
    rest = dict.fromkeys(languages[MOST_LINES:])
    for entry in entries:
        if entry not in rest:
            yield str(entry)
    if rest:
        count = sum(entry.count for entry in rest)
        rules = len(set(chain.from_iterable(entry.rules for entry in rest)))
        yield (
            f"{count:,} texts in {len(rest):,} other languages: {rules} language rules not applied"
        )

"""A rule: a code, a description, a check, and sometimes a guard that skips the check."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from warclaims.findings import FindingLevel, Related, Severity
from warclaims.language import primary, table_of
from warclaims.records.description import RuleSetting

if TYPE_CHECKING:
    from warclaims.validation.mistakes import Mistake


class Scope(Enum):
    """What a check is called for."""

    PARSING = "a file that is read"
    DOCUMENT = "one entry of the index with its seed"
    INDEX = "the index of documents"
    REGISTRY = "one registry"
    ANNOTATIONS = "the annotations of one document"
    DECISIONS = "a line of adjudication.jsonl or challenges.jsonl"
    CORPUS = "the whole corpus, if all of it is checked"
    WAIVERS = "the waivers of one file, after all other rules"


RECORD_FILES = (Scope.INDEX, Scope.REGISTRY, Scope.ANNOTATIONS)
"""The scopes that are files with records."""


class Need(Enum):
    """What a rule for annotations needs besides them."""

    DOCUMENT = "the entry of the index"
    TEXT = "the entry of the index and the text"


class Fault(NamedTuple):
    """What a check finds. The code, the document and (unless given) the file are added later."""

    pointer: str
    message: str
    start: int | None = None
    end: int | None = None
    related: tuple[Related, ...] = ()
    file: str | None = None


Check = Callable[[Any], Iterable[Fault]]

Guard = Callable[[Any], bool]
"""A quick test of a view: if true, rules with this guard find nothing there."""

Languages = frozenset[str]
"""Languages as the shortest codes of ISO 639."""

ENGLISH: Languages = frozenset({"en"})


class LanguagesWith:
    """The languages whose module has a table of words (:mod:`warclaims.language`).

    >>> ["nl" in NUMBERS_READ, "en" in NUMBERS_READ, "ru" in WORDS_LISTED]
    [False, True, True]
    """

    def __init__(self, table: Literal["NUMBERS", "COVERAGE"]) -> None:
        self._table = table

    def __contains__(self, language: str) -> bool:
        return table_of(language, self._table) is not None


NUMBERS_READ = LanguagesWith("NUMBERS")
WORDS_LISTED = LanguagesWith("COVERAGE")


class Example(NamedTuple):
    """The smallest case of the mistake, and its correction. Brackets enclose annotated words."""

    wrong: str
    right: str

    def __str__(self) -> str:
        """Both, each in its own line.

        >>> print(Example("a [spokesma]n", "a [spokesman]"))
        wrong: a [spokesma]n
        right: a [spokesman]
        """
        return f"wrong: {self.wrong}\nright: {self.right}"


@dataclass(frozen=True)
class Rule:
    """A rule.

    Attributes:
        code: A letter and three digits. The first digit is the level.
        why: The reason for the rule.
        fix: How to fix what it finds.
        check: Yields the faults in a view.
        waivable: Whether a file may waive what the rule finds, if it warns.
        only_warns: Whether what the rule finds may be right, so that it warns whatever its level.
        default: What a rule that warns does in a corpus that does not set it.
        languages: The languages of texts to which the rule is applied; ``None`` for all.
        needs: What the rule needs besides annotations.
        guard: Skips the check for views that pass it; several rules may share one.
        mistake: The smallest edit of a small corpus that the rule finds.
    """

    code: str
    title: str
    why: str
    fix: str
    example: Example
    scopes: tuple[Scope, ...] = (Scope.PARSING,)
    check: Check | None = None
    waivable: bool = True
    only_warns: bool = False
    default: RuleSetting = RuleSetting.WARNING
    languages: Languages | LanguagesWith | None = None
    needs: Need | None = None
    guard: Guard | None = None
    mistake: Mistake | None = None

    def __str__(self) -> str:
        """The code."""
        return self.code

    @property
    def level(self) -> FindingLevel:
        """The level: the first digit of the code."""
        return FindingLevel(int(self.code[1]))

    @property
    def severity(self) -> Severity:
        """Whether findings of the rule must be fixed."""
        return Severity.WARNING if self.only_warns else self.level.severity

    @property
    def warns(self) -> bool:
        """True if the rule finds warnings only."""
        return self.severity is Severity.WARNING

    @property
    def is_waivable(self) -> bool:
        """True if a file may waive findings of the rule."""
        return self.waivable and self.warns

    def reads(self, language: str) -> bool:
        """True if the rule can be applied to texts in ``language``."""
        return self.languages is None or primary(language) in self.languages


def rule(code: str, *scopes: Scope, **declared: Any) -> Callable[[Check], Rule]:
    """Make a rule of the decorated check. The keywords are the fields of :class:`Rule`."""
    return lambda check: Rule(code, scopes=scopes, check=check, **declared)

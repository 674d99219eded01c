"""A rule: a code, words for people, a check, and sometimes a guard that skips the check."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple

from warclaims.findings import FindingLevel, Related, Severity

if TYPE_CHECKING:
    from warclaims.validation.mistakes import Mistake


class Scope(Enum):
    """What a check looks at; it is called once for each."""

    PARSING = "a file before it is a record: found while it is read"
    DOCUMENT = "one entry of the index with its seed"
    INDEX = "the index of documents"
    REGISTRY = "one registry"
    ANNOTATIONS = "the annotations of one document"
    CORPUS = "the corpus as a whole, when all of it is checked"
    WAIVERS = "the waivers of one file, when all that they may waive has been looked for"


RECORD_FILES = (Scope.INDEX, Scope.REGISTRY, Scope.ANNOTATIONS)
"""The scopes that are a file with records."""


class Need(Enum):
    """What must be at hand beside the annotations so that a rule can be applied to them."""

    DOCUMENT = "the entry of the index"
    TEXT = "the entry of the index and the text"


class Fault(NamedTuple):
    """What a check finds; the code, the document and (unless given) the file are added to it."""

    pointer: str
    message: str
    start: int | None = None
    end: int | None = None
    related: tuple[Related, ...] = ()
    file: str | None = None


Check = Callable[[Any], Iterable[Fault]]

Guard = Callable[[Any], bool]
"""A quick test of a view: if true, the rules with this guard cannot find anything there."""

Languages = frozenset[str]
"""Languages by their shortest codes in ISO 639."""

ENGLISH: Languages = frozenset({"en"})


def primary(tag: str) -> str:
    """The language of a tag of BCP 47 without script and region, by its shortest code.

    >>> [primary(tag) for tag in ("en-GB", "eng", "enm", "NL")]
    ['en', 'en', 'enm', 'nl']
    """
    code = tag.split("-", maxsplit=1)[0].lower()
    return {"eng": "en"}.get(code, code)


class Example(NamedTuple):
    """The smallest case of the mistake, and the same put right. Brackets enclose marked words."""

    wrong: str
    right: str

    def __str__(self) -> str:
        """Both, each in a line of its own.

        >>> print(Example("a [spokesma]n", "a [spokesman]"))
        wrong: a [spokesma]n
        right: a [spokesman]
        """
        return f"wrong: {self.wrong}\nright: {self.right}"


@dataclass(frozen=True)
class Rule:
    """A rule. ``why`` says what the rule is there for, ``fix`` what to do.

    A rule that ``guesses`` reads words and may misread them, so it only warns whatever its level.
    ``languages`` are those that it reads; it is not applied to texts in others. ``None`` stands for
    any: the rule reads no words. ``needs`` is what else there must be. ``mistake`` is the smallest
    edit of a small corpus that the rule finds. What a rule warns of may be
    waived by the file that it is about, unless it is not ``waivable``. The check is skipped for
    views that pass the ``guard``, which several rules may share.
    """

    code: str
    title: str
    why: str
    fix: str
    example: Example
    scopes: tuple[Scope, ...] = (Scope.PARSING,)
    check: Check | None = None
    waivable: bool = True
    guesses: bool = False
    languages: Languages | None = None
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
        """Whether what the rule finds must be fixed."""
        return Severity.WARNING if self.guesses else self.level.severity

    @property
    def warns(self) -> bool:
        """True if the rule finds no errors."""
        return self.severity is Severity.WARNING

    @property
    def is_waivable(self) -> bool:
        """True if a file may waive what the rule finds in it."""
        return self.waivable and self.warns

    def reads(self, language: str) -> bool:
        """True if the rule can be applied to texts in ``language``."""
        return self.languages is None or primary(language) in self.languages


def rule(code: str, *scopes: Scope, **declared: Any) -> Callable[[Check], Rule]:
    """Declare the decorated check as a rule; the keywords are the fields of :class:`Rule`."""
    return lambda check: Rule(code, scopes=scopes, check=check, **declared)

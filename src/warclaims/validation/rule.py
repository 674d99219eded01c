"""What a rule is: a record with a code, words for people, and a check."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any, NamedTuple

from warclaims.findings import Level, Related


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


class Fault(NamedTuple):
    """What a check finds; the code, the document and (unless given) the file are added to it."""

    pointer: str
    message: str
    start: int | None = None
    end: int | None = None
    related: tuple[Related, ...] = ()
    file: str | None = None


Check = Callable[[Any], Iterable[Fault]]


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
    """A rule. ``why`` says what the rule is there for, ``mend`` what to do.

    What it finds may be waived by the file that it is about if it warns (level 6) and ``waivable``
    does not say otherwise.
    """

    code: str
    title: str
    why: str
    mend: str
    example: Example
    scopes: tuple[Scope, ...] = (Scope.PARSING,)
    check: Check | None = None
    waivable: bool = True

    @property
    def level(self) -> Level:
        """The level: the first digit of the code."""
        return Level(int(self.code[1]))

    @property
    def is_waivable(self) -> bool:
        """True if a file may waive what the rule finds in it."""
        return self.waivable and self.level is Level.PLAUSIBILITY


def rule(
    code: str,
    *scopes: Scope,
    title: str,
    why: str,
    mend: str,
    example: Example,
    waivable: bool = True,
) -> Callable[[Check], Rule]:
    """Declare the decorated check as a rule."""
    return lambda check: Rule(code, title, why, mend, example, scopes, check, waivable)

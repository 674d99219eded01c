"""The values that a corpus adds to the open lists, and the lists with them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

from pydantic import Field, StringConstraints

from warclaims.records.base import Record, Words
from warclaims.records.vocabulary import OPEN_LISTS
from warclaims.records.waivers import File

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from warclaims.records.vocabulary import ClosedList

OpenListName = Literal[
    "outcome", "status", "age", "sex", "cause", "actor_type", "place_type", "event_type"
]
ListWord = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]


class OwnValue(Record):
    """A value that a corpus adds to an open list."""

    list: OpenListName = Field(description="The list.")
    value: ListWord = Field(description="The value as files have it.")
    label: Words = Field(description="The value in words.")
    meaning: Words = Field(description="When it applies.")
    kind_of: ListWord = Field(
        description="The value of the same list that it is a kind of; what knows that one works "
        "with this one, too."
    )


class OwnValues(File):
    """``annotations/lists.json``."""

    values: tuple[OwnValue, ...] = Field(description="The values, in order of list and value.")


class ListMember(NamedTuple):
    """A value of an open list, core or added."""

    value: str
    label: str
    meaning: str
    kind_of: str | None


def _member(one: ClosedList) -> ListMember:
    return ListMember(one.value, one.value.replace("_", " "), one.meaning, one.kind_of)


class Lists:
    """The open lists of a corpus: the core values and those that it adds.

    >>> lists = Lists()
    >>> lists.is_kind("cause", "suicide_bomb", "explosive")
    True
    >>> lists.is_kind("cause", "explosive", "suicide_bomb")
    False
    """

    def __init__(self, own: Iterable[OwnValue] = ()) -> None:
        self.own = tuple(own)

    @cached_property
    def _members(self) -> dict[str, dict[str, ListMember]]:
        found = {
            name: {one.value: _member(one) for one in choices}
            for name, choices in OPEN_LISTS.items()
        }
        for one in self.own:
            member = ListMember(one.value, one.label, one.meaning, one.kind_of)
            found[one.list].setdefault(one.value, member)
        return found

    def members(self, name: str) -> dict[str, ListMember]:
        """The members of a list by value: the core ones, then those of the corpus."""
        return self._members[name]

    def of(self, choices: type[ClosedList]) -> tuple[ListMember, ...]:
        """The members of any list: of an open one with those of the corpus."""
        for name, core in OPEN_LISTS.items():
            if core is choices:
                return tuple(self._members[name].values())
        return tuple(map(_member, choices))

    def ancestors(self, name: str, value: str) -> Iterator[str]:
        """``value`` and what it is a kind of, the nearest first; unknown values are alone."""
        seen: set[str] = set()
        at: str | None = value
        while at is not None and at not in seen:
            seen.add(at)
            yield at
            member = self._members[name].get(at)
            at = member.kind_of if member else None

    def is_kind(self, name: str, value: str, of: str) -> bool:
        """True if ``value`` is ``of`` or a kind of it."""
        return of in self.ancestors(name, value)

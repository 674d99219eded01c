"""The references in a record, found through the declarations of its fields."""

from __future__ import annotations

from functools import cache
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from warclaims.records import shapes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic import BaseModel

    from warclaims.records import Target


class ReferenceField(NamedTuple):
    """A field with ids: the fields that lead to it from the whole record, and what the ids name.

    Each step is the name of a field, and whether it holds several values.
    """

    steps: tuple[tuple[str, bool], ...]
    target: Target

    @property
    def name(self) -> str:
        """The name of the field itself."""
        return self.steps[-1][0]

    @property
    def many(self) -> bool:
        """True if the field is a list."""
        return self.steps[-1][1]

    def values(self, record: Any) -> list[Any]:
        """The ids in the field, or its lists of ids if they are not empty, as in the file."""
        found: Iterable[Any] = (record,)
        several = False
        for name, many in self.steps:
            owners = chain.from_iterable(found) if several else found
            found, several = filter(None, map(attrgetter(name), owners)), many
        return list(found)

    def ids(self, record: Any) -> Iterable[str]:
        """All ids in the field, in the order of the file."""
        values = self.values(record)
        return chain.from_iterable(values) if self.many else values

    def places(self, record: Any) -> Iterator[tuple[str, str]]:
        """The JSON Pointer to each id, and the id. This is much slower than :meth:`ids`."""
        found: list[tuple[str, Any]] = [("", record)]
        for name, many in self.steps:
            values = [(f"{pointer}/{name}", getattr(owner, name)) for pointer, owner in found]
            found = [(pointer, value) for pointer, value in values if value]
            if many:
                found = [
                    (f"{pointer}/{position}", item)
                    for pointer, items in found
                    for position, item in enumerate(items)
                ]
        yield from found


@cache
def reference_fields(model: type[BaseModel]) -> tuple[ReferenceField, ...]:
    """The fields of ``model``, and of the records in it, that refer to something.

    >>> from warclaims.records import Event
    >>> [(field.name, str(field.target)) for field in reference_fields(Event)]
    [('places', 'registry/places'), ('id', 'registry/events')]
    """
    found: list[ReferenceField] = []
    for shape in shapes(model).values():
        step = (shape.name, shape.many)
        if shape.target is not None:
            found.append(ReferenceField((step,), shape.target))
        elif shape.record is not None:
            inner = reference_fields(shape.record)
            found += [ReferenceField((step, *field.steps), field.target) for field in inner]
    return tuple(found)

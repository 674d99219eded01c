"""References of a record, found through the declarations of its fields."""

from __future__ import annotations

from functools import cache
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from warclaims.corpus.json_schema import escaped
from warclaims.records import FieldKind, Target, shapes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pydantic import BaseModel

RecordPath = tuple["RecordPath", str, int | None] | None
"""The way to a record: that to its owner, the field, the place in the field's list."""


class ReferenceField(NamedTuple):
    """A field that refers to something: where its record stands, what ids it gives.

    ``target`` is the plain value of a :class:`Target`, which is cheaper to look up.
    """

    owner: RecordPath
    name: str
    many: bool
    target: str
    ids: tuple[str, ...]

    def pointer(self, position: int = 0) -> str:
        """The pointer to the id at ``position``, or to the field if it holds one only."""
        return path_pointer(self.owner) + f"/{self.name}" + (f"/{position}" if self.many else "")


def path_pointer(path: RecordPath) -> str:
    """The JSON Pointer of a path.

    >>> path_pointer(((None, "actors", 3), "names", 0))
    '/actors/3/names/0'
    """
    if path is None:
        return ""
    owner, name, position = path
    step = "" if position is None else f"/{position}"
    return f"{path_pointer(owner)}/{escaped(name)}{step}"


def reference_fields(record: BaseModel) -> list[ReferenceField]:
    """Every non-empty reference field of ``record`` and of the records in it, in file order."""
    found: list[ReferenceField] = []
    _collect(record, None, found)
    return found


def _collect(record: BaseModel, path: RecordPath, found: list[ReferenceField]) -> None:
    for name, many, target in _fields(type(record)):
        value = getattr(record, name)
        if not value:
            continue
        if target is not None:
            ids = value if many else (value,)
            found.append(ReferenceField(path, name, many, target, ids))
        elif many:
            for position, item in enumerate(value):
                _collect(item, (path, name, position), found)
        else:
            _collect(value, (path, name, None), found)


class ReferenceColumn(NamedTuple):
    """The values of one reference field, of all records of a list: lists of ids if ``many``."""

    target: str
    many: bool
    values: list[Any]

    @property
    def ids(self) -> Iterable[str | None]:
        """The ids one after the other; ``None`` where a record refers to nothing."""
        return chain.from_iterable(self.values) if self.many else self.values

    @property
    def repeats(self) -> bool:
        """True if a list has an id twice."""
        return self.many and any([len(set(ids)) < len(ids) for ids in self.values if len(ids) > 1])


def reference_columns(records: Sequence[Any]) -> Iterator[ReferenceColumn]:
    """The reference fields of ``records``, which are of one type, and of the records in them.

    This is much faster than :func:`reference_fields`, but does not say where an id is.
    """
    if not records:
        return
    model: type[BaseModel] = type(records[0])
    for name, many, target in _fields(model):
        values = list(map(attrgetter(name), records))
        if target is not None:
            yield ReferenceColumn(target, many, values)
        else:
            inner = chain.from_iterable(values) if many else filter(None, values)
            yield from reference_columns(list(inner))


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, bool, str | None], ...]:
    """Name, whether a list, and target (null: holds records with references) of each field."""
    return tuple(
        (shape.name, shape.many, str(shape.target) if shape.target else None)
        for shape in shapes(model).values()
        if shape.kind is FieldKind.REFERENCE
        or (shape.kind is FieldKind.RECORD and shape.record and _fields(shape.record))
    )


@cache
def registries_of(model: type[BaseModel]) -> frozenset[str]:
    """The registries that a file of ``model`` can refer to, by name.

    >>> from warclaims.records import REGISTRIES
    >>> sorted(registries_of(REGISTRIES["events"]))
    ['events', 'places']
    """
    found: set[str] = set()
    for shape in shapes(model).values():
        if shape.target is not None and shape.target.in_registry:
            found.add(shape.target.collection)
        elif shape.record is not None:
            found |= registries_of(shape.record)
    return frozenset(found)


@cache
def parent_fields(model: type[BaseModel], target: Target) -> tuple[str, ...]:
    """The fields by which a record of ``model`` stands under others of its kind.

    >>> from warclaims.records import Casualty, Place
    >>> parent_fields(Place, Target.PLACE), parent_fields(Casualty, Target.CASUALTY)
    (('parent',), ('subset_of',))
    """
    return tuple(
        shape.name
        for shape in shapes(model).values()
        if shape.target is target
        or (
            shape.kind is FieldKind.RECORD
            and not shape.many
            and shape.record
            and any(s.target is target for s in shapes(shape.record).values())
        )
    )

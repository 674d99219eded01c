"""The fields of the models, as their declarations describe them.

Everything generated from the models (the Label Studio configuration, table columns, reference
checks, documentation) uses this, so that a new attribute is declared in one place.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, Field

from warclaims.records.base import Fragment, Id
from warclaims.records.vocabulary import OPEN_LISTS, ClosedList


class Target(StrEnum):
    """What an id refers to: a list of a registry, or a layer of the same file."""

    ACTOR = "registry/actors"
    PLACE = "registry/places"
    EVENT = "registry/events"
    SIDE = "registry/sides"
    ANNOTATOR = "registry/annotators"
    DOCUMENT = "documents"
    ACTOR_MENTION = "actors"
    CASUALTY = "casualties"
    ATTRIBUTION = "attributions"

    @property
    def in_registry(self) -> bool:
        """True for entries of a registry, false for records of the same file and documents."""
        return self.startswith("registry/")

    @property
    def collection(self) -> str:
        """The name of the list that holds the target: ``actors``, ``events`` …"""
        return self.removeprefix("registry/")


@dataclass(frozen=True)
class RefersTo:
    """What an id field refers to; part of its annotation."""

    target: Target


ActorId = Annotated[Id, RefersTo(Target.ACTOR)]
PlaceId = Annotated[Id, RefersTo(Target.PLACE)]
EventId = Annotated[Id, RefersTo(Target.EVENT)]
SideId = Annotated[Id, RefersTo(Target.SIDE)]
AnnotatorId = Annotated[Id, RefersTo(Target.ANNOTATOR)]
DocumentId = Annotated[Id, RefersTo(Target.DOCUMENT)]
ActorMentionId = Annotated[Id, RefersTo(Target.ACTOR_MENTION)]
CasualtyId = Annotated[Id, RefersTo(Target.CASUALTY)]
AttributionId = Annotated[Id, RefersTo(Target.ATTRIBUTION)]

LIST_MARK = "x-list"
"""The keyword of a JSON Schema that names the open list of a field's values."""


@dataclass(frozen=True)
class OpenTo:
    """A field's values: those of a list that a corpus may extend; part of its annotation.

    The published JSON Schema has the values; the model accepts any identifier, because which values
    a corpus adds is known only where the corpus is.
    """

    choices: type[ClosedList]

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        return {**handler(schema), LIST_MARK: open_list_name(self.choices)}


def open_list_name(choices: type[ClosedList]) -> str:
    """The name of an open list, such as ``outcome``."""
    return next(name for name, values in OPEN_LISTS.items() if values is choices)


class FieldKind(StrEnum):
    """The shape of a field's value."""

    SPAN = "span"
    CHOICE = "choice"
    REFERENCE = "reference"
    INTEGER = "integer"
    NUMBER = "number"
    TEXT = "text"
    FLAG = "flag"
    RECORD = "record"
    OPEN = "open"


@dataclass(frozen=True)
class FieldShape:
    """One field of a model: its kind, whether it holds several values, whether it may be null."""

    name: str
    kind: FieldKind
    description: str
    many: bool
    nullable: bool
    required: bool
    choices: type[ClosedList] | None = None
    target: Target | None = None
    record: type[BaseModel] | None = None

    @property
    def meaning(self) -> str:
        """The description without the values of a closed list."""
        return self.description.removesuffix(_values(self.choices) if self.choices else "")


_FIRST = ("schema_version", "id")
_LAST = ("evidence", "basis", "reason", "score", "alternatives", "note", "waivers", "extra")


@cache
def field_order(model: type[BaseModel]) -> tuple[str, ...]:
    """The names of the fields as files and tables list them: identity first, remarks last."""
    names = list(model.model_fields)
    first = [name for name in _FIRST if name in names]
    last = [name for name in _LAST if name in names]
    return (*first, *(n for n in names if n not in _FIRST and n not in _LAST), *last)


@cache
def defaults(model: type[BaseModel]) -> dict[str, Any]:
    """The optional fields of ``model`` with the value at which each is left out of files."""
    return {
        name: field.get_default(call_default_factory=True)
        for name, field in model.model_fields.items()
        if not field.is_required()
    }


@cache
def shapes(model: type[BaseModel]) -> dict[str, FieldShape]:
    """The fields of ``model`` by name, in the order of :func:`field_order`.

    >>> from warclaims.records import Casualty
    >>> shapes(Casualty)["subset_of"].target
    <Target.CASUALTY: 'casualties'>
    """
    found: dict[str, FieldShape] = {}
    for name in field_order(model):
        field = model.model_fields[name]
        annotation: Any = field.annotation
        if field.metadata:
            annotation = Annotated[(annotation, *field.metadata)]
        found[name] = _shape(
            name, annotation, description=field.description or "", required=field.is_required()
        )
    return found


@cache
def span_fields(model: type[BaseModel]) -> tuple[str, ...]:
    """The names of the fields of ``model`` that hold spans, in the order of :func:`field_order`."""
    return tuple(name for name, shape in shapes(model).items() if shape.kind is FieldKind.SPAN)


def _shape(name: str, annotation: Any, *, description: str, required: bool) -> FieldShape:
    nullable = many = False
    target: Target | None = None
    choices: type[ClosedList] | None = None
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation, *metadata = get_args(annotation)
            target = next((m.target for m in metadata if isinstance(m, RefersTo)), target)
            choices = next((m.choices for m in metadata if isinstance(m, OpenTo)), choices)
        elif origin in (Union, UnionType):
            rest = [a for a in get_args(annotation) if a is not NoneType]
            if len(rest) != 1:
                raise TypeError(f"field {name!r}: a union of several types has no single shape")
            annotation, nullable = rest[0], True
        elif origin is tuple:
            annotation, many = get_args(annotation)[0], True
        else:
            break

    choices = annotation if _is_a(annotation, ClosedList) else choices
    kind = FieldKind.CHOICE if choices else _kind(annotation, target)
    return FieldShape(
        name=name,
        kind=kind,
        description=description,
        many=many and annotation is not Fragment,
        nullable=nullable,
        required=required,
        choices=choices,
        target=target,
        record=annotation if kind is FieldKind.RECORD else None,
    )


_PLAIN = {
    Fragment: FieldKind.SPAN,
    bool: FieldKind.FLAG,
    int: FieldKind.INTEGER,
    float: FieldKind.NUMBER,
}


def _kind(annotation: Any, target: Target | None) -> FieldKind:
    if target is not None:
        return FieldKind.REFERENCE
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    if _is_a(annotation, BaseModel):
        return FieldKind.RECORD
    return FieldKind.OPEN if get_origin(annotation) is dict else FieldKind.TEXT


def _is_a(annotation: Any, base: type) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, base)


def described(choices: type[ClosedList], lead: str, **options: Any) -> Any:
    """A pydantic field whose description lists every value of ``choices`` with its meaning.

    ``options`` are those of :func:`pydantic.Field`, such as ``default``.
    """
    return Field(description=lead + _values(choices), **options)


def _values(choices: type[ClosedList]) -> str:
    return f" {'; '.join(f'{member.value}: {member.meaning}' for member in choices)}."

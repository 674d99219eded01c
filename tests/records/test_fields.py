"""The projection of the models that everything else is made from."""

import pytest

from warclaims.records import (
    LAYERS,
    REGISTRIES,
    Annotations,
    Casualty,
    Document,
    FieldKind,
    Target,
    shapes,
    vocabulary,
)
from warclaims.records.fields import field_order
from warclaims.records.vocabulary import ClosedList

MODELS = [Annotations, Document, *LAYERS.values(), *REGISTRIES.values()]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_has_a_meaning_and_a_shape(model):
    for shape in shapes(model).values():
        assert len(shape.description) > 10
        assert (shape.choices is not None) == (shape.kind is FieldKind.CHOICE)
        assert (shape.target is not None) == (shape.kind is FieldKind.REFERENCE)
        assert (shape.record is not None) == (shape.kind is FieldKind.RECORD)


def test_the_shapes_of_a_casualty():
    casualty = shapes(Casualty)
    assert casualty["span"].kind is FieldKind.SPAN
    assert not casualty["span"].nullable
    assert casualty["trigger"].nullable
    assert casualty["value"].nullable
    assert casualty["events"].many
    assert casualty["events"].target is Target.EVENT
    assert casualty["events"].target.in_registry
    assert not casualty["perpetrator"].many
    assert not casualty["perpetrator"].target.in_registry
    assert casualty["note"].kind is FieldKind.TEXT
    assert not casualty["note"].required


def test_identity_comes_first_and_remarks_last():
    assert field_order(Casualty)[0] == "id"
    assert field_order(Casualty)[-3:] == ("alternatives", "note", "extra")
    assert field_order(Annotations)[0] == "schema_version"


def closed_lists():
    found = [value for value in vars(vocabulary).values() if isinstance(value, type)]
    return [kind for kind in found if issubclass(kind, ClosedList) and kind is not ClosedList]


@pytest.mark.parametrize("closed_list", closed_lists(), ids=lambda kind: kind.__name__)
def test_every_value_of_a_closed_list_has_a_meaning_of_its_own(closed_list):
    meanings = [member.meaning for member in closed_list]
    assert all(meanings)
    assert len(set(meanings)) == len(meanings)
    for member in closed_list:
        assert member == member.value
        assert member.name == member.value.upper()

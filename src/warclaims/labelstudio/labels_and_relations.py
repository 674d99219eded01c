"""Labels, relations and attributes: how records are shown to annotators.

Labels, colours and relations are declared here; attributes are the fields of the models. The
configuration, the tasks and the import all use these tables.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from warclaims.docstrings import docstring
from warclaims.records import (
    LAYERS,
    FieldKind,
    FieldShape,
    Layer,
    LayerName,
    ListMember,
    Lists,
    shapes,
)

REGION_CONTROL = "span"
"""Name of the control that draws regions."""

TEXT_OBJECT = "text"
"""Name of the text object, and the key of the text in a task's data."""

BOILERPLATE = "boilerplate"
CONTINUES = "continues"

SOURCE = "source"
"""The one relation whose field belongs to the record that the arrow points to."""


@dataclass(frozen=True)
class RegionLabel:
    """A label, and the span field of a layer that its regions show.

    A region whose label is a ``head`` carries the attributes of a record. Regions of other labels
    are further spans of the record to which a relation joins them.
    """

    name: str
    layer: LayerName | None
    field: str
    head: bool
    colour: str
    hotkey: str

    @property
    def hint(self) -> str:
        """An explanation for annotators, from the descriptions of the models."""
        if self.layer is None:
            return "Text that is not part of the article. Do not annotate it."
        model = LAYERS[self.layer]
        if self.field == "span":
            return docstring(model).partition("\n")[0]
        words = shapes(model)[self.field].description.partition("; null")[0].rstrip(".")
        if self.head and self.field == "content":
            what = words.partition(";")[0]
            return f"{what} where no words attribute it, as in a free-standing quotation."
        return f"{words}."


# The colours are Okabe and Ito's, distinct with any colour vision. No key is a digit: typed beside
# a number field by mistake, it would change the label.
REGION_LABELS: dict[str, RegionLabel] = {
    label.name: label
    for label in (
        RegionLabel("actor", "actors", "span", True, "#0072B2", "a"),
        RegionLabel("location", "locations", "span", True, "#009E73", "l"),
        RegionLabel("casualty", "casualties", "span", True, "#D55E00", "c"),
        RegionLabel("trigger", "casualties", "trigger", False, "#E69F00", "t"),
        RegionLabel("cue", "attributions", "cue", True, "#CC79A7", "q"),
        RegionLabel("content", "attributions", "content", False, "#999999", "s"),
        # An attribution without a cue has no other region for its attributes.
        RegionLabel("content_uncued", "attributions", "content", True, "#56B4E9", "f"),
        RegionLabel(BOILERPLATE, None, "", False, "#DDDDDD", "alt+b"),
    )
}
"""The labels in the order of their buttons."""


class RelationType(NamedTuple):
    """A relation between two regions: the field that it fills, and the labels at its ends."""

    name: str
    from_label: str
    to_label: str

    @property
    def owner_label(self) -> str:
        """The label at the record that has the field."""
        return self.to_label if self.name == SOURCE else self.from_label

    @property
    def other_label(self) -> str:
        """The label at the other end."""
        return self.from_label if self.name == SOURCE else self.to_label


RELATION_TYPES: tuple[RelationType, ...] = (
    RelationType(SOURCE, "actor", "cue"),
    RelationType(SOURCE, "actor", "content_uncued"),
    RelationType("content", "cue", "content"),
    RelationType("blames", "cue", "actor"),
    RelationType("blames", "content_uncued", "actor"),
    RelationType("trigger", "casualty", "trigger"),
    RelationType("perpetrator", "casualty", "actor"),
    RelationType("subset_of", "casualty", "casualty"),
    RelationType("same_as", "casualty", "casualty"),
    RelationType("revises", "casualty", "casualty"),
    RelationType("besides", "casualty", "casualty"),
    RelationType("answers", "cue", "cue"),
    RelationType("answers", "cue", "content_uncued"),
    RelationType("answers", "content_uncued", "cue"),
    RelationType("answers", "content_uncued", "content_uncued"),
)
"""Every relation. The labels at its two ends decide which one is meant."""

RELATION_LABELS = (*dict.fromkeys(relation.name for relation in RELATION_TYPES), CONTINUES)


@cache
def relations_between(from_label: str, to_label: str) -> tuple[str, ...]:
    """The relation labels allowed from one label to another, the default first.

    >>> relations_between("casualty", "casualty")
    ('subset_of', 'same_as', 'revises', 'besides', 'continues')
    >>> relations_between("actor", "location")
    ()
    """
    found = [
        relation.name
        for relation in RELATION_TYPES
        if (relation.from_label, relation.to_label) == (from_label, to_label)
    ]
    if from_label == to_label and REGION_LABELS[from_label].layer is not None:
        found.insert(0 if found == ["answers"] else len(found), CONTINUES)
    return tuple(found)


@dataclass(frozen=True)
class AttributeControl:
    """An attribute of a region: a field of the models, and the labels it is offered for."""

    name: str
    shape: FieldShape
    labels: tuple[str, ...]
    tag: str

    @property
    def type(self) -> str:
        """The ``type`` of its results, which is also the key of their value."""
        return self.tag.lower()

    @property
    def value_key(self) -> str:
        """The key of the value in a result."""
        return "text" if self.tag == "TextArea" else self.type

    def options(self, lists: Lists) -> dict[str, ListMember]:
        """The choices by value, if the field has a list of values; ``lists`` are the corpus's."""
        if self.shape.kind is FieldKind.FLAG:
            name = self.shape.name
            return {name: ListMember(name, name, self.shape.description, None)}
        return (
            {one.value: one for one in lists.of(self.shape.choices)} if self.shape.choices else {}
        )

    @property
    def registry(self) -> str | None:
        """The registry to choose from, also the key of the choices in the data of a task."""
        return self.shape.target.collection if self.shape.target else None


_TAGS = {
    FieldKind.CHOICE: "Choices",
    FieldKind.FLAG: "Choices",
    FieldKind.REFERENCE: "Taxonomy",
    FieldKind.INTEGER: "Number",
    FieldKind.TEXT: "TextArea",
    FieldKind.RECORD: "TextArea",
    FieldKind.OPEN: "TextArea",
}

NEW_ENTRY = AttributeControl(
    name="new_entry",
    shape=FieldShape(
        name="new_entry",
        kind=FieldKind.TEXT,
        description="A name missing from the registry.",
        many=False,
        nullable=True,
        required=False,
    ),
    labels=tuple(label.name for label in REGION_LABELS.values() if label.head),
    tag="TextArea",
)
"""Where annotators propose registry entries; it is not a field of a record."""


ONLY_IF = {"casualty_value_max": ("casualty_quantifier", "range")}
"""Controls that are shown only while a choice of another control is selected.

Label Studio saves their values also when they are not shown any more.
"""


@cache
def controls() -> dict[str, AttributeControl]:
    """The attributes by name, layer by layer in the order of fields; remarks last.

    A field that all layers have is one control, so that its value survives a change of label.
    """
    common = shapes(Layer)
    found: dict[str, AttributeControl] = {}
    for layer, model in LAYERS.items():
        labels = head_labels(layer)
        for name, shape in shapes(model).items():
            if name not in common and _is_attribute(shape):
                control = f"{model.noun}_{name}"
                found[control] = AttributeControl(control, shape, labels, _TAGS[shape.kind])
    every = NEW_ENTRY.labels
    for name, shape in common.items():
        if _is_attribute(shape):
            found[name] = AttributeControl(name, shape, every, _TAGS[shape.kind])
    found[NEW_ENTRY.name] = NEW_ENTRY
    return found


def _is_attribute(shape: FieldShape) -> bool:
    if shape.name in ("id", "extra") or shape.kind not in _TAGS:
        return False
    return shape.target is None or shape.target.in_registry


def controls_of(layer: LayerName) -> dict[str, AttributeControl]:
    """The controls that hold fields of a layer's records, by field name."""
    label = head_labels(layer)[0]
    return {
        control.shape.name: control
        for control in controls().values()
        if label in control.labels and control is not NEW_ENTRY
    }


def head_labels(layer: LayerName) -> tuple[str, ...]:
    """The labels that records of ``layer`` are attached to."""
    return tuple(
        label.name for label in REGION_LABELS.values() if label.head and label.layer == layer
    )


def head_id(label: str, record: str, position: int) -> str:
    """The id of the region of a record's fragment, counted from 1.

    >>> head_id("cue", "t3", 1)
    'cue-1-t3'
    """
    return f"{label}-{position}-{record}"


def region_id(label: str, start: int, end: int) -> str:
    """The id of a region that several records may share: a trigger, content or boilerplate."""
    return f"{label}-{start}-{end}"


class HeadId(NamedTuple):
    """The parts of the id of a head region."""

    label: str
    position: int
    record: str


_HEAD_ID = re.compile(r"([a-z_]+)-([1-9][0-9]{0,8})-([A-Za-z0-9_-]+)")


def parse_head_id(region: str) -> HeadId | None:
    """Read an id made by :func:`head_id`; ``None`` for any other id.

    >>> parse_head_id("actor-2-a1-b")
    HeadId(label='actor', position=2, record='a1-b')
    >>> parse_head_id("content-4-9") is parse_head_id("Ab-3_x") is None
    True
    """
    found = _HEAD_ID.fullmatch(region)
    if not found or found[1] not in REGION_LABELS or not REGION_LABELS[found[1]].head:
        return None
    return HeadId(found[1], int(found[2]), found[3])

"""Which layer, fields and links the labels of another program stand for."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from pydantic import Field, JsonValue

from warclaims.corpus.description import read_toml
from warclaims.errors import InvalidFile
from warclaims.findings import Finding
from warclaims.hints import did_you_mean
from warclaims.records import LAYERS, FieldKind, LayerName, shapes
from warclaims.records.base import Parcel, Words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NUMBER = re.compile(r"\d+$")


class LabelRule(Parcel):
    """What spans with a label become."""

    layer: LayerName = Field(description="The layer of the records.")
    fields: dict[str, JsonValue] = Field(
        default_factory=dict, description="Values of fields that all these records get."
    )


class LinkRule(Parcel):
    """What links with a label become."""

    field: Words = Field(
        description="The field of the record that a link begins at: a reference to another record, "
        "or a span (cue, content, trigger, span), which is then that of the label linked to."
    )
    reverse: bool = Field(
        default=False, description="True if the field is one of the record that the link ends at."
    )


class AttributeRule(Parcel):
    """What an attribute becomes."""

    field: Words = Field(description="The field.")
    values: dict[str, JsonValue] = Field(
        default_factory=dict, description="The field's value for each value; others stay."
    )

    def mapped(self, value: JsonValue) -> JsonValue:
        """What a value becomes, or each member of a list; a list among these is its members.

        Numbers and truth values are found as JSON writes them: ``true``, ``2``.

        >>> AttributeRule(field="status", values={"CIV": "civilian"}).mapped(["CIV", "police"])
        ['civilian', 'police']
        """
        if not isinstance(value, list):
            return self.values.get(value if isinstance(value, str) else json.dumps(value), value)
        found: list[JsonValue] = []
        for one in map(self.mapped, value):
            found += one if isinstance(one, list) else [one]
        return found


class LabelMapping(Parcel):
    """The rules of a mapping file, by label; the own names of layers and fields need none."""

    labels: dict[Words, LabelRule] = Field(default_factory=dict, description="By label of spans.")
    links: dict[Words, LinkRule] = Field(default_factory=dict, description="By label of links.")
    attributes: dict[Words, AttributeRule] = Field(
        default_factory=dict, description="By name of attributes."
    )

    def label_rule(self, label: str, scheme: str = "") -> LabelRule | None:
        """The rule for spans with ``label``; one of another scheme is never an own label."""
        return self.labels.get(label) or (None if scheme else _OWN_LABELS.get(label))

    def link_rule(self, label: str) -> LinkRule | None:
        """The rule for links with ``label``; ``Source2`` is a second ``Source``."""
        for name in (label, _NUMBER.sub("", label)):
            if rule := self.links.get(name) or OWN_LINKS.get(name):
                return rule
        return None

    def attribute_rule(self, name: str) -> AttributeRule:
        """The rule for the attribute ``name``; without one, it is the field of that name."""
        return self.attributes.get(name) or AttributeRule(field=name)


_OWN_LABELS = {
    model.noun: LabelRule.model_construct(layer=layer, fields={}) for layer, model in LAYERS.items()
}
"""The labels that exports give records."""


def _links_of_layers() -> Iterator[str]:
    for model in LAYERS.values():
        for name, shape in shapes(model).items():
            is_link = shape.target is not None and not shape.target.in_registry
            if is_link or (shape.kind is FieldKind.SPAN and name != "span"):
                yield name


OWN_LINKS = {
    name: LinkRule.model_construct(field=name, reverse=False) for name in _links_of_layers()
}
"""The labels that exports give links."""


def read_mapping(path: Path) -> LabelMapping:
    """The mapping in a TOML file.

    Raises:
        InvalidFile: it is not one, or names a layer or field that does not exist.
    """
    mapping = read_toml(path, str(path), LabelMapping)
    if wrong := list(_unknown_fields(mapping, str(path))):
        raise InvalidFile(wrong)
    return mapping


def _unknown_fields(mapping: LabelMapping, file: str) -> Iterator[Finding]:
    every = {name for model in LAYERS.values() for name in shapes(model)}
    for label, rule in mapping.labels.items():
        known = [*shapes(LAYERS[rule.layer])]
        for name in rule.fields:
            if name not in known:
                yield _unknown(file, f"/labels/{label}/fields/{name}", name, known)
    rules: dict[str, dict[str, Any]] = {"links": {**mapping.links}}
    rules["attributes"] = {**mapping.attributes}
    for part, named in rules.items():
        for label, rule in named.items():
            known = sorted({*OWN_LINKS, "span"} if part == "links" else every)
            if rule.field not in known:
                yield _unknown(file, f"/{part}/{label}/field", rule.field, known)


def _unknown(file: str, pointer: str, name: str, known: list[str]) -> Finding:
    hint = did_you_mean(name, known) or "."
    message = f"there is no field {name!r} for this{hint} Known: {', '.join(known)}"
    return Finding(file, pointer, "S203", message)

"""The types of UIMA for the layers, as INCEpTION has custom layers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cassis import TypeSystem

from warclaims.records import LAYERS, FieldKind, shapes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.records import FieldShape

NAMESPACE = "webanno.custom."
"""What the types of INCEpTION's custom layers begin with."""

FOREIGN = "ForeignLabel"
DOCUMENT = "DocumentFacts"
STRING = "uima.cas.String"
_STRINGS = "uima.cas.StringArray"
_ARRAY = "uima.cas.FSArray"

NAMES = {**{model.noun: model.noun.title() for model in LAYERS.values()}, "cue": "Cue"}
NAMES |= {"trigger": "Trigger"}
"""The name of the type of each label, without the namespace."""

MODELS = {model.noun: model for model in LAYERS.values()}

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def forbidden(words: str) -> re.Match[str] | None:
    """The first character that XML 1.0 does not allow; ``None`` if there is none."""
    return _FORBIDDEN.search(words)


def feature_shapes(label: str) -> Iterator[FieldShape]:
    """The fields of a layer that are features: words, numbers, values of lists, registry ids."""
    if label in MODELS:
        for shape in shapes(MODELS[label]).values():
            is_value = shape.kind not in (FieldKind.SPAN, FieldKind.RECORD, FieldKind.OPEN)
            is_link = shape.target is not None and not shape.target.in_registry
            if is_value and not is_link and shape.name not in ("id", "alternatives", "extra"):
                yield shape


def link_names(label: str) -> Iterator[tuple[str, str]]:
    """The links of a layer, with the name of the type that each ends at."""
    if label in MODELS:
        model = MODELS[label]
        for name, shape in shapes(model).items():
            if shape.target is not None and not shape.target.in_registry:
                yield name, NAMES[LAYERS[_layer(shape)].noun]
            elif shape.kind is FieldKind.SPAN and name != model.main_span:
                yield name, NAMES[name]


def _layer(shape: FieldShape) -> Any:
    return shape.target.collection if shape.target else ""


def link_type(type_name: str, feature: str) -> str:
    """The name of the type whose instances are the links in a feature, as INCEpTION makes it."""
    return f"{type_name}{feature[0].upper()}{feature[1:]}Link"


def typesystem() -> Any:
    """The types of all layers."""
    made = TypeSystem()
    facts = made.create_type(f"{NAMESPACE}{DOCUMENT}", "uima.cas.AnnotationBase")
    for feature in ("identifier", "facts"):
        made.create_feature(facts, feature, STRING)
    types = {name: made.create_type(f"{NAMESPACE}{name}") for name in (*NAMES.values(), FOREIGN)}
    for type_ in types.values():
        for feature in ("identifier", "rest"):
            made.create_feature(type_, feature, STRING)
    for label, name in NAMES.items():
        for shape in feature_shapes(label):
            kind = _STRINGS if shape.many else STRING
            made.create_feature(types[name], shape.name, kind, description=shape.meaning)
        for feature, target in link_names(label):
            _add_links(made, types[name], name, feature, types[target])
    for feature in ("label", "scheme"):
        made.create_feature(types[FOREIGN], feature, STRING)
    _add_links(made, types[FOREIGN], FOREIGN, "links", made.get_type("uima.tcas.Annotation"))
    return made


def _add_links(made: Any, type_: Any, name: str, feature: str, target: Any) -> None:
    link = made.create_type(f"{NAMESPACE}{link_type(name, feature)}", "uima.cas.TOP")
    made.create_feature(link, "role", STRING)
    made.create_feature(link, "target", target)
    made.create_feature(type_, feature, _ARRAY, link, multipleReferencesAllowed=False)

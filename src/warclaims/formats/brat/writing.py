"""Write annotated texts as standoff files of brat."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from itertools import count
from typing import TYPE_CHECKING, Any

from warclaims.formats.annotated_text import annotated_text
from warclaims.formats.overwrite_guard import MANIFEST
from warclaims.records import LAYERS, FieldKind, shapes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from warclaims.corpus import Corpus, Registries
    from warclaims.formats.annotated_text import AnnotatedText, LabelledSpan
    from warclaims.records import Bundle, FieldShape

CONFIGURATION = "annotation.conf"
FOLDER = ("a folder of brat files that an export wrote", MANIFEST)
"""The kind of folder that an export may replace, and the file by which it is known."""

RECORD_NOTE = "Record"
"""The type of notes that hold, as JSON, what brat has no line for."""

NOTE = "AnnotatorNotes"

_NAME = re.compile(r"[\w-]+")
"""What a label or attribute may be in a standoff file."""

_RESERVED = {"note", "notes", "normalisations"}
"""Attributes of foreign labels that are not lines of their own."""

_MODELS = {model.noun: model for model in LAYERS.values()}


def write_documents(bundles: Iterable[Bundle], corpus: Corpus) -> Iterator[tuple[str, bytes]]:
    """The files, by name: the configuration, then text and standoff file of each document."""
    yield CONFIGURATION, _configuration(corpus).encode()
    for text in map(annotated_text, bundles):
        yield f"{text.name}.txt", text.text.encode()
        lines = _StandoffLines(text, corpus.registries).lines()
        yield f"{text.name}.ann", "".join(f"{line}\n" for line in lines).encode()


class _StandoffLines:
    """The lines of the standoff file of one text."""

    def __init__(self, text: AnnotatedText, registries: Registries) -> None:
        self._text = text
        self._registries = registries
        self._numbers: defaultdict[str, Iterator[int]] = defaultdict(lambda: count(1))
        self._ids: dict[str, str] = {}

    def lines(self) -> Iterator[str]:
        """The spans, then what belongs to each, then the relations."""
        for span in self._text.spans:
            self._ids[span.id] = self._next("T")
            places = ";".join(f"{start} {end}" for start, end in span.ranges)
            words = " ".join(self._text.text[start:end] for start, end in span.ranges)
            yield f"{self._ids[span.id]}\t{_name(span.label)} {places}\t{_one_line(words)}"
        for span in self._text.spans:
            yield from self._of_span(span)
        for link in self._text.links:
            ends = f"Arg1:{self._ids[link.source]} Arg2:{self._ids[link.target]}"
            relation, label = self._next("R"), _name(link.label)
            yield f"{relation}\t{label} {ends}"
            if label != link.label:
                plain = json.dumps({"label": link.label}, ensure_ascii=False)
                yield f"{self._next('#')}\t{RECORD_NOTE} {relation}\t{plain}"

    def _of_span(self, span: LabelledSpan) -> Iterator[str]:
        own = _MODELS.get(span.label) if not span.scheme else None
        rest: dict[str, Any] = {}
        for name, value in span.attributes.items():
            shape = shapes(own)[name] if own else None
            if shape is not None and shape.required and value in (None, []):
                continue
            if name == "note" and own and _is_one_line(value):
                yield f"{self._next('#')}\t{NOTE} {self._ids[span.id]}\t{value}"
            elif lines := [*self._attribute(span, name, value, shape)]:
                yield from lines
            else:
                rest[name] = value
        known: dict[str, Any] = {"id": span.id} if own or span.scheme else {}
        if rest:
            known["attributes"] = rest
        if span.scheme:
            known |= {"scheme": span.scheme}
            if span.label != _name(span.label):
                known["label"] = span.label
            if span.extra:
                known["extra"] = span.extra
        if known:
            plain = json.dumps(known, ensure_ascii=False)
            yield f"{self._next('#')}\t{RECORD_NOTE} {self._ids[span.id]}\t{plain}"

    def _attribute(
        self, span: LabelledSpan, name: str, value: Any, shape: FieldShape | None
    ) -> Iterator[str]:
        """The lines for an attribute, none if brat has none for it."""
        target = self._ids[span.id]
        if shape is None:
            is_word = value is True or (isinstance(value, str) and value.split() == [value])
            if is_word and _NAME.fullmatch(name) and name not in _RESERVED:
                end = "" if value is True else f" {value}"
                yield f"{self._next('A')}\t{name} {target}{end}"
        elif shape.kind is FieldKind.CHOICE:
            for one in value if shape.many else [value]:
                yield f"{self._next('A')}\t{name} {target} {one}"
        elif shape.target is not None:
            entries = getattr(self._registries, shape.target.collection)
            for one in (value if shape.many else [value]) if value else ():
                label = entries[one].label if one in entries else one
                line = f"{self._next('N')}\tReference {target} {name}:{one}"
                yield f"{line}\t{_one_line(label)}"

    def _next(self, kind: str) -> str:
        return f"{kind}{next(self._numbers[kind])}"


def _one_line(words: str) -> str:
    return re.sub(r"[\t\n\r]", " ", words)


def _is_one_line(words: str) -> bool:
    return words == words.strip() and _one_line(words) == words


def _name(label: str) -> str:
    """``label`` as brat can have it."""
    return re.sub(r"[^\w-]", "_", label)


def _configuration(corpus: Corpus) -> str:
    """The types of spans, relations and attributes."""
    parts: dict[str, list[str]] = {}
    attributes: dict[str, tuple[list[str], dict[str, None]]] = {}
    relations = []
    for model in _MODELS.values():
        for name, shape in shapes(model).items():
            if shape.kind is FieldKind.SPAN and name != model.main_span:
                parts[name] = [model.noun]
                relations.append(f"{name}\tArg1:{model.noun}, Arg2:{name}")
            elif shape.target is not None and not shape.target.in_registry:
                relations.append(f"{name}\tArg1:{model.noun}, Arg2:{_noun(shape)}")
            elif shape.choices is not None:
                of, values = attributes.setdefault(name, ([], {}))
                of.append(model.noun)
                values.update(dict.fromkeys(one.value for one in corpus.lists.of(shape.choices)))
    return "\n".join(
        [
            "[entities]",
            *_MODELS,
            *parts,
            "\n[relations]",
            *relations,
            "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>",
            "\n[events]",
            "\n[attributes]",
            *(
                f"{name}\tArg:{'|'.join(of)}, Value:{'|'.join(values)}"
                for name, (of, values) in attributes.items()
            ),
            "",
        ]
    )


def _noun(shape: FieldShape) -> str:
    """The label of the records that a field refers to."""
    target = shape.target.collection if shape.target else ""
    return next(model.noun for layer, model in LAYERS.items() if layer == target)

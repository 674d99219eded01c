"""Make records from the labelled spans and links of another program."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from warclaims.authoring.building import build_document
from warclaims.findings import Finding
from warclaims.formats.annotated_text import LINK, is_linked
from warclaims.records import LAYERS, FieldKind, shapes
from warclaims.records.base import ID_PATTERN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from warclaims.authoring.building import BuiltDocument
    from warclaims.corpus import Registries
    from warclaims.formats.annotated_text import AnnotatedText, LabelledLink, LabelledSpan
    from warclaims.formats.mapping import LabelMapping
    from warclaims.records import Document, FieldShape, LayerName

MADE_TWICE = 10
"""How often a document is made again at most, each time without the records that have errors."""


@dataclass
class ImportCounts:
    """What an import has read, and what of it no layer has a place for.

    Attributes:
        spans: Labelled spans.
        discontinuous: Those of several fragments.
        links: Links between them.
        records: Records made, by layer.
        labels: Labels kept as foreign ones.
        unmapped_links: Labels of links kept beside the record or foreign label.
        unmapped_attributes: Names of attributes kept there.
    """

    spans: int = 0
    discontinuous: int = 0
    links: int = 0
    records: Counter[LayerName] = field(default_factory=Counter)
    labels: Counter[str] = field(default_factory=Counter)
    unmapped_links: Counter[str] = field(default_factory=Counter)
    unmapped_attributes: Counter[str] = field(default_factory=Counter)

    def read(self, text: AnnotatedText) -> None:
        """Count what ``text`` has."""
        self.spans += len(text.spans)
        self.discontinuous += sum(len(span.ranges) > 1 for span in text.spans)
        self.links += len(text.links)


@dataclass(frozen=True)
class RecordMaker:
    """Makes records for the spans whose label is mapped, and keeps everything else as it came.

    Labels without a rule, and those whose record would be an error, become foreign labels; links
    and attributes without a place are kept in their attributes, or in ``extra`` of the record under
    the name of the scheme.

    Attributes:
        mapping: The rules for labels, links and attributes.
        scheme: The name of the format.
        registries: The entries that references may name.
        counts: Where everything is counted.
    """

    mapping: LabelMapping
    scheme: str
    registries: Registries
    counts: ImportCounts

    def make(
        self, text: AnnotatedText, document: Document, annotator: str, guidelines: str
    ) -> tuple[BuiltDocument, list[Finding]]:
        """The document with its records; warnings name the records that would be errors."""
        refused: dict[str, str] = {}
        for _ in range(MADE_TWICE):
            draft = _Draft(text, self, refused)
            draft.apply()
            built = build_document(
                text.text,
                document=document,
                annotator=annotator,
                guidelines=guidelines,
                lists=self.registries.lists,
                foreign=draft.foreign,
                kept_ids=draft.kept_ids,
                **draft.records,
            )
            wrong = draft.owners(built.findings)
            if not wrong:
                break
            refused |= wrong
        draft.count(self.counts)
        spans = {span.id: span for span in text.spans}
        return built, [
            Finding(
                text.file or text.name,
                "",
                "X601",
                f"{spans[name].label} {name} is kept as a foreign label: {why}",
                line=spans[name].line or None,
            )
            for name, why in refused.items()
        ]


class _Draft:
    """The records of one text as dictionaries, before they are built."""

    def __init__(self, text: AnnotatedText, maker: RecordMaker, refused: Collection[str]) -> None:
        self._text = text
        self._mapping = maker.mapping
        self._scheme = maker.scheme
        self._registries = maker.registries
        self._spans = {span.id: span for span in text.spans}
        self._layers: dict[str, LayerName] = {}
        self._made: dict[str, dict[str, Any]] = {}
        self._rest: dict[str, dict[str, Any]] = {}
        self._parts: set[str] = set()
        self._unmapped_links: Counter[str] = Counter()
        self._unmapped_attributes: Counter[str] = Counter()
        self._is_placed: set[tuple[str, str]] = set()
        self._named: set[str] = set()
        for span in text.spans:
            rule = None if span.scheme else self._mapping.label_rule(span.label)
            if rule is not None and span.id not in refused:
                self._layers[span.id] = rule.layer
                main = LAYERS[rule.layer].main_span
                self._made[span.id] = {"id": span.id, **rule.fields, main: joined(span.ranges)}

    @property
    def records(self) -> dict[str, Any]:
        """The records of each layer."""
        return {
            layer: [one for name, one in self._made.items() if self._layers[name] == layer]
            for layer in LAYERS
        }

    @property
    def foreign(self) -> list[dict[str, Any]]:
        """The labels that became neither a record nor a part of one."""
        return [
            {
                "id": self._foreign_id(span.id, number),
                "span": joined(span.ranges),
                "label": span.label,
                "scheme": span.scheme or self._scheme,
                "attributes": {**span.attributes, **self._rest.get(span.id, {})},
                **({"extra": span.extra} if span.extra else {}),
            }
            for number, span in enumerate(self._text.spans, 1)
            if self._is_foreign(span)
        ]

    @property
    def kept_ids(self) -> set[str]:
        """The ids that look like those of their layer, and the ids of foreign labels."""
        kept = {str(label["id"]) for label in self.foreign}
        for name, layer in self._layers.items():
            if name.startswith(LAYERS[layer].id_prefix) and re.fullmatch(ID_PATTERN, name):
                kept.add(name)
        return kept

    def apply(self) -> None:
        """Apply the rules for attributes, then those for links."""
        for name, record in self._made.items():
            for attribute, value in self._spans[name].attributes.items():
                self._set_attribute(name, record, attribute, value)
            self._check_alternatives(name, record)
        for link in self._text.links:
            self._set_link(link)
        for name, record in self._made.items():
            if name in self._rest or name in self._named:
                kept = {"id": name, **self._rest.get(name, {})}
                record["extra"] = {**record.get("extra", {}), self._scheme: kept}

    def owners(self, findings: tuple[Finding, ...]) -> dict[str, str]:
        """The spans whose records have errors, with the first message."""
        records = self.records
        wrong: dict[str, str] = {}
        for finding in findings:
            layer, _, rest = finding.pointer.removeprefix("/").partition("/")
            row = rest.partition("/")[0]
            if layer in records and row.isdigit():
                message = finding.message.removesuffix("; the record is left out")
                wrong.setdefault(records[layer][int(row)]["id"], message)
        return wrong

    def count(self, counts: ImportCounts) -> None:
        """Add what was made, and what had no place."""
        counts.records.update(self._layers.values())
        counts.labels.update(span.label for span in self._text.spans if self._is_foreign(span))
        counts.unmapped_links.update(self._unmapped_links)
        counts.unmapped_attributes.update(self._unmapped_attributes)

    def _is_foreign(self, span: LabelledSpan) -> bool:
        """True if no record has the label, or all that is known of it."""
        is_more_than_words = span.attributes or span.id in self._rest or span.id in self._named
        return span.id not in self._made and bool(span.id not in self._parts or is_more_than_words)

    def _foreign_id(self, name: str, number: int) -> str:
        return name if re.fullmatch(ID_PATTERN, name) else f"f{number}"

    def _set_attribute(self, name: str, record: dict[str, Any], attribute: str, value: Any) -> None:
        rule = self._mapping.attribute_rule(attribute)
        shape = shapes(LAYERS[self._layers[name]]).get(rule.field)
        if shape is not None and shape.name != "id" and not is_linked(shape):
            if isinstance(value, str):
                value = rule.values.get(value, value)
            value = _of_shape(value, shape)
            if self._is_known(shape, value):
                record[shape.name] = value
                return
        self._rest.setdefault(name, {})[attribute] = value
        self._unmapped_attributes[attribute] += 1

    def _check_alternatives(self, name: str, record: dict[str, Any]) -> None:
        """Keep other readings as they came if they or the record name unknown entries."""
        model = shapes(LAYERS[self._layers[name]])
        values = [
            (field, value)
            for other in record.get("alternatives") or ()
            if isinstance(other, dict)
            for field, value in other.items()
        ]
        rest = self._rest.get(name, {})
        if any(
            field in rest or (field in model and not self._is_known(model[field], value))
            for field, value in values
        ):
            self._rest.setdefault(name, {})["alternatives"] = record.pop("alternatives")
            self._unmapped_attributes["alternatives"] += 1

    def _is_known(self, shape: FieldShape, value: Any) -> bool:
        """False for what is no list where one is needed, and for entries no registry has."""
        if shape.many and not isinstance(value, list | None):
            return False
        if shape.target is None or not shape.target.in_registry:
            return True
        known = getattr(self._registries, shape.target.collection)
        given = (value or ()) if shape.many else [value]
        return all(isinstance(one, str) and one in known for one in given if one is not None)

    def _set_link(self, link: LabelledLink) -> None:
        rule = self._mapping.link_rule(link.label)
        if rule is not None:
            holder, other = link.source, link.target
            if rule.reverse:
                holder, other = other, holder
            if holder in self._made and self._fill(holder, rule.field, other):
                return
        links = self._rest.setdefault(link.source, {})
        links.setdefault(f"{LINK}{link.label}", []).append(link.target)
        self._named.add(link.target)
        self._unmapped_links[link.label] += 1

    def _fill(self, holder: str, name: str, other: str) -> bool:
        """Put the words of ``other``, or a reference to it, into a field; false if it cannot be."""
        shape = shapes(LAYERS[self._layers[holder]]).get(name)
        if shape is None:
            return False
        record = self._made[holder]
        if shape.kind is FieldKind.SPAN:
            before = record[name] if (holder, name) in self._is_placed else []
            record[name] = joined([*before, *self._spans[other].ranges])
            self._is_placed.add((holder, name))
            self._parts.add(other)
            return True
        if shape.target is None or self._layers.get(other) != shape.target.collection:
            return False
        if shape.many:
            record[name] = [*record.get(name, ()), other]
            return True
        return bool(record.setdefault(name, other) == other)


def joined(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Fragments in text order, as one where they touch or overlap.

    >>> joined([(7, 9), (0, 2), (2, 4)])
    [(0, 4), (7, 9)]
    """
    found: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _of_shape(value: Any, shape: FieldShape) -> Any:
    """A value read as text in the type of its field; unchanged if it cannot be."""
    if shape.many and shape.kind is not FieldKind.RECORD and isinstance(value, str):
        return [value]
    try:
        if shape.kind is FieldKind.INTEGER and isinstance(value, str):
            return int(value)
        if shape.kind is FieldKind.NUMBER and isinstance(value, str):
            return float(value)
    except ValueError:
        pass
    return value

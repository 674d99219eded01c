"""Make records from the labelled spans and links of another program."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

from warclaims.authoring.building import build_document
from warclaims.findings import Finding
from warclaims.formats.annotated_text import LINK, is_linked
from warclaims.formats.extra_fields import both, with_rest
from warclaims.records import LAYERS, FieldKind, shapes
from warclaims.records.base import ID_PATTERN
from warclaims.records.fields import span_fields

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from warclaims.authoring.building import BuiltDocument
    from warclaims.corpus import Registries
    from warclaims.formats.annotated_text import AnnotatedText, LabelledLink, LabelledSpan
    from warclaims.formats.mapping import LabelMapping, LinkRule
    from warclaims.records import Document, FieldShape, LayerName


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
        """The document with its records; findings name what is kept otherwise, or not at all."""
        refused: dict[str, str] = {}
        while True:
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
            *_left_out(text, draft.foreign, built),
            *(
                Finding(
                    text.file or text.name,
                    "",
                    "X601",
                    f"{spans[name].label} {name} is kept as a foreign label: {why}",
                    line=spans[name].line or None,
                )
                for name, why in refused.items()
            ),
        ]


def _left_out(
    text: AnnotatedText, given: list[dict[str, Any]], built: BuiltDocument
) -> Iterator[Finding]:
    """Findings for the foreign labels that cannot be kept."""
    kept = {label.id for label in built.annotations.foreign}
    for number, label in enumerate(given):
        if label["id"] not in kept:
            pointer = f"/foreign/{number}"
            why = (
                one.message for one in built.findings if f"{one.pointer}/".startswith(f"{pointer}/")
            )
            message = f"the label {label['label'][:60]!r} cannot be kept: {next(why, 'unknown')}"
            yield Finding(text.file or text.name, "", "X201", message, line=text.line or None)


class _Draft:
    """The records of one text as dictionaries, before they are built.

    Attributes:
        foreign: The labels that became neither a record nor a part of one.
    """

    def __init__(self, text: AnnotatedText, maker: RecordMaker, refused: Collection[str]) -> None:
        self._text = text
        self._mapping = maker.mapping
        self._scheme = maker.scheme
        self._registries = maker.registries
        self._spans = {span.id: span for span in text.spans}
        self._layers: dict[str, LayerName] = {}
        self._made: dict[str, dict[str, Any]] = {}
        self._rest: dict[str, dict[str, Any]] = {}
        self._links: dict[str, dict[str, list[str]]] = {}
        self._parts: set[str] = set()
        self._unmapped_links: Counter[str] = Counter()
        self._unmapped_attributes: Counter[str] = Counter()
        self._is_stated: set[tuple[str, str]] = set()
        self._named: set[str] = set()
        self._new_ids = (name for at in count(1) if (name := f"f{at}") not in self._spans)
        self._foreign_ids: dict[str, str] = {}
        self.foreign: list[dict[str, Any]] = []
        for span in text.spans:
            rule = self._mapping.label_rule(span.label, span.scheme)
            if rule is not None and span.id not in refused:
                self._layers[span.id] = rule.layer
                main = LAYERS[rule.layer].main_span
                self._made[span.id] = {"id": span.id, **rule.fields, main: joined(span.ranges)}
            else:
                is_id = re.fullmatch(ID_PATTERN, span.id)
                self._foreign_ids[span.id] = span.id if is_id else next(self._new_ids)

    @property
    def records(self) -> dict[str, Any]:
        """The records of each layer."""
        return {
            layer: [one for name, one in self._made.items() if self._layers[name] == layer]
            for layer in LAYERS
        }

    @property
    def kept_ids(self) -> set[str]:
        """The ids that look like those of their layer, and the ids of foreign labels."""
        return {str(label["id"]) for label in self.foreign} | set(filter(self._is_kept, self._made))

    def apply(self) -> None:
        """Apply the rules for attributes, then those for links."""
        for name, record in self._made.items():
            span = self._spans[name]
            extra = {"extra": span.extra} if span.extra else {}
            for attribute, value in both(extra, span.attributes).items():
                self._set_attribute(name, record, attribute, value)
            self._check_alternatives(name, record)
        for link in self._text.links:
            self._set_link(link)
        self.foreign = [
            {
                **self._plain_label(span, self._foreign_ids[span.id]),
                "attributes": both(span.attributes, self._left(span.id)),
                "extra": span.extra,
            }
            for span in self._text.spans
            if self._is_foreign(span)
        ]
        for name, record in self._made.items():
            self._keep_own_words(name, record)
            left = self._left(name)
            if left or (name in self._named and not self._is_kept(name)):
                scheme = self._spans[name].scheme or self._scheme
                kept = both(left, {"id": name})
                record["extra"] = with_rest(record.get("extra", {}), scheme, kept)

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
        counts.labels.update(label["label"] for label in self.foreign)
        counts.unmapped_links.update(self._unmapped_links)
        counts.unmapped_attributes.update(self._unmapped_attributes)

    def _is_kept(self, name: str) -> bool:
        """True if a record keeps the id of its span."""
        is_own = name.startswith(LAYERS[self._layers[name]].id_prefix)
        return is_own and bool(re.fullmatch(ID_PATTERN, name))

    def _is_foreign(self, span: LabelledSpan) -> bool:
        """True if no record has the label, or all that is known of it."""
        is_more_than_words = span.attributes or self._left(span.id) or span.id in self._named
        return span.id not in self._made and bool(span.id not in self._parts or is_more_than_words)

    def _plain_label(self, span: LabelledSpan, name: str) -> dict[str, Any]:
        """The words and the label of a span as a foreign label with the id ``name``."""
        words, scheme = joined(span.ranges), span.scheme or self._scheme
        return {"id": name, "span": words, "label": span.label, "scheme": scheme}

    def _left(self, name: str) -> dict[str, Any]:
        """Attributes and links of a span that have no field."""
        return both(self._rest.get(name, {}), self._links.get(name, {}))

    def _keep_own_words(self, name: str, record: dict[str, Any]) -> None:
        """Give the words of a label whose main span is that of a link another field.

        A verb with a link to what was said is its cue. If the cue is that of a link, too, the words
        are kept as a foreign label.
        """
        model, own = LAYERS[self._layers[name]], joined(self._spans[name].ranges)
        if record[model.main_span] == own:
            return
        other = next((field for field in span_fields(model) if field != model.main_span), None)
        if other is None or record.setdefault(other, own) != own:
            self.foreign.append(self._plain_label(self._spans[name], next(self._new_ids)))

    def _keep(self, name: str, key: str, value: Any) -> None:
        """Keep what has no field beside the label or record."""
        self._rest[name] = both(self._rest.get(name, {}), {key: value})

    def _set_attribute(self, name: str, record: dict[str, Any], attribute: str, value: Any) -> None:
        rule = self._mapping.attribute_rule(attribute)
        shape = shapes(LAYERS[self._layers[name]]).get(rule.field)
        if shape is not None and shape.name != "id" and not is_linked(shape):
            mapped = _of_shape(rule.mapped(value), shape)
            if self._is_known(shape, mapped) and self._state(name, record, shape, mapped):
                return
        self._keep(name, attribute, value)
        self._unmapped_attributes[attribute] += 1

    def _state(self, name: str, record: dict[str, Any], shape: FieldShape, value: Any) -> bool:
        """Put a value into a field; false if another attribute has put another one there."""
        if (name, shape.name) not in self._is_stated:
            self._is_stated.add((name, shape.name))
            record[shape.name] = value
        elif shape.many:
            before = record[shape.name] or []
            record[shape.name] = [*before, *(one for one in value or () if one not in before)]
        return shape.many or bool(record[shape.name] == value)

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
            self._keep(name, "alternatives", record.pop("alternatives"))
            self._unmapped_attributes["alternatives"] += 1

    def _is_known(self, shape: FieldShape, value: Any) -> bool:
        """False for a list where none is possible, or none where one is needed.

        False for entries that no registry has, too.
        """
        is_list = shape.many or shape.kind is FieldKind.SPAN
        if isinstance(value, list) != is_list and value is not None:
            return False
        if shape.target is None or not shape.target.in_registry:
            return True
        known = getattr(self._registries, shape.target.collection)
        given = (value or ()) if shape.many else [value]
        return all(isinstance(one, str) and one in known for one in given if one is not None)

    def _set_link(self, link: LabelledLink) -> None:
        rule = self._mapping.link_rule(link.label)
        name = f"{LINK}{link.label}"
        if not (rule is not None and self._fill(link, rule)):
            links = self._links.setdefault(link.source, {})
            links.setdefault(name, []).append(self._name(link))
            self._unmapped_links[link.label] += 1
        if link.attributes:
            self._keep(link.source, f"{name}/{self._name(link)}", link.attributes)
            self._unmapped_attributes.update(link.attributes.keys())

    def _name(self, link: LabelledLink) -> str:
        """The id by which what a link ends at can be found later."""
        self._named.add(link.target)
        return self._foreign_ids.get(link.target, link.target)

    def _fill(self, link: LabelledLink, rule: LinkRule) -> bool:
        """Put the words of a label, or a reference to it, into a field; false if it cannot be."""
        holder, other = link.source, link.target
        if rule.reverse:
            holder, other = other, holder
        if holder not in self._made:
            return False
        shape = shapes(LAYERS[self._layers[holder]]).get(rule.field)
        if shape is None:
            return False
        record, name = self._made[holder], shape.name
        if shape.kind is FieldKind.SPAN:
            before = record[name] if (holder, name) in self._is_stated else []
            record[name] = joined([*before, *self._spans[other].ranges])
            self._is_stated.add((holder, name))
            self._parts.add(other)
            return True
        if shape.target is None or self._layers.get(other) != shape.target.collection:
            return False
        if shape.many:
            before = record.get(name, [])
            record[name] = before if other in before else [*before, other]
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

"""Build the annotations of a document from words and handles, for scripts and importers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, Any, cast

from warclaims.authoring.adding import stated_fact
from warclaims.authoring.ids import check_id
from warclaims.authoring.placing import SpanPlacer, UnplacedSpan
from warclaims.authoring.segments import propose_segments, title_in
from warclaims.authoring.texts import text_sha256
from warclaims.corpus import canonical_bytes
from warclaims.corpus.reading import parse
from warclaims.corpus.schema_check import schema_of
from warclaims.errors import InvalidFile, WarclaimsError
from warclaims.files import locked, write_all
from warclaims.findings import Finding
from warclaims.hints import did_you_mean
from warclaims.language import read_number
from warclaims.layout import GOLD
from warclaims.records import (
    LAYERS,
    Annotations,
    Bundle,
    Document,
    FieldKind,
    ForeignLabel,
    Layer,
    LayerName,
    Lists,
    shapes,
)
from warclaims.records.base import SCHEMA_VERSION
from warclaims.records.documents import UNKNOWN_LANGUAGE
from warclaims.records.vocabulary import Quantifier
from warclaims.validation import check_annotations

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from pydantic import BaseModel

    from warclaims.corpus import Corpus
    from warclaims.corpus.reading import R
    from warclaims.records import FieldShape

_DEFAULTS: dict[LayerName, dict[str, Any]] = {
    "actors": {"entity": None, "level": "nominal"},
    "locations": {"place": None, "level": "name"},
    "casualties": {"trigger": None, "value": None, "events": []},
    "attributions": {
        "source": [],
        "cue": None,
        "mode": "indirect",
        "act": "assert",
        "commitment": "neutral",
    },
}
"""What a record has in required fields that are not given."""


@dataclass(frozen=True)
class BuiltDocument:
    """A document with its annotations in canonical order, and what did not fit.

    Attributes:
        bundle: The document, its text and its annotations.
        ids: The id of each record by the handle that it was given.
        findings: What was left out or could not be placed; pointers are into the input.
    """

    bundle: Bundle
    ids: dict[str, str]
    findings: tuple[Finding, ...]

    @property
    def annotations(self) -> Annotations:
        """The annotations."""
        return self.bundle.annotations

    def write(self, corpus: Corpus, set_name: str = GOLD, *, overwrite: bool = False) -> Path:
        """Write the annotations to ``corpus``, which has the text; returns the path.

        A file with records is only replaced with ``overwrite``.

        Raises:
            InvalidFile: records refer to registry entries that the corpus lacks; nothing is
                written, since no command reads a file with such references.
            WarclaimsError: the corpus has no document with this id and text, or has records of it.
        """
        corpus.require_directory()
        document = corpus.document(self.bundle.document.id)
        if document.sha256 != self.bundle.document.sha256:
            raise WarclaimsError(
                f"document {document.id} of the corpus has another text. Build the annotations "
                f'from corpus.text("{document.id}")'
            )
        path = corpus.layout.annotation_file(set_name, document.id)
        name = corpus.layout.relative(path)
        found = check_annotations(
            self.annotations, document, self.bundle.text, corpus.registries, name
        )
        if dangling := [one for one in found if one.code.startswith("R") and not one.is_warning]:
            raise InvalidFile(dangling)
        if not overwrite and corpus.layout.is_annotated(set_name, document.id):
            before = corpus.annotations(document.id, set_name)
            if any(getattr(before, layer) for layer in LAYERS):
                raise WarclaimsError(f"{name} has records. To replace them, use overwrite=True")
        with locked(corpus.root):
            write_all({path: canonical_bytes(self.annotations)})
        return path


def build_document(
    text: str,
    *,
    document: Document | str = "document",
    language: str = UNKNOWN_LANGUAGE,
    title: str | None = None,
    outlet: str | None = None,
    date: str | None = None,
    annotator: str = "annotator",
    guidelines: str = "2.1",
    actors: Sequence[Mapping[str, Any]] = (),
    locations: Sequence[Mapping[str, Any]] = (),
    casualties: Sequence[Mapping[str, Any]] = (),
    attributions: Sequence[Mapping[str, Any]] = (),
    foreign: Sequence[Mapping[str, Any]] = (),
    lists: Lists | None = None,
    kept_ids: Collection[str] = (),
) -> BuiltDocument:
    """Make a document with annotations from its text and records as dictionaries.

    A span is a pair of offsets (code points, half-open), the words if they occur once, a dictionary
    with ``words`` and ``occurrence`` (counted from 1) or the words right ``before`` or ``after``
    them, or a passage ``in`` which they occur once; or a list of these, a fragment each. In a
    string, ``…`` between spaces parts fragments. An ``id`` is a handle for links; records get ids
    and order by their place in the text.

    Fields may be left out: then an actor is *nominal*, a place *name*, an attribution *indirect*,
    *assert* and *neutral*, and a number has the quantifier that its words state, or is *exact*.

    What does not fit is left out and reported, so the result always matches the schema; what the
    rules for one document find wrong is reported, too. Whether registries have what is referred to
    is checked by :func:`warclaims.validate`. ``lists`` are those of a corpus with own values.

    ``foreign`` are labels that no layer has a place for, in the given order. Handles that are in
    ``kept_ids`` become the ids of their records.

    >>> import warclaims
    >>> built = warclaims.build_document(
    ...     "The mayor said that two men died. Two men fled.",
    ...     actors=[{"id": "mayor", "span": "The mayor"}],
    ...     casualties=[{"span": "two men", "trigger": "died", "outcome": "killed", "value": 2}],
    ...     attributions=[{"source": ["mayor"], "cue": "said", "content": "that two men died"}],
    ... )
    >>> [(one.id, one.quantifier.value, one.value) for one in built.annotations.casualties]
    [('c1', 'exact', 2)]
    >>> built.annotations.attributions[0].source, built.findings
    (('a1',), ())

    ``document`` is the entry in the index of a corpus, or an id for a new one.

    Raises:
        WarclaimsError: the text is empty, an id is not one, or the document is of another text.
    """
    check_id(annotator)
    if isinstance(document, str):
        facts = {"language": language, "outlet": outlet, "date": date}
        document = _document(text, document, title, facts)
    elif document.sha256 != text_sha256(text):
        raise WarclaimsError(f"document {document.id} has another text")
    given = dict(zip(LAYERS, (actors, locations, casualties, attributions), strict=True))
    builder = _Builder(text, document, lists or Lists(), kept_ids)
    layers: dict[str, Any] = builder.layers(given)
    layers["foreign"] = builder.foreign(foreign)
    annotations = Annotations(
        schema_version=SCHEMA_VERSION,
        document=document.id,
        sha256=document.sha256,
        annotator=annotator,
        guidelines=guidelines,
        **layers,
    )
    bundle = Bundle(document=document, text=text, annotations=annotations)
    checked = check_annotations(annotations, document, text)
    errors = [builder.in_input(finding) for finding in checked if not finding.is_warning]
    return BuiltDocument(bundle, builder.ids, (*builder.findings, *errors))


def _document(text: str, name: str, title: str | None, facts: Mapping[str, str | None]) -> Document:
    check_id(name)
    if not text.strip():
        raise WarclaimsError("the text is empty")
    segments = propose_segments(text, title)
    stated = ("outlet", "date", "original_language", "rights_holder")
    return Document(
        id=name,
        file=f"{name}.txt",
        sha256=text_sha256(text),
        length=len(text),
        title=title_in(text, segments),
        language=stated_fact("language", facts["language"]).value,
        translation=None,
        segments=segments,
        **{name: stated_fact(name, facts.get(name)) for name in stated},
    )


class _Builder:
    """Places spans, gives ids, resolves handles; ``findings`` collects what does not fit."""

    def __init__(
        self, text: str, document: Document, lists: Lists, kept_ids: Collection[str]
    ) -> None:
        self._placer = SpanPlacer(text)
        self._kept_ids = kept_ids
        self._pointers: dict[str, str] = {}
        self._name = document.id
        self._language = document.language
        self._lists = lists
        self.ids: dict[str, str] = {}
        self.findings: list[Finding] = []

    def layers(
        self, given: Mapping[LayerName, Sequence[Mapping[str, Any]]]
    ) -> dict[str, tuple[Layer, ...]]:
        """The records of each layer, in text order."""
        placed = {layer: self._placed(layer, records) for layer, records in given.items()}
        actors = {one["id"]: one["span"] for _, one in placed["actors"] if "id" in one}
        for layer, records in placed.items():
            model = LAYERS[layer]
            records.sort(key=lambda one, model=model: _order(model, one[1], actors))  # type: ignore[misc]
            numbers = count(1)
            for _, record in records:
                handle = record.get("id")
                record["id"] = handle if handle in self._kept_ids else self._new_id(layer, numbers)
                if handle is not None and self.ids.setdefault(handle, record["id"]) != record["id"]:
                    self._note(f"/{layer}", "R404", f"the handle {handle!r} is given twice")
        built = {
            layer: tuple(self._records(layer, LAYERS[layer], of)) for layer, of in placed.items()
        }
        there = {record.id for records in built.values() for record in records}
        self.ids = {handle: name for handle, name in self.ids.items() if name in there}
        return {
            layer: tuple(self._without_lost(record, there) for record in records)
            for layer, records in built.items()
        }

    def _new_id(self, layer: LayerName, numbers: Iterator[int]) -> str:
        """The next id of ``layer`` that is not kept for another record."""
        names = (f"{LAYERS[layer].id_prefix}{number}" for number in numbers)
        return next(name for name in names if name not in self._kept_ids)

    def foreign(self, given: Sequence[Mapping[str, Any]]) -> tuple[ForeignLabel, ...]:
        """The foreign labels that can be placed."""
        placed = []
        for number, label in enumerate(given):
            try:
                placed.append(
                    (f"/foreign/{number}", {**label, "span": self._placer.span(label["span"])})
                )
            except UnplacedSpan as error:
                self._note(f"/foreign/{number}/span", "T308", f"{error}; the label is left out")
        return tuple(self._records("foreign", ForeignLabel, placed))

    def in_input(self, finding: Finding) -> Finding:
        """``finding`` in the annotations, with its pointer into the input."""
        layer, _, rest = finding.pointer.removeprefix("/").partition("/")
        row, _, field = rest.partition("/")
        given = self._pointers.get(f"/{layer}/{row}")
        if given is None:
            return finding
        return replace(finding, pointer=f"{given}/{field}" if field else given)

    def _without_lost(self, record: Layer, there: set[str]) -> Layer:
        """``record`` without links to records that were left out."""
        changes: dict[str, Any] = {}
        for name, shape in shapes(type(record)).items():
            value = getattr(record, name)
            if shape.target is None or shape.target.in_registry or not value:
                continue
            kept = tuple(one for one in (value if shape.many else (value,)) if one in there)
            if len(kept) < (len(value) if shape.many else 1):
                message = f"{record.id} {name} names a record that was left out"
                self._note(f"/{record.noun}/{record.id}/{name}", "R402", message)
                changes[name] = kept if shape.many else None
        return record.model_copy(update=changes)

    def _note(self, pointer: str, code: str, message: str) -> None:
        self.findings.append(Finding(self._name, pointer, code, message, self._name))

    def _placed(
        self, layer: LayerName, records: Sequence[Mapping[str, Any]]
    ) -> list[tuple[str, dict[str, Any]]]:
        """The records that can be placed, with their pointers."""
        model = LAYERS[layer]
        found = []
        for index, given in enumerate(records):
            pointer = f"/{layer}/{index}"
            if not isinstance(given, Mapping):
                self._note(pointer, "S204", f"a record is a dictionary, not {given!r}")
                continue
            record = {**_DEFAULTS[layer], **given}
            try:
                record |= self._with_spans(model, record, "")
                if record.get("alternatives"):
                    record["alternatives"] = [
                        self._with_spans(model, other, f"/alternatives/{number}")
                        if isinstance(other, Mapping)
                        else other
                        for number, other in enumerate(record["alternatives"])
                    ]
            except UnplacedSpan as error:
                message = f"{error}; the record is left out"
                self._note(f"{pointer}{error.pointer}", "T308", message)
                continue
            if not record.get(model.main_span):
                self._note(pointer, "S201", f"the field {model.main_span!r} is missing")
                continue
            if layer == "casualties" and "quantifier" not in record:
                record["quantifier"] = _quantifier(record, self._language)
            found.append((pointer, record))
        return found

    def _with_spans(
        self, model: type[Layer], given: Mapping[str, Any], pointer: str
    ) -> dict[str, Any]:
        """The fields of a record or alternative, with its spans as fragments.

        Raises:
            UnplacedSpan: a span cannot be placed.
        """
        found = dict(given)
        for name, shape in shapes(model).items():
            if shape.kind is FieldKind.SPAN and found.get(name) is not None:
                try:
                    found[name] = self._placer.span(found[name])
                except UnplacedSpan as error:
                    error.pointer = f"{pointer}/{name}"
                    raise
        return found

    def _records(
        self, name: str, model: type[R], placed: list[tuple[str, dict[str, Any]]]
    ) -> Iterator[R]:
        row = 0
        for pointer, record in placed:
            self._link(model, record, pointer)
            for number, other in enumerate(record.get("alternatives") or ()):
                if isinstance(other, dict):
                    self._link(model, other, f"{pointer}/alternatives/{number}")
            wrong = schema_of(model).findings(record, self._name)
            wrong += self._unlisted(model, record, "")
            for number, other in enumerate(record.get("alternatives") or ()):
                wrong += self._unlisted(model, other, f"/alternatives/{number}")
            if wrong:
                for one in wrong:
                    message = f"{one.message}; the record is left out"
                    self._note(f"{pointer}{one.pointer}", one.code, message)
                continue
            try:
                built = parse(json.dumps(record).encode(), model, self._name)
            except InvalidFile as error:
                for one in error.findings:
                    self._note(f"{pointer}{one.pointer}", one.code, one.message)
            else:
                self._pointers[f"/{name}/{row}"] = pointer
                row += 1
                yield built

    def _unlisted(self, model: type[BaseModel], record: Any, pointer: str) -> list[Finding]:
        """Findings for values that no list has, also in the records inside."""
        found = []
        for name, shape in shapes(model).items():
            value = record.get(name) if isinstance(record, Mapping) else None
            values = value if isinstance(value, list | tuple) else [value] if value else []
            for one in values:
                if shape.record is not None:
                    found += self._unlisted(shape.record, one, f"{pointer}/{name}")
                elif shape.choices is not None and isinstance(one, str):
                    known = [member.value for member in self._lists.of(shape.choices)]
                    if one not in known:
                        hint = did_you_mean(one, known) or f". Known: {', '.join(known)}"
                        message = f"there is no {name} {one!r}{hint}"
                        found.append(Finding(self._name, f"{pointer}/{name}", "S203", message))
        return found

    def _link(self, model: type[BaseModel], record: dict[str, Any], pointer: str) -> None:
        """Replace the handles in a record or alternative by ids."""
        for name, shape in shapes(model).items():
            if shape.target is not None and not shape.target.in_registry and record.get(name):
                record[name] = self._linked(f"{pointer}/{name}", shape, record[name])

    def _linked(self, pointer: str, shape: FieldShape, value: Any) -> Any:
        found = []
        for handle in value if shape.many and not isinstance(value, str) else [value]:
            target = self.ids.get(handle) if isinstance(handle, str) else None
            layer = cast("LayerName", shape.target.collection if shape.target else "")
            if target is None:
                self._note(pointer, "R402", f"there is no record {handle!r}; the link is left out")
            elif not target.startswith(LAYERS[layer].id_prefix):
                message = f"{handle!r} is not one of the {layer}; the link is left out"
                self._note(pointer, "R402", message)
            else:
                found.append(target)
        return found if shape.many else next(iter(found), None)


def _order(
    model: type[Layer], record: Mapping[str, Any], actors: Mapping[str, list[dict[str, Any]]]
) -> tuple[int, int]:
    """Where the words of a record begin, the longer first; see rule T314."""
    spans = [record[model.main_span], record.get("cue")]
    spans += [actors.get(handle) for handle in record.get("source") or ()]
    known = [span for span in spans if span]
    return min(span[0]["start"] for span in known), -max(span[-1]["end"] for span in known)


def _quantifier(record: Mapping[str, Any], language: str) -> str:
    """The quantifier that the words of a casualty state with its number; else the plainest."""
    words = " ".join(piece["text"] for piece in record["span"])
    reading = read_number(words, language)
    number = (record.get("value"), record.get("value_max"))
    if reading and number == (reading.value, reading.value_max) and not record.get("fraction"):
        return reading.quantifier
    if record.get("value_max") is not None:
        return Quantifier.RANGE.value
    if record.get("value") is None and record.get("fraction") is None:
        return Quantifier.INDEFINITE.value
    return Quantifier.EXACT.value

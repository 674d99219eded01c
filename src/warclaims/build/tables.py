"""The tables of the dataset: what each holds, its columns, its rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from warclaims.build.bio import BIO, LAYER_SPANS, bio_tags
from warclaims.build.features import class_label, model_features, model_meanings, model_row
from warclaims.build.usage import LINK_FIELDS, USAGE_MEANINGS, usage, usage_columns
from warclaims.derive import AttributionTree, Placement, bounds
from warclaims.records import (
    LAYERS,
    REGISTRIES,
    Claim,
    Document,
    shapes,
    span_start,
    span_text,
)
from warclaims.records.vocabulary import ActorType, PlaceType, SegmentKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pydantic import BaseModel

    from warclaims.corpus import Corpus
    from warclaims.records import Bundle

Row = dict[str, Any]
DEFAULT_TABLE = "claims"


@dataclass(frozen=True)
class Table:
    """A configuration of the dataset."""

    name: str
    description: str
    columns: Callable[[], dict[str, Any]]
    rows: Callable[[Source], Iterator[Row]]
    model: type[BaseModel] | None = None
    added: dict[str, str] = field(default_factory=dict)
    """What the columns say that are not of the model."""

    @property
    def meanings(self) -> dict[str, str]:
        """What each column says; those inside others by path: ``chain/cue``."""
        return {
            **_MEANINGS,
            **self.added,
            **(model_meanings(self.model) if self.model is not None else {}),
        }


_MEANINGS = {
    "document": "Id of the document.",
    "date": "The date of the text (ISO 8601); null if unknown.",
    "fold": "Number of the document, for validation that leaves one document out.",
    "segment": "The kind of segment of the text that it stands in.",
    "sentence_number": "Number of its sentence in the text, from 0; the table sentences has it.",
}
"""What the columns say that several tables add."""


@dataclass
class Source:
    """What the tables are made from: a corpus, one annotation set, and what is computed once."""

    corpus: Corpus
    set_name: str
    lost: Counter[str] = field(default_factory=Counter)

    def bundles(self) -> Iterator[Bundle]:
        """The annotated documents, one at a time."""
        return self.corpus.bundles(self.set_name)

    @cached_property
    def claims(self) -> list[Claim]:
        """The claims of all documents with their relations."""
        return self.corpus.claims(self.set_name)

    def fold(self, document: str) -> int:
        """The fold of a document: leaving one fold out leaves one document out."""
        return self._folds[document]

    @cached_property
    def _folds(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(self.corpus.documents)}


def _value(kind: str) -> Any:
    from datasets import Value

    return Value(kind)


def _in_document(columns: dict[str, Any]) -> dict[str, Any]:
    return {
        "document": _value("string"),
        "date": _value("string"),
        "fold": _value("int32"),
        **columns,
    }


def _document_cells(document: Document, source: Source) -> Row:
    return {
        "document": document.id,
        "date": document.date.value,
        "fold": source.fold(document.id),
    }


def _placed(columns: dict[str, Any]) -> dict[str, Any]:
    return {
        **_in_document(columns),
        "segment": class_label(SegmentKind),
        "sentence_number": _value("int32"),
    }


def _layer_rows(
    layer: str, more: Callable[[Bundle, Source], Callable[[Any], Row]]
) -> Callable[[Source], Iterator[Row]]:
    def rows(source: Source) -> Iterator[Row]:
        for bundle in source.bundles():
            placement = Placement(bundle.document, bundle.text)
            extend = more(bundle, source)
            for record in getattr(bundle.annotations, layer):
                at = span_start(
                    record.cue or record.content if layer == "attributions" else record.span
                )
                yield {
                    **_document_cells(bundle.document, source),
                    **model_row(record),
                    **extend(record),
                    "segment": placement.segment(at).kind.value,
                    "sentence_number": placement.sentence_number(at),
                }

    return rows


def _actor_facts(bundle: Bundle, source: Source) -> Callable[[Any], Row]:
    actors = source.corpus.registries.actors

    def facts(mention: Any) -> Row:
        entry = actors[mention.entity] if mention.entity else None
        return {
            "entity_type": entry.type.value if entry else None,
            "side": entry.side.id if entry and entry.side else None,
        }

    return facts


def _place_facts(bundle: Bundle, source: Source) -> Callable[[Any], Row]:
    places = source.corpus.registries.places
    return lambda mention: {
        "place_type": places[mention.place].type.value if mention.place else None
    }


def _casualty_facts(bundle: Bundle, source: Source) -> Callable[[Any], Row]:
    tree = AttributionTree(bundle.annotations.attributions)
    chains = tree.chains({casualty.id: casualty.span for casualty in bundle.annotations.casualties})

    def facts(casualty: Any) -> Row:
        count = bounds(casualty.quantifier, casualty.value, span_text(casualty.span))
        chain = chains[casualty.id]
        return {
            "minimum": count.minimum,
            "maximum": count.maximum,
            "attribution": chain[-1].id if chain else None,
        }

    return facts


def _attribution_facts(bundle: Bundle, source: Source) -> Callable[[Any], Row]:
    tree = AttributionTree(bundle.annotations.attributions)
    mentions = {mention.id: mention for mention in bundle.annotations.actors}

    def facts(attribution: Any) -> Row:
        named = [mentions[name] for name in attribution.source]
        entities = [mention.entity for mention in named if mention.entity]
        return {
            "parent": tree.parents[attribution.id],
            "source_text": [span_text(mention.span) for mention in named],
            "source_entity": list(
                dict.fromkeys([*entities, *filter(None, [attribution.inferred_source])])
            ),
        }

    return facts


def _strings() -> Any:
    from datasets import List

    return List(_value("string"))


def _document_rows(source: Source) -> Iterator[Row]:
    for document in source.corpus.documents.values():
        yield {
            **model_row(document),
            "fold": source.fold(document.id),
            "text": source.corpus.text(document.id),
        }


def _sentence_columns() -> dict[str, Any]:
    from datasets import ClassLabel, List

    return _in_document(
        {
            "id": _value("string"),
            "sentence_number": _value("int32"),
            "start": _value("int32"),
            "end": _value("int32"),
            "segment": class_label(SegmentKind),
            "text": _value("string"),
            "tokens": _strings(),
            "token_starts": List(_value("int32")),
            "token_ends": List(_value("int32")),
            **{name: List(ClassLabel(names=list(BIO))) for name in LAYER_SPANS},
        }
    )


_SENTENCE_MEANINGS = {
    "id": "Id of the sentence in its document.",
    "sentence_number": "Number of the sentence in the text, from 0.",
    "start": "Offset of its first code point.",
    "end": "Offset after its last code point.",
    "text": "The sentence.",
    "tokens": "Its words and punctuation marks.",
    "token_starts": "Offset of each token's first code point in the text.",
    "token_ends": "Offset after each token's last code point.",
    **{
        name: f"For each token, whether it begins or continues one of the {name}."
        for name in LAYER_SPANS
    },
}


def _sentence_rows(source: Source) -> Iterator[Row]:
    source.lost.clear()
    for bundle in source.bundles():
        placement = Placement(bundle.document, bundle.text)
        for number, row in enumerate(bio_tags(bundle.annotations, placement, source.lost)):
            ends = zip(row["token_starts"], row["token_ends"], strict=True)
            yield {
                **_document_cells(bundle.document, source),
                "id": f"s{number}",
                "sentence_number": number,
                "text": bundle.text[row["start"] : row["end"]],
                "tokens": [bundle.text[start:end] for start, end in ends],
                **row,
            }


def _claim_rows(source: Source) -> Iterator[Row]:
    for claim in source.claims:
        yield {"fold": source.fold(claim.document), **model_row(claim)}


def _registry_table(name: str, model: type[BaseModel]) -> Table:
    entry = shapes(model)[name].record
    if entry is None:
        raise TypeError(f"the registry {name!r} holds no records")
    named = name in LINK_FIELDS

    def rows(source: Source) -> Iterator[Row]:
        used = usage(source.bundles(), name) if named else {}
        for item in getattr(source.corpus.registries, name).values():
            yield {**model_row(item), **({"usage": used.get(item.id, [])} if named else {})}

    return Table(
        name=f"registry_{name}",
        description=f"The registry of {name}"
        + (", with the names that the texts use and the outlets that use them." if named else "."),
        columns=lambda: {**model_features(entry), **(usage_columns() if named else {})},
        rows=rows,
        model=entry,
        added=USAGE_MEANINGS,
    )


TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table(
            "claims",
            "Casualty claims: one row a casualty with bounds, chain of sources and relations.",
            lambda: {"fold": _value("int32"), **model_features(Claim)},
            _claim_rows,
            Claim,
        ),
        Table(
            "documents",
            "The texts with metadata, evidence and segments.",
            lambda: {
                **model_features(Document),
                "fold": _value("int32"),
                "text": _value("string"),
            },
            _document_rows,
            Document,
            {"text": "The text, whole; all offsets count its code points."},
        ),
        Table(
            "actors",
            "Mentions of actors.",
            lambda: _placed(
                {
                    **model_features(LAYERS["actors"]),
                    "entity_type": class_label(ActorType),
                    "side": _value("string"),
                }
            ),
            _layer_rows("actors", _actor_facts),
            LAYERS["actors"],
            {
                "entity_type": "What kind of actor it is, by the registry.",
                "side": "The side of the actor, by the registry.",
            },
        ),
        Table(
            "locations",
            "Mentions of places.",
            lambda: _placed(
                {**model_features(LAYERS["locations"]), "place_type": class_label(PlaceType)}
            ),
            _layer_rows("locations", _place_facts),
            LAYERS["locations"],
            {"place_type": "What kind of place it is, by the registry."},
        ),
        Table(
            "casualties",
            "Casualty records with derived bounds and innermost attribution.",
            lambda: _placed(
                {
                    **model_features(LAYERS["casualties"]),
                    "minimum": _value("int64"),
                    "maximum": _value("int64"),
                    "attribution": _value("string"),
                }
            ),
            _layer_rows("casualties", _casualty_facts),
            LAYERS["casualties"],
            {
                "minimum": "Least count that the words allow; null if unbounded.",
                "maximum": "Greatest count that the words allow; null if unbounded.",
                "attribution": "Id of the innermost attribution that the words stand in.",
            },
        ),
        Table(
            "attributions",
            "Attributions: source, cue and content, with the attribution they are nested in.",
            lambda: _placed(
                {
                    **model_features(LAYERS["attributions"]),
                    "parent": _value("string"),
                    "source_text": _strings(),
                    "source_entity": _strings(),
                }
            ),
            _layer_rows("attributions", _attribution_facts),
            LAYERS["attributions"],
            {
                "parent": "Id of the attribution that this one is nested in.",
                "source_text": "The words of the sources.",
                "source_entity": "Registry ids of the sources, also of the inferred one.",
            },
        ),
        Table(
            "sentences",
            "Sentences with tokens and one BIO column a layer, for training.",
            _sentence_columns,
            _sentence_rows,
            added=_SENTENCE_MEANINGS,
        ),
        *(_registry_table(name, model) for name, model in REGISTRIES.items()),
    )
}
"""Every table by name; the name is the configuration of the dataset."""

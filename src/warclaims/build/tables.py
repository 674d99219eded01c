"""The tables of the dataset: what each holds, its columns, its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from warclaims.build.columns import Column, model_columns, model_row
from warclaims.build.names_usage import MENTIONS
from warclaims.derive import AttributionTree, Placement, bounds
from warclaims.derive.bio import BIO, TAG_COLUMNS, bio_tags
from warclaims.records import (
    LAYERS,
    REGISTRIES,
    Account,
    Claim,
    Comparison,
    Document,
    shapes,
    span_start,
    span_text,
)
from warclaims.records.vocabulary import ActorType, PlaceType, SegmentKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pydantic import BaseModel

    from warclaims.build.table_input import TableInput
    from warclaims.records import Bundle, LayerName

Row = dict[str, Any]
DEFAULT_TABLE = "claims"


@dataclass(frozen=True)
class Table:
    """A table: a configuration of the dataset.

    Attributes:
        of_text: The rows of one text, if each row is of one text.
    """

    name: str
    description: str
    columns: tuple[Column, ...]
    rows: Callable[[TableInput], Iterator[Row]]
    of_text: Callable[[Bundle, TableInput], Iterator[Row]] | None = None


def _text_table(
    name: str,
    description: str,
    columns: tuple[Column, ...],
    of_text: Callable[[Bundle, TableInput], Iterator[Row]],
) -> Table:
    def rows(data: TableInput) -> Iterator[Row]:
        data.lost.clear()
        for bundle in data.bundles():
            yield from of_text(bundle, data)

    return Table(name, description, columns, rows, of_text)


_FOLD = Column(
    "fold", "int32", "Number of the document, for validation that leaves one document out."
)
_IN_DOCUMENT = (
    Column("document", "string", "Id of the document."),
    Column("date", "string", "The date of the text (ISO 8601); null if unknown."),
    _FOLD,
)
_RECORD = Column("record", "string", "Document and id of the record: ``004:c6``.")
_SEGMENT = Column("segment", SegmentKind, "The kind of segment of the text that contains it.")


def _document_cells(document: Document, data: TableInput) -> Row:
    return {
        "document": document.id,
        "date": document.date.value,
        "fold": data.folds[document.id],
    }


def _record_name(document: str, ids: Any) -> Any:
    """An id within a document, or several, as tables have it: ``004:c6``."""
    if isinstance(ids, list):
        return [_record_name(document, one) for one in ids]
    return None if ids is None else f"{document}:{ids}"


def _record_row(record: BaseModel, document: str) -> Row:
    """The row of a record of a layer, in which every id of a record has its document."""
    row = model_row(record)
    for shape in shapes(type(record)).values():
        if shape.target is not None and not shape.target.in_registry:
            row[shape.name] = _record_name(document, row[shape.name])
    return {_RECORD.name: _record_name(document, row.pop("id")), **row}


def _layer_table(
    layer: LayerName,
    description: str,
    derived: tuple[Column, ...],
    derive: Callable[[Bundle, TableInput], Callable[[Any], Row]],
) -> Table:
    """The table of a layer: its records with ``derived`` columns and their place in the text."""

    def rows(bundle: Bundle, data: TableInput) -> Iterator[Row]:
        placement = Placement(bundle.document, bundle.text)
        derived_cells = derive(bundle, data)
        for record in getattr(bundle.annotations, layer):
            at = span_start(
                record.cue or record.content if layer == "attributions" else record.span
            )
            yield {
                **_document_cells(bundle.document, data),
                **_record_row(record, bundle.document.id),
                **derived_cells(record),
                "segment": placement.segment(at).kind.value,
                "sentence_number": placement.sentence_number(at),
            }

    number = "Number of its sentence in the text, from 0; the table sentences has it."
    placed = (_SEGMENT, Column("sentence_number", "int32", number))
    own = (column for column in model_columns(LAYERS[layer]) if column.name != "id")
    columns = (_RECORD, *_IN_DOCUMENT, *own, *derived, *placed)
    return _text_table(layer, description, columns, rows)


def _actor_cells(bundle: Bundle, data: TableInput) -> Callable[[Any], Row]:
    actors = data.corpus.registries.actors

    def cells(mention: Any) -> Row:
        entry = actors[mention.entity] if mention.entity else None
        return {
            "entity_type": entry.type if entry else None,
            "side": entry.side.id if entry and entry.side else None,
        }

    return cells


def _place_cells(bundle: Bundle, data: TableInput) -> Callable[[Any], Row]:
    places = data.corpus.registries.places
    return lambda mention: {"place_type": places[mention.place].type if mention.place else None}


def _casualty_cells(bundle: Bundle, data: TableInput) -> Callable[[Any], Row]:
    tree = AttributionTree(bundle.annotations.attributions)
    chains = tree.chains({casualty.id: casualty.span for casualty in bundle.annotations.casualties})
    document = bundle.document.id

    def cells(casualty: Any) -> Row:
        count = bounds(
            casualty.quantifier, casualty.value, span_text(casualty.span), casualty.value_max
        )
        chain = chains[casualty.id]
        return {
            "minimum": count.minimum,
            "maximum": count.maximum,
            "attribution": _record_name(document, chain[-1].id) if chain else None,
        }

    return cells


def _attribution_cells(bundle: Bundle, data: TableInput) -> Callable[[Any], Row]:
    tree = AttributionTree(bundle.annotations.attributions)
    mentions = {mention.id: mention for mention in bundle.annotations.actors}

    def cells(attribution: Any) -> Row:
        named = [mentions[name] for name in attribution.source]
        entities = [*(mention.entity for mention in named), attribution.inferred_source]
        return {
            "parent": _record_name(bundle.document.id, tree.parents[attribution.id]),
            "source_text": [span_text(mention.span) for mention in named],
            "source_entity": list(dict.fromkeys(filter(None, entities))),
        }

    return cells


def _document_rows(data: TableInput) -> Iterator[Row]:
    for document in data.corpus.documents.values():
        yield {
            **model_row(document),
            "fold": data.folds[document.id],
            "text": data.corpus.text(document.id),
        }


def _sentence_rows(bundle: Bundle, data: TableInput) -> Iterator[Row]:
    placement = Placement(bundle.document, bundle.text)
    for number, row in enumerate(bio_tags(bundle.annotations, placement, data.lost)):
        ends = zip(row["token_starts"], row["token_ends"], strict=True)
        yield {
            **_document_cells(bundle.document, data),
            "id": _record_name(bundle.document.id, f"s{number}"),
            "sentence_number": number,
            "text": bundle.text[row["start"] : row["end"]],
            "tokens": [bundle.text[start:end] for start, end in ends],
            **row,
        }


def _tags_meaning(name: str) -> str:
    if name == "joint":
        return (
            "For each token, the outermost of actors, locations, casualties, triggers and cues "
            "that it begins or continues."
        )
    return f"For each token, whether it begins or continues one of the {name}."


def _claim_rows(bundle: Bundle, data: TableInput) -> Iterator[Row]:
    document = bundle.document.id
    for claim in data.claims_of[document]:
        yield {**model_row(claim), "fold": data.folds[document]}


def _account_rows(data: TableInput) -> Iterator[Row]:
    for account in data.compared.accounts():
        yield {**account, "fold": data.folds[account["document"]]}


_USAGE = Column(
    "usage",
    (
        Column("name", "string", "The name as it is written."),
        Column("mentions", "int32", "How often the texts use it."),
        Column("documents", "string", "Ids of the documents that use it.", many=True),
        Column("outlets", "string", "The outlets of these documents, where known.", many=True),
    ),
    "The names by which the texts mention the entry, the most used first.",
    many=True,
)


def _registry_table(name: str, model: type[BaseModel]) -> Table:
    entry = shapes(model)[name].record
    assert entry is not None
    named = name in MENTIONS

    def rows(data: TableInput) -> Iterator[Row]:
        for item in getattr(data.corpus.registries, name).values():
            usage = {_USAGE.name: data.usage[name].of(item.id)} if named else {}
            yield {**model_row(item), **usage}

    more = ", with the names that the texts use and the outlets that use them" if named else ""
    columns = (*model_columns(entry), *((_USAGE,) if named else ()))
    return Table(f"registry_{name}", f"The registry of {name}{more}.", columns, rows)


TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        _text_table(
            "claims",
            "Casualty claims: one row per casualty with its bounds, chain of sources and sentence.",
            (*model_columns(Claim), _FOLD),
            _claim_rows,
        ),
        Table(
            "accounts",
            "What one source says in one text about one outcome of an event: all its claims "
            "together, with bounds for each kind of victims.",
            (*model_columns(Account), _FOLD),
            _account_rows,
        ),
        Table(
            "comparisons",
            "What sources agree and disagree on: accounts of one event that exclude each other are "
            "in different positions.",
            model_columns(Comparison),
            lambda data: data.compared.comparisons(),
        ),
        Table(
            "documents",
            "The texts with metadata, evidence and segments.",
            (
                *model_columns(Document),
                _FOLD,
                Column("text", "string", "The text, whole; all offsets count its code points."),
            ),
            _document_rows,
        ),
        _layer_table(
            "actors",
            "Mentions of actors.",
            (
                Column(
                    "entity_type",
                    ActorType,
                    "What kind of actor it is, by the registry; null without an entry.",
                ),
                Column("side", "string", "The side of the actor, by the registry; null if none."),
            ),
            _actor_cells,
        ),
        _layer_table(
            "locations",
            "Mentions of places.",
            (
                Column(
                    "place_type",
                    PlaceType,
                    "What kind of place it is, by the registry; null without an entry.",
                ),
            ),
            _place_cells,
        ),
        _layer_table(
            "casualties",
            "Casualty records with derived bounds and innermost attribution.",
            (
                Column("minimum", "int64", "Least count that the words allow; null if unbounded."),
                Column(
                    "maximum", "int64", "Greatest count that the words allow; null if unbounded."
                ),
                Column(
                    "attribution",
                    "string",
                    "The innermost attribution that contains the words; null if there is none.",
                ),
            ),
            _casualty_cells,
        ),
        _layer_table(
            "attributions",
            "Attributions: source, cue and content, with the attribution they are nested in.",
            (
                Column(
                    "parent",
                    "string",
                    "The attribution that this one is nested in; null if it is in none.",
                ),
                Column("source_text", "string", "The words of the sources.", many=True),
                Column(
                    "source_entity",
                    "string",
                    "Registry ids of the sources, also of the inferred one.",
                    many=True,
                ),
            ),
            _attribution_cells,
        ),
        _text_table(
            "sentences",
            "Sentences with tokens and BIO tags, a column per layer and a joint one, for training.",
            (
                *_IN_DOCUMENT,
                Column("id", "string", "Document and number of the sentence: ``004:s12``."),
                Column("sentence_number", "int32", "Number of the sentence in the text, from 0."),
                Column("start", "int32", "Offset of its first code point."),
                Column("end", "int32", "Offset after its last code point."),
                _SEGMENT,
                Column("text", "string", "The sentence."),
                Column("tokens", "string", "Its words and punctuation marks.", many=True),
                Column(
                    "token_starts",
                    "int32",
                    "Offset of each token's first code point in the text.",
                    many=True,
                ),
                Column(
                    "token_ends", "int32", "Offset after each token's last code point.", many=True
                ),
                *(Column(name, BIO, _tags_meaning(name), many=True) for name in TAG_COLUMNS),
            ),
            _sentence_rows,
        ),
        *(_registry_table(name, model) for name, model in REGISTRIES.items()),
    )
}
"""Every table by name; the name is the configuration of the dataset."""

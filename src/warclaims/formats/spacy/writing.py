"""Write annotated texts as documents of spaCy."""

from __future__ import annotations

import json
from functools import cache
from itertools import count, islice, pairwise
from typing import TYPE_CHECKING, Any

import spacy
from spacy.tokens import Doc, DocBin, Span
from spacy.util import filter_spans

from warclaims.formats.annotated_text import annotated_text
from warclaims.formats.overwrite_guard import MANIFEST
from warclaims.formats.spacy.extensions import DATA
from warclaims.records import LAYERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from warclaims.corpus import Corpus
    from warclaims.formats.annotated_text import AnnotatedText, LabelledSpan
    from warclaims.records import Bundle

DOCUMENTS = 100
"""Documents in a file: spaCy reads a file as a whole."""

_NAME = "documents-{:04}.spacy"
FOLDER = ("a folder of spaCy files that an export wrote", MANIFEST)
"""The kind of folder that an export may replace, and the file by which it is known."""

_ATTRIBUTES = ("ENT_IOB", "ENT_TYPE", "ENT_ID")
"""What is stored of tokens beside their words."""

FOREIGN = "foreign"
"""The group of the labels that no layer has a place for."""

GROUPS = {
    **{model.noun: layer for layer, model in LAYERS.items()},
    "cue": "cues",
    "trigger": "triggers",
}
"""The span group of each label."""

_ENTITIES = ("actors", "locations", "casualties")


def write_documents(bundles: Iterable[Bundle], _corpus: Corpus) -> Iterator[tuple[str, bytes]]:
    """The files, by name: a DocBin for every hundred documents, which may be none."""
    texts = map(annotated_text, bundles)
    for number in count(1):
        docs = [spacy_document(text) for text in islice(texts, DOCUMENTS)]
        if docs or number == 1:
            made = DocBin(_ATTRIBUTES, store_user_data=True, docs=docs)
            yield _NAME.format(number), made.to_bytes()
        if len(docs) < DOCUMENTS:
            return


def spacy_document(text: AnnotatedText) -> Any:
    """A document of spaCy, in whose tokens every span begins and ends at the edge of a token."""
    ranges = [pair for span in text.spans for pair in span.ranges]
    doc = _with_edges(_tokenized(text), {start for start, _ in ranges}, {end for _, end in ranges})
    starts = {token.idx: token.i for token in doc}
    ends = {token.idx + len(token): token.i + 1 for token in doc}
    groups: dict[str, list[Any]] = {name: [] for name in (*GROUPS.values(), FOREIGN)}
    for span in text.spans:
        group = groups[FOREIGN if span.scheme else GROUPS[span.label]]
        for start, end in span.ranges:
            group.append(Span(doc, starts[start], ends[end], label=span.label, span_id=span.id))
    for name, group in groups.items():
        doc.spans[name] = group
    doc.ents = filter_spans([span for name in _ENTITIES for span in groups[name]])
    facts = {
        "name": text.name,
        "about": text.about,
        "spans": {span.id: _facts(span) for span in text.spans},
        "links": [[link.label, link.source, link.target] for link in text.links],
    }
    doc.user_data[DATA] = json.dumps(facts)  # spaCy stores no number of more than 64 bits
    return doc


def _facts(span: LabelledSpan) -> dict[str, Any]:
    """What no span of spaCy holds."""
    return {
        name: value for name in ("attributes", "scheme", "extra") if (value := getattr(span, name))
    }


@cache
def _tokenizer(language: str) -> Any:
    """The tokenizer of a language; the one for many languages if spaCy has none for it."""
    try:
        return spacy.blank(language)
    except (ImportError, ValueError):
        return spacy.blank("xx")


def _tokenized(text: AnnotatedText) -> Any:
    language = text.about["document"]["language"].partition("-")[0]
    doc = _tokenizer(language).make_doc(text.text)
    return doc if doc.text == text.text else _tokenizer("xx").make_doc(text.text)


def _with_edges(doc: Any, starts: set[int], ends: set[int]) -> Any:
    """The document with its tokens divided where spans start and end, offsets of code points."""
    text = doc.text
    first = {token.idx for token in doc}
    last = {token.idx + len(token) for token in doc}
    if starts <= first and ends <= last:
        return doc
    words: list[str] = []
    spaces: list[bool] = []
    for start, end in pairwise(sorted({0, len(text), *first, *last, *starts, *ends})):
        is_between = start in last and start not in first | starts and end not in ends
        if is_between and text[start:end] == " ":
            spaces[-1] = True
        else:
            words.append(text[start:end])
            spaces.append(False)
    return Doc(doc.vocab, words=words, spaces=spaces)

"""Write annotated texts as pages of W3C Web Annotations."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from warclaims.formats.annotated_text import annotated_text
from warclaims.formats.overwrite_guard import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from warclaims.corpus import Corpus
    from warclaims.formats.annotated_text import AnnotatedText, LabelledLink, LabelledSpan
    from warclaims.records import Bundle

COLLECTION = "collection.jsonld"
FOLDER = ("a folder of Web Annotations that an export wrote", MANIFEST)
"""The kind of folder that an export may replace, and the file by which it is known."""

_CONTEXT = {"@context": "http://www.w3.org/ns/anno.jsonld"}
_AROUND = 32
"""Characters before and after a quotation."""


def write_documents(bundles: Iterable[Bundle], corpus: Corpus) -> Iterator[tuple[str, bytes]]:
    """The files, by name: text and page of each document, then the collection."""
    total = 0
    before: dict[str, Any] = {}
    first = ""
    for text in map(annotated_text, bundles):
        name = _page_name(text)
        first = first or name
        yield f"{text.name}.txt", text.text.encode()
        page = _page(text, total)
        if before:
            yield before["id"], _json({**before, "next": name})
            page["prev"] = before["id"]
        before = page
        total += len(page["items"])
    collection = {**_CONTEXT, "id": COLLECTION, "type": "AnnotationCollection", "total": total}
    if corpus.description is not None:
        collection["label"] = corpus.description.title
    if before:
        yield before["id"], _json(before)
        collection |= {"first": first, "last": before["id"]}
    yield COLLECTION, _json(collection)


def _page_name(text: AnnotatedText) -> str:
    return f"{text.name}.page.jsonld"


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"


def _page(text: AnnotatedText, start: int) -> dict[str, Any]:
    """The annotations of a document: of it as a whole, of its words, and the links."""
    whole = _annotation(
        text, "documents/1", "describing", [_described(text.about)], f"{text.name}.txt"
    )
    return {
        **_CONTEXT,
        "id": _page_name(text),
        "type": "AnnotationPage",
        "partOf": COLLECTION,
        "startIndex": start,
        "items": [
            whole,
            *(_of_span(text, span) for span in text.spans),
            *(_of_link(text, link, number) for number, link in enumerate(text.links, 1)),
        ],
    }


def _annotation(
    text: AnnotatedText, name: str, motivation: str, bodies: list[Any], target: Any
) -> dict[str, Any]:
    return {
        "id": _id(text, name),
        "type": "Annotation",
        "motivation": motivation,
        "creator": {"type": "Agent", "nickname": text.about["annotations"]["annotator"]},
        "body": bodies,
        "target": target,
    }


def _id(text: AnnotatedText, name: str) -> str:
    return f"{_page_name(text)}#{name}"


def _words(purpose: str, value: str) -> dict[str, str]:
    return {"type": "TextualBody", "purpose": purpose, "value": value}


def _described(facts: dict[str, Any]) -> dict[str, str]:
    """Facts as a body of JSON."""
    plain = json.dumps(facts, ensure_ascii=False)
    return {**_words("describing", plain), "format": "application/json"}


def _of_span(text: AnnotatedText, span: LabelledSpan) -> dict[str, Any]:
    bodies = [_words("classifying", span.label)]
    facts = {**span.attributes}
    if isinstance(note := facts.get("note"), str):
        bodies.append(_words("commenting", note))
        del facts["note"]
    rest = {"attributes": facts, "scheme": span.scheme, "extra": span.extra}
    if any(rest.values()):
        bodies.append(_described({name: value for name, value in rest.items() if value}))
    targets = [_target(text, start, end) for start, end in span.ranges]
    target = {"type": "Composite", "items": targets} if len(targets) > 1 else targets[0]
    return _annotation(text, span.id, "classifying", bodies, target)


def _target(text: AnnotatedText, start: int, end: int) -> dict[str, Any]:
    """Words of the text, by offset (code points) and by quotation."""
    words = text.text
    return {
        "type": "SpecificResource",
        "source": f"{text.name}.txt",
        "selector": [
            {"type": "TextPositionSelector", "start": start, "end": end},
            {
                "type": "TextQuoteSelector",
                "exact": words[start:end],
                "prefix": words[max(0, start - _AROUND) : start],
                "suffix": words[end : end + _AROUND],
            },
        ],
    }


def _of_link(text: AnnotatedText, link: LabelledLink, number: int) -> dict[str, Any]:
    linked = {"type": "SpecificResource", "purpose": "linking", "source": _id(text, link.target)}
    bodies = [_words("tagging", link.label), linked]
    return _annotation(text, f"links/{number}", "linking", bodies, _id(text, link.source))

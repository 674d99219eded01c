"""Write annotated texts as CAS files of UIMA."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from cassis import Cas

from warclaims.errors import WarclaimsError
from warclaims.formats.annotated_text import LINK, annotated_text
from warclaims.formats.overwrite_guard import MANIFEST
from warclaims.formats.xmi.typesystem import (
    DOCUMENT,
    FOREIGN,
    MODELS,
    NAMES,
    NAMESPACE,
    feature_shapes,
    forbidden,
    link_type,
    typesystem,
)
from warclaims.records import shapes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from warclaims.corpus import Corpus
    from warclaims.formats.annotated_text import AnnotatedText, LabelledSpan
    from warclaims.records import Bundle

TYPES = "TypeSystem.xml"
"""The file with the types."""

FOLDER = ("a folder of UIMA files that an export wrote", MANIFEST)
"""The kind of folder that an export may replace, and the file by which it is known."""


def write_documents(bundles: Iterable[Bundle], _corpus: Corpus) -> Iterator[tuple[str, bytes]]:
    """The files, by name: the types, then a CAS per document.

    Raises:
        WarclaimsError: a text has a character that XML does not allow.
    """
    types = typesystem()
    yield TYPES, types.to_xml().encode()
    for text in map(annotated_text, bundles):
        yield f"{text.name}.xmi", _CasBuilder(text, types).built().to_xmi().encode()


class _CasBuilder:
    """Builds the CAS of one text. ``cassis`` counts its offsets in UTF-16 when it writes it."""

    def __init__(self, text: AnnotatedText, types: Any) -> None:
        self._text, self._types = text, types
        self._cas = Cas(types)
        self._first: dict[str, Any] = {}
        self._links_in_words: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
        for link in text.links:
            if forbidden(link.label):
                found = self._links_in_words[link.source]
                found.setdefault(f"{LINK}{link.label}", []).append(link.target)

    def built(self) -> Any:
        """The CAS with everything."""
        text, cas = self._text, self._cas
        if wrong := forbidden(text.text):
            raise WarclaimsError(
                f"document {text.name} has the character {wrong[0]!r} at {wrong.start():,}, which "
                "XML does not allow. Export it in another format"
            )
        cas.sofa_string = text.text
        cas.sofa_mime = "text/plain"
        cas.document_language = text.about["document"]["language"]
        cas.get_document_annotation().end = len(text.text)
        facts = json.dumps(text.about)
        cas.add(self._type(DOCUMENT)(identifier=text.name, facts=facts))
        for span in text.spans:
            self._add(span)
        self._link()
        return cas

    def _type(self, name: str) -> Any:
        return self._types.get_type(f"{NAMESPACE}{name}")

    def _array(self, kind: str, elements: list[Any]) -> Any:
        return self._types.get_type(f"uima.cas.{kind}Array")(elements=elements)

    def _add(self, span: LabelledSpan) -> None:
        """Add an annotation per fragment; the first has the features."""
        type_ = self._type(FOREIGN if span.scheme else NAMES[span.label])
        (start, end), *others = span.ranges
        features = self._features(span)
        made = type_(begin=start, end=end, identifier=span.id, **features)
        self._first[span.id] = made
        self._cas.add(made)
        for start, end in others:
            self._cas.add(type_(begin=start, end=end, identifier=span.id))

    def _features(self, span: LabelledSpan) -> dict[str, Any]:
        if span.scheme:
            features = {"label": span.label, "scheme": span.scheme}
            attributes = {**span.attributes, **self._links_in_words[span.id]}
            rest: dict[str, Any] = {"attributes": attributes, "extra": span.extra}
            for name in [one for one, words in features.items() if forbidden(words)]:
                rest[name] = features.pop(name)
            return {**features, "rest": json.dumps(rest)}
        known = {shape.name: shape for shape in feature_shapes(span.label)}
        model = MODELS.get(span.label)
        features, rest = {}, {}
        for name, value in span.attributes.items():
            shape = known.get(name)
            if model and value in (None, []) and shapes(model)[name].required:
                continue
            words = [str(one) for one in (value if shape and shape.many else [value])]
            if shape is None or not words or not all(words) or any(map(forbidden, words)):
                rest[name] = value
            else:
                features[name] = self._array("String", words) if shape.many else words[0]
        return {**features, **({"rest": json.dumps({"attributes": rest})} if rest else {})}

    def _link(self) -> None:
        """Add the links to the features of the annotations that they begin at."""
        links = defaultdict(list)
        for link in self._text.links:
            if forbidden(link.label):
                continue
            holder = self._first[link.source]
            name = holder.type.name.removeprefix(NAMESPACE)
            feature = "links" if name == FOREIGN else link.label
            made = self._type(link_type(name, feature))
            links[link.source, feature].append(
                made(role=link.label, target=self._first[link.target])
            )
        for (source, feature), found in links.items():
            self._first[source][feature] = self._array("FS", found)

"""Predictions in a file of another program, beside what is expected of the same texts."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from warclaims.authoring.texts import text_sha256
from warclaims.errors import InvalidFile, WarclaimsError
from warclaims.formats.importing import read_texts
from warclaims.formats.mapped_records import ImportCounts, RecordMaker
from warclaims.formats.mapping import LabelMapping
from warclaims.formats.problems import FormatProblems
from warclaims.records import LAYERS, shapes
from warclaims.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from warclaims.corpus import Corpus
    from warclaims.formats import Format
    from warclaims.formats.annotated_text import AnnotatedText, LabelledSpan
    from warclaims.records import Bundle

_PREDICTIONS = "predictions"
"""Who annotated, as far as the records say."""


class PredictedFile:
    """Predictions for documents of a corpus, in a file or folder of another program.

    A document is known by its text; if white space differs, as in files of tokens and tags without
    the text, by its other characters. Labels that no layer has a place for are kept: tags such as
    ``B-CUE`` are scored as spans.

    Attributes:
        unstated: Once all pairs were taken, the required fields (``layer.field``) that the file
            does not have, so that all records have the same value.
    """

    def __init__(
        self,
        format: Format,
        path: Path,
        corpus: Corpus,
        expected: str,
        mapping: LabelMapping | None = None,
    ) -> None:
        self._format, self._path = format, path
        self._corpus, self._expected = corpus, expected
        self._documents = {
            corpus.document(name).sha256: name
            for name in corpus.chosen(expected)
            if corpus.storage.is_annotated(expected, name)
        }
        self._mapping = mapping or LabelMapping()
        self._maker = RecordMaker(self._mapping, format.name, corpus.registries, ImportCounts())
        self.unstated = {
            f"{layer}.{name}"
            for layer, model in LAYERS.items()
            for name, shape in shapes(model).items()
            if shape.required and shape.choices
        }
        self._unknown = 0
        self._missing = dict.fromkeys(self._documents.values())

    def pairs(self) -> Iterator[tuple[Bundle, Bundle]]:
        """Each document as it is expected and as it is predicted, one at a time.

        Raises:
            InvalidFile: something cannot be read, or a text occurs twice.
            WarclaimsError: the format cannot be read, or the path has none of it.
        """
        if not hasattr(self._format.load_importer(), "read_documents"):
            raise WarclaimsError(f"predictions cannot be read from {self._format.name}")
        problems = FormatProblems()
        for text in read_texts(self._format, self._path, problems):
            name = self._known(text.text)
            if name is None:
                self._unknown += 1
            elif name not in self._missing:
                message = f"has the text of {name} again; a document is predicted once"
                problems.add(text.file, text.line or None, "X102", message)
            else:
                del self._missing[name]
                bundle = self._corpus.bundle(name, self._expected)
                yield bundle, self._predicted(text, bundle)
        if problems.errors:
            raise InvalidFile([one for one in problems.findings if not one.is_warning])

    @property
    def remark(self) -> str:
        """What is not scored, in words, once all pairs were taken."""
        found = []
        if self._missing:
            number = plural(len(self._missing), "text")
            found.append(f"{number} of {self._expected} of which nothing is predicted")
        if self._unknown:
            found.append(f"{plural(self._unknown, 'text')} that {self._expected} does not have")
        return f"not scored: {', and '.join(found)}" if found else ""

    def _known(self, text: str) -> str | None:
        name = self._documents.get(text_sha256(text))
        return name or self._by_characters.get(_digest(text))

    @cached_property
    def _by_characters(self) -> dict[str, str]:
        return {_digest(self._corpus.text(name)): name for name in self._documents.values()}

    def _predicted(self, text: AnnotatedText, bundle: Bundle) -> Bundle:
        if text.text != bundle.text:
            text = _with_white_space(text, bundle.text)
        for span in text.spans:
            if rule := self._mapping.label_rule(span.label, span.scheme):
                stated = map(self._mapping.attribute_rule, span.attributes)
                names = [*rule.fields, *(attribute.field for attribute in stated)]
                self.unstated.difference_update(f"{rule.layer}.{name}" for name in names)
        made, _ = self._maker.make(
            text, bundle.document, _PREDICTIONS, bundle.annotations.guidelines
        )
        return made.bundle


def _digest(text: str) -> str:
    """The hash of the characters of a text without white space."""
    return text_sha256("".join(text.split()))


def _with_white_space(text: AnnotatedText, known: str) -> AnnotatedText:
    """The labels of ``text`` at their words in ``known``, which has other white space."""
    old, new = (
        [at for at, character in enumerate(one) if not character.isspace()]
        for one in (text.text, known)
    )

    def moved(span: LabelledSpan) -> LabelledSpan:
        ends = ((bisect_left(old, at), bisect_left(old, end)) for at, end in span.ranges)
        ranges = tuple((new[first], new[last - 1] + 1) for first, last in ends if first < last)
        return replace(span, ranges=ranges)

    spans = [one for one in map(moved, text.spans) if one.ranges]
    return replace(text, text=known, spans=tuple(spans))

"""Read documents of spaCy."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from copy import copy
from typing import TYPE_CHECKING, Any

from spacy.tokens import DocBin
from spacy.vocab import Vocab

from warclaims.files import read_file, reason
from warclaims.formats.annotated_text import AnnotatedText, LabelledLink, LabelledSpan, free_id
from warclaims.formats.files_of_format import files_of_format
from warclaims.formats.spacy.extensions import facts_of
from warclaims.formats.spacy.writing import GROUPS
from warclaims.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from warclaims.formats.problems import FormatProblems


def read_documents(path: Path, problems: FormatProblems) -> Iterator[AnnotatedText]:
    """The documents in the DocBins at ``path`` with their span groups and entities, one at a time.

    Raises:
        WarclaimsError: a folder has no such file.
    """
    for file in files_of_format(path, problems, ".spacy"):
        yield from _documents_in(file, problems)


def _documents_in(path: Path, problems: FormatProblems) -> Iterator[AnnotatedText]:
    try:
        bin = DocBin().from_bytes(read_file(path))
        vocab = Vocab(strings=bin.strings)
    except OSError as error:
        problems.add(str(path), None, "X101", f"cannot be read: {reason(error)}")
        return
    except Exception as error:  # spaCy raises what its parts raise
        problems.add(str(path), None, "X101", f"is not a DocBin of spaCy: {_in_words(error)}")
        return
    left_out: Counter[str] = Counter()
    for number in range(1, len(bin) + 1):
        try:
            (doc,) = _only(bin, number - 1).get_docs(vocab)
            name = f"{path.name.partition('.')[0]}-{number}"
            reader = _DocumentReader(doc, str(path), number, problems)
            text = reader.result(name)
        except Exception as error:
            message = f"document {number} cannot be read: {_in_words(error)}"
            problems.add(str(path), None, "X101", message)
        else:
            left_out += reader.left_out
            yield text
    if left_out:
        message = f"attributes of tokens are left out: {counted(left_out)}"
        problems.add(str(path), None, "X603", message)


def _only(bin: Any, at: int) -> Any:
    """A DocBin with the document at a position: after a broken one, spaCy reads no others."""
    made = copy(bin)
    made.strings = ()  # the vocabulary has them
    for name in ("tokens", "spaces", "cats", "span_groups", "flags", "user_data"):
        setattr(made, name, getattr(bin, name)[at : at + 1])
    return made


def _in_words(error: Exception) -> str:
    return (str(error).split("\n")[0] or type(error).__name__)[:200]


def _checked_facts(doc: Any) -> dict[str, Any]:
    """What an export has written about a document.

    Raises:
        ValueError: it is not what an export writes.
    """
    try:
        known = facts_of(doc)
        spans, about = known.get("spans", {}), known.get("about", {})
        tables = [*spans.values(), *about.values()]
        tables += [one.get(name, {}) for one in tables for name in ("attributes", "extra")]
        links = known.get("links", [])
        if all(isinstance(one, dict) for one in tables) and all(len(one) == 3 for one in links):
            return known
    except (AttributeError, TypeError, ValueError):
        pass
    raise ValueError("it has facts that no export writes")


class _DocumentReader:
    """Reads the spans of one document."""

    def __init__(self, doc: Any, file: str, number: int, problems: FormatProblems) -> None:
        self._doc, self._file = doc, file
        self._number, self._problems = number, problems
        self._known: dict[str, Any] = _checked_facts(doc)
        self._facts: dict[str, Any] = self._known.get("spans", {})
        self._ranges: dict[str, list[tuple[int, int]]] = {}
        self._spans: dict[str, dict[str, Any]] = {}
        self._labelled: set[tuple[int, int, str]] = set()
        self._extensions: defaultdict[tuple[Any, Any], dict[str, Any]] = defaultdict(dict)
        for key, value in doc.user_data.items():
            if isinstance(key, tuple) and len(key) == 4:
                self._extensions[key[2:]][str(key[1])] = value

    @property
    def left_out(self) -> Counter[str]:
        """How often tokens have each attribute of an extension."""
        return Counter(
            name
            for (start, end), found in self._extensions.items()
            if start is not None and end is None
            for name in found
        )

    def result(self, name: str) -> AnnotatedText:
        """The text with everything that was read."""
        doc, known = self._doc, self._known
        for group, spans in doc.spans.items():
            for span in spans:
                self._add(span, group)
        for span in doc.ents:
            if (span.start_char, span.end_char, span.label_) not in self._labelled:
                self._add(span, "entity")
        order = {key: at for at, key in enumerate(self._facts)}
        spans = tuple(
            LabelledSpan(key, ranges=tuple(self._ranges[key]), **self._spans[key])
            for key in sorted(self._spans, key=lambda key: order.get(key, len(order)))
        )
        links = tuple(self._links())
        about = known.get("about") or self._about()
        return AnnotatedText(known.get("name", name), doc.text, spans, links, about, self._file)

    def _links(self) -> Iterator[LabelledLink]:
        for label, source, target in self._known.get("links", ()):
            if source in self._spans and target in self._spans:
                yield LabelledLink(label, source, target)
            else:
                missing = target if source in self._spans else source
                message = f"document {self._number}: the link {label} needs the span {missing}"
                self._problems.add(self._file, None, "X401", message)

    def _add(self, span: Any, group: str) -> None:
        if not 0 <= span.start < span.end <= len(self._doc):
            raise ValueError(f"the tokens {span.start}–{span.end} of {group} do not exist")
        label, place = span.label_ or group, (span.start_char, span.end_char)
        self._labelled.add((*place, label))
        if span.id_ in self._facts:
            key, facts = span.id_, self._facts[span.id_]
        else:
            key = free_id("s", len(self._spans) + 1, self._spans, self._facts)
            facts = {"attributes": self._attributes(span, group)}
        self._spans.setdefault(key, {"label": label, **facts})
        self._ranges.setdefault(key, []).append(place)

    def _attributes(self, span: Any, group: str) -> dict[str, Any]:
        """What spaCy and extensions say about a span, and its group unless its label says it."""
        found = {name: getattr(span, name) for name in ("id_", "kb_id_") if getattr(span, name)}
        if group not in ("sc", "entity", span.label_, GROUPS.get(span.label_)):
            found["group"] = group
        extensions = self._extensions.get((span.start_char, span.end_char), {})
        return {**found, **{name: _plain(value) for name, value in extensions.items()}}

    def _about(self) -> dict[str, Any]:
        """What there is besides spans, as extra fields of the annotations."""
        rest: dict[str, Any] = {"cats": self._doc.cats} if self._doc.cats else {}
        for key, value in self._doc.user_data.items():
            if isinstance(key, str):
                rest[key] = _plain(value)
        for name, value in self._extensions.get((None, None), {}).items():
            rest[name] = _plain(value)
        return {"annotations": {"extra": {"spacy": rest}}} if rest else {}


def _plain(value: Any) -> Any:
    """A value as JSON has it; anything else in words."""
    return json.loads(json.dumps(value, default=str))

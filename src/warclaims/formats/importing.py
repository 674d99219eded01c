"""Bring annotated texts of another program into a corpus."""

from __future__ import annotations

import json
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from warclaims.authoring.adding import StatedFacts, choose_annotator, make_files
from warclaims.authoring.texts import new_text, text_sha256
from warclaims.corpus import canonical_bytes, parse
from warclaims.corpus.blank import guidelines_followed
from warclaims.corpus.canonical import to_plain
from warclaims.errors import InvalidFile, WarclaimsError
from warclaims.files import FilesOnDisk, locked, workspace, write_all
from warclaims.formats.extra_fields import with_rest
from warclaims.formats.mapped_records import ImportCounts, RecordMaker
from warclaims.formats.mapping import LabelMapping
from warclaims.formats.problems import FormatProblems
from warclaims.layout import GOLD
from warclaims.records import LAYERS, Annotations, Document
from warclaims.records.documents import UNKNOWN_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from warclaims.authoring import NewText
    from warclaims.corpus import Corpus
    from warclaims.formats import Format
    from warclaims.formats.annotated_text import AnnotatedText, LabelledSpan


@dataclass
class ImportedTexts:
    """What an import did, or would do.

    Attributes:
        new: Documents added to the corpus.
        undetected: Those of them whose language is not known.
        written: Documents whose annotations are new or replaced, the new documents with them.
        unchanged: Documents that the corpus has with the same annotations.
        counts: What was read, and what of it no layer has a place for.
        problems: Errors, with which nothing is written, and warnings.
    """

    new: list[str] = field(default_factory=list)
    undetected: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    counts: ImportCounts = field(default_factory=ImportCounts)
    problems: FormatProblems = field(default_factory=FormatProblems)

    def note_new(self, documents: Sequence[Document]) -> None:
        """Note documents that are added, and which of them have no known language."""
        self.new = [one.id for one in documents]
        self.undetected = [one.id for one in documents if one.language == UNKNOWN_LANGUAGE]


def read_texts(
    format: Format, path: Path, problems: FormatProblems | None = None
) -> Iterator[AnnotatedText]:
    """The annotated texts at ``path``, one at a time; what cannot be read is added to ``problems``.

    Raises:
        WarclaimsError: ``path`` has none of the format.
    """
    problems = problems if problems is not None else FormatProblems()
    is_empty = True
    for text in format.load_importer().read_documents(path, problems):
        is_empty = False
        yield _with_own_ids(text, problems)
    if is_empty and not problems.errors:
        problems.add(str(path), None, "X103", "has no document that can be read")


def _with_own_ids(text: AnnotatedText, problems: FormatProblems) -> AnnotatedText:
    """``text`` with the first span of each id; others with it are reported."""
    spans: dict[str, LabelledSpan] = {}
    for span in text.spans:
        if spans.setdefault(span.id, span) is not span:
            message = f"has two labels with the id {span.id}: {spans[span.id].label}, {span.label}"
            problems.add(text.file, span.line or text.line or None, "X102", message)
    return replace(text, spans=tuple(spans.values())) if len(spans) < len(text.spans) else text


def import_texts(
    format: Format,
    path: Path,
    corpus: Corpus,
    set_name: str = GOLD,
    *,
    mapping: LabelMapping | None = None,
    annotator: str | None = None,
    language: str | None = None,
    overwrite: bool = False,
    skip_unreadable: bool = False,
    dry_run: bool = False,
) -> ImportedTexts:
    """Import the texts at ``path``, all or none; documents that the corpus lacks are added.

    A document is known by its text. Everything is read first: with one error nothing is written.

    Args:
        format: The format.
        path: The file or folder.
        corpus: The corpus.
        set_name: The annotation set to write.
        mapping: The rules for labels that are not those of the layers.
        annotator: Who annotated. Default: who annotated the document before, or is named in the
            file; else the set, or the only person in the registry.
        language: The language of new documents. Default: the detected one.
        overwrite: Replace annotations that have other records.
        skip_unreadable: Leave out what cannot be read, with a warning.
        dry_run: Write nothing.

    Raises:
        WarclaimsError: unknown set or annotator, or the path has nothing of the format.
        InvalidFile: a file of the corpus that is needed is not valid.
    """
    corpus.require_directory()
    if set_name != GOLD:
        corpus.require_set(set_name, or_annotator=True)
    done = ImportedTexts(problems=FormatProblems(skips=skip_unreadable))
    who = _Annotators(corpus, set_name, annotator)
    with (
        nullcontext() if dry_run else locked(corpus.root),
        workspace(None if dry_run else corpus.root) as folder,
    ):
        files = FilesOnDisk(folder)
        survey = _Survey(corpus, who, language, done)
        blank_for = None if set_name == GOLD else who.default()
        try:
            fresh = survey.new_texts(read_texts(format, path, done.problems))
            documents = [one.document for one in make_files(corpus, fresh, blank_for, files).added]
        except WarclaimsError:
            if not done.problems.errors:
                raise
        if done.problems.errors:
            return done
        done.note_new(documents)
        known = survey.known | {one.sha256: one for one in documents}
        index = files.pop(corpus.layout.index, None)
        maker = RecordMaker(mapping or LabelMapping(), format.name, corpus.registries, done.counts)
        guidelines = guidelines_followed(corpus)
        for number, text in enumerate(read_texts(format, path)):
            if number in survey.left_out:
                continue
            document = known[text_sha256(text.text)]
            built, warnings = maker.make(text, document, who.of(text, document), guidelines)
            for finding in warnings:
                done.problems.add(finding.file, finding.line, finding.code, finding.message)
            made = _with_facts(built.annotations, text, done, format.name)
            if _may_be_written(made, corpus, set_name, done, overwrite=overwrite):
                files[corpus.layout.annotation_file(set_name, document.id)] = canonical_bytes(made)
        if index is not None:
            files[corpus.layout.index] = index
        if not (dry_run or done.problems.errors):
            write_all(files)
    return done


class _Survey:
    """Reads all texts once: counts what they have, and finds those that cannot be used.

    Attributes:
        known: The documents of the corpus by the hash of their text.
        left_out: Positions of the texts that cannot be used.
    """

    def __init__(
        self, corpus: Corpus, who: _Annotators, language: str | None, done: ImportedTexts
    ) -> None:
        self.known = {one.sha256: one for one in corpus.documents.values()}
        self.left_out: set[int] = set()
        self._who, self._language, self._done = who, language, done

    def new_texts(
        self, texts: Iterable[AnnotatedText]
    ) -> Iterator[tuple[NewText, StatedFacts | Document]]:
        """The texts that the corpus lacks, with what is known of them; none after an error."""
        problems = self._done.problems
        seen: dict[str, str] = {}
        for number, text in enumerate(texts):
            digest = text_sha256(text.text)
            if digest in seen:
                message = (
                    f"has the same text as {seen[digest]}; a document is annotated once in a set"
                )
                problems.add(text.file, text.line or None, "X102", message)
                self.left_out.add(number)
                continue
            try:
                new = new_text(Path(f"{text.name}.txt"), text.text.encode())
                facts = _facts(text, self._language)
            except WarclaimsError as error:
                problems.add(text.file, text.line or None, "X101", str(error))
                self.left_out.add(number)
                continue
            if isinstance(facts, Document) and facts != self.known.get(digest, facts):
                message = (
                    f"says something else about document {self.known[digest].id} than the corpus: "
                    "the corpus keeps what it has"
                )
                problems.add(text.file, text.line or None, "X603", message)
            seen[digest] = f"{text.file}:{text.line}" if text.line else text.file
            self._who.note(text)
            self._done.counts.read(text)
            if digest not in self.known and not problems.errors:
                yield new, facts


def _facts(text: AnnotatedText, language: str | None) -> StatedFacts | Document:
    if "document" in text.about:
        document = parse(json.dumps(text.about["document"]).encode(), Document, text.file)
        if document.sha256 != text_sha256(text.text):
            raise WarclaimsError(f"the sha256 of document {document.id} is of another text")
        return document
    return StatedFacts(language=language)


class _Annotators:
    """Who annotated each document."""

    def __init__(self, corpus: Corpus, set_name: str, annotator: str | None) -> None:
        self._corpus, self._set_name, self._given = corpus, set_name, annotator
        self._named: str | None = None

    def note(self, text: AnnotatedText) -> str | None:
        """The registered annotator that ``text`` names; the first one is remembered."""
        named = text.about.get("annotations", {}).get("annotator")
        if not isinstance(named, str) or named not in self._corpus.registries.annotators:
            return None
        self._named = self._named or named
        return named

    def default(self) -> str:
        """Who annotates if nothing else says so.

        Raises:
            WarclaimsError: nobody can be chosen.
        """
        if self._given is None and self._set_name != GOLD:
            return self._set_name
        try:
            return choose_annotator(self._corpus, self._given)
        except WarclaimsError:
            if self._given is None and self._named is not None:
                return self._named
            raise

    def of(self, text: AnnotatedText, document: Document) -> str:
        """Who annotated ``text``."""
        if self._given is None and self._set_name == GOLD:
            if named := self.note(text):
                return named
            if self._corpus.layout.is_annotated(GOLD, document.id):
                return self._corpus.annotations(document.id).annotator
        return self.default()


def _with_facts(
    made: Annotations, text: AnnotatedText, done: ImportedTexts, scheme: str
) -> Annotations:
    """The annotations with the facts about them that the format holds.

    An annotator whom the corpus does not know, or who is not chosen, is kept in the extra fields.
    """
    about = text.about.get("annotations")
    if not about:
        return made
    if about.get("annotator", made.annotator) != made.annotator:
        rest = {"annotator": about["annotator"]}
        about = {**about, "extra": with_rest(about.get("extra", {}), scheme, rest)}
    own = {"document": made.document, "sha256": made.sha256, "annotator": made.annotator}
    try:
        return parse(
            json.dumps({**to_plain(made), **about, **own}).encode(), Annotations, text.file
        )
    except InvalidFile as error:
        for finding in error.findings:
            done.problems.add(text.file, text.line or None, "X101", finding.message)
        return made


def _may_be_written(
    made: Annotations, corpus: Corpus, set_name: str, done: ImportedTexts, *, overwrite: bool
) -> bool:
    """Sort a document into written or unchanged; records that are not to be replaced are errors."""
    if corpus.layout.is_annotated(set_name, made.document):
        before = corpus.annotations(made.document, set_name)
        if before == made:
            done.unchanged.append(made.document)
            return False
        if not overwrite and any(getattr(before, layer) for layer in (*LAYERS, "foreign")):
            file = corpus.layout.relative(corpus.layout.annotation_file(set_name, made.document))
            message = "has other records. To replace them, use --overwrite"
            done.problems.add(file, None, "X501", message)
            return False
    done.written.append(made.document)
    return True

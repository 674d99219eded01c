"""Add texts to a corpus: seed, entry in the index with proposed segments, blank annotations."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from warclaims.authoring.ids import check_id, id_of_name, is_portable
from warclaims.authoring.language import detect_language, detector
from warclaims.authoring.segments import propose_segments, title_in
from warclaims.authoring.starting import is_untouched
from warclaims.corpus import Corpus, canonical_bytes, parse
from warclaims.corpus.blank import blank_annotations, guidelines_followed
from warclaims.corpus.index_lines import IndexLines
from warclaims.corpus.reading import read_bytes
from warclaims.derive.dates import exists
from warclaims.errors import WarclaimsError, unknown
from warclaims.files import locked, read_file, write_all
from warclaims.files.limits import MAX_FILE, MIB
from warclaims.layout import GOLD, real_path
from warclaims.records import Document, DocumentIndex
from warclaims.records.base import SCHEMA_VERSION
from warclaims.records.documents import UNKNOWN_LANGUAGE, Stated, StatedDate, StatedLanguage
from warclaims.records.vocabulary import AnnotatorKind, Certainty, Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, MutableMapping, Sequence
    from pathlib import Path

    from pydantic import JsonValue

    from warclaims.authoring.language import DetectedLanguage
    from warclaims.authoring.texts import NewText

_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")
_DATE = "a date is written 2023, 2023-09 or 2023-09-19, and must be in the calendar"
_LANGUAGE = "a language is a tag of BCP 47: en, uk, pt-BR"
_FORMS: dict[str, tuple[type[Stated], str]] = {
    "date": (StatedDate, _DATE),
    "language": (StatedLanguage, _LANGUAGE),
    "original_language": (StatedLanguage, _LANGUAGE),
}
"""Facts that must have a certain form."""


@dataclass(frozen=True)
class StatedFacts:
    """Facts about a text that are stated when it is added; `None` if not stated.

    ``title`` is empty if the text has no headline. ``source`` is where the facts are known from.
    """

    id: str | None = None
    title: str | None = None
    language: str | None = None
    outlet: str | None = None
    date: str | None = None
    original_language: str | None = None
    rights_holder: str | None = None
    translation: bool | None = None
    source: str | None = None

    def unstated(self) -> list[str]:
        """The names of the facts about the text that are not stated, in plain words."""
        left = (f.name for f in fields(self) if f.name not in ("id", "title", "source"))
        return [name.replace("_", " ") for name in left if getattr(self, name) is None]


@dataclass(frozen=True)
class AddedText:
    """A text that was added: its entry in the index, and the files written for it.

    ``language`` is the detected one, if none was stated.
    """

    document: Document
    seed: str
    annotations: str
    facts: StatedFacts
    language: DetectedLanguage | None


@dataclass(frozen=True)
class AddedTexts:
    """The texts that were added, and duplicates of texts in the corpus, with their documents."""

    added: list[AddedText] = field(default_factory=list)
    duplicates: list[tuple[Path, str]] = field(default_factory=list)


def choose_annotator(corpus: Corpus, annotator: str | None = None) -> str:
    """The id of who is going to annotate: ``annotator``, or the only person in the registry.

    The person that a new corpus has by default does not count beside another one.

    Raises:
        WarclaimsError: there is no such annotator, or one has to be chosen.
    """
    known = corpus.registries.annotators
    persons = [name for name, entry in known.items() if entry.kind is AnnotatorKind.PERSON]
    chosen = [name for name in persons if not is_untouched(known[name])] or persons
    if annotator is None and len(chosen) == 1:
        return chosen[0]
    if annotator in known:
        return annotator
    if annotator is not None:
        raise unknown("annotator", annotator, known)
    several = "several persons are" if persons else "no person is"
    raise WarclaimsError(
        f"{several} registered as annotators. Say with --annotator who annotates; known: "
        f"{', '.join(known) or 'none'}"
    )


def add_texts(
    corpus: Corpus, texts: Iterable[tuple[NewText, StatedFacts]], annotator: str
) -> AddedTexts:
    """Add texts to ``corpus``, all or none.

    The bytes of each text become a seed, with an entry in the index with proposed segments, and a
    file in gold without annotations. The language is detected if it is not stated. Texts that are
    in the corpus already, byte for byte, are skipped.

    Raises:
        InvalidFile: the index is not valid.
        WarclaimsError: an id is taken, or a fact is ill-formed; the message has all of these, one
            per line.
    """
    with locked(corpus.root):
        files: dict[Path, bytes] = {}
        done = make_files(corpus, texts, annotator, files)
        write_all(files)
        return done


def make_files(
    corpus: Corpus,
    texts: Iterable[tuple[NewText, StatedFacts | Document]],
    annotator: str | None,
    files: MutableMapping[Path, bytes],
) -> AddedTexts:
    """Put the files that add texts to ``corpus``, whose lock is held, into ``files``, by path.

    The index is the last. A text may come with its entry of an index in place of facts. Without an
    annotator, there are no files in gold.

    Raises:
        InvalidFile: the index is not valid.
        WarclaimsError: as :func:`add_texts`.
    """
    corpus.require_directory()
    layout = corpus.layout
    index_name = layout.relative(layout.index)
    index = IndexLines(read_bytes(layout.index, index_name), index_name)
    guidelines = guidelines_followed(corpus, index.ids)
    same_bytes = dict(index.same_text)
    same_id = {name.lower(): name for name in index.ids}
    names: dict[Path, dict[str, str]] = {}
    done = AddedTexts()
    problems: list[str] = []
    for new, given in texts:
        if new.sha256 in same_bytes:
            done.duplicates.append((new.path, same_bytes[new.sha256]))
            continue
        try:
            facts = StatedFacts(id=given.id) if isinstance(given, Document) else given
            name = _new_id(new, facts.id, same_id)
            detected = None
            if isinstance(given, Document):
                document = given
            else:
                detected = detect_language(new.text) if facts.language is None else None
                document = _document(new, facts, name, layout.seeds, detected)
            seed, gold = layout.seeds / document.file, layout.annotation_file(GOLD, document.id)
            made = {seed: new.data}
            if annotator is not None:
                blank = blank_annotations(document, annotator, guidelines)
                made[gold] = canonical_bytes(blank)
            for path, data in made.items():
                _refuse_to_replace(path, data, layout.relative(path), names)
        except WarclaimsError as error:
            problems.append(str(error))
            continue
        same_bytes[new.sha256] = same_id[name.lower()] = name
        files.update(made)
        places = layout.relative(seed), layout.relative(gold)
        done.added.append(AddedText(document, *places, facts, detected))
    if problems:
        problems += [
            f"{path} is in the corpus already, byte for byte, as document {name}"
            for path, name in done.duplicates
        ]
        raise WarclaimsError("\n".join(problems))
    if done.added:
        documents = [one.document for one in done.added]
        data = _readable(index, documents, index_name)
        files[layout.index] = data  # last: what it lists is there, whatever may fail
    return done


def _readable(index: IndexLines, documents: Sequence[Document], file: str) -> bytes:
    """The index with ``documents``; raises if it would be too large to read."""
    try:
        if len(data := index.with_documents(documents)) > MAX_FILE:
            raise WarclaimsError(f"it is larger than {MAX_FILE // MIB} MiB")
        for one in documents:
            alone = DocumentIndex(schema_version=SCHEMA_VERSION, documents=(one,))
            parse(canonical_bytes(alone), DocumentIndex, file)
    except WarclaimsError as error:
        raise WarclaimsError(
            f"{file} would become too large, so nothing was added: {error}. Add fewer or shorter "
            "texts, or divide them between several corpora"
        ) from None
    return data


def _refuse_to_replace(
    path: Path, data: bytes, file: str, names: dict[Path, dict[str, str]]
) -> None:
    """Raise if ``path`` is another file, or differs only in case from one that is there.

    ``names`` caches the names in each folder, by their lower case.
    """
    folder = path.parent
    if folder not in names:
        inside = folder.iterdir() if folder.is_dir() else ()
        names[folder] = {one.name.lower(): one.name for one in inside}
    other = names[folder].setdefault(path.name.lower(), path.name)
    if other != path.name:
        raise WarclaimsError(
            f"{file} would differ from {other} in case only, so Windows and macOS could not "
            "have both. Choose another id with --id"
        )
    if path.exists() and read_file(path) != data:
        raise WarclaimsError(
            f"{file} exists already, with other content. Remove it, or choose another id with --id"
        )


def _document(
    new: NewText, facts: StatedFacts, name: str, seeds: Path, detected: DetectedLanguage | None
) -> Document:
    title = None if facts.title is None else " ".join(facts.title.split())
    if title and title not in " ".join(new.text.split()):
        raise WarclaimsError(
            f"The title {title!r} is not in {new.path}. A title is the headline as it is in the "
            "text. Correct --title, or leave it out"
        )
    segments = propose_segments(new.text, title)
    language = stated_fact("language", facts.language).value
    extra: dict[str, JsonValue] = {}
    if detected is not None and detected.is_sure:
        language = detected.tag
        certainty = Certainty.HIGH if detected.is_very_sure else Certainty.MEDIUM
        extra["language"] = {
            "evidence": Evidence.INFERRED.value,
            "certainty": certainty.value,
            "basis": f"Detected when the text was added, by {detector()}: {detected}.",
        }
    stated = {
        fact: stated_fact(fact, getattr(facts, fact), facts.source)
        for fact in ("outlet", "date", "original_language", "rights_holder")
    }
    return Document(
        id=name,
        file=_file_name(new.path, name, seeds),
        sha256=new.sha256,
        length=len(new.text),
        title=title or title_in(new.text, segments),
        language=language or UNKNOWN_LANGUAGE,
        translation=facts.translation,
        segments=segments,
        extra=extra,
        **stated,
    )


def _new_id(new: NewText, given: str | None, taken: dict[str, str]) -> str:
    """The id that was given, or one after the file's name; two may not differ in case alone."""
    name = id_of_name(new.path.stem, taken) if given is None else given
    check_id(name)
    if (other := taken.get(name.lower())) is not None:
        raise WarclaimsError(
            f"there is a document {other!r} already, with another text than {new.path}; seeds are "
            "never edited. If it is another document, rename the file, or choose another id with "
            "--id"
        )
    return name


def _file_name(path: Path, name: str, seeds: Path) -> str:
    """The name of the seed: a file in ``seeds/`` keeps its own, if a seed can have it."""
    is_fit = _FILE_NAME.fullmatch(path.name) and is_portable(path.name)
    if is_fit and real_path(path).parent == real_path(seeds):
        return path.name
    return f"{name}.txt"


def stated_fact(
    name: str,
    value: str | None,
    source: str | None = None,
    *,
    when: str = "when the text was added",
) -> Any:
    """A fact of :class:`StatedFacts`; its evidence is the ``source``, if there is one.

    ``when`` it is stated is part of its basis.

    >>> stated_fact("date", "2023-09").value
    '2023-09'

    Raises:
        WarclaimsError: it cannot have this value; the message says how it is written.
    """
    model, form = _FORMS.get(name, (Stated, "it is not valid text"))
    value, source = (value or "").strip() or None, (source or "").strip()
    rest: dict[str, Any] = {
        "evidence": Evidence.EXTERNAL if value and source else Evidence.INFERRED,
        "certainty": Certainty.HIGH if value else Certainty.LOW,
        "basis": f"Not stated {when}.",
    }
    if value:
        rest["basis"] = f"Stated {when}{f', after {source}' if source else '.'}"
    try:
        fact = model(value=value, **rest)
    except ValidationError:
        raise WarclaimsError(f"{value!r} cannot be used: {form}") from None
    if name == "date" and value and not exists(value):
        raise WarclaimsError(f"there is no such date as {value}: {form}")
    return fact

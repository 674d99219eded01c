"""Texts put into a corpus: seed, entry of the index with proposed segments, blank annotations."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from warclaims.authoring.ids import check_id
from warclaims.authoring.language import detect_language, detector
from warclaims.authoring.segments import propose_segments, title_in
from warclaims.authoring.texts import NewText, id_of_name
from warclaims.corpus import Corpus, canonical_bytes, parse, read_record
from warclaims.errors import WarclaimsError
from warclaims.files import locked, read_file, write_all
from warclaims.files.limits import MAX_FILE, MIB
from warclaims.files.names import is_portable
from warclaims.labelstudio import blank_annotations, guidelines_followed
from warclaims.layout import GOLD, real_path
from warclaims.records import Document, DocumentIndex
from warclaims.records.documents import Stated, StatedDate, StatedLanguage
from warclaims.records.vocabulary import AnnotatorKind, Certainty, Evidence
from warclaims.validation.not_applied import UNKNOWN_LANGUAGE
from warclaims.validation.rules.dates import exists

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pydantic import JsonValue

    from warclaims.authoring.language import DetectedLanguage
    from warclaims.layout import Layout

_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")
_DATE = "a date is written 2023, 2023-09 or 2023-09-19, and must be in the calendar"
_LANGUAGE = "a language is a tag of BCP 47: en, uk, pt-BR"

S = TypeVar("S", bound=Stated)


@dataclass(frozen=True)
class Facts:
    """What somebody states of a text when adding it; null is not stated.

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
        """The names of the facts about the text that nobody has stated, in plain words."""
        left = (f.name for f in fields(self) if f.name not in ("id", "title", "source"))
        return [name.replace("_", " ") for name in left if getattr(self, name) is None]


@dataclass(frozen=True)
class Added:
    """A text that was added: its entry in the index, its words, and the files written for it.

    ``language`` is what was detected of a text whose language nobody has stated.
    """

    document: Document
    text: str
    seed: str
    annotations: str
    facts: Facts
    language: DetectedLanguage | None


@dataclass(frozen=True)
class Additions:
    """The texts that were added, and those passed over: the same bytes are in the corpus.

    ``duplicates`` gives the id of the document for each.
    """

    added: list[Added]
    duplicates: list[tuple[Path, str]]


def check_fact(name: str, value: str) -> None:
    """See whether ``value`` can be stated as the fact ``name`` of :class:`Facts`.

    >>> check_fact("date", "2023-09")

    Raises:
        WarclaimsError: it cannot; the message says how it is written.
    """
    if name == "date":
        _date(Facts(date=value))
    elif name in ("language", "original_language"):
        _fact(StatedLanguage, value, Facts(), _LANGUAGE)
    else:
        _fact(Stated, value, Facts())


def choose_annotator(corpus: Corpus, annotator: str | None = None) -> str:
    """The id of who is going to annotate: ``annotator``, or the only person of the registry.

    Raises:
        WarclaimsError: there is no such annotator, or nobody tells which of several.
    """
    known = corpus.registries.annotators
    persons = [name for name, entry in known.items() if entry.kind is AnnotatorKind.PERSON]
    registry = corpus.layout.relative(corpus.layout.registry("annotators"))
    if annotator is None and len(persons) == 1:
        return persons[0]
    if annotator in known:
        return annotator
    what = f"there is no annotator {annotator!r}"
    if annotator is None:
        what = "several persons are" if persons else "no person is"
        what += " registered, so say with --annotator who annotates"
    raise WarclaimsError(f"{what}; in {registry} are: {', '.join(known) or 'none'}")


def add_texts(corpus: Corpus, texts: Iterable[tuple[NewText, Facts]], annotator: str) -> Additions:
    """Put texts into ``corpus``, all or none.

    Each text gets its bytes as a seed, an entry in the index with proposed segments, and a file
    in gold in which nothing is annotated yet. The language is detected where nobody has stated it.
    Texts that are in the corpus already, byte for byte, are passed over.

    Raises:
        InvalidFile: the index is not valid.
        WarclaimsError: an id is taken, or a fact is ill-formed; the message has all of these, one
            per line.
    """
    with locked(corpus.root):
        return _add_texts(corpus, texts, annotator)


def _add_texts(corpus: Corpus, texts: Iterable[tuple[NewText, Facts]], annotator: str) -> Additions:
    layout = corpus.layout
    index = read_record(layout.index, DocumentIndex, layout.relative(layout.index))
    guidelines = guidelines_followed(corpus)
    documents = list(index.documents)
    same_bytes = {document.sha256: document.id for document in documents}
    same_id = {document.id.lower(): document.id for document in documents}
    files: dict[Path, bytes] = {}
    names = _Names(layout)
    done = Additions([], [])
    problems: list[str] = []
    for new, facts in texts:
        if new.sha256 in same_bytes:
            done.duplicates.append((new.path, same_bytes[new.sha256]))
            continue
        try:
            name = _new_id(new, facts.id, same_id)
            found = detect_language(new.text) if facts.language is None else None
            document = _document(new, facts, name, layout.seeds, found)
            seed = layout.seeds / document.file
            gold = layout.annotation_file(GOLD, document.id)
            blank = canonical_bytes(blank_annotations(document, annotator, guidelines))
            for path, data in ((seed, new.data), (gold, blank)):
                names.refuse_to_replace(path, data)
        except WarclaimsError as error:
            problems.append(str(error))
            continue
        documents.append(document)
        same_bytes[new.sha256] = same_id[name.lower()] = name
        files |= {seed: new.data, gold: blank}
        places = layout.relative(seed), layout.relative(gold)
        done.added.append(Added(document, new.text, *places, facts, found))
    if problems:
        problems += [
            f"{path} is in the corpus already, byte for byte, as document {name}"
            for path, name in done.duplicates
        ]
        raise WarclaimsError("\n".join(problems))
    if not done.added:
        return done
    documents.sort(key=lambda document: document.id)
    data = canonical_bytes(index.model_copy(update={"documents": tuple(documents)}))
    _require_readable(data, layout.relative(layout.index))
    files[layout.index] = data  # last: what it lists is there, whatever may fail
    write_all(files)
    return done


def _require_readable(index: bytes, file: str) -> None:
    """Raise if the index has become larger than what is read of a file."""
    try:
        if len(index) > MAX_FILE:
            raise WarclaimsError(f"it is larger than {MAX_FILE // MIB} MiB")
        parse(index, DocumentIndex, file)
    except WarclaimsError as error:
        raise WarclaimsError(
            f"{file} would become too large, so nothing was added: {error}. Add fewer or shorter "
            "texts, or divide them between several corpora"
        ) from None


class _Names:
    """The names of the files in the folders that are written to."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._folders: dict[Path, dict[str, str]] = {}

    def refuse_to_replace(self, path: Path, data: bytes) -> None:
        """Raise if ``path`` is another file, or only differs in case from one that is there."""
        folder = path.parent
        if folder not in self._folders:
            inside = folder.iterdir() if folder.is_dir() else ()
            self._folders[folder] = {one.name.lower(): one.name for one in inside}
        other = self._folders[folder].setdefault(path.name.lower(), path.name)
        file = self._layout.relative(path)
        if other != path.name:
            raise WarclaimsError(
                f"{file} would differ from {other} in case only, so Windows and macOS could not "
                "hold both. Name another id with --id"
            )
        if path.exists() and read_file(path) != data:
            raise WarclaimsError(
                f"{file} is there already and holds something else; take it away, or name another "
                "id with --id"
            )


def _document(
    new: NewText,
    facts: Facts,
    name: str,
    seeds: Path,
    found: DetectedLanguage | None,
) -> Document:
    title = None if facts.title is None else " ".join(facts.title.split())
    if title and title not in " ".join(new.text.split()):
        raise WarclaimsError(
            f"{new.path} does not hold the title {title!r}: a title is the headline as it stands "
            "in the text. Correct --title, or leave it out"
        )
    segments = propose_segments(new.text, title)
    language = _fact(StatedLanguage, facts.language, facts, _LANGUAGE).value
    found = found if found is not None and found.is_sure else None
    return Document(
        id=name,
        file=_file_name(new.path, name, seeds),
        sha256=new.sha256,
        length=len(new.text),
        title=title or title_in(new.text, segments),
        language=language or (found.tag if found else None) or UNKNOWN_LANGUAGE,
        translation=facts.translation,
        outlet=_fact(Stated, facts.outlet, facts),
        date=_date(facts),
        original_language=_fact(StatedLanguage, facts.original_language, facts, _LANGUAGE),
        rights_holder=_fact(Stated, facts.rights_holder, facts),
        segments=segments,
        extra={"language": _evidence(found)} if found else {},
    )


def _evidence(found: DetectedLanguage) -> dict[str, JsonValue]:
    """What the language of a text rests on; its own field in the index holds a tag only."""
    return {
        "evidence": Evidence.INFERRED.value,
        "certainty": (Certainty.HIGH if found.is_very_sure else Certainty.MEDIUM).value,
        "basis": f"Detected when the text was added, by {detector()}: {found}.",
    }


def _new_id(new: NewText, given: str | None, taken: dict[str, str]) -> str:
    """The id that was given, or one after the file's name; two may not differ in case alone."""
    name = id_of_name(new.path.stem, taken) if given is None else given
    check_id(name)
    if (other := taken.get(name.lower())) is not None:
        raise WarclaimsError(
            f"there is a document {other!r} already, with another text than {new.path}; seeds are "
            "never edited. If it is another document, name another id with --id"
        )
    return name


def _file_name(path: Path, name: str, seeds: Path) -> str:
    """The name of the seed: of a file that lies in ``seeds/`` its own, if it is fit for one."""
    is_fit = _FILE_NAME.fullmatch(path.name) and is_portable(path.name)
    if is_fit and real_path(path).parent == real_path(seeds):
        return path.name
    return f"{name}.txt"


def _date(facts: Facts) -> StatedDate:
    stated = _fact(StatedDate, facts.date, facts, _DATE)
    if stated.value is not None and not exists(stated.value):
        raise WarclaimsError(f"there is no such date as {stated.value}: {_DATE}")
    return stated


def _fact(model: type[S], value: str | None, facts: Facts, form: str = "it is no text") -> S:
    """A fact with what it rests on: the word of who adds the text, or the source they name."""
    value = (value or "").strip() or None
    source = (facts.source or "").strip()
    rest: dict[str, Any] = {
        "evidence": Evidence.INFERRED,
        "certainty": Certainty.LOW,
        "basis": "Not stated when the text was added.",
    }
    if value is not None:
        rest = {
            "evidence": Evidence.EXTERNAL if source else Evidence.INFERRED,
            "certainty": Certainty.HIGH,
            "basis": f"Stated when the text was added{f', after {source}' if source else '.'}",
        }
    try:
        return model(value=value, **rest)
    except ValidationError:
        raise WarclaimsError(f"{value!r} cannot be taken: {form}") from None

"""Read an edition without texts, and check the hash and the form of every file.

An edition comes from anybody, so everything in it is checked before it is used: ids and names of
files become paths, offsets become indices.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal, Self, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    RootModel,
    StringConstraints,
    ValidationError,
    model_validator,
)

from warclaims.corpus.hashes import apart, how_changed
from warclaims.corpus.reading import parse
from warclaims.errors import InvalidFile, WarclaimsError
from warclaims.files import files_below, is_there, read_file
from warclaims.files.limits import MAX_FILE
from warclaims.records import (
    REGISTRIES,
    Adjudication,
    Annotations,
    Challenge,
    DocumentIndex,
    OwnValues,
)
from warclaims.records.base import MAX_OFFSET, Id, Sha256
from warclaims.records.documents import FileName
from warclaims.textfree.anchors import LONGEST_GAP
from warclaims.textfree.strings import full_fragments, is_json, json_lines, ranges

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

MANIFEST = "textfree.json"
OLD_MANIFEST = "standoff.json"
"""Its name in editions of earlier versions, which can be read as well."""

INDEX = "seeds/index.json"
ADJUDICATION = "annotations/adjudication.jsonl"
CHALLENGES = "annotations/challenges.jsonl"
README = "README.md"
SETTINGS = "corpus.toml"
"""The description of the corpus."""

SUFFIXES = (".json", ".jsonl", ".md")
"""Files of ``annotations/`` that an edition has."""

MAX_MANIFEST = 8 * MAX_FILE
"""Bytes of a manifest: it grows with the number of documents."""

_SHOWN = 20
_PLAIN_NAME = re.compile(get_args(FileName)[1].pattern)
_ANNOTATIONS = re.compile(r"annotations/(?:gold|passes/[^/]+|predictions/[^/]+)/([^/]+)\.json")
_MODELS: dict[str, type[BaseModel]] = {
    INDEX: DocumentIndex,
    ADJUDICATION: Adjudication,
    CHALLENGES: Challenge,
    "annotations/lists.json": OwnValues,
    **{f"annotations/registry/{name}.json": model for name, model in REGISTRIES.items()},
}

Offset = Annotated[int, Field(ge=0, le=MAX_OFFSET)]
Distance = Annotated[int, Field(ge=-MAX_OFFSET, le=MAX_OFFSET)]
Gap = Annotated[str, StringConstraints(max_length=LONGEST_GAP)]
Anchored = tuple[Offset, Offset, Distance]
"""An offset, a word by number, and the distance of the offset from it."""

FilePath = Annotated[
    str,
    StringConstraints(
        pattern=r"^([A-Za-z0-9][A-Za-z0-9._-]{0,199}/)*[A-Za-z0-9][A-Za-z0-9._-]{0,199}$"
    ),
]
"""A path in the edition: no hidden file or folder, and none outside it."""


class _ManifestEntry(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class EditionFile(_ManifestEntry):
    """A file of the edition and its hash."""

    path: FilePath
    sha256: Sha256


class EditionText(_ManifestEntry):
    """A document: what identifies its text, and what finds its words in another copy."""

    id: Id
    file: FileName
    sha256: Sha256
    length: Annotated[int, Field(ge=1, le=MAX_OFFSET)]
    words: Offset
    title: tuple[Offset, Offset] | None
    fingerprints: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]*$")]
    starts: tuple[Anchored, ...]
    ends: tuple[Anchored, ...]
    gaps: tuple[tuple[Offset, Gap], ...]

    @model_validator(mode="after")
    def _check(self) -> Self:
        # In the order of the words, their edges that the anchors imply never go back.
        implied = [(word, 0, offset - away) for offset, word, away in self.starts]
        implied += [(word, 1, offset - away) for offset, word, away in self.ends]
        edges = [edge for _, _, edge in sorted(implied)]
        problems = {
            "the number of fingerprints is not that of words": len(self.fingerprints) != self.words,
            "an offset or word is beyond the text": any(
                offset > self.length or word >= self.words
                for offset, word, _ in (*self.starts, *self.ends)
            ),
            "the words of starts and ends are not in text order": edges != sorted(edges)
            or any(not 0 <= edge <= self.length for edge in edges),
            "a gap is beyond the text or holds words": any(
                number > self.words or any(map(str.isalnum, gap)) for number, gap in self.gaps
            ),
            "the title ends beyond the text": self.title
            and not self.title[0] < self.title[1] <= self.length,
            f"no text is called {self.file}": self.file.lower() == "index.json",
        }
        if found := [problem for problem, is_there in problems.items() if is_there]:
            raise ValueError(f"{self.id}: {found[0]}")
        return self


class Manifest(_ManifestEntry):
    """All files and documents of the edition, and what is left of their texts."""

    warclaims: str
    bits_a_word: Literal[4]
    entropy_bits_a_word: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    names_kept: tuple[str, ...]
    ids_with_words: tuple[str, ...]
    files: tuple[EditionFile, ...]
    documents: tuple[EditionText, ...]

    @model_validator(mode="after")
    def _check(self) -> Self:
        for what, values in (
            ("id", [one.id for one in self.documents]),
            ("file", [one.file for one in self.documents]),
            ("path", [one.path for one in self.files]),
        ):
            if len({value.lower() for value in values}) < len(values):
                raise ValueError(f"two entries have the same {what}")
        return self


class AnyJson(RootModel[JsonValue]):
    """A JSON file that the scheme does not know."""


@dataclass(frozen=True)
class Edition:
    """An edition whose files are those of its manifest.

    Attributes:
        manifest: Its manifest.
        files: The bytes of its files by path, without manifest and README.
        sha256: The hash of the manifest, and so of everything.
    """

    manifest: Manifest
    files: Mapping[str, bytes]
    sha256: str

    @cached_property
    def texts(self) -> dict[str, EditionText]:
        """The documents by id."""
        return {one.id: one for one in self.manifest.documents}

    def document_of(self, path: str) -> str | None:
        """The document that a file annotates; `None` if it is not a file of annotations."""
        return annotated_document(path, self.texts)


def annotated_document(path: str, documents: Mapping[str, object]) -> str | None:
    """Which of the ``documents`` a file annotates; `None` if it is not a file of annotations."""
    match = _ANNOTATIONS.fullmatch(path)
    return match[1] if match is not None and match[1] in documents else None


def is_edition_path(path: str) -> bool:
    """True for the path of a file that an edition may have."""
    first, *parts = path.split("/")
    return path in (INDEX, README, SETTINGS) or (
        first == "annotations"
        and path.endswith(SUFFIXES)
        and all(_PLAIN_NAME.fullmatch(part) for part in parts)
    )


def read_edition(folder: Path) -> Edition:
    """The edition in a folder.

    Raises:
        WarclaimsError: there is none, it holds links or other things that are not files, or a file
            does not have the hash or the form that it should have.
    """
    found = next((name for name in (MANIFEST, OLD_MANIFEST) if is_there(folder / name)), None)
    if found is None:
        raise WarclaimsError(
            f"{folder} is not an edition without texts: it has no {MANIFEST}; make one with: "
            "warclaims export textfree"
        )
    files = {}
    for path in files_below(folder):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            raise WarclaimsError(f"{path} is a link; an edition has only files. Remove it")
        files[name] = read_file(path, MAX_MANIFEST if name == found else MAX_FILE)
    files[MANIFEST] = files.pop(found)
    return check_edition(files)


def check_edition(files: Mapping[str, bytes]) -> Edition:
    """The edition that consists of these files, by path.

    Raises:
        WarclaimsError: see :func:`read_edition`.
    """
    manifest = parse_manifest(files[MANIFEST])
    here = {name: data for name, data in files.items() if name != MANIFEST}
    if differences := list(_differences(manifest, here)):
        more = len(differences) - _SHOWN
        shown = differences[:_SHOWN] + [f"and {more} more"] * (more > 0)
        raise WarclaimsError(
            "the edition is not as it was exported, so nothing is written:\n  "
            + "\n  ".join(shown)
            + "\nDownload the edition again, or export it again"
        )
    if strange := [name for name in here if not is_edition_path(name)]:
        raise not_as_written(MANIFEST, f"it names {strange[0]}, which is not a file of an edition")
    if INDEX not in here:
        raise not_as_written(MANIFEST, f"it names no {INDEX}")
    here.pop(README, None)
    edition = Edition(manifest, here, hashlib.sha256(files[MANIFEST]).hexdigest())
    for name in here:
        try:
            _check_file(edition, name)
        except (InvalidFile, ValueError) as error:
            raise not_as_written(name, error) from None
    return edition


def _differences(manifest: Manifest, here: Mapping[str, bytes]) -> Iterator[str]:
    """The files that are not those of the manifest, each with what differs."""
    wanted = {one.path: one.sha256 for one in manifest.files}
    found = {name: hashlib.sha256(data).hexdigest() for name, data in here.items()}
    added = sorted(found.keys() - wanted.keys())
    content = {found[name]: name for name in added}
    for name, sha256 in wanted.items():
        if name not in found:
            renamed = f", and {content[sha256]} has its content" if sha256 in content else ""
            yield f"missing: {name}{renamed}"
        elif found[name] != sha256:
            now, then = apart(found[name], sha256)
            how = how_changed(here[name], sha256)
            yield (
                f"changed: {name}: {f'{how}; ' if how else ''}its SHA-256 is {now}, {MANIFEST} "
                f"says {then}"
            )
    yield from (f"added: {name} is not in {MANIFEST}" for name in added)


def _check_file(edition: Edition, name: str) -> None:
    """Raise if a file is not of the model of its place, or goes beyond its text."""
    data, document = edition.files[name], edition.document_of(name)
    check_form(name, data, bare=document is not None)
    if document is not None:
        length = edition.texts[document].length
        if any(not start < end <= length for start, end in ranges(data.decode())):
            raise ValueError("a fragment is empty or ends beyond its text")
    if name == INDEX:
        listed, wanted = (
            [(one.id, one.file, one.sha256, one.length) for one in entries]
            for entries in (
                parse(data, DocumentIndex, name).documents,
                edition.manifest.documents,
            )
        )
        if listed != wanted:
            raise ValueError(f"its documents are not those of {MANIFEST}")


def check_form(name: str, data: bytes, *, bare: bool = False) -> None:
    """Raise if a file is not of the model of its place in a corpus.

    With ``bare``, it holds annotations whose fragments have no words.

    Raises:
        InvalidFile: it is not; the findings say why.
        ValueError: it is not UTF-8, or a number in it has thousands of digits.
    """
    text = data.decode()
    if not is_json(name):
        return
    parts = {name: with_words(text) if bare else text}
    if name.endswith(".jsonl"):
        parts = {f"{name}:{number}": line for number, line in enumerate(json_lines(text), 1)}
    model = Annotations if _ANNOTATIONS.fullmatch(name) else _MODELS.get(name)
    for where, part in parts.items():
        parse(part.encode(), model or AnyJson, where)


def with_words(bare: str) -> str:
    """Annotations without words, with an ellipsis in place of each."""
    return full_fragments(bare, lambda start, end: "…")


def parse_manifest(data: bytes) -> Manifest:
    """The manifest of an edition.

    Raises:
        WarclaimsError: it is not valid.
    """
    try:
        return parse(data, Manifest, MANIFEST)
    except InvalidFile as error:
        raise not_as_written(MANIFEST, error) from None


def not_as_written(name: str, why: str | Exception) -> WarclaimsError:
    """The error for a file of an edition that the export did not write like that."""
    if isinstance(why, InvalidFile):
        why = f"{why.findings[0].pointer} {why.findings[0].message}".strip()
    elif isinstance(why, ValidationError):
        why = why.errors(include_url=False)[0]["msg"]
    return WarclaimsError(
        f"{name} is not as warclaims export textfree writes it: {why}. Download the edition again, "
        "or export it again"
    )

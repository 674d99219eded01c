"""Read an edition without texts, and check the hash and the form of every file."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, get_args

from pydantic import JsonValue, RootModel

from warclaims.corpus.hashes import apart, how_changed
from warclaims.corpus.reading import parse
from warclaims.errors import InvalidFile, WarclaimsError
from warclaims.files import files_below, is_there, read_file
from warclaims.files.limits import MAX_FILE
from warclaims.records import REGISTRIES, Adjudication, Annotations, DocumentIndex
from warclaims.records.documents import FileName
from warclaims.textfree.manifest import (
    MANIFEST,
    OLD_MANIFEST,
    EditionText,
    Manifest,
    not_as_written,
    parse_manifest,
)
from warclaims.textfree.strings import full_fragments, is_json, json_lines, ranges

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pydantic import BaseModel

INDEX = "seeds/index.json"
ADJUDICATION = "annotations/adjudication.jsonl"
README = "README.md"
SETTINGS = "corpus.toml"
"""The description of the corpus."""

SUFFIXES = (".json", ".jsonl", ".md")
"""Files of ``annotations/`` that an edition has."""

MAX_MANIFEST = 8 * MAX_FILE
"""Bytes of a manifest: it grows with the number of documents."""

_SHOWN = 20
_PLAIN_NAME = re.compile(get_args(FileName)[1].pattern)
_ANNOTATIONS = re.compile(r"annotations/(?:gold|passes/[^/]+)/([^/]+)\.json")
_MODELS: dict[str, type[BaseModel]] = {
    INDEX: DocumentIndex,
    ADJUDICATION: Adjudication,
    **{f"annotations/registry/{name}.json": model for name, model in REGISTRIES.items()},
}


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
        if model is None:
            parse(part.encode(), AnyJson, where)
        else:
            parse(part.encode(), model, where)


def with_words(bare: str) -> str:
    """Annotations without words, with an ellipsis in place of each."""
    return full_fragments(bare, lambda start, end: "…")

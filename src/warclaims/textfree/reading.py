"""Reading an edition without texts: every file by the hash and by the model that it should have."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, get_args

from pydantic import JsonValue, RootModel

from warclaims.corpus.hashes import apart, how_changed
from warclaims.corpus.reading import parse, parse_foreign
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
from warclaims.textfree.strings import full_fragments, json_lines, ranges

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pydantic import BaseModel

INDEX = "seeds/index.json"
ADJUDICATION = "annotations/adjudication.jsonl"
README = "README.md"
SETTINGS = "corpus.toml"
"""What a corpus says of itself."""

SUFFIXES = (".json", ".jsonl", ".md")
"""Files of ``annotations/`` that an edition has."""

MAX_MANIFEST = 8 * MAX_FILE
"""Bytes of a manifest: it grows with the number of documents, so the limit is for many."""

_SHOWN = 20
_PLAIN_NAME = re.compile(get_args(FileName)[1].pattern)
_ANNOTATIONS = re.compile(r"annotations/(?:gold|passes/[^/]+)/([^/]+)\.json")
_REGISTRY = re.compile(r"annotations/registry/([a-z]+)\.json")


def is_edition_path(path: str) -> bool:
    """True for the path of a file that an edition may have."""
    parts = path.split("/")
    return path in (INDEX, README, SETTINGS) or (
        parts[0] == "annotations"
        and len(parts) > 1
        and path.endswith(SUFFIXES)
        and all(_PLAIN_NAME.fullmatch(part) for part in parts)
    )


class AnyJson(RootModel[JsonValue]):
    """A JSON file that the scheme does not know."""


@dataclass(frozen=True)
class Edition:
    """An edition whose files are those that its manifest names.

    Attributes:
        manifest: What it says of itself.
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
        """The document that a file annotates; null if it is no file of annotations."""
        match = _ANNOTATIONS.fullmatch(path)
        return match[1] if match is not None and match[1] in self.texts else None


def read_edition(folder: Path) -> Edition:
    """The edition in a folder.

    Raises:
        WarclaimsError: there is none, it holds links or what are no files, a file is not the one
            that the manifest names, or not of the form that it should have.
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
    """The edition of which these are all files, by path.

    Raises:
        WarclaimsError: see :func:`read_edition`.
    """
    manifest = parse_manifest(files[MANIFEST])
    here = {name: data for name, data in files.items() if name != MANIFEST}
    if differences := list(_differences(manifest, here)):
        shown = "\n  ".join(differences[:_SHOWN])
        more = len(differences) - _SHOWN
        raise WarclaimsError(
            "the edition is not as it was exported, so nothing is written:\n  "
            f"{shown}{f'{chr(10)}  and {more} more' if more > 0 else ''}\n"
            "Download the edition again, or export it again"
        )
    if strange := [name for name in here if not is_edition_path(name)]:
        raise not_as_written(MANIFEST, f"it names {strange[0]}, which is no file of an edition")
    here.pop(README, None)
    edition = Edition(manifest, here, hashlib.sha256(files[MANIFEST]).hexdigest())
    for name in here:
        _check_form(edition, name)
    if INDEX not in here:
        raise not_as_written(MANIFEST, f"it names no {INDEX}")
    return edition


def _differences(manifest: Manifest, here: Mapping[str, bytes]) -> Iterator[str]:
    """The files that are not those of the manifest, each with what differs."""
    wanted = {one.path: one.sha256 for one in manifest.files}
    found = {name: hashlib.sha256(data).hexdigest() for name, data in here.items()}
    added = {found[name]: name for name in found if name not in wanted}
    renamed = set()
    for name, sha256 in wanted.items():
        if name not in found and sha256 in added:
            renamed.add(added[sha256])
            yield f"renamed: {name} is now {added.pop(sha256)}"
        elif name not in found:
            yield f"missing: {name}"
        elif found[name] != sha256:
            now, then = apart(found[name], sha256)
            how = how_changed(here[name], sha256)
            yield (
                f"changed: {name}: {f'{how}; ' if how else ''}its SHA-256 is {now}, {MANIFEST} "
                f"says {then}"
            )
    extra = sorted(name for name in found if name not in wanted and name not in renamed)
    yield from (f"added: {name} is not in {MANIFEST}" for name in extra)


def _check_form(edition: Edition, name: str) -> None:
    """Raise if a file is not of the model that it should have, or goes beyond its text."""
    data = edition.files[name]
    try:
        check_form(name, data, bare=edition.document_of(name) is not None)
        if (document := edition.document_of(name)) is not None:
            length = edition.texts[document].length
            if any(not start < end <= length for start, end in ranges(data.decode())):
                raise ValueError("a fragment is empty or ends beyond its text")
        if name == INDEX:
            index = parse(data, DocumentIndex, name)
            listed = [(one.id, one.file, one.sha256, one.length) for one in index.documents]
            if listed != [
                (one.id, one.file, one.sha256, one.length) for one in edition.manifest.documents
            ]:
                raise ValueError(f"its documents are not those of {MANIFEST}")
    except InvalidFile as error:
        first = error.findings[0]
        raise not_as_written(name, f"{first.pointer} {first.message}".strip()) from None
    except ValueError as error:
        raise not_as_written(name, str(error)) from None


def check_form(name: str, data: bytes, *, bare: bool = False) -> None:
    """Raise if a file is not of the model that its place in a corpus demands.

    With ``bare``, it holds annotations whose fragments have no words.

    Raises:
        InvalidFile: it is not; the findings say why.
        ValueError: it is not UTF-8, or a number in it is of thousands of digits.
    """
    text = data.decode()
    model: type[BaseModel] | None = None
    if name == INDEX:
        model = DocumentIndex
    elif match := _REGISTRY.fullmatch(name):
        model = REGISTRIES.get(match[1])
    elif _ANNOTATIONS.fullmatch(name):
        model = Annotations
    if bare:
        data = with_words(text).encode()
    if name == ADJUDICATION:
        for number, line in enumerate(json_lines(text), 1):
            parse(line.encode(), Adjudication, f"{name}:{number}")
    elif name.endswith(".jsonl"):
        for number, line in enumerate(json_lines(text), 1):
            parse_foreign(line.encode(), AnyJson, f"{name}:{number}")
    elif model is not None:
        parse(data, model, name)
    elif name.endswith(".json"):
        parse_foreign(data, AnyJson, name)


def with_words(bare: str) -> str:
    """Annotations without words as annotations of the same form: some mark stands for each."""
    return full_fragments(bare, None)


def reason_of(error: Exception) -> str:
    """What a validation error says, in a line."""
    errors: Any = getattr(error, "errors", None)
    if errors is None:
        return str(error)
    first = errors()[0]
    return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"

"""The manifest of an edition without texts: ``textfree.json``.

It comes from whoever made the edition, so everything in it is checked before it is used: ids and
names of files become paths, offsets become indices.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from warclaims.corpus.reading import parse
from warclaims.errors import InvalidFile, WarclaimsError
from warclaims.records.base import MAX_OFFSET, Id, Sha256
from warclaims.records.documents import FileName
from warclaims.textfree.anchors import LONGEST_GAP

MANIFEST = "textfree.json"
OLD_MANIFEST = "standoff.json"
"""Its name in editions of earlier versions, which can be read as well."""

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

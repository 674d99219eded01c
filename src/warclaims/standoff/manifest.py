"""What an edition without texts says of itself: ``standoff.json``.

It comes from whoever made the edition, so nothing in it is believed before it was checked: ids and
names of files become paths.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    NonNegativeInt,
    PositiveInt,
    StringConstraints,
    ValidationError,
    model_validator,
)

from warclaims.errors import WarclaimsError
from warclaims.files import read_file
from warclaims.records.base import Id, Sha256
from warclaims.records.documents import FileName

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = "standoff.json"

Anchored = tuple[NonNegativeInt, NonNegativeInt, int]
"""An offset, a word by number, how far from it the offset lies."""


class _Checked(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Entry(_Checked):
    """A document: what tells its text, and what finds its words in another copy."""

    id: Id
    file: FileName
    sha256: Sha256
    length: PositiveInt
    words: NonNegativeInt
    title: tuple[NonNegativeInt, PositiveInt] | None
    fingerprints: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]*$")]
    starts: tuple[Anchored, ...]
    ends: tuple[Anchored, ...]

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if len(self.fingerprints) != self.words:
            raise ValueError(
                f"{self.id}: {self.words} words, {len(self.fingerprints)} fingerprints"
            )
        for offset, word, _ in (*self.starts, *self.ends):
            if offset > self.length or word >= self.words:
                raise ValueError(f"{self.id}: offset {offset} or word {word} is beyond the text")
        if self.title and self.title[1] > self.length:
            raise ValueError(f"{self.id}: the title ends beyond the text")
        if self.file.lower() == "index.json":
            raise ValueError(f"{self.id}: no text is called {self.file}")
        return self


class Manifest(_Checked):
    """All documents of the edition, and what is left of their texts."""

    warclaims: str
    bits_a_word: Literal[4]
    entropy_bits_a_word: Annotated[float, Field(ge=0)]
    names_kept: tuple[str, ...]
    ids_with_words: tuple[str, ...]
    documents: tuple[Entry, ...]

    @model_validator(mode="after")
    def _unlike(self) -> Self:
        for what in ("id", "file"):
            values = [getattr(one, what).lower() for one in self.documents]
            if len(set(values)) < len(values):
                raise ValueError(f"two documents have the same {what}")
        return self


def read_manifest(edition: Path) -> Manifest:
    """The manifest of an edition.

    Raises:
        WarclaimsError: there is none, or it is not sound.
    """
    path = edition / MANIFEST
    if not path.is_file() or path.is_symlink():
        raise WarclaimsError(
            f"{edition} is no edition without texts: it has no {MANIFEST}; make one with: "
            "warclaims export standoff"
        )
    try:
        return Manifest.model_validate_json(read_file(path))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise WarclaimsError(
            f"{path} is not as warclaims export standoff writes it: "
            f"{where + ': ' if where else ''}{first['msg']}; get or make the edition once more"
        ) from None

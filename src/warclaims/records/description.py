"""The description of a corpus in ``corpus.toml``: title, authors, licences, citation facts."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, ClassVar, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from warclaims.records.base import Id, Words
from warclaims.records.documents import LanguageTag
from warclaims.records.waivers import RuleCode

if TYPE_CHECKING:
    from collections.abc import Iterator


def _shaped(pattern: str, what: str) -> AfterValidator:
    """Require a string to match the whole ``pattern``; ``what`` is what messages expect."""
    compiled = re.compile(pattern)

    def check(value: str) -> str:
        if not compiled.fullmatch(value):
            raise ValueError(f"expected {what}")
        return value

    return AfterValidator(check)


_NUMBER = "(0|[1-9][0-9]{0,8})"
_ADDRESS = r"[^\s{}<>\"\\]+"

Line = Annotated[str, _shaped(r"(?=.*\S)[^\x00-\x1f\x7f-\x9f\u2028\u2029]+", "words in one line")]
Version = Annotated[str, _shaped(rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}", "three numbers, as in 1.0.0")]
Doi = Annotated[
    str, _shaped(rf"10\.[0-9]{{4,9}}/{_ADDRESS}", "a DOI without an address, as in 10.5072/x")
]
Url = Annotated[str, _shaped(rf"https?://{_ADDRESS}", "an address that begins with https://")]
Orcid = Annotated[
    str, _shaped(r"([0-9]{4}-){3}[0-9]{3}[0-9X]", "an ORCID iD, as in 0000-0002-1825-0097")
]
SpdxId = Annotated[
    str, _shaped(r"[A-Za-z0-9][A-Za-z0-9.+-]*", "an SPDX identifier (CC-BY-4.0), or LicenseRef-…")
]

CUSTOM_LICENCE = "LicenseRef-"
"""The start of the identifier of a licence that is not in the SPDX list."""


class _TomlTable(BaseModel):
    """A table of ``corpus.toml``. Unknown keys are refused."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        strict=True, extra="forbid", frozen=True, defer_build=True
    )


class Author(_TomlTable):
    """An author: a person with at least ``family``, or a group with only ``name``."""

    name: Line | None = Field(default=None, description="Name of a group.")
    family: Line | None = Field(default=None, description="Family name of a person.")
    given: Line | None = Field(default=None, description="Given names of a person.")
    orcid: Orcid | None = Field(default=None, description="ORCID iD, without the address.")
    affiliation: Line | None = Field(default=None, description="Where the author works.")

    @model_validator(mode="after")
    def _named(self) -> Self:
        stated = self.model_fields_set
        if not ({"name"} == stated or ("family" in stated and "name" not in stated)):
            raise ValueError(
                "expected family, given, orcid and affiliation of a person, or only name of a group"
            )
        return self

    @property
    def full(self) -> str:
        """``Given Family``, or the name of the group."""
        return self.name or " ".join(filter(None, (self.given, self.family)))

    @property
    def inverted(self) -> str:
        """``Family, Given``, as lists are sorted, or the name of the group."""
        return self.name or ", ".join(filter(None, (self.family, self.given)))


class Licence(_TomlTable):
    """The terms of one part of the corpus."""

    id: SpdxId | None = Field(
        default=None, description="SPDX identifier, or LicenseRef-… for other terms."
    )
    terms: Line | None = Field(default=None, description="The terms as a sentence.")
    url: Url | None = Field(default=None, description="Address of the licence.")

    @model_validator(mode="after")
    def _stated(self) -> Self:
        if self.id is None and self.terms is None:
            raise ValueError("a licence has id, terms or both")
        return self


class LicensedPart(BaseModel):
    """A part of a corpus with its terms, complete."""

    name: str
    id: str
    terms: str
    url: str | None

    @property
    def is_standard(self) -> bool:
        """True for a licence of the SPDX list: false for terms in words."""
        return not self.id.startswith(CUSTOM_LICENCE)


DATA = ("annotations", "texts")
"""The parts that every corpus has."""


class Licences(_TomlTable):
    """The licence of each part; that of an undeclared part is unknown."""

    code: Licence | None = Field(default=None, description="Of code in the same directory.")
    annotations: Licence | None = Field(
        default=None, description="Of the annotations and what is made from them."
    )
    texts: Licence | None = Field(
        default=None, description="Of the source texts and all that repeats their words."
    )

    def parts(self) -> Iterator[LicensedPart]:
        """The declared parts."""
        for name in type(self).model_fields:
            stated: Licence | None = getattr(self, name)
            if stated is None:
                continue
            id = stated.id or f"{CUSTOM_LICENCE}{name.capitalize()}"
            custom = id.startswith(CUSTOM_LICENCE)
            verb = "is" if name == "code" else "are"
            yield LicensedPart(
                name=name,
                id=id,
                terms=stated.terms or f"The {name} {verb} under {id}.",
                url=stated.url or (None if custom else f"https://spdx.org/licenses/{id}"),
            )

    @property
    def not_stated(self) -> list[str]:
        """The parts of the data without a licence and without terms."""
        return [name for name in DATA if getattr(self, name) is None]

    @property
    def of_data(self) -> str | None:
        """The standard licence of both annotations and texts; ``None`` if they do not share one."""
        ids = [part.id for part in self.parts() if part.name in DATA and part.is_standard]
        return ids[0] if len(ids) == len(DATA) and len(set(ids)) == 1 else None

    @property
    def expression(self) -> str | None:
        """All licences as an SPDX expression; ``None`` if nothing is declared."""
        return " AND ".join(dict.fromkeys(part.id for part in self.parts())) or None

    @property
    def in_words(self) -> str:
        """The terms of every part as sentences, even unknown ones of annotations or texts."""
        unknown = [f"The rights in the {name} are not stated." for name in self.not_stated]
        return " ".join([*(part.terms for part in self.parts()), *unknown])


class ResponsibleAi(_TomlTable):
    """Notes for users, by property of the Croissant vocabulary for responsible AI 1.0."""

    data_collection: Words | None = None
    data_collection_type: tuple[Words, ...] = ()
    data_collection_raw_data: Words | None = None
    data_collection_missing_data: Words | None = None
    data_collection_time_frame: tuple[date, ...] = ()
    data_imputation_protocol: Words | None = None
    data_manipulation_protocol: Words | None = None
    data_preprocessing_protocol: tuple[Words, ...] = ()
    data_annotation_protocol: tuple[Words, ...] = ()
    data_annotation_platform: tuple[Words, ...] = ()
    data_annotation_analysis: tuple[Words, ...] = ()
    annotations_per_item: Words | None = None
    annotator_demographics: tuple[Words, ...] = ()
    machine_annotation_tools: tuple[Words, ...] = ()
    data_biases: tuple[Words, ...] = ()
    data_limitations: tuple[Words, ...] = ()
    data_use_cases: tuple[Words, ...] = ()
    data_social_impact: Words | None = None
    personal_sensitive_information: tuple[Words, ...] = ()
    data_release_maintenance_plan: Words | None = None


class RuleSetting(StrEnum):
    """What a rule that warns does in a corpus."""

    OFF = "off"
    INFORMATION = "information"
    WARNING = "warning"


class CorpusDescription(_TomlTable):
    """The content of ``corpus.toml``. Unknown facts are left out."""

    name: Line | None = Field(default=None, description="A short name.")
    title: Line | None = Field(default=None, description="The title to be cited.")
    version: Version | None = Field(default=None, description="Version of the corpus.")
    released: date | None = Field(default=None, description="Date of this version.")
    authors: tuple[Author, ...] = Field(default=(), description="The authors, in order.")
    summary: Line | None = Field(default=None, description="What it is, in one sentence.")
    abstract: Words | None = Field(default=None, description="What it is, in a paragraph.")
    keywords: tuple[Line, ...] = Field(default=(), description="Keywords.")
    languages: tuple[LanguageTag, ...] = Field(
        default=(), description="Languages of the texts (BCP 47); by default those of the index."
    )
    doi: Doi | None = Field(default=None, description="DOI of this version.")
    homepage: Url | None = Field(default=None, description="Address of a page about the corpus.")
    repository: Url | None = Field(default=None, description="Address of its repository.")
    shards: tuple[Line, ...] = Field(
        default=(),
        description="Files of bundles with the documents and gold, in place of seeds/ and "
        "annotations/gold/: paths or addresses, with * for any characters.",
    )
    pass_shards: dict[Id, tuple[Line, ...]] = Field(
        default_factory=dict, description="Files of bundles with the passes, by annotator."
    )
    licences: Licences = Field(default=Licences(), description="The licence of each part.")
    rules: dict[RuleCode, RuleSetting] = Field(
        default_factory=dict,
        description="What rules that warn do in this corpus: off, information or warning, by code.",
    )
    responsible_ai: ResponsibleAi = Field(
        default=ResponsibleAi(), description="Notes for responsible use."
    )

    @property
    def address(self) -> str | None:
        """The address of the corpus: that of its DOI, its page or its repository."""
        return f"https://doi.org/{self.doi}" if self.doi else self.homepage or self.repository

    @property
    def iso_date(self) -> str | None:
        """The date of this version as text (ISO 8601)."""
        return self.released.isoformat() if self.released else None

    @property
    def missing(self) -> list[str]:
        """The missing keys that others need to cite or reuse the corpus."""
        found = [key for key in NEEDED_TO_CITE if not getattr(self, key)]
        return [*found, *(f"licences.{name}" for name in self.licences.not_stated)]


NEEDED_TO_CITE = ("title", "authors")
"""The keys without which a corpus cannot be cited."""

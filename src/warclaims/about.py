"""The facts about the dataset itself, declared once.

``warclaims build`` makes from them ``CITATION.cff``, ``.zenodo.json``, ``codemeta.json``, the
front matter of the card, ``corpus/croissant.json`` and the metadata block of ``pyproject.toml``;
``warclaims cite`` reads them.
"""

from __future__ import annotations

from dataclasses import dataclass

from warclaims import __version__

NAME = "WarClaims"
TITLE = f"{NAME}: who says how many died, where, and on whose word"
AUTHORS = ("The WarClaims developers",)
"""Names of groups, not of persons."""
VERSION = __version__
RELEASED = "2026-11-22"
"""Date of this version (ISO 8601)."""
TEXTS_OF = ("2020-09-27", "2023-09-19")
"""The days that the texts are of (ISO 8601)."""
LANGUAGES = ("en",)
"""Languages of the texts (ISO 639-1)."""

HOMEPAGE: str | None = None
"""Address of a page about the dataset, once there is one."""
REPOSITORY: str | None = None
"""Address of the repository, once there is a public one."""
DOI: str | None = None
"""The DOI of this version, once there is one: ``10.…``, without the address of a resolver."""

SUMMARY = (
    "Who says how many died, where, and on whose word: an annotated corpus of war reporting and "
    "its tools."
)

ABSTRACT = (
    f"Five news texts on Nagorno-Karabakh (of {' and '.join(TEXTS_OF)}) annotated at "
    "span level with actors, casualties, attributions and locations, linked across texts to "
    "actors, places and events, so that each number can be traced through its chain of sources. "
    "The annotations were made by language models working from a written scheme; no person has "
    "reviewed them yet. The code is under the MIT licence; the source texts belong to their "
    "publishers."
)
KEYWORDS = (
    "corpus",
    "annotation",
    "attribution",
    "source attribution",
    "casualties",
    "war reporting",
    "Nagorno-Karabakh",
    "Label Studio",
)


@dataclass(frozen=True)
class Part:
    """A part of the whole and the terms it stands under."""

    name: str
    licence: str
    """SPDX identifier."""
    terms: str
    """In words."""
    url: str | None = None
    """Address of the licence; null where none is given."""


CODE = Part(
    "code",
    "MIT",
    "The code is under the MIT licence.",
    "https://spdx.org/licenses/MIT",
)
ANNOTATIONS = Part(
    "annotations",
    "CC-BY-4.0",
    "The annotations, and what is made from them, are under CC BY 4.0.",
    "https://creativecommons.org/licenses/by/4.0/",
)
TEXTS = Part(
    "texts",
    "LicenseRef-Source-Texts",
    "The source texts, and every column and field that repeats their words, belong to their "
    "publishers; no licence to them is given.",
)
PARTS = (CODE, ANNOTATIONS, TEXTS)
LICENSE = ANNOTATIONS.licence
"""Of the dataset, where only one can be named."""
LICENSE_EXPRESSION = " AND ".join(part.licence for part in PARTS)
"""Of everything together (SPDX)."""

RESPONSIBLE_AI: dict[str, str | list[str]] = {
    "dataCollection": (
        "The texts were received as plain files, by the look of them taken from web pages; how "
        "they were chosen is not documented. Nothing was taken out: subscription prompts, captions "
        "and credits are kept and marked as segments. Outlet, date, original language and rights "
        "holder were worked out from the words of each text and are given with their evidence "
        "and certainty; where they cannot be known they are null."
    ),
    "dataCollectionType": ["Document analysis"],
    "dataCollectionRawData": (
        "News texts in English of several publishers, whole in the table documents, with the "
        "SHA-256 of each."
    ),
    "dataCollectionMissingData": (
        "Titles, outlets, original languages and rights holders that a text does not give, and "
        "registry links that are not clear, are null; nothing is imputed."
    ),
    "dataPreprocessingProtocol": [
        "The texts are byte for byte as received; sentences and tokens are computed from them "
        "when the tables are built. Offsets count code points."
    ],
    "dataAnnotationProtocol": (
        "Instances of a large language model annotated each text in several passes from a written "
        "scheme and guidelines. Their differences were adjudicated and the result was audited by "
        "language models, too; the decisions are recorded with their reasons. No person has "
        "annotated or reviewed anything. The table registry_annotators says who made which pass."
    ),
    "dataAnnotationAnalysis": [
        "The agreement of the passes is reported on the page of the corpus. All passes are by one "
        "model and share its errors: their agreement is no measure of correctness. Where the "
        "annotator chose between two readings, the record is marked uncertain and its note names "
        "both."
    ],
    "annotationsPerItem": (
        "No human labels. Each text has several machine passes and one adjudicated annotation; "
        "the tables hold the latter."
    ),
    "annotatorDemographics": ["Not applicable: all annotators are language models."],
    "machineAnnotationTools": [
        "Claude, a large language model by Anthropic; see the table registry_annotators."
    ],
    "dataBiases": [
        "The texts represent neither the war nor its reporting. Several repeat the same "
        "statements, so that what they say is not independent.",
        "Most texts are translations, by machine or of uncertain origin; wording, names and hedges "
        "may be the translator's.",
        "The annotations carry the biases of the language model that made them, also in the "
        "reading of who is held responsible.",
    ],
    "dataLimitations": [
        "Very few texts on two days of one conflict: too few to train a model, or to estimate how "
        "well one does on other texts.",
        "A claim is what a text says that a source said. Nothing here is a count of the dead, and "
        "no claim has been checked against what happened.",
        "Not for deciding about persons, for finding out who is guilty, or for targeting.",
    ],
    "dataUseCases": [
        "Study of how numbers of victims travel through chains of sources; development of "
        "annotation schemes and tools; testing of attribution and claim extraction with the "
        "limits named here in view."
    ],
    "dataSocialImpact": (
        "Casualty figures are a means of war. The dataset keeps each with its source and the "
        "narrator's commitment; quoting one without them turns a claim into a fact."
    ),
    "personalSensitiveInformation": [
        "The texts name real persons, mostly holders of public office, report deaths and injuries "
        "in war, and attribute statements and responsibility to persons and peoples. They tell of "
        "nationality and ethnicity. Nothing was made anonymous."
    ],
    "dataReleaseMaintenancePlan": (
        "Data, schema and code are released together under one semantic version; the changelog "
        "says for each what changed."
    ),
}
"""What a user has to know, by property of the Croissant vocabulary for responsible AI 1.0."""

"""The files that describe a corpus to other services, and the metadata of a package with one."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from warclaims.citation import STYLES, given, is_citable
from warclaims.corpus.description import toml_string
from warclaims.errors import WarclaimsError
from warclaims.files import read_words

if TYPE_CHECKING:
    from pathlib import Path

    from warclaims.records import Author, CorpusDescription, LicensedPart

CITATION = "CITATION.cff"
ZENODO = ".zenodo.json"
CODEMETA = "codemeta.json"
PACKAGE = "pyproject.toml"
WHOLE_FILES = (CITATION, ZENODO, CODEMETA)
"""The files that are generated as a whole."""

_BEGIN, _END = "# begin generated: metadata\n", "# end generated: metadata\n"
_BLOCK = re.compile(f"^{_BEGIN}.*?^{_END}", re.DOTALL | re.MULTILINE)

_HOOK = "[tool.hatch.metadata.hooks.custom]"
"""What a ``pyproject.toml`` has whose build makes the page for registries."""

_ISO_639_3 = {
    **{"am": "amh", "ar": "ara", "az": "aze", "be": "bel", "bn": "ben", "de": "deu", "el": "ell"},
    **{"en": "eng", "es": "spa", "fa": "fas", "fr": "fra", "he": "heb", "hi": "hin", "hy": "hye"},
    **{"it": "ita", "ja": "jpn", "ka": "kat", "ko": "kor", "ku": "kur", "my": "mya", "nl": "nld"},
    **{"no": "nor", "pl": "pol", "ps": "pus", "pt": "por", "ro": "ron", "ru": "rus", "so": "som"},
    **{"sr": "srp", "sv": "swe", "sw": "swa", "ti": "tir", "tr": "tur", "uk": "ukr", "ur": "urd"},
    **{"vi": "vie", "zh": "zho"},
}
"""Language codes of Zenodo by those of the texts; another language is left out."""


def metadata_files(facts: CorpusDescription, root: Path) -> dict[str, str]:
    """The files by name, for the corpus in ``root``; none if it cannot be cited.

    ``codemeta.json`` and the marked block of ``pyproject.toml`` are made where the corpus comes
    with code, that is, declares a licence of it.

    Raises:
        WarclaimsError: ``pyproject.toml`` has lost the marks around what is generated.
    """
    if not is_citable(facts):
        return {}
    files = {CITATION: STYLES["cff"](facts) + "\n", ZENODO: _json(zenodo(facts))}
    if facts.licences.code is not None:
        files[CODEMETA] = _json(codemeta(facts))
        package = root / PACKAGE
        if package.exists():
            files[PACKAGE] = _package(read_words(package).replace("\r\n", "\n"), package, facts)
    return files


def zenodo(facts: CorpusDescription) -> dict[str, Any]:
    """Metadata for a Zenodo deposit of the directory with the texts.

    Access is open only if annotations and texts are under one standard licence. There is no DOI:
    Zenodo assigns it.
    """
    known = given(isDescribedBy=facts.homepage, isSupplementTo=facts.repository)
    licence = facts.licences.of_data
    rights = facts.licences.in_words
    return {
        "title": facts.title,
        "upload_type": "dataset",
        "description": " ".join(
            dict.fromkeys(filter(None, (facts.abstract or facts.summary or facts.title, rights)))
        ),
        "creators": [
            given(name=author.inverted, affiliation=author.affiliation, orcid=author.orcid)
            for author in facts.authors
        ],
        **given(version=facts.version, publication_date=facts.iso_date),
        **({"keywords": list(facts.keywords)} if facts.keywords else {}),
        **given(language=_ISO_639_3.get(facts.languages[0]) if facts.languages else None),
        **(
            {"access_right": "open", "license": licence.lower()}
            if licence
            else {"access_right": "restricted", "access_conditions": rights}
        ),
        "notes": rights,
        **(
            {
                "related_identifiers": [
                    {"identifier": url, "relation": relation} for relation, url in known.items()
                ]
            }
            if known
            else {}
        ),
    }


def codemeta(facts: CorpusDescription) -> dict[str, Any]:
    """The code with the corpus in it, in the terms of CodeMeta 3.0."""
    return {
        "@context": "https://w3id.org/codemeta/3.0",
        "@type": "SoftwareSourceCode",
        "name": facts.name or facts.title,
        "description": facts.summary or facts.title,
        "author": [agent(author) for author in facts.authors],
        **given(version=facts.version, dateModified=facts.iso_date, datePublished=facts.iso_date),
        "license": [licence_work(part, "schema:") for part in facts.licences.parts()],
        **({"keywords": list(facts.keywords)} if facts.keywords else {}),
        "programmingLanguage": "Python",
        **given(
            identifier=facts.address if facts.doi else None,
            url=facts.homepage,
            codeRepository=facts.repository,
        ),
    }


def agent(author: Author, prefix: str = "") -> dict[str, Any]:
    """An author in the terms of schema.org; ``prefix`` comes before the type."""
    return {
        "@type": f"{prefix}{'Organization' if author.name else 'Person'}",
        **given(
            **{
                "@id": author.orcid and f"https://orcid.org/{author.orcid}",
                "name": author.full,
                "givenName": author.given,
                "familyName": author.family,
            }
        ),
    }


def licence_work(part: LicensedPart, prefix: str) -> str | dict[str, Any]:
    """A licence in the terms of schema.org: its address, or else its name and terms."""
    return part.url or {
        "@type": f"{prefix}CreativeWork",
        "name": part.id,
        "description": part.terms,
    }


def _package(text: str, path: Path, facts: CorpusDescription) -> str:
    urls = given(Homepage=facts.homepage, Repository=facts.repository)
    if facts.doi:
        urls["DOI"] = facts.address
    authors = ", ".join(f"{{ name = {toml_string(author.full)} }}" for author in facts.authors)
    dynamic = ["version", *(["readme"] if _HOOK in text else [])]
    lines = [
        f"dynamic = {json.dumps(dynamic)}",
        f"description = {toml_string(facts.summary or facts.title or '')}",
        f"license = {toml_string(facts.licences.expression or '')}",
        f"authors = [{authors}]",
        "keywords = [",
        *(f"  {toml_string(keyword)}," for keyword in facts.keywords),
        "]",
    ]
    if urls:
        pairs = ", ".join(f"{name} = {toml_string(url)}" for name, url in urls.items())
        lines.append(f"urls = {{ {pairs} }}")
    block = _BEGIN + "".join(f"{line}\n" for line in lines) + _END
    filled, count = _BLOCK.subn(lambda _: block, text)
    if count != 1:
        raise WarclaimsError(
            f"{path} must hold, once and on lines of their own, the marks {_BEGIN.strip()!r} and "
            f"{_END.strip()!r} in its table [project]"
        )
    return filled


def _json(record: dict[str, Any]) -> str:
    return json.dumps(record, indent=1, ensure_ascii=False) + "\n"

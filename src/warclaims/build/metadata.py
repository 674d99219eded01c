"""The files that tell other services the facts about the dataset, and the package's metadata."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from warclaims import about
from warclaims.citation import address, cite, given
from warclaims.errors import WarclaimsError
from warclaims.files import read_words

if TYPE_CHECKING:
    from pathlib import Path

CITATION = "CITATION.cff"
ZENODO = ".zenodo.json"
CODEMETA = "codemeta.json"
PACKAGE = "pyproject.toml"

_BEGIN, _END = "# begin generated: metadata\n", "# end generated: metadata\n"
_BLOCK = re.compile(f"^{_BEGIN}.*?^{_END}", re.DOTALL | re.MULTILINE)

_ISO_639_3 = {"en": "eng"}
"""The language codes that Zenodo takes."""


def metadata_files(root: Path) -> dict[str, str]:
    """The files by name, for the corpus that the package ships, in ``root``.

    Raises:
        WarclaimsError: ``pyproject.toml`` has lost the marks around what is generated.
    """
    files = {CITATION: cite("cff") + "\n", ZENODO: _json(zenodo()), CODEMETA: _json(codemeta())}
    package = root / PACKAGE
    if package.is_file():
        files[PACKAGE] = _package(read_words(package), package)
    return files


def zenodo() -> dict[str, Any]:
    """What Zenodo asks about a deposit. It gives the DOI itself, so that none is named here."""
    known = given(isDescribedBy=about.HOMEPAGE, isSupplementTo=about.REPOSITORY)
    return {
        "title": about.TITLE,
        "upload_type": "dataset",
        "description": about.ABSTRACT,
        "creators": [{"name": name} for name in about.AUTHORS],
        "version": about.VERSION,
        "publication_date": about.RELEASED,
        "keywords": list(about.KEYWORDS),
        "language": _ISO_639_3[about.LANGUAGES[0]],
        "access_right": "open",
        "license": about.LICENSE.lower(),
        "notes": " ".join(part.terms for part in about.PARTS),
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


def codemeta() -> dict[str, Any]:
    """The code with the corpus in it, in the terms of CodeMeta 3.0."""
    return {
        "@context": "https://w3id.org/codemeta/3.0",
        "@type": "SoftwareSourceCode",
        "name": about.NAME,
        "description": about.SUMMARY,
        "author": [{"@type": "Organization", "name": name} for name in about.AUTHORS],
        "version": about.VERSION,
        "dateModified": about.RELEASED,
        "datePublished": about.RELEASED,
        "license": [part.url for part in about.PARTS if part.url],
        "keywords": list(about.KEYWORDS),
        "programmingLanguage": "Python",
        **given(
            identifier=address() if about.DOI else None,
            url=about.HOMEPAGE,
            codeRepository=about.REPOSITORY,
        ),
    }


def _package(text: str, path: Path) -> str:
    urls = given(Homepage=about.HOMEPAGE, Repository=about.REPOSITORY)
    if about.DOI:
        urls["DOI"] = address()
    lines = [
        'dynamic = ["version"]',
        f"description = {_toml(about.SUMMARY)}",
        f"license = {_toml(about.LICENSE_EXPRESSION)}",
        f"authors = [{', '.join(f'{{ name = {_toml(name)} }}' for name in about.AUTHORS)}]",
        "keywords = [",
        *(f"  {_toml(keyword)}," for keyword in about.KEYWORDS),
        "]",
    ]
    if urls:
        pairs = ", ".join(f"{name} = {_toml(url)}" for name, url in urls.items())
        lines.append(f"urls = {{ {pairs} }}")
    block = _BEGIN + "".join(f"{line}\n" for line in lines) + _END
    filled, count = _BLOCK.subn(lambda _: block, text)
    if count != 1:
        raise WarclaimsError(
            f"{path} must hold, once and on lines of their own, the marks {_BEGIN.strip()!r} and "
            f"{_END.strip()!r} in its table [project]"
        )
    return filled


def _toml(text: str) -> str:
    """A basic string: those of JSON are also those of TOML."""
    return json.dumps(text, ensure_ascii=False)


def _json(record: dict[str, Any]) -> str:
    return json.dumps(record, indent=1, ensure_ascii=False) + "\n"

"""The commands that publish a version that passed the checks."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from warclaims.build.metadata import PACKAGE
from warclaims.citation import citation_key

if TYPE_CHECKING:
    from pathlib import Path

    from warclaims.records import CorpusDescription

_ZENODO = "https://zenodo.org/api/deposit/depositions"
_WRAPPED = 'import json; print(json.dumps({"metadata": json.load(open(".zenodo.json"))}))'
_ON_THE_HUB = ("README.md", "LICENSE", "CHANGELOG.md", "corpus/*", "docs/*", "annotations/*.md")


def publishing(root: Path, about: CorpusDescription) -> list[str]:
    """The lines that say how to publish the corpus at ``root``: remarks, and commands indented.

    Nothing is invented: an account is ``YOU``, and what ``corpus.toml`` does not give is named.
    """
    version = about.version
    name = citation_key(about).removesuffix(f"-{version}")
    words = "" if about.licences.of_data else " (only if you may share the texts)"
    included = " ".join(f"--include {shlex.quote(one)}" for one in _ON_THE_HUB)
    lines = [
        *not_given(about),
        "Tag:",
        f"  git tag -s v{version} -m {shlex.quote(f'{about.name or about.title} {version}')}",
        f"  git push origin v{version}",
        f"Hugging Face Hub{words}:",
        "  pip install huggingface_hub",
        "  hf auth login",
        f"  hf upload YOU/{name} . --repo-type dataset {included}",
    ]
    if (root / PACKAGE).is_file() and about.licences.code is not None:
        lines += [
            f"Package registry{words}:",
            "  pip install build twine",
            "  python -m build",
            "  twine check --strict dist/*",
            "  twine upload dist/*",
        ]
    archive = f"{name}-{version}-textfree.tar.gz"
    send = 'curl --fail --header "Authorization: Bearer $ZENODO_TOKEN"'
    return [
        *lines,
        "Zenodo, the edition without texts:",
        "  warclaims --corpus . export textfree --out edition",
        f"  tar czf {archive} edition",
        f"  python -c {shlex.quote(_WRAPPED)} >deposit.json",
        f"  {send} --json @deposit.json {_ZENODO}",
        f"  {send} --upload-file {archive} BUCKET/{archive}",
        "  BUCKET is links.bucket of the first answer. Check the deposit on the site, publish it",
        '  there, then write its DOI into corpus.toml (doi = "10.…"), build and commit.',
    ]


def not_given(about: CorpusDescription) -> list[str]:
    """What ``corpus.toml`` has a place for and does not give, with what lacks without it."""
    persons = [author.full for author in about.authors if author.family and not author.orcid]
    lacking = {
        "repository": None if about.repository else "README in a package registry has no links",
        "doi": None if about.doi else "citations have no DOI; Zenodo assigns one",
        "orcid": f"no iD of {', '.join(persons)}" if persons else None,
    }
    return [
        f"corpus.toml does not give {key}: {effect}." for key, effect in lacking.items() if effect
    ]

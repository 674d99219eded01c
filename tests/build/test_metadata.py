"""The files that state facts about the dataset: valid, the same in all, drift named."""

import json
import os
import shutil
import subprocess
import sys
import tomllib

import pytest
import yaml
from jsonschema import Draft4Validator, Draft7Validator

import warclaims
from conftest import FIXTURES
from warclaims import WarclaimsError, about
from warclaims.build.metadata import codemeta, metadata_files, zenodo
from warclaims.citation import STYLES, cite

SCHEMAS = FIXTURES / "schemas"
LINKS = {
    "DOI": "10.5072/made-up",
    "HOMEPAGE": "https://example.org/page",
    "REPOSITORY": "https://example.org/code",
}


@pytest.fixture(params=[False, True], ids=["without links", "with links"])
def links(request, monkeypatch):
    """The links that are declared: none, and all."""
    for name, value in LINKS.items():
        monkeypatch.setattr(about, name, value if request.param else None)
    return LINKS if request.param else {}


def errors(validator, schema, record):
    checker = validator(
        json.loads((SCHEMAS / schema).read_bytes()), format_checker=validator.FORMAT_CHECKER
    )
    return [error.message for error in checker.iter_errors(record)]


def test_the_citation_file_keeps_its_schema(links):
    record = yaml.safe_load(cite("cff"))
    assert errors(Draft7Validator, "cff-1.2.0.schema.json", record) == []
    assert record.get("doi") == links.get("DOI")
    assert record.get("url") == links.get("HOMEPAGE")
    assert record.get("repository-code") == links.get("REPOSITORY")


def test_csl_json_keeps_its_schema(links):
    records = json.loads(cite("csl-json"))
    assert errors(Draft7Validator, "csl-data.schema.json", records) == []
    assert records[0].get("DOI") == links.get("DOI")
    assert records[0].get("URL") == ("https://doi.org/10.5072/made-up" if links else None)
    assert records[0]["issued"]["date-parts"] == [list(map(int, about.RELEASED.split("-")))]


def test_the_zenodo_file_keeps_its_schema(links):
    record = zenodo()
    # The interface takes both; the schema has never had them.
    assert (record.pop("version"), record.pop("language")) == (about.VERSION, "eng")
    assert errors(Draft4Validator, "zenodo-legacyrecord.schema.json", record) == []
    assert [link["identifier"] for link in record.get("related_identifiers", [])] == (
        [LINKS["HOMEPAGE"], LINKS["REPOSITORY"]] if links else []
    )


def test_a_wrong_citation_does_not_keep_its_schema():
    record = yaml.safe_load(cite("cff")) | {"doi": "https://doi.org/10.5072/made-up"}
    assert errors(Draft7Validator, "cff-1.2.0.schema.json", record)


def test_codemeta_uses_terms_of_its_context_only(links):
    terms = json.loads((SCHEMAS / "codemeta-3.0.jsonld").read_bytes())["@context"]

    def check(value):
        if isinstance(value, dict):
            for key, inside in value.items():
                assert key.startswith("@") or key in terms
                check(inside)
            assert value["@type"] in terms
        elif isinstance(value, list):
            for item in value:
                check(item)

    record = codemeta()
    assert record.pop("@context") == "https://w3id.org/codemeta/3.0"
    check(record)
    assert record.get("identifier") == ("https://doi.org/10.5072/made-up" if links else None)
    assert record.get("codeRepository") == links.get("REPOSITORY")


@pytest.mark.parametrize("style", STYLES)
def test_every_citation_has_version_date_and_what_links_there_are(style, links):
    text = cite(style)
    assert about.TITLE in text
    assert about.VERSION in text
    assert about.RELEASED in text or style == "csl-json"
    assert ("10.5072/made-up" in text) == bool(links)
    assert ("doi" in text.lower()) == bool(links)


def test_the_name_of_a_citation_has_the_version_in_it(monkeypatch):
    for version in ("0.1.0", "0.2.0"):
        monkeypatch.setattr(about, "VERSION", version)
        assert cite("bibtex").startswith(f"@dataset{{warclaims-{version},\n")
        assert json.loads(cite("csl-json"))[0]["id"] == f"warclaims-{version}"


def test_the_package_has_the_same_facts(shipped, links):
    files = metadata_files(shipped)
    project = tomllib.loads(files["pyproject.toml"])["project"]
    assert project["description"] == about.SUMMARY
    assert project["license"] == about.LICENSE_EXPRESSION
    assert project["keywords"] == list(about.KEYWORDS)
    assert [author["name"] for author in project["authors"]] == list(about.AUTHORS)
    assert set(project.get("urls", {}).values()) == (
        {LINKS["HOMEPAGE"], LINKS["REPOSITORY"], "https://doi.org/10.5072/made-up"}
        if links
        else set()
    )
    stated = [yaml.safe_load(files["CITATION.cff"]), json.loads(files[".zenodo.json"])]
    for record in [*stated, json.loads(files["codemeta.json"]), project]:
        assert record["keywords"] == list(about.KEYWORDS)


def test_a_package_file_without_the_marks_is_named(tmp_path):
    (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    with pytest.raises(WarclaimsError, match=r"pyproject\.toml must hold, once"):
        metadata_files(tmp_path)


def test_the_declaration_says_of_the_texts_what_the_index_says():
    documents = warclaims.open().documents.values()
    assert set(about.TEXTS_OF) == {document.date.value for document in documents}
    assert set(about.LANGUAGES) == {document.language for document in documents}
    assert about.ABSTRACT.startswith({5: "Five"}[len(documents)])


COPIED = ("annotations", "corpus", "docs", "schema", "seeds", "src")
EDITS = {
    ".zenodo.json": ("WarClaims", "WarClaim"),
    "CITATION.cff": ("version: ", "version: 9"),
    "README.md": ("license_name: mit", "license_name: gpl"),
    "codemeta.json": ('"license"', '"licence"'),
    "corpus/croissant.json": ('"sha256": "', '"sha256": "0'),
    "pyproject.toml": ("annotated corpus", "corpus"),
}


@pytest.fixture
def checkout(shipped, tmp_path):
    """A copy of the repository, whose package then takes it for the shipped corpus."""
    root = tmp_path / "checkout"
    root.mkdir()
    for name in COPIED:
        shutil.copytree(shipped / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in EDITS:
        shutil.copy(shipped / name, root / name)
    return root


def drift(root):
    run = subprocess.run(
        [sys.executable, "-m", "warclaims", "build", "--check"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root / "src"), "PYTHONUTF8": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 1, run.stderr
    return {line.split(" ")[0] for line in run.stdout.splitlines()}


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_fact_changed_by_hand_in_any_one_file_is_named(checkout):
    for name, (old, new) in EDITS.items():
        edit(checkout / name, old, new)
    assert drift(checkout) == set(EDITS)


def test_a_changed_declaration_makes_all_files_drift(checkout):
    edit(checkout / "src/warclaims/about.py", 'RELEASED = "2', 'RELEASED = "3')
    edit(checkout / "src/warclaims/about.py", '"Label Studio"', '"labels"')
    assert drift(checkout) == {*EDITS, "corpus/manifest.json"}

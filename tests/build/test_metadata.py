"""The files that state facts about the dataset: valid, the same in all, drift named."""

import json
import os
import subprocess
import sys
import tomllib

import pytest
import yaml
from jsonschema import Draft4Validator, Draft7Validator

import warclaims
from conftest import FIXTURES
from repository import copy_of
from warclaims import WarclaimsError
from warclaims.build.metadata import codemeta, metadata_files, zenodo
from warclaims.citation import STYLES
from warclaims.records import CorpusDescription

SCHEMAS = FIXTURES / "schemas"
LINKS = {
    "doi": "10.5072/made-up",
    "homepage": "https://example.org/page",
    "repository": "https://example.org/code",
}
OURS = warclaims.open().description
FIRST = {
    "title": "First reports",
    "version": "1.2.0",
    "authors": [
        {
            "family": "Müller",
            "given": "Ada B.",
            "orcid": "0000-0002-1825-0097",
            "affiliation": "A house",
        },
        {"name": "The Group"},
    ],
}
CC0 = {"annotations": {"id": "CC0-1.0"}, "texts": {"id": "CC0-1.0"}}


def described(**facts):
    return CorpusDescription.model_validate_json(json.dumps(facts))


THEIRS = {
    "few facts": described(**FIRST),
    "one licence": described(**FIRST, released="2024-05-31", languages=["uk"], licences=CC0),
    "rights in words": described(
        **FIRST,
        summary="What was said first.",
        keywords=["war & peace"],
        licences={"annotations": {"id": "CC-BY-4.0"}, "texts": {"terms": "Ask the publishers."}},
    ),
}


@pytest.fixture(params=[False, True], ids=["without links", "with links"])
def links(request):
    """The links that are declared: none, and all."""
    return LINKS if request.param else {}


@pytest.fixture(params=[OURS, *THEIRS.values()], ids=["ours", *THEIRS])
def facts(request, links):
    """A description of a corpus."""
    return request.param.model_copy(update=links)


def errors(validator, schema, record):
    checker = validator(
        json.loads((SCHEMAS / schema).read_bytes()), format_checker=validator.FORMAT_CHECKER
    )
    return [error.message for error in checker.iter_errors(record)]


def test_the_citation_file_keeps_its_schema(facts, links):
    record = yaml.safe_load(STYLES["cff"](facts))
    assert errors(Draft7Validator, "cff-1.2.0.schema.json", record) == []
    assert record.get("doi") == links.get("doi")
    assert record.get("url") == links.get("homepage")
    assert record.get("repository-code") == links.get("repository")


def test_csl_json_keeps_its_schema(facts, links):
    records = json.loads(STYLES["csl-json"](facts))
    assert errors(Draft7Validator, "csl-data.schema.json", records) == []
    assert records[0].get("DOI") == links.get("doi")
    assert records[0].get("URL") == ("https://doi.org/10.5072/made-up" if links else None)
    released = facts.iso_date
    issued = {"date-parts": [list(map(int, released.split("-")))]} if released else None
    assert records[0].get("issued") == issued


def test_the_zenodo_file_keeps_its_schema(facts, links):
    record = zenodo(facts)
    # The interface takes both; the schema has never had them.
    assert record.pop("version") == facts.version
    assert record.pop("language", None) == {"en": "eng", "uk": "ukr"}.get(
        next(iter(facts.languages), None)
    )
    assert errors(Draft4Validator, "zenodo-legacyrecord.schema.json", record) == []
    assert [link["identifier"] for link in record.get("related_identifiers", [])] == (
        [LINKS["homepage"], LINKS["repository"]] if links else []
    )


def test_a_wrong_citation_does_not_keep_its_schema():
    record = yaml.safe_load(STYLES["cff"](OURS)) | {"doi": "https://doi.org/10.5072/made-up"}
    assert errors(Draft7Validator, "cff-1.2.0.schema.json", record)


def test_codemeta_uses_terms_of_its_context_only(facts, links):
    terms = json.loads((SCHEMAS / "codemeta-3.0.jsonld").read_bytes())["@context"]

    def check(value):
        if isinstance(value, dict):
            for key, inside in value.items():
                assert key.startswith("@") or key in terms
                check(inside)
            assert value["@type"].removeprefix("schema:") in {*terms, "CreativeWork"}
        elif isinstance(value, list):
            for item in value:
                check(item)

    record = codemeta(facts)
    assert record.pop("@context") == "https://w3id.org/codemeta/3.0"
    check(record)
    assert record.get("identifier") == ("https://doi.org/10.5072/made-up" if links else None)
    assert record.get("codeRepository") == links.get("repository")


@pytest.mark.parametrize("style", STYLES)
def test_every_citation_has_version_date_and_what_links_there_are(style, facts, links):
    text = STYLES[style](facts)
    assert facts.title in text
    assert facts.version in text
    assert facts.released is None or facts.iso_date in text or style == "csl-json"
    assert ("10.5072/made-up" in text) == bool(links)
    assert ("doi" in text.lower()) == bool(links)


def test_persons_and_groups_are_cited_as_such():
    facts = THEIRS["one licence"]
    assert "author  = {Müller, Ada B. and {The Group}}" in STYLES["bibtex"](facts)
    assert STYLES["apa"](facts).startswith("Müller, A. B., & The Group. (2024). First reports (")
    assert json.loads(STYLES["csl-json"](facts))[0]["author"] == [
        {"family": "Müller", "given": "Ada B."},
        {"literal": "The Group"},
    ]
    assert zenodo(facts)["creators"][0] == {
        "name": "Müller, Ada B.",
        "affiliation": "A house",
        "orcid": "0000-0002-1825-0097",
    }


def test_the_name_of_a_citation_has_the_version_in_it():
    for version in ("0.1.0", "0.2.0"):
        facts = OURS.model_copy(update={"version": version})
        assert STYLES["bibtex"](facts).startswith(f"@dataset{{warclaims-{version},\n")
        assert json.loads(STYLES["csl-json"](facts))[0]["id"] == f"warclaims-{version}"


def test_a_title_cannot_break_a_bibtex_entry():
    text = STYLES["bibtex"](OURS.model_copy(update={"title": "100 % of {A & B}} \\ $x_1$ ~ ^ #"}))
    title = next(line for line in text.splitlines() if line.startswith("  title"))
    assert title.count("{") == title.count("}")
    assert r"100 \% of" in title


def test_the_package_has_the_same_facts(shipped, links):
    facts = OURS.model_copy(update=links)
    files = metadata_files(facts, shipped)
    project = tomllib.loads(files["pyproject.toml"])["project"]
    assert project["description"] == facts.summary
    assert project["license"] == "MIT AND CC-BY-4.0 AND LicenseRef-Source-Texts"
    assert project["keywords"] == list(facts.keywords)
    assert [author["name"] for author in project["authors"]] == ["The WarClaims developers"]
    assert set(project.get("urls", {}).values()) == (
        {LINKS["homepage"], LINKS["repository"], "https://doi.org/10.5072/made-up"}
        if links
        else set()
    )
    stated = [yaml.safe_load(files["CITATION.cff"]), json.loads(files[".zenodo.json"])]
    for record in [*stated, json.loads(files["codemeta.json"]), project]:
        assert record["keywords"] == list(facts.keywords)


def test_a_package_file_without_the_marks_is_named(tmp_path):
    (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    with pytest.raises(WarclaimsError, match=r"pyproject\.toml must hold, once"):
        metadata_files(OURS, tmp_path)


def test_files_of_a_package_are_made_where_code_is_declared(tmp_path):
    (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    assert set(metadata_files(THEIRS["one licence"], tmp_path)) == {"CITATION.cff", ".zenodo.json"}
    assert metadata_files(described(title="No author"), tmp_path) == {}


def test_open_access_is_only_stated_where_the_texts_are_under_that_licence():
    one = THEIRS["one licence"]
    assert zenodo(one)["access_right"] == "open"
    assert zenodo(one)["license"] == yaml.safe_load(STYLES["cff"](one))["license"].lower()
    for facts in (OURS, THEIRS["few facts"], THEIRS["rights in words"]):
        record, cff = zenodo(facts), yaml.safe_load(STYLES["cff"](facts))
        assert record["access_right"] == "restricted"
        assert "license" not in record
        assert "license" not in cff
        for rights in (record["access_conditions"], record["notes"], cff["abstract"]):
            assert facts.licences.in_words in rights
    assert "The rights in the texts are not stated." in zenodo(THEIRS["few facts"])["notes"]


def test_every_file_about_the_shipped_corpus_names_the_rights_in_the_texts(shipped):
    rights = "belong to their publishers"
    for name in (".zenodo.json", "CITATION.cff", "codemeta.json", "corpus/croissant.json"):
        text = " ".join((shipped / name).read_text("utf-8").split())
        assert rights in text, name
        assert "cc-by-4.0" not in text.lower().replace("licenses/by/4.0", ""), name
    matter = yaml.safe_load((shipped / "README.md").read_text("utf-8").split("---\n")[1])
    assert matter["license"] == "other"
    assert matter["license_name"] == "mit-and-cc-by-4.0-and-licenseref-source-texts"


def test_the_declaration_says_of_the_texts_what_the_index_says():
    documents = warclaims.open().documents.values()
    assert set(OURS.languages) == {document.language for document in documents}
    assert OURS.abstract.startswith({5: "Five"}[len(documents)])
    for document in documents:
        assert document.date.value in OURS.abstract


def test_corpus_and_package_have_the_same_version():
    assert OURS.version == warclaims.__version__


EDITS = {
    ".zenodo.json": ("WarClaims", "WarClaim"),
    "CITATION.cff": ("version: ", "version: 9"),
    "README.md": ("license_name: mit", "license_name: gpl"),
    "codemeta.json": ('"license"', '"licence"'),
    "corpus/croissant.json": ('"sha256": "', '"sha256": "0'),
    "pyproject.toml": ("annotated corpus", "corpus"),
}
SOURCE = "corpus.toml"


@pytest.fixture
def checkout(shipped, tmp_path):
    """A copy of the repository, whose package then takes it for the shipped corpus."""
    return copy_of(shipped, tmp_path / "checkout", "src")


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
    edit(checkout / SOURCE, "released = 2", "released = 3")
    edit(checkout / SOURCE, '"Label Studio"', '"labels"')
    assert drift(checkout) == {*EDITS, "corpus/manifest.json"}

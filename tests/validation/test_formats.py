"""Findings in the formats of other programs: SARIF 2.1.0 and GitHub's workflow commands.

The SARIF schema is not kept here, so what it requires of the properties used is asserted by hand.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from corrupt import INDEX, ONE, edit, replace
from making_mistakes import make_mistake

import warclaims.validation.formats
from warclaims.commands import main
from warclaims.commands.validate import FORMATS
from warclaims.validation import RULES

LOG = {"$schema", "version", "runs"}
RUN = {"tool", "columnKind", "results", "invocations"}
RULE = {"id", "name", "shortDescription", "fullDescription", "help", "defaultConfiguration"}
RESULT = {"ruleId", "ruleIndex", "level", "message", "locations"}
LOCATION = {"physicalLocation", "logicalLocations", "id", "message", "properties"}
ODD = "50 %,a:b\ré#\n::error::.txt"


@pytest.fixture
def run(mini, capsys):
    """Run the command on the small corpus: exit status and output."""

    def run(*arguments):
        status = 0
        try:
            main(["--corpus", str(mini), "validate", *arguments])
        except SystemExit as done:
            status = done.code
        return status, capsys.readouterr().out

    return run


@pytest.fixture
def sarif(run):
    """The one run of the SARIF log, with its form checked."""

    def sarif(*arguments):
        log = json.loads(run("--format", "sarif", *arguments)[1])
        assert set(log) == LOG
        assert log["version"] == "2.1.0"
        assert log["$schema"].endswith("/sarif-schema-2.1.0.json")
        (only,) = log["runs"]
        assert set(only) == RUN
        for result in only["results"]:
            check_result(result, only["tool"]["driver"]["rules"])
        return only

    return sarif


def check_text(message):
    assert set(message) == {"text"}
    assert message["text"].strip()


def check_location(location):
    assert set(location) <= LOCATION
    physical = location["physicalLocation"]
    assert set(physical) <= {"artifactLocation", "region"}
    assert set(physical["artifactLocation"]) == {"uri"}
    # RFC 3986, path only: a first step without a colon, and no character that must be escaped
    uri = physical["artifactLocation"]["uri"]
    assert re.fullmatch(r"(?:[\w.~/-]|%[0-9A-F]{2})+", uri, re.ASCII)
    assert not uri.startswith("/")
    if "region" in physical:
        assert set(physical["region"]) == {"startLine", "startColumn"}
        assert all(type(n) is int and n >= 1 for n in physical["region"].values())
    for logical in location.get("logicalLocations", ()):
        assert set(logical) == {"fullyQualifiedName"}
        assert logical["fullyQualifiedName"].startswith("/")


def check_result(result, rules):
    assert result.keys() >= RESULT
    assert set(result) <= RESULT | {"relatedLocations", "properties"}
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert result["level"] == RULES[result["ruleId"]].severity
    check_text(result["message"])
    assert len(result["locations"]) == 1
    check_location(result["locations"][0])
    related = result.get("relatedLocations", [])
    assert [location["id"] for location in related] == list(range(len(related)))
    for location in related:
        check_location(location)
        check_text(location["message"])


def test_each_format_is_a_module_and_each_module_a_format():
    folder = Path(warclaims.validation.formats.__file__).parent
    assert {path.stem for path in folder.glob("*.py")} - {"__init__"} == set(FORMATS)


@pytest.mark.parametrize("style", FORMATS)
def test_the_exit_status_is_the_same_in_every_format(style, run, mini):
    assert run("--format", style)[0] == 0
    edit(mini, ONE, {"/attributions/0/act": "accuse"})
    assert run("--format", style)[0] == 1
    assert run("--format", style, "--errors-only")[0] == 0
    assert run("--format", style, str(mini / "annotations/passes"))[0] == 0
    assert run("--format", style, str(mini / "nothing.json"))[0] == 2


@pytest.mark.parametrize("rule", [rule for rule in RULES.values() if rule.mistake], ids=str)
def test_every_format_shows_the_same_findings_in_the_same_order(rule, run, sarif, mini):
    make_mistake(rule.mistake, mini)
    told = json.loads(run("--format", "json")[1])["findings"]
    results = sarif()["results"]
    assert len(told) == len(results)
    for finding, result in zip(told, results, strict=True):
        location = result["locations"][0]
        physical = location["physicalLocation"]
        region = physical.get("region", {})
        logical = location.get("logicalLocations", [{"fullyQualifiedName": ""}])
        properties = result.get("properties", {})
        assert finding["code"] == result["ruleId"]
        assert finding["severity"] == result["level"]
        assert finding["message"] == result["message"]["text"]
        assert finding["file"] == unquote(physical["artifactLocation"]["uri"])
        assert finding["pointer"] == logical[0]["fullyQualifiedName"]
        assert finding["line"] == region.get("startLine")
        assert finding["column"] == region.get("startColumn")
        for name in ("document", "start", "end"):
            assert finding[name] == properties.get(name)
        assert len(finding["related"]) == len(result.get("relatedLocations", ()))
    printed = run("--format", "github")[1].splitlines()
    commands = [parse(line) for line in printed if not line.startswith("::notice ")]
    assert [
        (f["severity"], f["file"], f["line"], f["column"], f"{f['code']} {f['title']}")
        for f in told
    ] == [
        (kind, p["file"], number(p.get("line")), number(p.get("col")), p["title"])
        for kind, p, _ in commands
    ]
    assert [f"{f['message']}\nfix: {f['fix']}" for f in told] == [words for *_, words in commands]


def number(given):
    return None if given is None else int(given)


def parse(line):
    """A workflow command as GitHub reads it."""
    found = re.fullmatch(r"::(error|warning) ([^:]*)::(.*)", line)
    assert found, line
    properties = dict(part.split("=", 1) for part in found[2].split(","))
    return found[1], {name: unquote(value) for name, value in properties.items()}, unquote(found[3])


def test_sarif_declares_all_rules_even_where_nothing_is_found(sarif):
    only = sarif()
    assert only["results"] == []
    assert only["columnKind"] == "unicodeCodePoints"
    driver = only["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("warclaims", warclaims.__version__)
    assert [rule["id"] for rule in driver["rules"]] == list(RULES)
    for rule in driver["rules"]:
        declared = RULES[rule["id"]]
        assert set(rule) == RULE
        assert re.fullmatch(r"[A-Z]\w+", rule["name"])
        assert rule["shortDescription"] == {"text": declared.title}
        assert rule["fullDescription"] == {"text": declared.why}
        assert rule["help"] == {"text": declared.fix}
        assert rule["defaultConfiguration"] == {"level": declared.severity}


def test_sarif_shows_the_other_places_of_a_finding(sarif, mini):
    edit(mini, ONE, {"/casualties/0/subset_of": ["c2"], "/casualties/1/subset_of": []})
    edit(mini, ONE, {"/casualties/0/age": "child"})
    (result,) = sarif()["results"]
    (related,) = result["relatedLocations"]
    lines = (mini / ONE).read_text().splitlines()
    place = related["physicalLocation"]
    assert place["artifactLocation"]["uri"] == ONE
    assert lines[place["region"]["startLine"] - 1].strip() == "{"
    assert '"id": "c2"' in lines[place["region"]["startLine"]]
    assert related["logicalLocations"] == [{"fullyQualifiedName": "/casualties/1"}]
    assert related["message"] == {"text": "c2"}
    assert related["properties"] == {"start": 70, "end": 77}


def test_sarif_names_a_file_outside_the_corpus_by_a_whole_uri(run, mini, tmp_path):
    other = tmp_path / "an other" / "one.json"
    other.parent.mkdir()
    other.write_bytes((mini / ONE).read_bytes())
    edit(mini, INDEX, {"/documents/0/length": 235})
    edit(tmp_path, "an other/one.json", {"/casualties/0/value": 3})
    log = json.loads(run("--format", "sarif", str(other))[1])
    uris = {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in log["runs"][0]["results"]
    }
    assert other.resolve().as_uri() in uris or other.as_uri() in uris


def test_a_file_name_with_odd_characters(run, sarif, mini):
    (mini / "seeds" / ODD).write_text("x")
    (result,) = sarif()["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "seeds/50%20%25%2Ca%3Ab%0D%C3%A9%23%0A%3A%3Aerror%3A%3A.txt"
    rule = RULES["W604"]
    status, out = run("--format", "github")
    assert status == 1
    assert out.splitlines()[0] == (
        "::warning file=seeds/50 %25%2Ca%3Ab%0Dé#%0A%3A%3Aerror%3A%3A.txt,"
        f"title=W604 {rule.title}::is not in the index%0Afix: {rule.fix}"
    )


def test_a_message_keeps_its_colons_and_commas_and_escapes_the_rest(run, mini):
    edit(mini, ONE, {"/casualties/0/outcome": "100 %\r\n::error::a, b\u001b[31m"})
    status, out = run("--format", "github")
    assert status == 1
    first, *rest = out.splitlines()
    assert all(line.startswith("::notice title=Rules not applied::") for line in rest)
    assert "\r" not in out
    assert "\x1b" not in out
    _, properties, message = parse(first)
    assert properties["title"] == f"S203 {RULES['S203'].title}"
    assert "100 %" in message
    assert "::error::a, b" in message


def test_a_file_that_is_not_json_is_shown_by_line_and_column(run, sarif, mini):
    replace(mini, ONE, b'"actors": [', b'"actors": [,')
    (result,) = sarif()["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 7, "startColumn": 13}
    assert run("--format", "github")[1].startswith(
        f"::error file={ONE},line=7,col=13,title=F103 not JSON%2C or not TOML::is not JSON: "
    )

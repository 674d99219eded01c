"""``show``, ``cite``, ``build`` and what all commands share."""

import json
import subprocess
import sys

import pytest
import yaml

import warclaims
from warclaims import __version__
from warclaims.commands import COMMANDS


def test_help_names_every_command(cli):
    run = cli("--help")
    assert run.returncode == 0
    for name in COMMANDS:
        assert f"\n  {name} " in run.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(cli, name):
    run = cli(name, "--help")
    assert run.returncode == 0
    assert len(run.stdout.splitlines()) > 5


@pytest.mark.parametrize("name", [*COMMANDS, "studio pull", "register actor"])
@pytest.mark.parametrize("option", [["--corpus", "my wars"], ["--corpus=my wars"]])
def test_corpus_after_the_command_is_met_with_the_right_command(cli, name, option):
    run = cli(*name.split(), *option, "one")
    assert run.returncode == 2
    given = "--corpus 'my wars'" if len(option) == 2 else "'--corpus=my wars'"
    right = f"warclaims {given} {name} one"
    assert f"--corpus comes before the command: {right}\n" in run.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_section_in_docs(shipped, name):
    assert f"\n## `warclaims {name}`\n" in (shipped / "docs/commands.md").read_text("utf-8")


def test_every_command_makes_the_same_page_of_commands(shipped, cli):
    checked = cli("--corpus", shipped, "build", "--check")
    released = cli("--corpus", shipped, "release", "--check", "--only", "current")
    assert "docs/commands.md" not in checked.stdout + released.stdout


def test_show_lists_text_and_records(cli, mini):
    run = cli("--corpus", mini, "show", "one")
    assert run.returncode == 0
    assert "Officials in Avaria said two civilians" in run.stdout
    assert "c1 casualty “two civilians” killed; count 2; civilian; artillery" in run.stdout
    assert "t1 Officials in Avaria —said→" in run.stdout
    assert "word of t1" in run.stdout


def test_show_of_one_layer_lists_that_layer(cli, mini):
    run = cli("--corpus", mini, "show", "one", "--layer", "locations")
    assert "l1 place “Dorn” = dorn (name)" in run.stdout
    assert "casualty" not in run.stdout.split("\n\n", 1)[1]


def test_show_of_an_unknown_document(cli):
    run = cli("show", "999")
    assert run.returncode == 2
    assert "unknown document '999'; known: 000, 001, 002, 003, 004" in run.stderr


@pytest.mark.parametrize("style", ["bibtex", "apa", "cff"])
def test_every_citation_carries_version_and_date(cli, shipped, style):
    run = cli("cite", style)
    assert run.returncode == 0
    assert __version__ in run.stdout
    assert warclaims.open(shipped).description.iso_date in run.stdout
    assert "doi" not in run.stdout.lower()


def test_the_citation_file_is_yaml_with_the_same_facts(cli, shipped):
    cited = yaml.safe_load(cli("cite", "cff").stdout)
    assert cited == yaml.safe_load((shipped / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["version"] == __version__
    assert cited["type"] == "dataset"


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("004:c6", "004:c6, “six people” (texts/004.html#c6)"),
        ("004:t1", "(texts/004.html#t1)"),
        ("war-2020", "(events/war-2020.html)"),
        (
            "mine-explosions-2023:cause",
            "(events/mine-explosions-2023.html#mine-explosions-2023:cause)",
        ),
        ("000:killed:c1", "000:killed:c1, Armenian authorities in the region"),
    ],
)
def test_one_part_is_cited_with_its_address(cli, part, said):
    apa = cli("cite", part, "apa")
    assert (apa.returncode, apa.stderr) == (0, "")
    assert said in apa.stdout
    assert __version__ in apa.stdout
    bibtex = cli("cite", "bibtex", part)
    assert f"{part}, " in bibtex.stdout.replace("\\_", "_")
    assert said in json.loads(cli("cite", part, "csl-json").stdout)[0]["note"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("004:c99",), "unknown record of document 004 'c99'"),
        (("war-2020:killed:totl",), "did you mean 'war-2020:killed:total'?"),
        (("war-2O20",), "unknown citation style or event 'war-2O20'"),
        (("004:c6", "cff"), "CFF describes a corpus"),
        (("apa", "bibtex"), "at most one id and one style"),
    ],
)
def test_a_part_that_is_not_there_is_named(cli, words, said):
    run = cli("cite", *words)
    assert run.returncode == 2
    assert said in run.stderr


def test_an_unknown_citation_style_lists_the_known(cli):
    run = cli("cite", "mla")
    assert run.returncode == 2
    assert "bibtex, apa, cff" in run.stderr


def test_build_and_its_check(cli, mini):
    first = cli("--corpus", mini, "build")
    assert first.returncode == 0
    assert "wrote corpus/claims.parquet" in first.stdout
    assert cli("--corpus", mini, "build").stdout == "nothing has changed\n"
    assert cli("--corpus", mini, "build", "--check").returncode == 0
    (mini / "corpus" / "claims.json").write_text("[]", "utf-8")
    check = cli("--corpus", mini, "build", "--check")
    assert check.returncode == 1
    assert check.stdout == "corpus/claims.json is not what the sources give\n"


def test_build_of_a_broken_corpus_says_what_is_wrong(cli, mini):
    gold = mini / "annotations" / "gold" / "one.json"
    gold.write_text(gold.read_text("utf-8").replace('"dorn"', '"dorm"', 1), "utf-8")
    run = cli("--corpus", mini, "build")
    assert run.returncode == 2
    assert "nothing was built" in run.stderr
    assert "dorm" in run.stderr
    assert not (mini / "corpus").exists()


def test_output_to_a_closed_pipe_is_no_traceback(shipped):
    run = subprocess.run(
        f"{sys.executable} -m warclaims claims | head -1",
        shell=True,
        cwd=shipped,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize(("word", "meant"), [("calims", "claims"), ("valdate", "validate")])
def test_a_mistyped_command_is_met_with_the_right_one(cli, word, meant):
    done = cli(word)
    assert done.returncode == 2
    assert f"unknown command {word!r}; did you mean {meant!r}?" in done.stderr
    assert "did you mean" not in cli("nonsense").stderr


def test_a_command_to_run_next_is_one_for_the_same_corpus(cli, mini):
    (mini / "corpus.toml").write_text("titel = 'x'\n")
    done = cli("--corpus", mini, "build")
    assert done.returncode == 2
    assert f"warclaims --corpus {mini} validate" in done.stderr

"""A corpus is described by its own files, whichever program builds it, ours like anybody's."""

import json
import os
import shutil
import subprocess
import sys

import mlcroissant
import pytest
import yaml

import warclaims
from repository import copy_of
from warclaims.citation import STYLES

FACTS = """
title = "First reports from Dorn"
version = "2.1.0"
released = 2024-05-31
authors = [{ family = "Müller", given = "Ada B." }, { name = "The Dorn Group" }]
keywords = ["Dorn"]

[licences.annotations]
id = "CC-BY-SA-4.0"

[licences.texts]
terms = "The texts belong to the Dorn Gazette."

[responsible_ai]
data_limitations = ["Two texts only."]
"""


def contents(root):
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("place", ["clone", "other/Name of [a] folder"])
def test_a_copy_of_the_shipped_corpus_is_built_without_a_change(cli, shipped, tmp_path, place):
    clone = copy_of(shipped, tmp_path / place)
    before = contents(clone)
    done = cli("--corpus", clone, "build")
    assert (done.returncode, done.stdout) == (0, "nothing has changed\n"), done.stderr
    assert contents(clone) == before
    assert cli("--corpus", clone, "build", "--check").returncode == 0


def test_a_copy_from_which_everything_generated_was_removed_is_made_alike(cli, shipped, tmp_path):
    clone = copy_of(shipped, tmp_path / "clone")
    before = contents(clone)
    for name in ("schema/v2", "corpus"):  # those of format 1 stay as they are
        shutil.rmtree(clone / name)
    for name in ("CITATION.cff", ".zenodo.json", "codemeta.json"):
        (clone / name).unlink()
    assert cli("--corpus", clone, "build").returncode == 0
    assert contents(clone) == before


def test_a_copy_is_cited_as_itself(cli, shipped, tmp_path):
    clone = copy_of(shipped, tmp_path / "clone")
    assert cli("--corpus", clone, "cite").stdout == cli("cite").stdout
    path = clone / "corpus.toml"
    path.write_text(path.read_text("utf-8").replace('version = "0.', 'version = "7.'), "utf-8")
    assert "@dataset{warclaims-7." in cli("--corpus", clone, "cite").stdout
    assert "@dataset{warclaims-7." not in cli("cite").stdout


@pytest.fixture
def own(cli, tmp_path):
    """A stranger's corpus with a text and what it says about itself."""
    root = tmp_path / "own"
    assert cli("new", root).returncode == 0
    (root / "corpus.toml").write_text(FACTS, "utf-8")
    (tmp_path / "one.txt").write_text("Two people died in Dorn.", "utf-8")
    done = cli("--corpus", root, "add", tmp_path / "one.txt", "--language", "en")
    assert done.returncode == 0, done.stderr
    return root


@pytest.mark.parametrize("style", STYLES)
def test_a_strangers_corpus_cites_itself(cli, own, style):
    done = cli("--corpus", own, "cite", style)
    assert done.returncode == 0, done.stderr
    for words in ("First reports from Dorn", "Müller", "The Dorn Group", "2.1.0", "2024"):
        assert words in done.stdout
    assert "warclaims" not in done.stdout.lower()
    assert warclaims.cite(style, own) == done.stdout.rstrip("\n")


def test_every_file_about_a_strangers_corpus_has_its_own_facts(cli, own):
    done = cli("--corpus", own, "build")
    assert (done.returncode, done.stderr) == (0, "")
    stated = json.loads((own / "corpus/croissant.json").read_bytes())
    assert stated["name"] == "First reports from Dorn"
    assert [one["name"] for one in stated["creator"]] == ["Ada B. Müller", "The Dorn Group"]
    assert stated["license"][0] == "https://spdx.org/licenses/CC-BY-SA-4.0"
    assert stated["license"][1]["description"] == "The texts belong to the Dorn Gazette."
    assert stated["citeAs"] == warclaims.cite("bibtex", own)
    assert stated["inLanguage"] == ["en"]
    assert stated["rai:dataLimitations"] == ["Two texts only."]
    issues = mlcroissant.Dataset(own / "corpus/croissant.json").metadata.ctx.issues
    assert (set(issues.errors), set(issues.warnings)) == (set(), set())
    matter = yaml.safe_load((own / "README.md").read_text("utf-8").split("---\n")[1])
    assert matter["pretty_name"] == "First reports from Dorn"
    assert matter["license_name"] == "cc-by-sa-4.0-and-licenseref-texts"
    assert {one["version"] for one in matter["configs"]} == {"2.1.0"}
    assert yaml.safe_load((own / "CITATION.cff").read_text("utf-8"))["version"] == "2.1.0"
    zenodo = json.loads((own / ".zenodo.json").read_bytes())
    assert zenodo["access_conditions"].endswith("The texts belong to the Dorn Gazette.")
    for path in own.rglob("*"):
        if path.is_file():
            assert b"WarClaims developers" not in path.read_bytes(), path
    for name in ("codemeta.json", "pyproject.toml", "docs"):
        assert not (own / name).exists()
    assert cli("--corpus", own, "build", "--check").returncode == 0


def test_a_new_corpus_with_title_and_authors_cites_itself(cli, tmp_path):
    root = tmp_path / "new"
    options = ("--title", 'A "title"', "--author", "Müller, Ada", "--author", "The Dorn Group")
    assert cli("new", root, *options).returncode == 0
    done = cli("--corpus", root, "cite", "apa")
    assert (
        done.stdout
        == 'Müller, A., & The Dorn Group. (n.d.). A "title" (Version 0.1.0) [Data set].\n'
    )
    assert (root / "README.md").read_text("utf-8").startswith('# A "title"\n')


def test_a_title_that_is_not_one_line_makes_no_corpus(cli, tmp_path):
    done = cli("new", tmp_path / "new", "--title", "a\nb")
    assert done.returncode == 2
    assert "cannot be the title of a corpus: expected words in one line" in done.stderr
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("facts", "lacks", "not_named"),
    [
        (None, "does not exist", ""),
        ("", "has no title and no authors", ""),
        ('title = "A"', "has no authors", "title ="),
        ("authors = [{ name = 'A' }]", "has no title", "authors ="),
    ],
)
def test_what_is_needed_to_cite_is_named_and_how_to_give_it(cli, own, facts, lacks, not_named):
    (own / "corpus.toml").unlink()
    if facts is not None:
        (own / "corpus.toml").write_text(facts)
    done = cli("--corpus", own, "cite")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{own / 'corpus.toml'} {lacks}. Write there" in done.stderr
    assert not not_named or not_named not in done.stderr
    # What the message shows is taken as it is.
    shown = done.stderr.partition(":\n")[2].replace("error: ", "")
    with (own / "corpus.toml").open("a") as file:
        file.write("\n" + shown)
    assert cli("--corpus", own, "cite").returncode == 0


def test_an_older_corpus_without_the_file_works_and_says_what_is_missing(cli, own):
    (own / "corpus.toml").unlink()
    done = cli("--corpus", own, "build")
    assert done.returncode == 0
    assert done.stderr == (
        "note: corpus.toml does not exist, so nothing gives: title, authors, "
        "licences.annotations, licences.texts\n"
    )
    for command in (["build", "--check"], ["validate", "--errors-only"], ["claims"]):
        assert cli("--corpus", own, *command).returncode == 0
    assert not (own / "CITATION.cff").exists()
    assert "corpus.toml" not in json.loads((own / "corpus/manifest.json").read_bytes())["sources"]
    report = cli("--corpus", own, "report", "--out", own.parent / "report")
    assert report.returncode == 0, report.stderr


def test_the_report_is_named_after_the_corpus(cli, own):
    out = own.parent / "report"
    assert cli("--corpus", own, "report", "--out", out).returncode == 0
    page = (out / "index.html").read_text("utf-8")
    assert "First reports from Dorn" in page


@pytest.mark.parametrize("name", ["CITATION.cff", ".zenodo.json"])
def test_a_file_that_somebody_wrote_is_not_replaced(cli, own, name):
    (own / name).write_text("mine\n")
    done = cli("--corpus", own, "build")
    assert done.returncode == 2
    assert f"{name} exists, and build would replace it" in done.stderr
    assert (own / name).read_text() == "mine\n"
    (own / name).unlink()
    assert cli("--corpus", own, "build").returncode == 0
    (own / name).write_text("spoilt\n")
    assert cli("--corpus", own, "build").returncode == 0
    assert (own / name).read_text("utf-8") != "spoilt\n"


@pytest.mark.parametrize("key", ["doi", "version", "title", "authors"])
def test_a_fact_in_the_front_matter_is_sent_to_the_one_place(cli, own, key):
    card = own / "README.md"
    card.write_text(f"---\n{key}: 1.0.0\nviewer: false\n---\n" + card.read_text("utf-8"), "utf-8")
    done = cli("--corpus", own, "build")
    assert done.returncode == 2
    assert f"has {key}. State this in corpus.toml" in done.stderr
    card.write_text(card.read_text("utf-8").replace(f"{key}: 1.0.0\n", ""), "utf-8")
    assert cli("--corpus", own, "build").returncode == 0
    assert "\nviewer: false\n" in card.read_text("utf-8")


def test_a_package_file_that_is_not_of_the_corpus_is_left_alone(cli, own):
    (own / "pyproject.toml").write_text("[project]\nname = 'tools'\n")
    assert cli("--corpus", own, "build").returncode == 0
    assert (own / "pyproject.toml").read_text() == "[project]\nname = 'tools'\n"
    assert not (own / "codemeta.json").exists()


def test_further_pages_with_marks_are_filled(cli, own):
    (own / "docs").mkdir()
    page = own / "docs" / "about.md"
    other = own / "docs" / "other.md"
    other.write_bytes(b"no marks\r\n")
    page.write_text("<!-- begin generated: rights -->\n<!-- end generated: rights -->\n")
    assert cli("--corpus", own, "build").returncode == 0
    assert "The texts belong to the Dorn Gazette." in page.read_text("utf-8")
    assert other.read_bytes() == b"no marks\r\n"


def git(root, *arguments):
    names = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "tag.gpgsign=false"]
    command = ["git", "-C", str(root), *names, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_a_strangers_corpus_is_checked_for_release(cli, own):
    assert cli("--corpus", own, "build").returncode == 0
    (own / "CHANGELOG.md").write_text("# Changes\n\n## 2.1.0 – 2024-05-31\n\nFirst.\n", "utf-8")
    checked = ("--corpus", own, "release", "--check")
    git(own, "init", "-q")
    git(own, "add", ".")
    git(own, "commit", "-qm", "first")
    done = cli(*checked)
    failed = [line for line in done.stdout.splitlines() if line.startswith("✗")]
    # The registry has an annotator who has not annotated yet; the text is not annotated.
    assert [line.split(":")[0] for line in failed] == ["✗ valid"]
    (own / "corpus.toml").write_text(FACTS.replace("2.1.0", "2.2.0"), "utf-8")
    done = cli(*checked, "--only", "changelog", "--only", "current", "--only", "committed")
    assert "CHANGELOG.md begins with 2.1.0, corpus.toml has 2.2.0" in done.stdout
    assert "README.md is not what the sources give" in done.stdout
    assert "corpus.toml is not committed" in done.stdout


def test_a_release_needs_what_others_need_to_cite_and_reuse(cli, own):
    (own / "corpus.toml").write_text('title = "A"')
    done = cli("--corpus", own, "release", "--check", "--only", "described")
    assert done.returncode == 1
    assert "corpus.toml does not give authors" in done.stdout
    assert "corpus.toml does not give licences.texts" in done.stdout
    (own / "corpus.toml").unlink()
    done = cli("--corpus", own, "release", "--check", "--only", "described")
    assert "corpus.toml does not exist" in done.stdout


def test_the_program_knows_no_facts_of_a_corpus(shipped, own):
    """Without the shipped corpus at hand, another is cited all the same."""
    code = "import sys, warclaims; print(warclaims.cite('apa', sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", code, str(own)],
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert "The Dorn Group" in done.stdout
    for path in (shipped / "src").rglob("*.py"):
        words = path.read_text("utf-8").replace("'The WarClaims developers'\n", "")
        assert "WarClaims developers" not in words, path

"""A version that passes the checks is published by the commands that are printed."""

import re
import shutil
import subprocess

import pytest

import warclaims
from conftest import FIXTURES
from warclaims.build.builder import build
from warclaims.records import CorpusDescription
from warclaims.release import publishing

OURS = warclaims.open().description
PERSON = {"family": "Müller", "given": "Ada"}
THEIRS = {
    "title": "First reports",
    "version": "1.2.0",
    "authors": (PERSON,),
    "licences": {"annotations": {"id": "CC0-1.0"}, "texts": {"id": "CC0-1.0"}},
}


def test_what_is_not_given_is_named_and_never_invented(shipped):
    text = "\n".join(publishing(shipped, OURS))
    assert "corpus.toml does not give repository:" in text
    assert "corpus.toml does not give doi:" in text
    assert "orcid" not in text  # a group has none
    assert "hf upload YOU/warclaims . --repo-type dataset" in text
    assert "Package registry (only if you may share the texts):" in text
    known = {"repository": "https://example.org/x", "doi": "10.5072/x"}
    assert "does not give" not in "\n".join(publishing(shipped, OURS.model_copy(update=known)))


def test_a_corpus_without_code_is_no_package(tmp_path):
    text = "\n".join(publishing(tmp_path, CorpusDescription.model_validate(THEIRS)))
    assert "corpus.toml does not give orcid: no iD of Ada Müller." in text
    assert "twine" not in text
    assert "only if you may" not in text
    assert "hf upload YOU/first-reports . " in text


def test_the_command_ends_with_the_commands(cli, tmp_path):
    root = shutil.copytree(FIXTURES / "mini", tmp_path / "mini")
    (root / "corpus.toml").write_text(
        'title = "Mini"\nversion = "1.2.0"\nreleased = 2024-05-31\n'
        'authors = [{ name = "The Group" }]\n'
        '[licences.annotations]\nid = "CC0-1.0"\n[licences.texts]\nid = "CC0-1.0"\n',
        "utf-8",
    )
    (root / "CHANGELOG.md").write_text("## 1.2.0 – 2024-05-31\n", "utf-8")
    build(warclaims.open(root))
    git = ["git", "-C", root, "-c", "user.name=t", "-c", "user.email=t@example.org"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "first"]):
        subprocess.run([*git, *words], check=True)
    done = cli("--corpus", root, "release", "--check")
    if "✗ valid" in done.stdout:
        pytest.skip("the small corpus has warnings")
    assert done.returncode == 0, done.stdout
    assert "Ready. To publish it, in" in done.stdout
    commands = re.findall(r"^  (\S+) ", done.stdout, re.MULTILINE)
    assert {"git", "hf", "tar", "curl"} <= set(commands)
    (wrapped,) = re.findall(r"^  (python -c .+) >deposit\.json$", done.stdout, re.MULTILINE)
    made = subprocess.run(["bash", "-c", wrapped], cwd=root, capture_output=True, check=True)
    assert made.stdout.startswith(b'{"metadata": {"title": "Mini"')

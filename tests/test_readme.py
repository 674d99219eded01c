"""The README stays true: whoever runs its code sees no error."""

import os
import re
import subprocess
import sys

import pytest

from repository import copy_of


def blocks(root, language: str) -> list[str]:
    page = (root / "README.md").read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", page, re.DOTALL | re.MULTILINE)


def test_every_python_block_runs(shipped, tmp_path):
    found = blocks(shipped, "python")
    assert found
    for code in found:
        run = subprocess.run(
            [sys.executable, "-c", code],
            cwd=shipped,
            env={**os.environ, "HF_HOME": str(tmp_path), "HF_HUB_OFFLINE": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, f"{code}\n{run.stderr}"


def commands(root) -> list[str]:
    lines = "".join(blocks(root, "sh")).splitlines()
    return [line.split("#")[0].strip() for line in lines if line.startswith("warclaims ")]


def test_every_command_line_runs(shipped, cli, tmp_path):
    corpus = copy_of(shipped, tmp_path / "corpus", "src")
    found = commands(shipped)
    assert len(found) > 6
    for line in found:
        words = line.split()[1:]
        if words[:2] == ["import", "labelstudio"]:
            words[words.index("FILE")] = "labelstudio/tasks.json"
        if words in (["build", "--check"], ["report", "--out", "report"]):
            continue  # run by `make test` itself, and by the tests of the report
        if {"studio", "DIR", "OLD", "FOLDER"} & set(words):
            continue  # tests of these rooms go these ways, on copies
        run = cli("--corpus", corpus, *words)
        assert run.returncode == 0, f"{line}\n{run.stdout}{run.stderr}"


@pytest.mark.parametrize(
    "page",
    [
        "README.md",
        "CONTRIBUTING.md",
        "annotations/GUIDELINES.md",
        "annotations/CASEBOOK.md",
        "docs/comparisons.md",
        "docs/codebook.md",
        "docs/ucdp.md",
    ],
)
def test_links_within_the_repository_resolve(shipped, page):
    text = (shipped / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (shipped / page).parent.joinpath(target).exists(), target

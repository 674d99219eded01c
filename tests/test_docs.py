"""README and docs stay true: whoever follows them sees no error, and every link leads somewhere."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from repository import copy_of

ROOT = Path(__file__).parents[1]
PAGES = ["README.md", *sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("docs/*.md"))]
LINKING = [*PAGES, "CONTRIBUTING.md", "CHANGELOG.md", "annotations/GUIDELINES.md"]
LINKING += ["annotations/CASEBOOK.md", "examples/heldout/README.md"]
FENCE = re.compile(
    r"(?:^<!-- not run: (?P<why>[^\n]+) -->\n)?^```(?P<language>\w+)\n(?P<code>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)
RUN_ELSEWHERE = {"docs/api.md": "tests/test_api.py", "docs/comparisons.md": "tests/claims"}
"""Pages whose blocks other tests run."""


class Block(NamedTuple):
    """A block of code of a page; ``why`` it is not run."""

    language: str
    code: str
    why: str | None


def blocks(page: str) -> Iterator[Block]:
    for found in FENCE.finditer((ROOT / page).read_text("utf-8")):
        yield Block(found["language"], found["code"], found["why"])


def ran(block: Block, folder: Path) -> str:
    """What a block prints in a folder; it must not fail."""
    python = shlex.quote(sys.executable)
    shell = f'set -e\nwarclaims() {{ {python} -m warclaims "$@"; }}\n'
    run = {"sh": ["bash", "-c", shell + block.code], "python": [sys.executable, "-c", block.code]}
    done = subprocess.run(
        run[block.language],
        cwd=folder,
        env={
            **os.environ,
            **{
                "COLUMNS": "100",
                "NO_COLOR": "1",
                "PYTHONUTF8": "1",
                "PYTHONPATH": str(folder / "src"),
            },
            **{"HF_HOME": str(folder.parent / "cache"), "HF_HUB_OFFLINE": "1"},
        },
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{block.code}\n{done.stdout}{done.stderr}"
    return done.stdout


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(
    "page",
    [
        page
        for page in PAGES
        if page not in RUN_ELSEWHERE
        and any(one.language in ("sh", "python") and not one.why for one in blocks(page))
    ],
)
def test_every_block_runs_and_prints_what_the_page_shows(shipped, tmp_path, page):
    """The blocks of a page run one after another; ``text`` after one is of what it prints."""
    here = copy_of(shipped, tmp_path / "corpus", "src")
    (here / "report.txt").write_text("Two people were killed in Dorn, the mayor said.\n", "utf-8")
    printed = None
    for block in blocks(page):
        if block.language in ("sh", "python"):
            printed = None if block.why else ran(block, here)
        elif block.language == "text" and printed is not None:
            assert squeezed(block.code) in squeezed(printed), f"{block.code}\nis not in\n{printed}"


def test_every_block_is_of_a_language_that_the_tests_know():
    known = {"sh", "python", "text", "json", "toml", "bibtex"}
    assert {one.language for page in PAGES for one in blocks(page)} <= known
    assert all((ROOT / path).exists() for path in RUN_ELSEWHERE.values())


def anchors(page: Path) -> set[str]:
    """The anchors of the headings of a page, as GitHub makes them."""
    text = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    found = set()
    for heading in re.findall(r"^#+ +(.+)$", text, re.MULTILINE):
        words = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
        found.add(re.sub(r"[^\w\- ]", "", words).replace(" ", "-"))
    return found


@pytest.mark.parametrize("page", LINKING)
def test_every_link_within_the_repository_resolves(page):
    path = ROOT / page
    text = re.sub(r"^```.*?^```$", "", path.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    for target, anchor in re.findall(r"\]\(([^)#:\s]*)(?:#([^)\s]+))?\)", text):
        other = path.parent / target if target else path
        assert other.exists(), target
        if anchor and other.suffix == ".md":
            assert anchor in anchors(other), f"{target}#{anchor}"


def test_the_index_leads_to_every_page_and_there_are_few():
    pages = {Path(page).name for page in PAGES[1:]} - {"README.md"}
    linked = set(re.findall(r"\]\(([\w-]+\.md)\)", (ROOT / "docs/README.md").read_text("utf-8")))
    assert linked == pages


@pytest.mark.parametrize("page", PAGES)
def test_no_line_begins_with_a_figure(page):
    """Markdown would take the whole line for HTML and show backticks and links as they are."""
    text = (ROOT / page).read_text("utf-8")
    assert not re.search(r"^[-*\s]*<!-- figure", text, re.MULTILINE)


def test_the_first_page_is_short():
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 250

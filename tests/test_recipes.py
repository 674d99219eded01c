"""What CONTRIBUTING.md says of adding an attribute works at the first try, on a copy."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from repository import copy_of

VOCABULARY = '''

class Basis(ClosedList):
    """What a stated number of victims rests on."""

    REPORT = "report", "somebody reports it"
    COUNT = "count", "somebody counted"
    ESTIMATE = "estimate", "somebody estimates"
'''
FIELD = """    bases: tuple[Basis, ...] = described(
        Basis, "What the number rests on.", default=(Basis.REPORT,)
    )
"""
GUIDELINES = """
### Basis

<!-- begin generated: values.Basis -->
<!-- end generated: values.Basis -->
"""


def insert(path: Path, before: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(before) == 1, before
    path.write_text(text.replace(before, new + before), "utf-8")


@pytest.fixture(scope="module")
def changed(shipped, tmp_path_factory) -> Path:
    """A copy of the repository with one more attribute: a list with a default that is not empty."""
    root = copy_of(shipped, tmp_path_factory.mktemp("recipe") / "copy", "src")
    records = root / "src" / "warclaims" / "records"
    insert(records / "vocabulary.py", "\n\nclass Cause(", VOCABULARY.rstrip("\n"))
    insert(records / "annotations.py", "    Cause,\n", "    Basis,\n")
    insert(records / "annotations.py", "    cause: tuple[CauseValue, ...] = described(\n", FIELD)
    with (root / "annotations" / "GUIDELINES.md").open("a", encoding="utf-8") as page:
        page.write(GUIDELINES)
    with (root / "CHANGELOG.md").open("a", encoding="utf-8") as page:
        page.write("- Casualties have `bases`.\n")
    return root


@pytest.fixture
def run(changed):
    def run(*arguments: object, status: int = 0) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "warclaims", *map(str, arguments)],
            cwd=changed,
            env={**os.environ, "PYTHONPATH": str(changed / "src")},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout

    return run


def test_an_attribute_reaches_every_place_from_its_declaration(run, changed, shipped, tmp_path):
    assert "wrote schema/v2/annotations.schema.json" in run("build")
    run("build", "--check")
    assert "somebody estimates" in (changed / "annotations" / "GUIDELINES.md").read_text("utf-8")
    assert "minor" in run("diff", shipped, changed, "--summary")

    # Files that leave it out stay canonical; what differs from the default is written and kept.
    gold = changed / "annotations" / "gold" / "004.json"
    before = gold.read_bytes()
    run("validate")
    script = (
        "import warclaims\n"
        "from warclaims.corpus import canonical_bytes\n"
        "from warclaims.corpus.decoding import fast_type\n"
        "import msgspec\n"
        "corpus = warclaims.open()\n"
        "path = corpus.layout.annotation_file('gold', '004')\n"
        "annotations = corpus.annotations('004')\n"
        "assert canonical_bytes(annotations) == path.read_bytes()\n"
        "first, second, *rest = annotations.casualties\n"
        "assert first.bases == ('report',)\n"
        "first = first.model_copy(update={'bases': ()})\n"
        "second = second.model_copy(update={'bases': tuple(type(second.bases[0]))[1:]})\n"
        "edited = annotations.model_copy(update={'casualties': (first, second, *rest)})\n"
        "path.write_bytes(canonical_bytes(edited))\n"
        "again = warclaims.open().annotations('004')\n"
        "assert again == edited\n"
        "fast = msgspec.json.decode(path.read_bytes(), type=fast_type(type(edited)))\n"
        "assert [c.bases for c in fast.casualties] == [c.bases for c in edited.casualties]\n"
    )
    env = {**os.environ, "PYTHONPATH": str(changed / "src")}
    subprocess.run([sys.executable, "-c", script], cwd=changed, env=env, check=True)
    edited = gold.read_bytes()
    assert edited.count(b'"bases"') == 2
    run("validate")

    # Bundles and Label Studio carry it there and back.
    run("export", "bundles", "--out", tmp_path / "all.jsonl")
    (bundle,) = [line for line in (tmp_path / "all.jsonl").open() if '"bases"' in line]
    found = [one.get("bases") for one in json.loads(bundle)["annotations"]["casualties"]]
    assert found[:3] == [[], ["count", "estimate"], None]
    run("validate", tmp_path / "all.jsonl")
    run("export", "labelstudio", "--out", tmp_path / "project")
    assert 'name="casualty_bases"' in (tmp_path / "project" / "config.xml").read_text("utf-8")
    assert "unchanged" in run("import", "labelstudio", tmp_path / "project" / "tasks.json")
    assert gold.read_bytes() == edited
    gold.write_bytes(before)

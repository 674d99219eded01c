"""A new format is a folder and a line in the changelog, on a copy of the repository."""

import os
import subprocess
import sys

import pytest

from repository import copy_of

DECLARATION = '''"""A made-up format."""

from warclaims.formats.format import Format

FORMAT = Format(
    name="toy",
    summary="a text per file",
    writes="a folder with `.toy` files",
    exporter="warclaims.formats.toy.codec",
    reads="a folder with `.toy` files",
    importer="warclaims.formats.toy.codec",
    keeps=("texts",),
)
'''
CODEC = '''"""Write and read texts."""

from warclaims.files import files_below, read_file
from warclaims.formats.annotated_text import AnnotatedText

FOLDER = ("a folder of toys", "toys")


def write_documents(bundles, corpus):
    """The texts."""
    yield "toys", b""
    for bundle in bundles:
        yield f"{bundle.document.id}.toy", bundle.text.encode()


def read_documents(path, problems):
    """The texts."""
    for file in files_below(path):
        if file.suffix == ".toy":
            yield AnnotatedText(file.stem, read_file(file).decode(), (), (), {}, str(file))
'''


@pytest.fixture(scope="module")
def run(shipped, tmp_path_factory):
    root = copy_of(shipped, tmp_path_factory.mktemp("toy") / "copy", "src")
    folder = root / "src" / "warclaims" / "formats" / "toy"
    folder.mkdir()
    (folder / "__init__.py").write_text(DECLARATION, "utf-8")
    (folder / "codec.py").write_text(CODEC, "utf-8")

    def run(*arguments):
        done = subprocess.run(
            [sys.executable, "-m", "warclaims", *map(str, arguments)],
            cwd=root,
            env={**os.environ, "PYTHONPATH": str(root / "src")},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    return run


def test_it_is_exported_imported_and_described(run, tmp_path):
    said = run("export", "toy", "--out", tmp_path / "out")
    assert "not in toy: records (" in said
    assert "several annotators (" in said
    assert (tmp_path / "out" / "004.toy").is_file()
    run("new", tmp_path / "own")
    assert "5 of them new" in run("--corpus", tmp_path / "own", "import", "toy", tmp_path / "out")
    assert "wrote docs/formats.md" in run("build")

"""A path that has nothing of a format is refused with its name and a reason."""

import shutil

import pytest
from installed_formats import each_format

import warclaims
from warclaims.formats import FORMATS
from warclaims.formats.importing import import_texts

ENDINGS = {
    "brat": ".ann",
    "bundles": ".jsonl",
    "conll": ".conllup",
    "labelstudio": ".json",
    "spacy": ".spacy",
    "spans": ".jsonl",
    "xmi": ".xmi",
}
CONTENTS = {
    "empty": b"",
    "binary": bytes(range(256)) * 8,
    "zeros": bytes(4096),
    "UTF-16": "T1\tPerson 0 4\tDorn\n".encode("utf-16"),
    "Latin-1": "T1\tPerson 0 4\tDürn\n".encode("latin-1"),
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(64),
    "zip": b"PK\x03\x04" + bytes(64),
    "gzip": b"\x1f\x8b\x08\x00cut off",
}


def test_every_format_that_is_read_is_tried():
    assert set(ENDINGS) == {name for name, format in FORMATS.items() if format.importer}


@pytest.fixture
def refused(cli, own):
    """Import a path that has nothing of the format, and see it refused."""

    def tried(name, path):
        before = {file: file.read_bytes() for file in own.rglob("*") if file.is_file()}
        for options in ((), ("--skip-unreadable",)):
            if name == "labelstudio" and options:
                continue
            run = cli("--corpus", own, "import", name, path, *options)
            assert "Traceback" not in run.stderr
            assert len(run.stderr) < 2_000
            assert path.name in run.stderr
            if (name, run.returncode) == ("brat", 0):
                assert options  # lines were left out, the text was read
                continue
            assert run.returncode in (1, 2), (run.stdout, run.stderr)
            after = {file: file.read_bytes() for file in own.rglob("*") if file.is_file()}
            assert after == before

    return tried


@pytest.mark.parametrize("content", CONTENTS)
@pytest.mark.parametrize("name", each_format(ENDINGS))
def test_a_file_of_something_else(refused, tmp_path, name, content):
    path = tmp_path / f"made{ENDINGS[name]}"
    path.write_bytes(CONTENTS[content])
    if name == "brat":
        (tmp_path / "made.txt").write_text("Dorn mourns.\n")
    if name == "xmi":
        (tmp_path / "TypeSystem.xml").write_text(
            '<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier"/>'
        )
    if (name, content) == ("brat", "empty"):
        return
    refused(name, path)


@pytest.mark.parametrize("name", each_format(ENDINGS))
def test_a_path_of_another_kind(refused, tmp_path, name):
    empty = tmp_path / "empty"
    empty.mkdir()
    refused(name, empty)
    other = tmp_path / "other"
    other.mkdir()
    (other / "notes.md").write_text("# Notes\n")
    refused(name, other)
    refused(name, other / "notes.md")
    refused(name, tmp_path / "missing")
    folder = tmp_path / f"folder{ENDINGS[name]}"
    folder.mkdir()
    refused(name, folder)
    (tmp_path / "nested").mkdir()
    shutil.copytree(folder, tmp_path / "nested" / f"made{ENDINGS[name]}")
    refused(name, tmp_path / "nested")


@pytest.mark.parametrize("name", each_format(sorted(ENDINGS.keys() - {"labelstudio"})))
def test_a_missing_path_in_python(own, tmp_path, name):
    path = tmp_path / f"missing{ENDINGS[name]}"
    try:
        done = import_texts(FORMATS[name], path, warclaims.open(own), annotator="b")
    except warclaims.WarclaimsError as error:
        words = str(error)
    else:
        assert done.problems.errors
        words = str(done.problems.findings[0])
    assert str(path) in words
    assert "no such file" in words


@pytest.mark.parametrize("content", [b"", b"x\n", b'{"text": "Dorn mourns."}\n'])
def test_no_mapping_is_proposed_for_a_file_without_labels(cli, tmp_path, content):
    path, made = tmp_path / "made.jsonl", tmp_path / "mapping.toml"
    path.write_bytes(content)
    run = cli("import", "spans", path, "--propose-mapping", made)
    assert run.returncode == 2
    assert f"{path} has no labels that need a mapping" in run.stderr
    assert not made.exists()

"""Files that are broken anywhere give findings with file and line, never a traceback."""

import random
import shutil

import pytest
from installed_formats import each_format

import warclaims
from sizes import examples
from warclaims.formats import FORMATS
from warclaims.formats.importing import import_texts

PIECES = (
    *("\t", " ", "\n", ":", ";", "T1", "E1", "R1", "#1", "*", "A1", "N1", "Record", "999999"),
    *('"', "{", "}", "[", "]", ",", "null", "1e400", "-1", "true", '"id": 1', "\x00", "\ud83d"),
    *("é", "😀", "Arg1:T1", '{"id": "x"}', '{"attributes": []}', '"a": {"b": [1]}'),
)
"""What is put into a file at a random place."""


def broken(data: bytes, chance: random.Random) -> bytes:
    """``data`` with some stretches taken out, doubled or replaced."""
    words = data.decode()
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(words))
        end = min(len(words), start + chance.choice((0, 1, 1, 2, 8, 40)))
        new = chance.choice(("", words[start:end] * 2, *PIECES))
        words = words[:start] + new + words[end:]
    return words.encode("utf-8", "surrogatepass")


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """An empty corpus with the registries of the shipped one."""
    shipped = warclaims.open().root
    root = tmp_path_factory.mktemp("own")
    shutil.copytree(shipped / "annotations" / "registry", root / "annotations" / "registry")
    (root / "seeds").mkdir()
    (root / "seeds" / "index.json").write_text('{"schema_version": "2.0", "documents": []}')
    return warclaims.open(root)


@pytest.mark.soak
@pytest.mark.parametrize("name", each_format(["brat", "bundles", "conll", "spans", "xmi"]))
def test_a_broken_file_gives_findings(cli, tmp_path, own, name):
    suffix = {"brat": ".ann", "xmi": ".xmi"}.get(name)
    out = tmp_path / ("out" if suffix else "out.jsonl")
    assert cli("export", name, "004", "--out", out).returncode == 0
    path = out / f"004{suffix}" if suffix else out
    whole = path.read_bytes()
    chance = random.Random(18)
    skipped = 0
    for _ in range(examples(40, 2000)):
        path.write_bytes(broken(whole, chance))
        strict = import_texts(FORMATS[name], out, own, annotator="a", dry_run=True)
        assert all(one.file for one in strict.problems.findings)
        if strict.problems.errors:
            lenient = import_texts(
                FORMATS[name], out, own, annotator="a", dry_run=True, skip_unreadable=True
            )
            errors = [one for one in lenient.problems.findings if not one.is_warning]
            assert {one.code for one in errors} <= {"X103"}  # nothing is left
            assert lenient.problems.findings
            skipped += 1
    assert skipped


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ((b'"annotations":{', b'"annotations":'), "is not JSON"),
        ((b'"text":"', b'"txt":"'), "/txt"),
        ((b'"sha256":"', b'"sha256":"0'), "/document/sha256"),
    ],
)
def test_a_malformed_bundle_is_named_and_nothing_is_written(cli, tmp_path, own, change, reason):
    path = tmp_path / "out.jsonl"
    assert cli("export", "bundles", "000", "004", "--out", path).returncode == 0
    first, second = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(first + second.replace(*change, 1))
    before = sorted(own.root.rglob("*"))
    run = cli("--corpus", own.root, "import", "bundles", path)
    assert run.returncode == 1
    assert f"{path}:2:1: X201" in run.stderr
    assert reason in run.stderr
    assert sorted(own.root.rglob("*")) == before

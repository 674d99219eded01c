"""A corpus whose documents are in shards answers as the same corpus in a directory does."""

import gzip
import json
import shutil

import pytest

import warclaims
from warclaims.corpus.shards.reading import zstd_module
from warclaims.errors import InvalidFile, WarclaimsError
from warclaims.formats.bundles.writing import bundle_line, export_file

CHOSEN = ("000", "001", "002", "003", "004")


@pytest.fixture(scope="module")
def whole():
    return warclaims.open()


@pytest.fixture
def sharded(tmp_path, whole):
    """Makes a corpus of shards with the shipped registries: what ``corpus.toml`` says, files."""

    def make(description, files):
        shutil.copytree(whole.root / "annotations/registry", tmp_path / "annotations/registry")
        (tmp_path / "corpus.toml").write_text(description, encoding="utf-8")
        for name, data in files.items():
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
        return warclaims.open(tmp_path)

    return make


def lines(corpus, documents=CHOSEN, set_name="gold"):
    return b"".join(bundle_line(corpus.bundle(name, set_name)) for name in documents)


@pytest.fixture
def two_shards(sharded, whole):
    """Two documents in one shard, three in another, compressed."""
    files = {
        "shards/1.jsonl": lines(whole, CHOSEN[:2]),
        "shards/2.jsonl.gz": gzip.compress(lines(whole, CHOSEN[2:])),
    }
    return sharded('shards = ["shards/*"]', files)


def test_documents_are_those_of_the_directory(two_shards, whole):
    assert dict(two_shards.documents) == dict(whole.documents)
    assert list(two_shards.bundles()) == list(whole.bundles())
    assert two_shards.text("003") == whole.text("003")
    assert two_shards.record("004:c6") == whole.record("004:c6")
    assert repr(two_shards).endswith("5 documents, annotation sets: gold>")


def test_documents_are_read_in_any_order(two_shards, whole):
    for name in ("004", "000", "003", "003", "002", "001"):
        assert two_shards.bundle(name) == whole.bundle(name)


@pytest.mark.parametrize("ending", ["jsonl.zst", "parquet"])
def test_shards_of_every_form_are_read(sharded, whole, tmp_path, ending):
    name = f"all.{ending}"
    export_file(whole.bundles(), whole, tmp_path / name)
    corpus = sharded(f'shards = ["{name}"]', {})
    assert list(corpus.bundles()) == list(whole.bundles())


def test_shards_at_an_address_are_read(sharded, whole, tmp_path):
    elsewhere = tmp_path / "else where"
    elsewhere.mkdir()
    for number, name in enumerate(CHOSEN):
        (elsewhere / f"{number}.jsonl").write_bytes(lines(whole, [name]))
    (elsewhere / "notes.txt").write_text("No bundle.")
    address = elsewhere.as_uri()
    corpus = sharded(f'shards = ["{address}/*.jsonl"]', {})
    assert list(corpus.bundles()) == list(whole.bundles())
    assert [str(one) for one in warclaims.validate(corpus)] == []
    (elsewhere / "2.jsonl").write_bytes(b'{"document":')
    (found,) = warclaims.validate(corpus)
    assert (found.file, found.code) == (f"{address}/2.jsonl", "F103")


def test_claims_and_comparisons_are_those_of_the_directory(two_shards, whole):
    assert warclaims.claims(two_shards) == warclaims.claims(whole)
    assert warclaims.compare(two_shards) == warclaims.compare(whole)


def test_all_shards_are_validated(two_shards, cli):
    done = cli("--corpus", two_shards.root, "validate")
    assert done.returncode == 0
    assert "5 bundles checked" in done.stdout
    assert "documents in shards: 3 rules about the whole corpus not applied" in done.stdout
    path = two_shards.root / "shards/1.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"language":"en"', b'"language":7'))
    found = [(one.file, one.line, one.code) for one in warclaims.validate(two_shards.root)]
    assert found == [("shards/1.jsonl", 1, "S204"), ("shards/1.jsonl", 2, "S204")]


def test_a_document_twice_in_a_set_is_reported(sharded, whole):
    corpus = sharded(
        'shards = ["a.jsonl", "b.jsonl"]',
        {"a.jsonl": lines(whole, CHOSEN[:2]), "b.jsonl": lines(whole, ["001"])},
    )
    assert [(one.file, one.code) for one in warclaims.validate(corpus)] == [("b.jsonl", "F114")]
    with pytest.raises(WarclaimsError, match=r"'001' is in a\.jsonl:2 and in b\.jsonl:1"):
        warclaims.claims(corpus)


def test_passes_have_shards_of_their_own(sharded, whole, cli):
    first, second, *_ = whole.storage.set_names()[1:]
    names = [*whole.storage.annotated(first)]
    corpus = sharded(
        f'shards = ["gold.jsonl"]\n[pass_shards]\n{first} = ["first.jsonl"]\n'
        f'{second} = ["second.jsonl"]',
        {
            "gold.jsonl": lines(whole),
            "first.jsonl": lines(whole, names, first),
            "second.jsonl": lines(whole, reversed(names), second),
        },
    )
    assert corpus.storage.set_names() == ["gold", first, second]
    assert list(corpus.bundles(first)) == list(whole.bundles(first))
    assert corpus.annotations(names[0], second) == whole.annotations(names[0], second)
    assert not [one for one in warclaims.validate(corpus) if not one.is_warning]
    same = [cli("--corpus", one.root, "agree", first, second).stdout for one in (corpus, whole)]
    assert same[0] == same[1] != ""


def test_tables_are_those_of_the_directory(two_shards, whole, cli):
    assert cli("--corpus", two_shards.root, "build").returncode == 0
    for name in ("claims", "comparisons", "documents", "sentences"):
        built = (two_shards.root / f"corpus/{name}.parquet").read_bytes()
        assert built == (whole.layout.tables / f"{name}.parquet").read_bytes()


def test_a_shard_that_does_not_exist_is_reported(sharded):
    corpus = sharded('shards = ["none/*.jsonl"]', {})
    (found,) = warclaims.validate(corpus)
    assert str(found) == "corpus.toml#/shards: F100 no file matches 'none/*.jsonl'"


def test_a_damaged_shard_is_reported_and_the_others_are_checked(sharded, whole):
    packed = zstd_module().compress(lines(whole, CHOSEN[:2]))
    broken = lines(whole, CHOSEN[2:]).replace(b'"schema_version":"2', b'"schema_version":"9', 1)
    corpus = sharded(
        'shards = ["1.jsonl.zst", "2.jsonl"]',
        {"1.jsonl.zst": packed[: len(packed) // 2], "2.jsonl": broken},
    )
    found = [*warclaims.validate(corpus)]
    assert {one.file for one in found} == {"1.jsonl.zst", "2.jsonl"}
    with pytest.raises(InvalidFile, match="F110"):
        len(corpus.documents)


def test_a_text_that_was_changed_is_refused(sharded, whole):
    record = json.loads(lines(whole, ["000"]))
    record["text"] += "!"
    corpus = sharded('shards = ["a.jsonl"]', {"a.jsonl": json.dumps(record).encode()})
    with pytest.raises(WarclaimsError, match=r"a\.jsonl:1: the text of document 000"):
        corpus.bundle("000")


def test_an_index_beside_shards_is_refused(mini):
    with (mini / "corpus.toml").open("a", encoding="utf-8") as file:
        file.write('shards = ["a.jsonl"]\n')
    found = [*warclaims.validate(mini)]
    assert [one.pointer for one in found] == ["/shards"]
    assert "Remove one of both" in found[0].message


@pytest.mark.parametrize(
    "words",
    [
        ["add", "text.txt", "--annotator", "a"],
        ["import", "bundles", "shards/1.jsonl", "--annotator", "a"],
        ["set", "000", "--id", "first"],
        ["migrate"],
        ["studio", "push"],
        ["studio", "pull"],
        ["export", "textfree"],
    ],
)
def test_who_annotates_is_told_to_make_a_directory(two_shards, cli, words):
    text = two_shards.root / "text.txt"
    text.write_text("Two soldiers were killed.\n")
    is_file = (".txt", ".jsonl")
    paths = [two_shards.root / one if one.endswith(is_file) else one for one in words]
    done = cli("--corpus", two_shards.root, *paths)
    assert done.returncode == 2
    assert "are in shards, which are read only" in done.stderr
    assert f"replace DIR/annotations/registry by {two_shards.root}" in done.stderr


def test_a_directory_is_made_of_chosen_documents(two_shards, cli, tmp_path):
    chosen, made = tmp_path / "chosen.jsonl", tmp_path / "made"
    assert not cli("--corpus", two_shards.root, "export", "bundles", "003", "--out", chosen).stderr
    cli("new", made)
    registry = made / "annotations/registry"
    shutil.copytree(two_shards.root / "annotations/registry", registry, dirs_exist_ok=True)
    done = cli("--corpus", made, "import", "bundles", chosen, "--annotator", "a")
    assert (done.returncode, done.stderr) == (0, "")
    assert warclaims.open(made).text("003") == two_shards.text("003")


def test_memory_holds_one_document_at_a_time(two_shards):
    bundles = two_shards.bundles()
    assert next(bundles).document.id == "000"
    assert next(bundles).document.id == "001"
    (two_shards.root / "shards/2.jsonl.gz").unlink()  # it was not opened yet
    with pytest.raises(InvalidFile):
        next(bundles)


@pytest.mark.parametrize(
    "words",
    [
        ["claims"],
        ["compare"],
        ["export", "bundles", "--out"],
        ["export", "brat", "--out"],
        ["report", "--out"],
        ["show", "004"],
        ["validate"],
    ],
)
def test_every_command_reports_a_shard_that_is_damaged_in_the_middle(
    sharded, whole, cli, tmp_path, words
):
    packed = gzip.compress(lines(whole, CHOSEN[2:]))
    files = {
        "shards/1.jsonl": lines(whole, CHOSEN[:2]),
        "shards/2.jsonl.gz": packed[: len(packed) // 2],
    }
    corpus = sharded('shards = ["shards/*"]', files)
    out = [tmp_path / "out.jsonl"] if words[-1] == "--out" else []
    done = cli("--corpus", corpus.root, *words, *out)
    assert done.returncode in (1, 2)
    assert "shards/2.jsonl.gz:" in done.stdout + done.stderr
    assert "the gzip data ends before its end" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert not any(one.exists() for one in out)

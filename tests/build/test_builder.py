"""Building: the same bytes each time, drift found, no stale cache, nothing from a broken corpus."""

import json
import os
import shutil
from hashlib import sha256

import pyarrow.parquet as pq
import pytest
import yaml
from datasets import load_dataset

import warclaims
from warclaims import WarclaimsError
from warclaims.build.builder import build, check
from warclaims.build.tables import TABLES
from warclaims.files import journal
from warclaims.layout import Layout


@pytest.fixture
def built(mini):
    build(warclaims.open(mini))
    return mini


def generated(root):
    paths = [root / "README.md", *(root / "schema").rglob("*.*"), *(root / "corpus").iterdir()]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(paths)}


def test_two_builds_give_the_same_bytes(built, tmp_path):
    other = tmp_path / "elsewhere" / "mini"
    shutil.copytree(built, other)
    for folder in ("schema", "corpus"):
        shutil.rmtree(other / folder)
    (other / "README.md").unlink()
    build(warclaims.open(other))
    assert generated(other) == generated(built)


def test_a_second_build_changes_nothing(built):
    assert build(warclaims.open(built)) == []
    assert check(warclaims.open(built)) == []


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_changed_annotation_makes_the_tables_drift(built):
    gold = built / "annotations" / "gold" / "one.json"
    edit(gold, '"cause": ["artillery"]', '"cause": ["air_strike"]')
    drifted = {drift.path for drift in check(warclaims.open(built))}
    assert {"corpus/claims.parquet", "corpus/casualties.parquet", "corpus/claims.json"} <= drifted
    assert "corpus/actors.parquet" not in drifted


@pytest.mark.parametrize(
    "name",
    [
        "schema/v2/annotations.schema.json",
        "README.md",
        "corpus/manifest.json",
        "corpus/claims.json",
    ],
)
def test_a_generated_file_changed_by_hand_is_drift(built, name):
    edit(built / name, "one", "noe")
    assert [drift.path for drift in check(warclaims.open(built))] == [name]


def test_a_missing_generated_file_is_drift(built):
    (built / "corpus" / "actors.parquet").unlink()
    drifts = check(warclaims.open(built))
    assert [(drift.path, drift.reason) for drift in drifts] == [
        ("corpus/actors.parquet", "is missing")
    ]


def other_writer(root):
    """As if another version of the Parquet writer had made the tables."""
    manifest = root / "corpus" / "manifest.json"
    record = json.loads(manifest.read_bytes())
    record["writers"]["pyarrow"] = "0.0.1"
    manifest.write_text(json.dumps(record), encoding="utf-8")
    for path in (root / "corpus").glob("*.parquet"):
        table = pq.read_table(path)
        pq.write_table(table, path, compression="gzip")


def test_under_another_writer_rows_are_compared_and_not_bytes(built):
    other_writer(built)
    assert check(warclaims.open(built)) == []
    path = built / "corpus" / "actors.parquet"
    pq.write_table(pq.read_table(path).slice(1), path)
    drifts = check(warclaims.open(built))
    assert [(drift.path, drift.reason) for drift in drifts] == [
        ("corpus/actors.parquet", "has other rows than the sources give")
    ]


def test_nothing_is_built_from_a_broken_corpus(built):
    before = generated(built)
    edit(built / "annotations" / "gold" / "one.json", '"start": 14', '"start": 13')
    with pytest.raises(WarclaimsError, match="nothing was built"):
        build(warclaims.open(built))
    assert generated(built) == before


def listed(root, name, data):
    """Put a file at ``name`` in corpus/, and into the manifest of the last build."""
    (root / "corpus" / name).write_bytes(data)
    manifest = root / "corpus" / "manifest.json"
    record = json.loads(manifest.read_bytes())
    record["files"][name] = {"sha256": sha256(data).hexdigest(), "bytes": len(data)}
    manifest.write_text(json.dumps(record), encoding="utf-8")


def test_a_table_that_is_no_longer_made_is_removed(cli, built):
    listed(built, "old.parquet", b"old")
    done = cli("--corpus", built, "build")
    assert done.stdout == "wrote corpus/manifest.json\nremoved corpus/old.parquet\nbuilt\n"
    assert not (built / "corpus" / "old.parquet").exists()


def test_what_build_did_not_make_is_not_removed(built):
    mine = built / "corpus" / "mine.parquet"
    mine.write_bytes(b"mine")
    assert build(warclaims.open(built)) == []
    listed(built, "old.parquet", b"old")
    (built / "corpus" / "old.parquet").write_bytes(b"changed by hand")
    listed(built, "../corpus.toml", b"version = '1.0.0'")
    listed(built, "../outside.txt", b"x")
    build(warclaims.open(built))
    assert mine.read_bytes() == b"mine"
    assert (built / "corpus" / "old.parquet").read_bytes() == b"changed by hand"
    assert (built / "corpus.toml").exists()
    assert (built / "outside.txt").exists()


def test_nothing_is_removed_if_nothing_can_be_written(built, monkeypatch):
    listed(built, "old.parquet", b"old")
    before = generated(built)
    new_file = journal.new_file

    def fails(path):
        if path.name == journal.LIST:
            raise OSError(28, "no room")
        return new_file(path)

    monkeypatch.setattr(journal, "new_file", fails)
    with pytest.raises(OSError, match="no room"):
        build(warclaims.open(built))
    assert generated(built) == before


def test_what_people_wrote_in_the_card_is_kept(built):
    card = built / "README.md"
    card.write_text(card.read_text(encoding="utf-8") + "\nMine.\n", encoding="utf-8")
    build(warclaims.open(built))
    assert card.read_text(encoding="utf-8").endswith("\nMine.\n")


@pytest.mark.parametrize(
    ("block", "words"),
    [
        (
            "begin generated: figs -->\n<!-- end generated: figs -->",
            "unknown generated block 'figs'",
        ),
        ("begin generated: figures -->\nno end", "without its end"),
    ],
)
def test_a_wrong_block_of_the_card_is_named_and_nothing_is_written(built, block, words):
    gold = built / "annotations" / "gold" / "one.json"
    edit(gold, '"cause": ["artillery"]', '"cause": ["air_strike"]')
    with (built / "README.md").open("a", encoding="utf-8") as card:
        card.write(f"\n<!-- {block}\n")
    before = generated(built)
    with pytest.raises(WarclaimsError, match=words):
        build(warclaims.open(built))
    assert generated(built) == before


def test_front_matter_that_people_wrote_is_kept(built):
    card = built / "README.md"
    edit(card, "---\n", "---\nlicense: cc0-1.0\npretty_name: Mine\n")
    build(warclaims.open(built))
    matter = yaml.safe_load(card.read_text(encoding="utf-8").split("---\n")[1])
    assert matter["license"] == "cc0-1.0"
    assert matter["pretty_name"] == "Mine"


def test_a_card_with_crlf_is_built_like_any_other(built):
    card = built / "README.md"
    plain = card.read_bytes()
    card.write_bytes(plain.replace(b"\n", b"\r\n"))
    build(warclaims.open(built))
    assert card.read_bytes() == plain


@pytest.mark.parametrize("data", [b"\xff\xfe", b"---\n: [\n---\n", b"---\n- a\n---\n"])
def test_a_card_that_cannot_be_read_is_a_clear_error(built, data):
    (built / "README.md").write_bytes(data)
    with pytest.raises(WarclaimsError, match=r"README\.md"):
        build(warclaims.open(built))


def test_an_unknown_set_builds_nothing(built):
    before = generated(built)
    with pytest.raises(WarclaimsError, match="unknown annotation set 'nope'"):
        build(warclaims.open(built), "nope")
    assert generated(built) == before


def test_a_manifest_of_another_shape_is_drift(built):
    (built / "corpus" / "manifest.json").write_text("[]")
    assert [drift.path for drift in check(warclaims.open(built))] == ["corpus/manifest.json"]


def test_no_stale_table_is_served_from_a_cache(built, tmp_path):
    """A number changes, the file keeps size and time: the cache must not serve the old value."""
    cache = str(tmp_path / "cache")
    table = Layout(built).tables / "casualties.parquet"

    def values():
        loaded = load_dataset(str(built), "casualties", split="train", cache_dir=cache)
        return dict(zip(loaded["record"], loaded["value"], strict=True))

    assert values()["one:c1"] == 2
    size, time = table.stat().st_size, table.stat().st_mtime_ns
    edit(built / "annotations" / "gold" / "one.json", '"value": 2', '"value": 8')
    build(warclaims.open(built))
    os.utime(table, ns=(time, time))
    assert table.stat().st_size == size
    assert values()["one:c1"] == 8


def test_the_hash_for_the_cache_is_in_the_way_of_no_check(built, tmp_path):
    options = {"cache_dir": str(tmp_path), "verification_mode": "all_checks", "split": "train"}
    assert load_dataset(str(built), "casualties", **options).num_rows
    (built / ".huggingface.yaml").unlink()
    assert [drift.path for drift in check(warclaims.open(built))] == [".huggingface.yaml"]


@pytest.mark.parametrize("name", TABLES)
def test_load_dataset_gives_the_rows_of_load_with_strings_for_labels(shipped, tmp_path, name):
    from_folder = load_dataset(str(shipped), name, split="train", cache_dir=str(tmp_path))
    direct = warclaims.load(name)
    assert from_folder.column_names == direct.column_names
    assert "ClassLabel" not in str(from_folder.features)
    assert from_folder.cast(direct.features).to_list() == direct.to_list()
    assert direct.num_rows


def test_claims_is_the_default_table(shipped, tmp_path):
    default = load_dataset(str(shipped), split="train", cache_dir=str(tmp_path))
    assert default["record"] == warclaims.load()["record"]


def test_loading_an_unknown_table_lists_the_known(shipped):
    with pytest.raises(WarclaimsError, match="Known: accounts, actors, attributions"):
        warclaims.load("actor")


def test_loading_from_a_corpus_without_tables_says_how_to_build(mini):
    with pytest.raises(WarclaimsError, match=r"warclaims --corpus .* build"):
        warclaims.load("claims", mini)

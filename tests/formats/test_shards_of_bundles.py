"""Bundles in several files and in typed tables: nothing is lost, and an interruption costs one."""

from __future__ import annotations

import errno
import shutil
import signal
import subprocess
import sys

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings

import warclaims
from strategies import bundles
from warclaims.corpus import Corpus
from warclaims.corpus.reading import parse
from warclaims.corpus.shards.shard import Shard
from warclaims.formats.bundles import writing
from warclaims.formats.bundles.writing import bundle_line, export_file
from warclaims.records import Bundle


def read_back(path):
    return [parse(data, Bundle, str(path)) for _, data in Shard(path.name, path).rows()]


@given(bundles())
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
def test_every_bundle_comes_back_from_a_typed_table(tmp_path, bundle):
    path = tmp_path / "one.parquet"
    export_file([bundle], None, path)
    assert read_back(path) == [bundle]


def test_a_typed_table_is_read_by_pyarrow_datasets_and_the_batch_functions(tmp_path):
    datasets = pytest.importorskip("datasets")
    corpus = warclaims.open()
    path = tmp_path / "all.parquet"
    export_file(corpus.bundles(), corpus, path)
    rows = pq.read_table(path).to_pylist()
    loaded = datasets.load_dataset(
        "parquet", data_files=str(path), split="train", cache_dir=str(tmp_path / "cache")
    )
    assert list(loaded) == rows
    assert (
        loaded[4]["annotations"]["casualties"][5]["id"]
        == rows[4]["annotations"]["casualties"][5]["id"]
    )
    known = warclaims.known_ids()
    table = loaded.with_format("arrow")[:]
    assert warclaims.claims_table(table, known).num_rows == len(warclaims.claims())
    json_text = table_of_lines(corpus)
    assert warclaims.check_table(table, known).equals(warclaims.check_table(json_text, known))


def table_of_lines(corpus):
    return pa.table({"bundle": [bundle_line(bundle) for bundle in corpus.bundles()]})


@pytest.fixture
def export(cli, tmp_path):
    """Exports the shipped corpus as two documents per file."""

    def run(*options, name="out/a.jsonl.zst"):
        return cli("export", "bundles", "--out", tmp_path / name, "--shard-size", 2, *options)

    return run


def written(tmp_path):
    return {path.name: path.read_bytes() for path in sorted((tmp_path / "out").iterdir())}


@pytest.mark.parametrize("ending", ["jsonl", "jsonl.gz", "jsonl.zst", "parquet"])
def test_several_files_are_one_corpus_again(export, tmp_path, ending):
    assert export(name=f"out/a.{ending}").returncode == 0
    assert list(written(tmp_path)) == [f"a-0000{number}-of-00003.{ending}" for number in (1, 2, 3)]
    corpus = of_shards(tmp_path / "corpus", f"{tmp_path}/out/*")
    assert list(corpus.bundles()) == list(warclaims.open().bundles())


def of_shards(root, pattern):
    shutil.copytree(warclaims.open().root / "annotations/registry", root / "annotations/registry")
    (root / "corpus.toml").write_text(f'shards = ["{pattern}"]')
    return Corpus(root)


def test_a_folder_of_files_is_imported(export, cli, tmp_path, own):
    export()
    registry = warclaims.open().root / "annotations/registry"
    shutil.copytree(registry, own / "annotations/registry", dirs_exist_ok=True)
    done = cli("--corpus", own, "import", "bundles", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert list(Corpus(own).bundles()) == list(warclaims.open().bundles())


def test_an_interrupted_export_keeps_whole_files_and_is_continued(export, tmp_path, monkeypatch):
    write, calls = writing._write, []

    def full(bundles, name, file):
        calls.append(name)
        write(bundles, name, file)
        if len(calls) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(writing, "_write", full)
    done = export()
    assert done.returncode == 2
    assert "1 of 3 shards is whole. Write the others with --resume" in done.stderr
    assert "no space left" in done.stderr
    before = written(tmp_path)
    assert list(before) == ["a-00001-of-00003.jsonl.zst"]
    monkeypatch.undo()
    refused = export()
    assert refused.returncode == 2
    assert "--resume" in refused.stderr
    assert export("--resume").returncode == 0
    after = written(tmp_path)
    assert len(after) == 3
    assert after["a-00001-of-00003.jsonl.zst"] == before["a-00001-of-00003.jsonl.zst"]


def test_a_damaged_file_is_written_again_with_resume(export, tmp_path):
    export()
    before = written(tmp_path)
    (tmp_path / "out/a-00002-of-00003.jsonl.zst").write_bytes(b"damaged")
    (tmp_path / "out/a-00003-of-00003.jsonl.zst").unlink()
    assert export("--resume").returncode == 0
    assert written(tmp_path) == before


def test_files_of_an_export_of_another_size_are_replaced_if_asked(export, cli, tmp_path):
    export()
    out = tmp_path / "out/a.jsonl.zst"
    larger = "export", "bundles", "--out", out, "--shard-size", 4
    assert cli(*larger, "--resume").returncode == 2
    assert len(written(tmp_path)) == 3
    assert cli(*larger, "--overwrite").returncode == 0
    assert list(written(tmp_path)) == [f"a-0000{number}-of-00002.jsonl.zst" for number in (1, 2)]


def test_documents_with_errors_leave_out_their_file_only(cli, tmp_path, mini):
    path = next(iter(sorted((mini / "annotations/gold").glob("*.json"))))
    path.write_text(path.read_text().replace('"start": ', '"start": 9'))
    done = cli(
        "--corpus", mini, "export", "bundles", "--out", tmp_path / "out/a.jsonl", "--shard-size", 1
    )
    assert done.returncode == 1
    assert path.name in done.stderr
    assert "--resume" in done.stderr


def test_options_that_have_no_meaning_are_refused(cli, tmp_path):
    assert "--shard-size cannot" in cli("export", "brat", "--shard-size", 2).stderr
    assert "--resume needs" in cli("export", "bundles", "--resume").stderr


@pytest.mark.parametrize("pattern", ["a.jsonl", "*.jsonl"])
def test_shards_in_memory_are_read(tmp_path, pattern):
    fsspec = pytest.importorskip("fsspec")
    whole = warclaims.open()
    data = b"".join(bundle_line(bundle) for bundle in whole.bundles())
    fsspec.filesystem("memory").pipe("/warclaims-shards/a.jsonl", data)
    corpus = of_shards(tmp_path, f"fsspec+memory://warclaims-shards/{pattern}")
    assert list(corpus.bundles()) == list(whole.bundles())


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_killed_export_is_continued(tmp_path, cli, how):
    out = tmp_path / "out/a.jsonl"
    words = "export", "bundles", "--out", str(out), "--shard-size", "1"
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "warclaims", *words], stdout=subprocess.PIPE, text=True
    )
    with process:
        assert "a-00001-of-00005.jsonl" in process.stdout.readline()
        process.send_signal(how)
    first = out.with_name("a-00001-of-00005.jsonl")
    before = first.stat().st_mtime_ns
    assert cli(*words, "--resume").returncode == 0
    assert first.stat().st_mtime_ns == before
    data = b"".join(path.read_bytes() for path in sorted(out.parent.glob("*.jsonl")))
    assert data == b"".join(map(bundle_line, warclaims.open().bundles()))

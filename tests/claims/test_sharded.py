"""``claims`` and ``compare`` over a corpus of shards, in one process, in several and on Ray."""

import json
import os
import subprocess
import sys
from importlib.util import find_spec

import pytest

import warclaims
from benchmarks.corpora import write_corpus, write_sharded

needs_ray = pytest.mark.skipif(
    find_spec("ray") is None and "WARCLAIMS_TEST_EVERYTHING" not in os.environ,
    reason="Ray is not installed",
)
ENGINES = [("--processes", "1"), ("--processes", "2")]
RAY = pytest.param(("--engine", "ray"), marks=needs_ray)
COMMANDS = ["claims", "compare"]

KILLED_ONCE = """
import sys
if any(word.endswith("default_worker.py") for word in sys.orig_argv):
    import os, signal
    from pathlib import Path
    import warclaims.validation.bundles.deriving as deriving
    check, killed = deriving.check_one, Path(__file__).with_name("killed")
    def check_or_end(data, *given, **named):
        if b'"g7-000007"' in data and not killed.exists():
            killed.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return check(data, *given, **named)
    deriving.check_one = check_or_end
"""
"""For the processes of Ray: the first that reads document 7 kills itself."""


@pytest.fixture(scope="module")
def places(shipped, tmp_path_factory):
    """The same ten documents in a directory and in three shards."""
    folder = tmp_path_factory.mktemp("places")
    write_corpus(warclaims.open(shipped), folder / "directory", 10, together=5, passes=0)
    write_sharded(warclaims.open(shipped), folder / "sharded", 10, together=5, size=4)
    return folder


def output(cli, root, *options):
    done = cli("--corpus", root, *options, "--format", "json")
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("engine", [*ENGINES, RAY])
@pytest.mark.parametrize("command", COMMANDS)
def test_shards_give_what_a_directory_gives_on_every_engine(cli, places, command, engine):
    expected = output(cli, places / "directory", command)
    assert output(cli, places / "sharded", command, *engine) == expected


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_holds_what_is_printed(cli, places, command, tmp_path):
    out = tmp_path / "found.json"
    done = cli("--corpus", places / "sharded", command, "--format", "json", "--out", out)
    assert done.returncode == 0, done.stderr
    assert out.read_text() == output(cli, places / "sharded", command)


def test_one_event_is_compared_in_shards_as_in_a_directory(cli, places):
    event = "mine-explosions-2023-00001"
    expected = output(cli, places / "directory", "compare", "--event", event)
    assert output(cli, places / "sharded", "compare", "--event", event) == expected
    assert event in expected


def test_claims_of_parts_that_were_read_before_are_kept(cli, places, tmp_path):
    options = ("claims", "--resume", tmp_path / "kept")
    first = output(cli, places / "sharded", *options)
    kept = {path: path.stat().st_mtime_ns for path in (tmp_path / "kept").iterdir()}
    assert len(kept) == 3
    assert output(cli, places / "sharded", *options) == first
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "kept").iterdir()} == kept


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_bundle_with_errors_is_named_and_no_file_is_written(
    cli, places, command, engine, tmp_path
):
    root = tmp_path / "broken"
    subprocess.run(["cp", "-r", places / "sharded", root], check=True)
    shard = root / "shards/gold/0001.jsonl"
    lines = shard.read_text().splitlines()
    bundle = json.loads(lines[2])
    bundle["annotations"]["casualties"][0]["events"] = ["nowhere"]
    shard.write_text("\n".join([*lines[:2], json.dumps(bundle), *lines[3:], ""]))
    out = tmp_path / "found.json"
    done = cli("--corpus", root, command, "--format", "json", "--out", out, *engine)
    assert done.returncode == 2
    assert "0001.jsonl:3 has 1 error; the first: " in done.stderr
    assert not out.exists()


@pytest.mark.parametrize("command", COMMANDS)
def test_engines_are_refused_where_nothing_is_read_from_shards(cli, places, command):
    done = cli("--corpus", places / "directory", command, "--format", "json", "--processes", "2")
    assert done.returncode == 2
    assert "need a corpus of shards" in done.stderr


@needs_ray
def test_ray_gives_the_same_though_a_worker_is_killed(cli, places, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(KILLED_ONCE)
    search = os.pathsep.join(filter(None, [str(tmp_path), os.environ.get("PYTHONPATH")]))
    command = [sys.executable, "-m", "warclaims", "--corpus", places / "sharded", "compare"]
    on_ray = subprocess.run(
        [*command, "--format", "json", "--engine", "ray"],
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": search},
        capture_output=True,
        text=True,
        check=False,
    )
    assert on_ray.returncode == 0, on_ray.stderr
    assert (tmp_path / "killed").exists()
    assert on_ray.stdout == output(cli, places / "sharded", "compare")

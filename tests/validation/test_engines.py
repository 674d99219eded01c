"""Bundles are checked alike in one process, in several and on Ray, also after an interruption."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import pytest
from cases_of_inputs import lines_of

from waiting import LONGEST, wait_for
from warclaims.validation.bundles.checking import BundleCheck

COUNT = 60
SHARDS = 12

SLOW = """
import sys, time
from pathlib import Path
import warclaims.validation.bundles.checking as checking
from warclaims.commands import main
check = checking.check_bundle
def slow(data, *given, **named):
    while b'"the-last"' in data and not Path(sys.argv[1]).exists():
        time.sleep(0.05)
    return check(data, *given, **named)
checking.check_bundle = slow
main(sys.argv[2:])
"""
"""The command, but the bundle ``the-last`` is checked only once the file ``argv[1]`` exists."""


@pytest.fixture
def shards(mini, tmp_path):
    """Files of bundles with mistakes, one of them damaged, and documents that occur twice."""
    folder = tmp_path / "shards"
    folder.mkdir()
    one, two = map(json.loads, lines_of(mini))
    one["annotations"]["casualties"][0]["value"] = 20
    for number in range(SHARDS):
        shard = []
        for position in range(COUNT // SHARDS):
            bundle = two if position % 2 else one
            name = f"d{(number * COUNT // SHARDS + position) % (COUNT - 3)}"
            bundle["document"]["id"] = bundle["annotations"]["document"] = name
            shard.append(json.dumps(bundle).encode() + b"\n")
        (folder / f"{number:02}.jsonl").write_bytes(b"".join(shard))
    damaged = folder / "05.jsonl"
    damaged.write_bytes(gzip.compress(damaged.read_bytes())[:-9])
    last = folder / f"{SHARDS - 1:02}.jsonl"
    last.write_bytes(last.read_bytes().replace(b'"d56"', b'"the-last"'))
    return folder


@pytest.fixture
def started(mini, tmp_path):
    """Start ``warclaims validate`` with a check that waits at the last bundle."""
    running = []

    def started(*arguments):
        command = [sys.executable, "-c", SLOW, tmp_path / "go", "--corpus", mini, "validate"]
        process = subprocess.Popen(
            [*command, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            env={**os.environ, "PYTHONUTF8": "1"},
        )
        running.append(process)
        return process

    yield started
    for process in running:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


@pytest.fixture
def validate(cli, mini):
    return lambda *arguments: cli("--corpus", mini, "validate", *arguments)


def kept_in(folder):
    return sorted(folder.glob("*.gz"))


def test_several_processes_find_what_one_does(validate, shards):
    alone = validate(shards, "--processes", "1")
    assert "F110" in alone.stdout
    assert "F114" in alone.stdout
    assert "C502" in alone.stdout
    several = validate(shards, "--processes", "3")
    assert (several.stdout, several.stderr) == (alone.stdout, alone.stderr)


@pytest.mark.parametrize("processes", ["1", "2"])
def test_a_run_that_was_killed_continues(processes, validate, started, shards, tmp_path):
    undisturbed = validate(shards, "--format", "json")
    keep = tmp_path / "kept"
    process = started(shards, "--processes", processes, "--resume", keep)
    wait_for(lambda: len(kept_in(keep)) == SHARDS - 1, "the shards before the last")
    process.kill()
    process.communicate()  # ends when the last process has closed the output
    before = {path: path.stat().st_mtime_ns for path in kept_in(keep)}
    again = validate(shards, "--processes", processes, "--resume", keep, "--format", "json")
    assert again.stdout == undisturbed.stdout
    assert len(kept_in(keep)) == SHARDS
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert list(keep.glob(".*")) == []


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_a_killed_process_is_reported_and_the_run_continues(validate, started, shards, tmp_path):
    undisturbed = validate(shards)
    keep = tmp_path / "kept"
    process = started(shards, "--processes", "2", "--resume", keep)
    wait_for(lambda: len(kept_in(keep)) == SHARDS - 1, "the shards before the last")
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    assert len(children) == 2
    os.kill(int(children[0]), signal.SIGKILL)
    _, errors = process.communicate(timeout=LONGEST)
    assert process.returncode == 2
    assert b"A process was killed while " in errors
    assert b"11.jsonl was checked, from line 1 on" in errors
    assert b"Traceback" not in errors
    assert validate(shards, "--resume", keep).stdout == undisturbed.stdout


@pytest.mark.parametrize("processes", ["1", "2"])
def test_only_what_has_changed_is_checked_again(processes, validate, shards, tmp_path, mini):
    keep = tmp_path / "kept"
    options = ("--processes", processes, "--resume", keep)
    first = validate(shards, *options)
    assert "F110" in first.stdout
    whole = shards / "05.jsonl"
    whole.write_bytes((shards / "04.jsonl").read_bytes())
    second = validate(shards, *options)
    assert "F110" not in second.stdout
    assert second.stdout == validate(shards).stdout
    assert len(kept_in(keep)) == SHARDS + 1
    lists = mini / "annotations/registry/events.json"
    lists.write_text(lists.read_text().replace('"label": "', '"label": "The ', 1))
    validate(shards, *options)
    assert len(kept_in(keep)) == 2 * SHARDS + 1


@pytest.mark.parametrize("processes", ["1", "2"])
def test_a_missing_shard_is_reported_and_nothing_of_it_is_kept(
    processes, validate, shards, tmp_path
):
    keep = tmp_path / "kept"
    names = [shards / f"{number:02}.jsonl" for number in range(SHARDS)]
    names[3].rename(tmp_path / "away")
    options = (*names, "--processes", processes, "--resume", keep)
    done = validate(*options)
    assert done.returncode == 1
    assert "03.jsonl: error F100: file cannot be read\n" in done.stdout
    assert "no such file" in done.stdout
    assert "55 bundles checked" in done.stdout
    assert len(kept_in(keep)) == SHARDS - 1
    (tmp_path / "away").rename(names[3])
    assert validate(*options).stdout == validate(*names).stdout


@pytest.mark.skipif(sys.platform != "linux", reason="limits the size of files")
@pytest.mark.parametrize("processes", ["1", "2"])
def test_a_full_disk_is_reported_and_the_run_continues(
    processes, validate, started, shards, tmp_path
):
    import resource

    keep = tmp_path / "kept"
    (tmp_path / "go").touch()
    large = json.loads((shards / "07.jsonl").read_bytes().splitlines()[0])
    actor = large["annotations"]["actors"][0]
    large["annotations"]["actors"] = [{**actor, "id": os.urandom(40).hex()} for _ in range(900)]
    (shards / "07.jsonl").write_bytes(json.dumps(large).encode())
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        process = started(shards, "--processes", processes, "--resume", keep)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    _, errors = process.communicate(timeout=LONGEST)
    assert process.returncode == 2
    assert b"07.jsonl cannot be written to " in errors
    assert b"file too large" in errors
    assert b"Traceback" not in errors
    assert len(kept_in(keep)) >= 7
    assert validate(shards, "--resume", keep).stdout == validate(shards).stdout


def test_damaged_findings_are_an_error_for_people(validate, shards, tmp_path):
    keep = tmp_path / "kept"
    validate(shards, "--resume", keep)
    path = kept_in(keep)[0]
    path.write_bytes(path.read_bytes()[:-9])
    done = validate(shards, "--resume", keep)
    assert done.returncode == 2
    assert f"{path} is damaged" in done.stderr


def test_a_large_file_is_cut_at_the_ends_of_lines(validate, tmp_path, mini, monkeypatch):
    from warclaims.validation.bundles import checking

    monkeypatch.setattr(checking, "PART", 3000)
    monkeypatch.setattr(checking, "SCANNED", 700)
    path = tmp_path / "b.jsonl"
    data = b"".join(lines_of(mini)) + b"\n" * 5000 + b"x" * 9000 + b"\n\r\n" + lines_of(mini)[0]
    path.write_bytes(data)
    parts = list(checking.parts_of(path, "b"))
    assert len(parts) > 3
    assert [part.start for part in parts[1:]] == [part.stop for part in parts[:-1]]
    assert all(data[part.start - 1 : part.start] in (b"", b"\n") for part in parts)
    assert [part.line for part in parts] == [data.count(b"\n", 0, p.start) + 1 for p in parts]
    cut = validate(path, "--processes", "2")
    monkeypatch.undo()
    assert cut.stdout == validate(path).stdout
    assert "5004 document" not in cut.stdout
    assert "b.jsonl:5003:1: error F103" in cut.stdout


def test_what_is_found_is_written_as_it_is(shards, mini):
    import warclaims
    from warclaims.validation.bundles.checking import FilePart, check_part

    (shards / "odd.jsonl").write_bytes(b'{"\\ud800": 1}\n' + b"[" * 100_000)
    known = warclaims.known_ids(mini)
    for path in shards.iterdir():
        for checked in check_part(FilePart(path, "\udc80"), known):
            assert BundleCheck.decoded(BundleCheck.encoded(checked)) == checked


def test_ray_that_is_not_installed_is_named(validate, shards, monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    done = validate(shards, "--engine", "ray")
    assert done.returncode == 2
    assert 'pip install "warclaims[ray]"' in done.stderr


KILLED_ONCE = """
import sys
if any(word.endswith("default_worker.py") for word in sys.orig_argv):
    import os, signal
    from pathlib import Path
    import warclaims.validation.bundles.checking as checking
    check, killed = checking.check_bundle, Path(__file__).with_name("killed")
    def check_or_end(data, *given, **named):
        if b'"d20"' in data and not killed.exists():
            killed.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return check(data, *given, **named)
    checking.check_bundle = check_or_end
"""
"""For the processes of Ray: the first that checks the bundle ``d20`` kills itself."""


@pytest.mark.skipif(
    find_spec("ray") is None and "WARCLAIMS_TEST_EVERYTHING" not in os.environ,
    reason="Ray is not installed",
)
def test_ray_finds_the_same_though_a_worker_is_killed(validate, mini, shards, tmp_path):
    site = tmp_path / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text(KILLED_ONCE)
    search = os.pathsep.join(filter(None, [str(site), os.environ.get("PYTHONPATH")]))
    on_ray = subprocess.run(
        [
            *(sys.executable, "-m", "warclaims", "--corpus", mini, "validate", shards),
            *("--engine", "ray", "--resume", tmp_path / "ray"),
        ],
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": search},
        capture_output=True,
        text=True,
        check=False,
    )
    here = validate(shards, "--resume", tmp_path / "local")
    assert (site / "killed").exists()
    assert (on_ray.stdout, on_ray.stderr) == (here.stdout, "")
    written = [path.read_bytes() for path in kept_in(tmp_path / "ray")]
    assert written == [path.read_bytes() for path in kept_in(tmp_path / "local")]
    assert len(written) == SHARDS
    assert validate(shards, "--engine", "ray", "--resume", tmp_path / "ray").stdout == here.stdout

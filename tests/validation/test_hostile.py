"""Input that is broken, odd or made to do harm ends in findings, whatever it is."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import sys
from threading import Event, Thread

import pytest
from cases_of_inputs import but_twice, lines_of

import warclaims
from cost import lines_run
from warclaims.corpus.shards import reading
from warclaims.errors import WarclaimsError
from warclaims.files.limits import MAX_FINDINGS
from warclaims.validation.bundles import check_bundle, checking, engines, validate_bundles
from warclaims.validation.bundles.run import read_known

ESCAPES = "\x1b[2J\x9b31m\u202e\n::error::x\r##[error]y %0A"


@pytest.fixture
def lines(mini):
    """The bundles of the small corpus as lines."""
    return lines_of(mini)


@pytest.fixture
def known(mini):
    """The registries of the small corpus."""
    return read_known(warclaims.open(mini))[0]


def codes(found):
    return [finding.code for finding in found]


GARBAGE = {
    "zeros": b"\0" * 5000,
    "random": bytes(range(256)) * 20,
    "deep lists": b"[" * 100_000,
    "deep objects": b'{"a":' * 100_000,
    "a number of a million digits": b"1" * 1_000_000,
    "another value": b'"text"',
    "null": b"null",
    "not finite": b'{"document": NaN}',
    "half a character": b'{"text": "\\ud800"}',
    "UTF-16": '{"text": "x"}'.encode("utf-16"),
    "a mark first": b"\xef\xbb\xbf{}",
    "cut off": b'{"document": {"id": "one", "fi',
    "a key that stands twice": b'{"text": "a", "text": "b"}',
}


@pytest.mark.parametrize("name", GARBAGE)
@pytest.mark.parametrize("file", ["x.jsonl", "x.json", "x"])
def test_garbage(name, file, run, tmp_path):
    path = tmp_path / file
    path.write_bytes(GARBAGE[name])
    status, out, err = run("--format", "github", path)
    if status == 2:
        assert file == "x"
        assert "neither" in err
    else:
        assert status == 1
        assert out.startswith("::error file=")


MAGIC = {
    "gzip": b"\x1f\x8b",
    "zstd": b"\x28\xb5\x2f\xfd",
    "parquet": b"PAR1",
    "skip": b"\x50*M\x18",
}


@pytest.mark.parametrize("kind", MAGIC)
@pytest.mark.parametrize("rest", [b"", b"\0" * 50, bytes(range(256)), b"PAR1" * 9])
def test_a_beginning_that_promises_what_does_not_follow(kind, rest, mini, tmp_path):
    path = tmp_path / "x"
    path.write_bytes(MAGIC[kind] + rest)
    found = list(validate_bundles(path, warclaims.open(mini)))
    assert codes(found) in (["F110"], ["F112"], ["F108"])


def test_a_file_between_good_lines_hides_nothing(mini, lines, tmp_path):
    path = tmp_path / "b.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + lines[0] + b"\n{]\n\xff\xfe\n" + lines[1] + b'{"a')
    found = list(validate_bundles(path, warclaims.open(mini)))
    assert [(f.code, f.line) for f in found] == [
        ("F101", 1),
        ("F103", 3),
        ("F102", 4),
        ("F103", 6),
    ]


def test_ids_and_names_that_are_paths(lines, known):
    bundle = json.loads(lines[0])
    bundle["document"]["id"] = "../../x"
    bundle["document"]["file"] = "/etc/passwd"
    found = check_bundle(json.dumps(bundle).encode(), known, "b", 1)
    assert [(f.code, f.pointer) for f in found] == [
        ("S205", "/document/file"),
        ("S205", "/document/id"),
    ]


@pytest.mark.parametrize("style", ["text", "json", "sarif", "github"])
def test_no_format_lets_commands_of_terminals_or_runners_through(style, run, lines, tmp_path):
    bundle = json.loads(lines[0])
    bundle["annotations"]["casualties"][0]["value"] = 20
    bundle["annotations"]["casualties"][0]["outcome"] = ESCAPES
    bundle["annotations"][ESCAPES] = 1
    path = tmp_path / "b.jsonl"
    path.write_bytes(json.dumps(bundle).encode())
    _, out, _ = run("--format", style, path)
    assert not {"\x1b", "\x9b", "\u202e", "\r"} & set(out)
    if style == "text":
        assert "##[" not in out
    assert not any(line.strip().startswith("::error::") for line in out.splitlines())
    if style == "github":
        assert all(
            line.startswith(("::error file=", "::notice title=")) for line in out.splitlines()
        )


def test_the_text_before_the_words_is_no_command(run, lines, tmp_path):
    from hashlib import sha256

    bundle = json.loads(lines[0])
    text = bundle["text"].replace("Officials in Avaria", "::error::in Avaria.")
    assert len(text) == bundle["document"]["length"]
    bundle["text"] = text
    digest = sha256(text.encode()).hexdigest()
    bundle["document"]["sha256"] = bundle["annotations"]["sha256"] = digest
    bundle["annotations"]["casualties"][0]["value"] = 20
    path = tmp_path / "b.jsonl"
    path.write_bytes(json.dumps(bundle).encode())
    _, out, _ = run(path)
    assert "    :·error::in Avaria." in out
    assert not any(line.strip().startswith("::") for line in out.splitlines())


@pytest.mark.parametrize("name", ["b.jsonl", "b.json", "b"])
def test_a_pipe_or_a_device_is_not_waited_for(name, run, mini, tmp_path):
    path = tmp_path / name
    os.mkfifo(path)
    status, out, err = run(path)
    assert (status, err) == (1, "")
    assert "F100" in out
    assert "it is a pipe" in out
    assert "it is a device" in run("/dev/zero")[1]
    (mini / "annotations/registry/sides.json").unlink()
    os.mkfifo(mini / "annotations/registry/sides.json")
    assert "it is a pipe" in run()[1]


def test_rings_of_links(run, mini, lines, tmp_path):
    folder = tmp_path / "ring"
    folder.mkdir()
    (folder / "self").symlink_to(folder)
    (folder / "a.jsonl").symlink_to(folder / "b.jsonl")
    (folder / "b.jsonl").symlink_to(folder / "a.jsonl")
    (folder / "c.jsonl").write_bytes(lines[0])
    status, out, err = run("--format", "github", folder)
    assert (status, err) == (1, "")
    assert [line.split("title=")[1][:4] for line in out.splitlines()] == ["F100", "F100"]
    assert run(folder / "a.jsonl")[0] == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_without_permission(run, lines, tmp_path):
    folder = tmp_path / "outer"
    (folder / "inner").mkdir(parents=True)
    (folder / "b.jsonl").write_bytes(lines[0])
    (folder / "inner").chmod(0)
    try:
        assert "F100" in run(folder)[1]
    finally:
        (folder / "inner").chmod(0o755)


def test_a_folder_that_cannot_be_listed(run, lines, tmp_path, monkeypatch):
    (tmp_path / "outer/inner").mkdir(parents=True)
    (tmp_path / "outer/b.jsonl").write_bytes(lines[0])
    scandir = os.scandir

    def refuse(path):
        if str(path).endswith("inner"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    status, out, _ = run("--format", "github", tmp_path / "outer")
    assert status == 1
    assert "inner" in out
    assert "permission denied" in out


@pytest.fixture
def cut(monkeypatch):
    """Cut files into parts of about so many bytes."""

    def cut(size):
        for module, name in ((reading, "PIECE"), (checking, "PART"), (checking, "SCANNED")):
            monkeypatch.setattr(module, name, size)

    return cut


@pytest.fixture
def forked(cut, monkeypatch):
    """Fork processes for files of two lines, so that they see what a test patches."""
    cut(100)
    monkeypatch.setattr(engines, "_method", lambda: "fork")
    return monkeypatch


@pytest.mark.parametrize("processes", [1, 2])
def test_a_file_that_is_gone_or_replaced_meanwhile(processes, cut, mini, lines, tmp_path):
    path = tmp_path / "b.jsonl"
    path.write_bytes(b"".join(lines) * 5)
    cut(100)
    found = list(
        validate_bundles(
            path, warclaims.open(mini), processes, watch=lambda _: path.unlink(missing_ok=True)
        )
    )
    assert codes(found)[-1] in ("F100", "F113")


def wrong(line, value=20):
    bundle = json.loads(line)
    bundle["annotations"]["casualties"][0]["value"] = value
    return json.dumps(bundle, ensure_ascii=False).encode() + b"\n"


@pytest.mark.parametrize("length", [10, 1000, 10_000])
def test_findings_come_in_the_order_of_the_input(length, cut, mini, lines, tmp_path):
    path = tmp_path / "b.jsonl"
    path.write_bytes(
        b"".join(wrong(lines[n % 2]) if n % 3 else lines[0] * 3 + b"\n\r\n" for n in range(40))
    )
    corpus = warclaims.open(mini)
    alone = but_twice(validate_bundles(path, corpus, 1))
    cut(length)
    assert but_twice(validate_bundles(path, corpus, 1)) == alone
    assert but_twice(validate_bundles(path, corpus, 3)) == alone
    assert [f.line for f in alone] == sorted(f.line for f in alone)
    data = path.read_bytes().split(b"\n")
    assert all(b'"value": 20' in data[f.line - 1] for f in alone)
    assert len(alone) == 26


ENDS = {
    "killed": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "another signal": lambda: os.kill(os.getpid(), 35),
    "an exit status": lambda: os._exit(7),
}


@pytest.mark.skipif(sys.platform != "linux", reason="the processes are forked")
@pytest.mark.parametrize("end", ENDS)
def test_a_process_that_ends_early_is_reported(end, forked, mini, lines, tmp_path):
    forked.setattr(checking, "check_part", lambda *_: ENDS[end]())
    path = tmp_path / "b.jsonl"
    path.write_bytes(lines[0] + lines[1])
    with pytest.raises(WarclaimsError, match=r"killed while .*b\.jsonl was checked, from line 1"):
        list(validate_bundles(path, warclaims.open(mini), 2))
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("handler", [signal.SIG_IGN, lambda *_: None])
def test_processes_end_whatever_the_host_does_at_signals(handler, cut, mini, lines, tmp_path):
    path = tmp_path / "b.jsonl"
    path.write_bytes(lines[0] + lines[1])
    cut(100)
    before = signal.signal(signal.SIGTERM, handler)
    try:
        assert list(validate_bundles(path, warclaims.open(mini), 2)) == []
    finally:
        signal.signal(signal.SIGTERM, before)
    assert multiprocessing.active_children() == []


def test_a_host_with_threads_is_not_forked(cut, mini, lines, tmp_path, monkeypatch):
    path = tmp_path / "b.jsonl"
    cut(100)
    path.write_bytes(wrong(lines[0]) * 3)
    corpus = warclaims.open(mini)
    alone = but_twice(validate_bundles(path, corpus, 1))
    assert codes(alone) == ["C502"] * 3
    asked = []
    context = multiprocessing.get_context
    monkeypatch.setattr(
        multiprocessing, "get_context", lambda how: asked.append(how) or context(how)
    )
    done = Event()
    thread = Thread(target=done.wait)
    thread.start()
    try:
        assert but_twice(validate_bundles(path, corpus, 2)) == alone
    finally:
        done.set()
        thread.join()
    assert asked == ["spawn"]


def test_a_check_of_one_bundle_that_fails_names_the_file(mini, lines, tmp_path, monkeypatch):
    path = tmp_path / "b.json"
    path.write_text(json.dumps(json.loads(lines[0]), indent=1))

    def check(data, *_, **__):
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr(checking, "check_bundle", check)
    with pytest.raises(WarclaimsError, match=r"b\.json: the checks failed with ZeroDivision"):
        list(validate_bundles(path, warclaims.open(mini)))


@pytest.mark.parametrize("processes", [1, 2])
def test_a_check_that_fails_names_the_bundle(processes, forked, mini, lines, tmp_path):
    path = tmp_path / "b.jsonl"
    path.write_bytes(lines[0] * 3 + lines[1])

    def check(data, *_, **__):
        if data + b"\n" == lines[1]:
            raise ZeroDivisionError("by zero")
        return []

    forked.setattr(checking, "check_bundle", check)
    with pytest.raises(WarclaimsError, match=r"b\.jsonl:4: the checks failed with ZeroDivision"):
        list(validate_bundles(path, warclaims.open(mini), processes))


def test_many_findings_in_one_bundle_are_cut_and_counted(lines, known):
    bundle = json.loads(lines[0])
    actor = bundle["annotations"]["actors"][0]
    bundle["annotations"]["actors"] = [
        {**actor, "id": f"x{n}", "span": [{"start": 5, "end": 9, "text": "xxxx"}]}
        for n in range(5_000)
    ]
    found = check_bundle(json.dumps(bundle).encode(), known, "b", 3)
    assert len(found) == MAX_FINDINGS + 1
    assert found[-1].code == "F109"
    assert "more findings in this bundle" in found[-1].message
    assert {f.line for f in found} == {3}


def test_a_span_of_very_many_fragments_takes_no_quadratic_time(lines, known):
    def check(number):
        bundle = json.loads(lines[0])
        fragment = {"start": 5, "end": 9, "text": "xx"}
        bundle["annotations"]["actors"][0]["span"] = [fragment] * number
        return check_bundle(json.dumps(bundle).encode(), known, "b", 1)

    found = check(4_000)
    assert "T307" in codes(found)
    assert max(len(f.message) for f in found) < 300
    assert lines_run(lambda: check(4_000)) < 6 * lines_run(lambda: check(1_000))


def test_messages_and_pointers_are_not_longer_than_anybody_reads(lines, known):
    bundle = json.loads(lines[0])
    bundle["annotations"]["x" * 100_000] = 1
    bundle["annotations"]["actors"][0]["id"] = "y" * 100_000
    found = check_bundle(json.dumps(bundle).encode(), known, "b", 1)
    assert sorted(codes(found)) == ["S202", "S205"]
    assert max(len(f.message) + len(f.pointer) for f in found) < 5_000

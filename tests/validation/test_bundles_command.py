"""``warclaims validate`` and ``export`` with bundles, as a person or a script meets them."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from bundles_of import FORMS
from cases_of_inputs import lines_of
from corrupt import ONE, edit

from waiting import LONGEST
from warclaims.commands import main
from warclaims.corpus.shards.reading import zstd_module


@pytest.fixture
def run(mini, capsys):
    """Run the command on the small corpus: exit status, output, errors."""

    def run(*arguments):
        status = 0
        try:
            main(["--corpus", str(mini), *map(str, arguments)])
        except SystemExit as done:
            status = done.code
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run


@pytest.fixture
def started(mini):
    """Start ``warclaims validate -`` in a session of its own, with two processes."""
    running = []

    def started(*arguments):
        process = subprocess.Popen(
            [sys.executable, "-m", "warclaims", "--corpus", mini, "validate", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            env={**os.environ, "PYTHONUTF8": "1"},
        )
        running.append(process)
        return process

    yield started
    for process in running:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


@pytest.fixture
def lines(mini):
    """The bundles of the small corpus as lines."""
    return lines_of(mini)


def wrong(line):
    """``line`` with another number of killed."""
    bundle = json.loads(line)
    bundle["annotations"]["casualties"][0]["value"] = 20
    return json.dumps(bundle, ensure_ascii=False).encode() + b"\n"


@pytest.mark.parametrize("name", ["x.jsonl", "x.jsonl.gz", "x.jsonl.zst", "x.parquet"])
def test_what_is_exported_is_equal_each_time_and_valid(name, run, mini, tmp_path):
    one, two = tmp_path / name, tmp_path / f"again-{name}"
    lost = "not in bundles: several annotators (2)\n"
    assert run("export", "bundles", "--out", one) == (0, f"wrote {one}: 2 bundles\n", lost)
    assert run("export", "bundles", "--out", two)[0] == 0
    assert one.read_bytes() == two.read_bytes()
    assert run("validate", one) == (0, "no findings; 2 bundles checked\n", "")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_an_export_of_a_pass_and_of_one_document(run, tmp_path):
    out = tmp_path / "b.jsonl"
    assert run("export", "bundles", "two", "--set", "a", "--out", out)[0] == 0
    (line,) = out.read_bytes().splitlines()
    assert json.loads(line)["annotations"]["annotator"] == "a"


def test_nothing_is_exported_from_annotations_with_errors(run, mini, tmp_path):
    edit(mini, ONE, {"/casualties/0/value": None})
    status, _, err = run("export", "bundles", "--out", tmp_path / "b.jsonl")
    assert status == 1
    assert "C501" in err
    assert not (tmp_path / "b.jsonl").exists()
    assert run("export", "bundles", "--set", "b", "--out", tmp_path / "b.jsonl")[0] == 2


def test_a_name_that_says_no_form_is_refused_with_those_that_do(run, tmp_path):
    status, _, err = run("export", "bundles", "--out", tmp_path / "b.json")
    assert status == 2
    assert "must end in one of .jsonl, .jsonl.gz" in err
    assert not (tmp_path / "b.json").exists()


def test_the_words_are_shown_though_the_text_is_in_no_corpus(run, lines, tmp_path):
    path = tmp_path / "b.jsonl"
    bundle = json.loads(wrong(lines[0]))
    bundle["document"]["id"] = bundle["annotations"]["document"] = "elsewhere"
    path.write_bytes(lines[1] + json.dumps(bundle).encode())
    status, out, err = run("validate", path)
    assert (status, err) == (1, "")
    column = json.dumps(bundle).index('"value": 20') + 1
    assert out.startswith(
        f"{path}:2:{column}: warning C502: value is not the number in the words "
        "[/annotations/casualties/0/value]\n"
        "  c1 ‹two civilians› says 2, the record has 20\n"
        "  in text elsewhere, line 3, 45–58:\n"
        "    Officials in Avaria said two civilians, including a child, were kill…\n"
        "                             ^^^^^^^^^^^^^\n"
    )
    assert out.endswith("1 warning in 1 file: C502 × 1; 2 bundles checked\n")
    report = json.loads(run("validate", "--format", "json", path)[1])
    assert report["bundles"] == 2
    assert report["findings"][0]["line"] == 2
    assert report["findings"][0]["context"]["words"] == "two civilians"
    log = json.loads(run("validate", "--format", "sarif", path)[1])
    (result,) = log["runs"][0]["results"]
    region = {"startLine": 2, "startColumn": column}
    assert result["locations"][0]["physicalLocation"]["region"] == region
    assert log["runs"][0]["properties"] == {"bundles": 2}
    command = run("validate", "--format", "github", path)[1]
    assert command.startswith(f"::warning file={path},line=2,col={column},title=C502 ")


@pytest.mark.parametrize(
    "form", ["a.ndjson", "crlf.jsonl", "members.gz", "frames.zst", "a.parquet"]
)
def test_standard_input_in_any_form(form, cli, mini, lines, tmp_path):
    FORMS[form](tmp_path / form, [lines[0], wrong(lines[0])])
    data = (tmp_path / form).read_bytes()
    done = subprocess.run(
        [sys.executable, "-m", "warclaims", "--corpus", mini, "validate", "-"],
        input=data,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert done.stderr == b""
    if data.startswith(b"PAR1"):
        assert b"cannot be read from a pipe: name the file instead of -" in done.stdout
    else:
        assert done.stdout.startswith(b"<stdin>:2:")
        assert done.stdout.endswith(b"2 bundles checked\n")
    assert done.returncode == 1


def test_a_folder_may_mix_kinds(run, mini, lines, tmp_path):
    folder = tmp_path / "mixed"
    (folder / "inner").mkdir(parents=True)
    (folder / "inner/one.json").write_bytes((mini / ONE).read_bytes())
    edit(folder, "inner/one.json", {"/casualties/0/value": 20})
    (folder / "b.jsonl").write_bytes(lines[0])
    (folder / "bundle.json").write_text(json.dumps(json.loads(wrong(lines[0])), indent=1))
    (folder / "c.ndjson.gz").write_bytes(gzip.compress(wrong(lines[1])))
    (folder / "notes.md").write_text("nothing to check")
    report = json.loads(run("validate", "--format", "json", folder)[1])
    assert [(Path(f["file"]).name, f["code"], f["pointer"]) for f in report["findings"]] == [
        ("one.json", "C502", "/casualties/0/value"),
        ("bundle.json", "C502", "/annotations/casualties/0/value"),
        ("bundle.json", "F114", "/document/id"),
        ("c.ndjson.gz", "C502", "/annotations/casualties/0/value"),
    ]
    assert report["bundles"] == 3
    place = report["findings"][1]["line"]
    assert '"value": 20' in (folder / "bundle.json").read_text().splitlines()[place - 1]


def test_what_cannot_be_checked_hides_nothing_of_the_rest(run, lines, tmp_path):
    picture, good = tmp_path / "picture.png", tmp_path / "good.jsonl"
    picture.write_bytes(b"\x89PNG")
    good.write_bytes(lines[0])
    status, out, err = run("validate", picture, good)
    assert (status, out) == (1, "no findings; 1 bundle checked\n")
    assert err.startswith(f"not checked: {picture} is neither")
    assert run("validate", picture)[0] == 2


@pytest.mark.parametrize("name", ["a.gz", "a.jsonl", "a.json", "a.txt", "a.parquet"])
def test_an_empty_file_holds_no_bundle_whatever_its_name(name, run, lines, tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / name).write_bytes(b"")
    (tmp_path / "folder" / "good.jsonl").write_bytes(lines[0])
    (tmp_path / "folder" / "words.txt").write_text("no bundle")
    status, out, err = run("validate", tmp_path / "folder")
    assert status == 1
    assert "F108 × 1; 1 bundle checked" in out
    assert err.startswith("skipped")
    assert "words.txt" in err


def test_a_corpus_folder_holds_no_bundles_though_it_has_lines(run, mini):
    (mini / "annotations/adjudication.jsonl").write_text("")
    status, out, err = run("validate", mini / "annotations")
    assert (status, out.splitlines()[0], err) == (0, "no findings", "")
    status, out, _ = run("validate", mini / "annotations/adjudication.jsonl")
    assert (status, out.splitlines()[0]) == (0, "no findings")


def test_built_tables_are_for_build(cli, mini):
    assert cli("--corpus", mini, "build").returncode == 0
    for path in (mini / "corpus/claims.parquet", mini / "corpus"):
        done = cli("--corpus", mini, "validate", path)
        assert done.returncode == 2
        assert "warclaims build --check" in done.stderr


@pytest.mark.parametrize("processes", ["1", "2"])
def test_an_interrupt_ends_everything_at_once(processes, started, lines):
    process = started("--processes", processes, "-")
    process.stdin.write(wrong(lines[0]) + lines[1])
    process.stdin.flush()
    assert process.stdout.readline().startswith(b"<stdin>:1:")
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(LONGEST) == 130
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
    assert b"Traceback" not in process.stderr.read()


def all_of(terminal):
    """What was written to a terminal whose other end is closed; it may come in pieces."""
    told = b""
    with contextlib.suppress(OSError), os.fdopen(terminal, "rb", buffering=0) as end:  # EIO: closed
        while piece := end.read(10_000):
            told += piece
    return told


def test_progress_is_shown_on_a_terminal_only_and_leaves_nothing(monkeypatch, mini, lines):
    from warclaims.commands import progress

    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        monkeypatch.setattr(progress, "AFTER", 0)
        with progress.ProgressLine() as shown:
            shown.advance(50, 100, "b.jsonl", "1,200 bundles")
            shown.echo("a finding")
    told = all_of(ours).decode()
    assert "1,200 bundles" in told
    assert told.rstrip().endswith("\x1b[2K") or told.endswith("\r\x1b[1A\x1b[2K")


def test_zstd_of_the_platform_reads_what_was_written(tmp_path):
    zstd = zstd_module()
    assert zstd.decompress(zstd.compress(b"x")) == b"x"

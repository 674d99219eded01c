"""Nothing that is read takes the memory, time or terminal of the machine."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
from collections import Counter
from hashlib import sha256

import parquet_by_hand as by_hand
import pytest
from cases_of_inputs import lines_of

import warclaims
from sizes import examples
from warclaims.commands import main
from warclaims.corpus.shards import reading
from warclaims.corpus.shards.reading import zstd_module
from warclaims.files import limits
from warclaims.findings import Finding
from warclaims.validation.bundles import check, validate_bundles
from warclaims.validation.formats import github, sarif, text
from warclaims.validation.formats import json as json_format
from warclaims.validation.show import Reporter

MIB = limits.MIB
FORMATS = {"text": text, "json": json_format, "sarif": sarif, "github": github}

RUN = """
import resource, subprocess, sys
done = subprocess.run([sys.executable, "-m", "warclaims", *sys.argv[1:]], stdout=subprocess.PIPE)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
sys.stdout.buffer.write(done.stdout)
print()
print(done.returncode, peak)
"""


@pytest.fixture
def lines(mini):
    """The bundles of the small corpus as lines."""
    return lines_of(mini)


@pytest.fixture
def measured(mini):
    """Run the command on the small corpus: exit status, output, errors, MiB at the peak."""

    def measured(*arguments):
        command = [sys.executable, "-c", RUN, "--corpus", str(mini), *map(str, arguments)]
        environment = {**os.environ, "PYTHONUTF8": "1"}
        run = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
        out, _, last = run.stdout.rstrip().rpartition("\n")
        status, peak = map(int, last.split())
        return status, out, run.stderr, peak

    return measured


def zeros(size: int, head: bytes = b"") -> bytes:
    """So many bytes, nearly all of them zero, compressed."""
    packer = zstd_module().ZstdCompressor()
    packed = [packer.compress(head)]
    packed += (packer.compress(bytes(MIB)) for _ in range(size // MIB))
    return b"".join([*packed, packer.flush()])


def packed(data: bytes) -> bytes:
    return zstd_module().compress(data)


def one_value(words: bytes, rows: int) -> bytes:
    data, numbers = by_hand.value(words), by_hand.repeated(rows)
    return by_hand.table(
        by_hand.dictionary(packed(data), len(data)),
        by_hand.page(packed(numbers), len(numbers), rows, coded=True),
        rows=rows,
        codec=by_hand.ZSTD,
    )


SMALL = by_hand.value(b"{}")
TABLES = {
    "a megabyte a million times": lambda: one_value(b"{" + b" " * MIB + b"}", 10**6),
    "200 MB a thousand times": lambda: one_value(b"{" + b" " * 200 * MIB + b"}", 1000),
    "two thousand million rows": lambda: one_value(b"{}", 2**31 - 1),
    "a page of zeros": lambda: by_hand.table(
        by_hand.page(zeros(2**29, b"\0\0\0\x20"), 2**29 + 4, 1), rows=1, codec=by_hand.ZSTD
    ),
    "a page that says it is large": lambda: by_hand.table(
        by_hand.page(packed(SMALL), 2**31 - 1, 1), rows=1, codec=by_hand.ZSTD
    ),
    "a dictionary that says it is large": lambda: by_hand.table(
        by_hand.dictionary(packed(SMALL), 2**31 - 1),
        by_hand.page(packed(by_hand.repeated(5)), 7, 5, coded=True),
        rows=5,
        codec=by_hand.ZSTD,
    ),
    "a value that says it is large": lambda: by_hand.table(
        by_hand.page(b"\xff\xff\xff\x7f{}", 6, 1), rows=1
    ),
    "a table that says it is long": lambda: by_hand.table(
        by_hand.page(SMALL, len(SMALL), 1), rows=2**40
    ),
    "a page that says it has many values": lambda: by_hand.table(
        by_hand.page(SMALL, len(SMALL), 2**31 - 1), rows=2**31 - 1
    ),
    "one group many times": lambda: by_hand.table(
        by_hand.page(SMALL, len(SMALL), 1), rows=1, groups=5_000
    ),
    "too many groups": lambda: by_hand.table(
        by_hand.page(SMALL, len(SMALL), 1), rows=1, groups=200_000
    ),
}
"""Tables made by hand that are small and say much."""

LYING = tuple(name for name in TABLES if " says " in name)
"""Those whose numbers are not true; they expand to nothing, and are checked in one run."""

CHECKED = ("a table that says it is long", "one group many times")
"""Those that are read to their end."""


def test_a_table_made_by_hand_is_a_table(mini, lines, tmp_path):
    data = by_hand.value(lines[0])
    path = tmp_path / "a.parquet"
    path.write_bytes(by_hand.table(by_hand.page(data, len(data), 1), rows=1))
    assert list(validate_bundles(path, warclaims.open(mini))) == []


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a process cannot be limited")
@pytest.mark.parametrize(
    "names", [LYING, *((name,) for name in TABLES if name not in LYING)], ids=lambda names: names[0]
)
def test_a_small_table_takes_little(names, measured, tmp_path):
    paths = [tmp_path / f"{name}.parquet" for name in names]
    for name, path in zip(names, paths, strict=True):
        path.write_bytes(TABLES[name]())
        assert path.stat().st_size < 12 * MIB
    status, out, err, peak = measured("validate", *paths)
    assert (status, err) == (1, "")
    assert peak < 300
    assert len(out) < 3 * MIB
    refused = {
        line.partition(".parquet")[0] for line in out.splitlines() if re.search("F11[12]", line)
    }
    assert {name for name in names if str(tmp_path / name) not in refused} <= set(CHECKED)


@pytest.mark.parametrize("kind", ["string", "binary", "large_string", "large_binary"])
@pytest.mark.parametrize("codec", ["none", "snappy", "gzip", "zstd"])
def test_tables_of_other_writers_are_read(kind, codec, mini, lines, tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = tmp_path / "a.parquet"
    column = pa.array([line.decode() for line in lines]).cast(getattr(pa, kind)())
    others = {"bundle": column, "nested": [[{"x": 1}], []]}
    pq.write_table(pa.table(others), path, compression=codec)
    assert list(validate_bundles(path, warclaims.open(mini))) == []


@pytest.mark.parametrize("kind", ["list", "struct", "number"])
def test_a_column_of_another_type_is_not_bundles(kind, mini, tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = tmp_path / "a.parquet"
    column = {"list": [["{}"]], "struct": [{"a": "{}"}], "number": [3]}[kind]
    pq.write_table(pa.table({"bundle": column}), path)
    (found,) = validate_bundles(path, warclaims.open(mini))
    assert found.code == "F112"
    assert "not JSON text" in found.message


BOMB_LINE = b'{"document":{},"text":3,"annotations":{"x":1,"y":2}}\n'
BOMBS = {
    "one wrong line": lambda: gzip.compress(BOMB_LINE * 50_000),
    "short lines": lambda: gzip.compress(b"x\n" * 5_000_000),
    "zstd": lambda: packed(b"x\n" * 5_000_000),
    "a line of many faults": lambda: gzip.compress(
        (b'{"annotations":{"actors":[' + b"0," * 2000 + b"0]}}\n") * 100
    ),
    "a long name": lambda: gzip.compress((b'{"' + b"x" * 5_000 + b'":1}\n') * 2_000),
}


@pytest.mark.parametrize(
    ("name", "style"),
    sorted({*(("short lines", style) for style in FORMATS), *((name, "json") for name in BOMBS)}),
)
def test_a_small_compressed_file_fills_no_terminal(name, style, measured, tmp_path):
    path = tmp_path / "b.jsonl.gz"
    path.write_bytes(BOMBS[name]())
    assert path.stat().st_size < 60_000
    status, out, err, peak = measured("validate", "--format", style, path)
    assert (status, err) == (1, "")
    assert len(out) < 12 * MIB
    assert peak < 300
    assert "F111" in out
    if style == "json":
        report = json.loads(out)
        shown = sum(finding["code"] != "F109" for finding in report["findings"])
        assert shown + report["not_shown"] == report["errors"]
    elif style == "sarif":
        json.loads(out)


def test_many_small_compressed_files_expand_no_further_than_one(mini, tmp_path):
    paths = [tmp_path / f"{number}.zst" for number in range(40)]
    for path in paths:
        path.write_bytes(packed(b" " * MIB))
    found = list(validate_bundles(paths, warclaims.open(mini)))
    assert Counter(finding.code for finding in found)["F111"] > 20


def test_good_files_of_one_run_may_be_many(mini, lines, tmp_path):
    paths = [tmp_path / f"{number}.gz" for number in range(40)]
    for path in paths:
        path.write_bytes(gzip.compress(b"".join(lines)))
    found = list(validate_bundles(paths, warclaims.open(mini)))
    assert {finding.code for finding in found} <= {"F114"}


def test_a_large_table_that_expands_little_is_read(mini, lines, tmp_path, monkeypatch):
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = tmp_path / "a.parquet"
    column = [line.decode() for line in lines] * 30
    pq.write_table(pa.table({"bundle": column}), path, compression="none", use_dictionary=False)
    assert path.stat().st_size > 2 * reading.PIECE
    monkeypatch.setattr(reading, "FREE_EXPANSION", 1000)
    monkeypatch.setattr(reading, "MAX_RATIO", 2)
    found = {finding.code for finding in validate_bundles(path, warclaims.open(mini))}
    assert found == {"F114"}


def many(count: int, **fields):
    """So many findings, each of a document of its own unless ``document`` says otherwise."""
    for number in range(count):
        given = {"document": f"d{number}", "line": number + 1, **fields}
        yield Finding("b.jsonl", "/text", "T302", "is not the text", **given)


@pytest.mark.parametrize("style", FORMATS)
@pytest.mark.parametrize(("document", "shown"), [(None, limits.MAX_SHOWN), ("one", 1_000)])
def test_more_findings_than_are_shown_are_counted(style, document, shown, mini):
    found = many(11_000, **({"document": document} if document else {}))
    reporter = Reporter(warclaims.open(mini))
    reporter.bundles = 11_000
    lines = list(FORMATS[style].lines(reporter, found))
    out = "\n".join(lines)
    remark = f"{11_000 - shown:,} more findings are not shown. "
    assert remark in out
    if style == "text":
        assert lines[-1].startswith("11,000 errors in 1 file: T302 × 11000; 11,000 bundles")
        assert lines[-2].startswith(remark)
        assert out.count("error T302") == shown
    elif style == "json":
        report = json.loads(out)
        assert (report["errors"], report["not_shown"]) == (11_000, 11_000 - shown)
        assert len(report["findings"]) == shown
    elif style == "sarif":
        (run,) = json.loads(out)["runs"]
        assert len(run["results"]) == shown
        (notice,) = run["invocations"][0]["toolExecutionNotifications"]
        assert notice["message"]["text"].startswith(remark)
        assert run["properties"] == {"bundles": 11_000}
    else:
        assert len(lines) == shown + 1
        assert lines[-1].startswith("::notice ")


@pytest.mark.parametrize("style", FORMATS)
def test_nothing_is_said_of_findings_that_are_not_shown_if_all_are(style, mini):
    reporter = Reporter(warclaims.open(mini))
    out = "\n".join(FORMATS[style].lines(reporter, many(3)))
    assert "not shown" not in out


@pytest.mark.parametrize("style", FORMATS)
def test_long_words_are_shortened(style, mini):
    long = {"message": "m" * 10**6, "pointer": "/" + "p" * 10**6}
    found = [Finding("b", code="T302", line=1, document="one", **long)] * 500
    reporter = Reporter(warclaims.open(mini))
    out = "\n".join(FORMATS[style].lines(reporter, found))
    assert len(out) < 5 * MIB


def test_the_words_quoted_of_a_text_are_shortened(mini, lines, tmp_path):
    bundle = json.loads(lines[0])
    length = 50_000
    bundle["text"] = "Two dead. " * (length // 10)
    bundle["document"]["length"] = length
    actor = bundle["annotations"]["actors"][0]
    actor["span"] = [{"start": 0, "end": length, "text": "other"}]
    path = tmp_path / "b.json"
    path.write_text(json.dumps(bundle))
    found = list(validate_bundles(path, warclaims.open(mini)))
    assert any(finding.context for finding in found)
    assert all(len(f.context.words) <= limits.MAX_QUOTED for f in found if f.context)


def test_a_corpus_with_very_many_findings(mini, measured):
    path = mini / "annotations/gold/one.json"
    record = json.loads(path.read_bytes())
    fragment = {"start": 5, "end": 9, "text": "xxxx"}
    actor = {**record["actors"][0], "span": [fragment]}
    record["actors"] = [{**actor, "id": f"x{number}"} for number in range(5_000)]
    path.write_text(json.dumps(record))
    status, out, err, peak = measured("validate", path)
    assert (status, err) == (1, "")
    assert len(out) < MIB
    assert "more findings are not shown" in out
    assert int(re.search(r"^([\d,]+) (errors|findings)", out, re.M)[1].replace(",", "")) >= 5_000
    assert peak < 300


def test_more_findings_of_one_bundle_than_are_shown_are_counted(mini, lines, tmp_path, measured):
    bundle = json.loads(lines[0])
    actor = bundle["annotations"]["actors"][0]
    wrong = {**actor, "span": [{"start": 5, "end": 9, "text": "xxxx"}]}
    bundle["annotations"]["actors"] = [{**wrong, "id": f"x{n}"} for n in range(5_000)]
    path = tmp_path / "b.jsonl"
    path.write_bytes(json.dumps(bundle).encode() + b"\n" + lines[1])
    report = json.loads(measured("validate", "--format", "json", path)[1])
    assert report["errors"] >= 5_000
    assert len(report["findings"]) == limits.MAX_FINDINGS + 1
    assert report["findings"][-1]["code"] == "F109"


def test_warnings_that_are_not_shown_are_no_errors(mini, lines, tmp_path, monkeypatch, capsys):
    bundle = json.loads(lines[1])
    bundle["text"] += " Ten people were killed there." * 30
    digest = sha256(bundle["text"].encode()).hexdigest()
    bundle["document"] |= {"length": len(bundle["text"]), "sha256": digest}
    bundle["document"]["segments"][-1]["end"] = len(bundle["text"])
    bundle["annotations"]["sha256"] = digest
    path = tmp_path / "b.jsonl"
    path.write_bytes(json.dumps(bundle).encode())
    monkeypatch.setattr(check, "MAX_FINDINGS", 10)
    with pytest.raises(SystemExit):
        main(["--corpus", str(mini), "validate", str(path)])
    out = capsys.readouterr().out
    assert "warning F109" in out
    assert " error" not in out
    with pytest.raises(SystemExit) as done:
        main(["--corpus", str(mini), "validate", "--errors-only", str(path)])
    assert done.value.code == 0
    assert capsys.readouterr().out.strip() == "no findings; 1 bundle checked"


MANY = examples(100_000, 499_000)
VALUES = {
    "wrong records": b'{"annotations":{"actors":[' + b"0," * MANY + b"0]}}",
    "keys": b"{" + b",".join(b'"k%d":1' % number for number in range(MANY)) + b"}",
    "one key": b"{" + b",".join([b'"k":NaN'] * MANY) + b"}",
}


@pytest.mark.soak
@pytest.mark.parametrize("name", VALUES)
def test_very_many_wrong_values_take_little(name, measured, tmp_path):
    path = tmp_path / "b.jsonl"
    path.write_bytes(VALUES[name] + b"\n")
    status, out, err, peak = measured("validate", path)
    assert (status, err) == (1, "")
    assert "F107" in out or "F109" in out
    assert peak < 300


def test_a_mistake_in_a_very_large_bundle_is_found(mini, lines, tmp_path):
    bundle = json.loads(lines[0])
    bundle["annotations"]["extra"] = {"numbers": [0] * (limits.MANY_VALUES + 1)}
    path = tmp_path / "b.jsonl"
    path.write_bytes(json.dumps(bundle).encode())
    assert list(validate_bundles(path, warclaims.open(mini))) == []
    bundle["annotations"]["actors"][1]["level"] = "loud"
    bundle["annotations"]["casualties"][0]["value"] = "2"
    path.write_bytes(json.dumps(bundle).encode())
    found = list(validate_bundles(path, warclaims.open(mini)))
    assert [(f.code, f.pointer) for f in found if f.code != "F109"] == [
        ("S203", "/annotations/actors/1/level"),
        ("S204", "/annotations/casualties/0/value"),
    ]

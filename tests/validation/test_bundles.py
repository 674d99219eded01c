"""Bundles in files of every kind give the findings that they should, wherever they stand."""

from __future__ import annotations

import gzip
import json

import pytest
from bundles_of import FORMS, alone_and_with_two
from cases_of_inputs import INPUTS, but_twice, lines_of

import warclaims
from warclaims.corpus.shards.reading import zstd_module
from warclaims.validation import RULES
from warclaims.validation.bundles import validate_bundles


@pytest.fixture
def lines(mini):
    """The bundles of the small corpus as lines."""
    return lines_of(mini)


def damaged(line, **changes):
    """``line`` with values of the first casualty changed."""
    bundle = json.loads(line)
    bundle["annotations"]["casualties"][0].update(changes)
    return json.dumps(bundle, ensure_ascii=False).encode() + b"\n"


@pytest.mark.soak
@pytest.mark.parametrize(
    ("case", "processes"),
    alone_and_with_two(INPUTS),
    ids=lambda value: getattr(value, "name", value),
)
def test_what_is_broken_or_harmful_gives_its_finding(case, processes, mini, lines, tmp_path):
    path = tmp_path / case.name
    case.make(path, lines)

    def watch(_):
        if case.meanwhile:
            case.meanwhile(path)

    found = list(validate_bundles(path, warclaims.open(mini), processes, watch=watch))
    found = [f for f in found if f.code == case.code] or found
    assert [finding.code for finding in found] == [case.code]
    assert case.message in found[0].message
    assert found[0].line == case.line
    assert found[0].file == str(path)
    assert RULES[case.code]


@pytest.mark.soak
@pytest.mark.parametrize(("form", "processes"), alone_and_with_two(FORMS))
def test_every_form_gives_the_same_findings(form, processes, mini, lines, tmp_path):
    one, two = lines
    path = tmp_path / form
    FORMS[form](path, [one, damaged(one, value=20), two, two, damaged(one, outcome="dead")])
    found = but_twice(validate_bundles(path, warclaims.open(mini), processes))
    assert [(f.line, f.code, f.pointer, f.document) for f in found] == [
        (2, "C502", "/annotations/casualties/0/value", "one"),
        (5, "S203", "/annotations/casualties/0/outcome", "one"),
    ]
    assert found[0].context.words == "two civilians"
    text = (one if form == "a.parquet" else damaged(one, value=20)).decode()
    assert text[found[0].column - 1 :].startswith('"value"')


@pytest.mark.parametrize("kind", ["gzip", "zstd"])
@pytest.mark.parametrize("processes", [1, 2])
def test_bundles_before_the_end_of_cut_data_are_checked(kind, processes, mini, lines, tmp_path):
    path = tmp_path / "cut"
    compress = gzip.compress if kind == "gzip" else zstd_module().compress
    if kind == "gzip":
        path.write_bytes(compress(damaged(lines[0], value=20) + lines[1])[:-5])
    else:
        path.write_bytes(compress(damaged(lines[0], value=20)) + compress(lines[1])[:-1])
    found = list(validate_bundles(path, warclaims.open(mini), processes))
    assert [(finding.code, finding.line) for finding in found] == [
        ("C502", 1),
        ("F110", 3 if kind == "gzip" else 2),
    ]
    assert found[1].message == f"the {kind} data ends before its end"


@pytest.mark.parametrize("kind", ["gzip", "zstd"])
def test_all_members_are_read(kind, mini, lines, tmp_path):
    path = tmp_path / "members"
    compress = gzip.compress if kind == "gzip" else zstd_module().compress
    padding = bytes(10) if kind == "gzip" else b""
    path.write_bytes(compress(lines[0]) + compress(b"") + compress(lines[1]) + padding)
    assert list(validate_bundles(path, warclaims.open(mini))) == []


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_another_encoding_is_named_once(pack, encoding, mini, lines, tmp_path):
    path = tmp_path / "b.jsonl"
    path.write_bytes(pack(b"".join(lines).decode().encode(encoding)))
    found = list(validate_bundles(path, warclaims.open(mini)))
    named = encoding[:6].upper()
    assert [(f.code, f.message) for f in found] == [("F102", f"is {named}, not UTF-8")]

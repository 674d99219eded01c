"""Filters of claims over the command line, as a user types them."""

import csv
import datetime
import io
import json

import pyarrow.parquet as pq
import pytest

import warclaims
from warclaims.errors import WarclaimsError


def ids(cli, *options: str) -> list[str]:
    run = cli("claims", "--format", "json", *options)
    assert run.returncode == 0, run.stderr
    return [claim["record"] for claim in json.loads(run.stdout)]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (
            ("--source", "nk-ombudsman", "--outlet", "BBC News"),
            ["004:c2", "004:c3", "004:c4", "004:c5"],
        ),
        (("--source", "nk-ombudsman", "--outlet", "nos"), ["000:c4"]),
        (("--narrator-only", "--outlet", "Newsroom IN"), ["001:c1", "001:c2", "001:c4"]),
        (("--side", "azerbaijan", "--outlet", "BBC News"), ["004:c1"]),
        (("--place", "khojavend-district", "--outlet", "NOS"), [f"000:c{n}" for n in (6, 7, 8)]),
        (("--place", "stepanakert", "--outcome", "injured"), ["003:c3"]),
        (("--status", "police", "--cause", "landmine"), ["002:c2"]),
        (("--status", "combatant", "--outlet", "NOS"), ["000:c6"]),
        (("--source-side", "azerbaijan", "--outlet", "NOS"), [f"000:c{n}" for n in range(5, 9)]),
        (("--perpetrator", "armenian-forces"), ["000:c5"]),
        (("--until", "2020"), ["003:c1", "003:c2", "003:c3", "003:c4", "003:c5"]),
        (("--since", "2023-09-19", "--cause", "vehicle bomb"), ["001:c1", "001:c2"]),
        (("--depends-on-reading", "--outlet", "BBC News"), ["004:c1"]),
        (("--disagreements", "--outlet", "bbc news"), [f"004:c{n}" for n in range(2, 8)]),
        (("--event", "Another incident on 19 september 2023"), ["004:c1"]),
    ],
)
def test_filters(cli, options, expected):
    assert ids(cli, *options) == expected


def test_a_value_includes_its_kinds(cli, mini):
    gold = mini / "annotations" / "gold" / "one.json"
    text = gold.read_text("utf-8")
    text = text.replace('["civilian"], "cause": ["artillery"]', '["medic"], "cause": ["clay_bomb"]')
    gold.write_text(text.replace('"outcome": "killed"', '"outcome": "lynched"', 1), "utf-8")
    own = [
        {"list": "cause", "value": "clay_bomb", "kind_of": "ied"},
        {"list": "outcome", "value": "lynched", "kind_of": "killed"},
    ]
    values = [one | {"label": "x", "meaning": "x"} for one in own]
    lists = {"schema_version": "2.0", "values": values}
    (mini / "annotations" / "lists.json").write_text(json.dumps(lists), "utf-8")

    def found(*options):
        return ids(lambda *arguments: cli("--corpus", mini, *arguments), *options)

    assert found("--status", "civilian")[:2] == ["one:c1", "one:c2"]
    assert found("--status", "medic") == ["one:c1"]
    assert found("--cause", "explosive")[:2] == ["one:c1", "one:c2"]
    assert found("--cause", "ied") == found("--cause", "clay_bomb") == ["one:c1"]
    assert found("--outcome", "killed")[:2] == ["one:c1", "one:c2"]
    assert found("--outcome", "lynched") == ["one:c1"]


def test_a_source_stands_for_those_that_belong_to_it(cli):
    assert set(ids(cli, "--source", "azerbaijan-mod")) < set(ids(cli, "--source", "azerbaijan"))


def test_sorting(cli):
    claims = json.loads(cli("claims", "--format", "json", "--sort", "count").stdout)
    values = [claim["value"] for claim in claims]
    given = [value for value in values if value is not None]
    assert given == sorted(given, reverse=True)
    assert values[len(given) :] == [None] * (len(values) - len(given))


@pytest.mark.parametrize(
    ("option", "noun"),
    [
        ("--event", "event"),
        ("--place", "place"),
        ("--source", "actor"),
        ("--side", "side"),
        ("--outlet", "outlet"),
        ("--status", "status"),
        ("--cause", "cause"),
        ("--perpetrator", "actor"),
        ("--source-side", "side"),
    ],
)
@pytest.mark.parametrize("command", ["claims", "compare"])
def test_unknown_names_are_reported(cli, command, option, noun):
    run = cli(command, option, "qqqq")
    assert run.returncode == 2
    assert f"unknown {noun} 'qqqq'; known: " in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize(
    ("option", "written", "meant"),
    [
        ("--event", "explosions", "'mine-explosions-2023'? mine-explosions-2023 (explosions"),
        ("--source", "the ombudsmann", "'nk-ombudsman'? nk-ombudsman (human rights ombudsman"),
        ("--cause", "bomb", "'vehicle_bomb' or 'suicide_bomb'? vehicle_bomb (vehicle bomb); "),
    ],
)
def test_names_near_an_unknown_one_are_shown_with_their_labels(cli, option, written, meant):
    run = cli("compare", option, written)
    assert run.returncode == 2
    assert f"did you mean {meant}" in run.stderr
    assert "all: warclaims claims --list" in run.stderr


def test_what_is_no_date_is_refused(cli):
    run = cli("claims", "--since", "19 September")
    assert run.returncode == 2
    assert "since: '19 September' is not a date. Write 2023-09-19" in run.stderr


@pytest.mark.parametrize("command", ["claims", "compare"])
def test_days_in_the_wrong_order_are_an_error(cli, command):
    run = cli(command, "--since", "2023-09-19", "--until", "2023-08")
    assert run.returncode == 2
    assert "since 2023-09-19 is after until 2023-08, so no text is of both" in run.stderr
    assert cli(command, "--since", "2023-09-19", "--until", "2023-09").returncode == 0


def test_a_value_is_found_by_its_meaning(cli):
    run = cli("claims", "--status", "soldier")
    assert run.returncode == 2
    assert "did you mean 'military'? military (soldiers of a state)" in run.stderr


def test_python_takes_days_and_refuses_lists():
    day = datetime.date(2023, 9, 19)
    assert warclaims.claims(since=day) == warclaims.claims(since="2023-09-19")
    for ask in (warclaims.claims, warclaims.compare):
        with pytest.raises(WarclaimsError, match=r"event: give one name as text, not \['x'\]"):
            ask(event=["x"])


def test_python_refuses_an_unknown_filter():
    with pytest.raises(TypeError, match="unexpected keyword argument: evnt"):
        warclaims.claims(evnt="x")


def test_an_unknown_outcome_lists_the_known(cli):
    run = cli("claims", "--outcome", "dead")
    assert run.returncode == 2
    assert "known: killed" in run.stderr


def test_filters_without_a_match_are_reported(cli):
    run = cli("claims", "--outlet", "NOS", "--narrator-only")
    assert run.returncode == 0
    assert run.stdout == (
        "No counts match --outlet NOS and --narrator-only together; each alone has some.\n"
    )


def test_csv_has_a_row_each(cli):
    claims = ids(cli)
    table = list(csv.DictReader(io.StringIO(cli("claims", "--format", "csv").stdout, newline="")))
    assert [row["record"] for row in table] == claims


def test_a_file_of_csv_is_known_for_utf_8_by_a_spreadsheet(cli, tmp_path):
    path = tmp_path / "claims.csv"
    assert cli("claims", "--format", "csv", "--out", path).returncode == 0
    assert path.read_bytes().startswith(b"\xef\xbb\xbfrecord,")
    assert "El País" in path.read_text("utf-8-sig")


def test_an_outlet_that_is_not_known_can_be_asked_for(cli):
    assert {name[:3] for name in ids(cli, "--outlet", "unknown")} == {"003"}


def test_events_are_listed_and_nothing_else(cli):
    run = cli("claims", "--events", "--format", "json")
    assert run.returncode == 2
    assert "cannot be combined" in run.stderr


def test_parquet_goes_to_a_file_only(cli, tmp_path):
    assert cli("claims", "--format", "parquet").returncode == 2
    path = tmp_path / "claims.parquet"
    run = cli("claims", "--format", "parquet", "--narrator-only", "--out", path)
    assert run.returncode == 0
    assert pq.read_table(path)["record"].to_pylist() == ids(cli, "--narrator-only")
    assert cli("claims", "--out", path).returncode == 2


def test_a_label_of_several_entries_asks_for_an_id(cli, mini):
    actors = mini / "annotations" / "registry" / "actors.json"
    text = actors.read_text("utf-8")
    labels = [one["label"] for one in json.loads(text)["actors"]]
    actors.write_text(text.replace(json.dumps(labels[1]), json.dumps(labels[0])), "utf-8")
    run = cli("--corpus", mini, "claims", "--source", labels[0].upper())
    assert run.returncode == 2
    assert "may be several: " in run.stderr
    assert "Name one by its id." in run.stderr

"""``warclaims compare``, on a frozen copy of the five texts, which corrections do not change."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

FIVE_TEXTS = Path(__file__).parents[1] / "fixtures" / "five-texts"
EVENT = "mine-explosions-2023"


@pytest.fixture
def compare(cli):
    """Run ``warclaims compare`` on the frozen texts."""
    return lambda *arguments: cli("--corpus", FIVE_TEXTS, "compare", *arguments)


def test_one_event_begins_with_who_gives_how_many_and_what_is_disputed(compare):
    run = compare("--event", EVENT)
    assert run.returncode == 0
    label, *lines = run.stdout.splitlines()
    assert label.endswith(f"; {EVENT})")
    summary = " ".join(line.strip() for line in lines[: lines.index("")])
    assert summary.startswith(
        "Three texts give 6 dead, El País at least 6. Sources disagree on the "
    )
    assert "cause: landmine (three texts) or vehicle bomb (Newsroom IN)" in summary
    assert "on who the dead were: 4 soldiers (Azerbaijan’s Defense Ministry) or 4 police" in summary
    assert "(Newsroom IN and Azerbaijani officials, and El País depending on a reading)" in summary


def test_positions_have_their_sources_words_and_records(compare):
    lines = compare("--event", EVENT).stdout.splitlines()
    at = lines.index("    vehicle bomb")
    assert lines[at + 1].strip() == (
        "Newsroom IN, 2023-09-19, in its own voice: “four policemen”, “two civilians” "
        "[001:c1, 001:c2]"
    )
    assert lines.index("  ✗ Cause: sources disagree") < lines.index(
        "  = Number of dead: all can be true"
    )


def test_counts_follow_with_their_sentences(compare):
    lines = compare("--event", EVENT).stdout.split("  Counts\n")[1].splitlines()
    assert lines[0] == "    Azerbaijan’s Defense Ministry (said), NOS, 2023-09-19"
    assert lines[1].strip().startswith("“The attack was launched after four Azerbaijani soldiers")
    assert "        000:c7  “two civilians”: 2 killed · civilian · landmine" in lines


@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_annotations_with_errors_are_not_compared(cli, mini, form):
    gold = mini / "annotations" / "gold" / "one.json"
    gold.write_text(gold.read_text("utf-8").replace('"source": ["a1"]', '"source": ["a9"]'))
    run = cli("--corpus", mini, "compare", "--format", form)
    assert (run.returncode, run.stdout) == (2, "")
    assert "one.json has 1 error; the first:" in run.stderr


@pytest.mark.parametrize("columns", [50, 80, 120])
def test_lines_are_as_wide_as_the_terminal_and_stay_indented(columns):
    run = subprocess.run(
        [sys.executable, "-m", "warclaims", "compare", "--event", EVENT],
        cwd=FIVE_TEXTS,
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": str(columns), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    lines = run.stdout.splitlines()
    assert max(map(len, lines)) <= columns
    counts = lines[lines.index("  Counts") + 1 :]
    assert all(line.startswith("    ") for line in counts[: counts.index("")])


def test_events_with_a_disagreement_come_first_and_those_without_say_so(compare):
    everything = compare().stdout
    disputed = compare("--disagreements").stdout
    assert everything.index(EVENT) < everything.index("war-2020-first-day")
    assert "No disagreement." in everything
    assert "Nothing to compare." in everything
    assert "No disagreement." not in disputed
    assert 0 < disputed.count("✗") == everything.count("✗")


def test_labels_and_plain_words_are_shown_instead_of_ids(compare):
    shown = compare("--event", "offensive-2023").stdout
    assert "1 of side Azerbaijan – Azerbaijani authorities" in shown
    assert "authorities in Nagorno-Karabakh (are said to be)" in shown
    for jargon in ("nk-authorities", "killed_or_injured", "2 civilian ", "8 child ", "age_sex"):
        assert jargon not in shown


def test_filters_show_the_comparisons_that_a_claim_takes_part_in(compare):
    found = json.loads(compare("--format", "json", "--cause", "air strike").stdout)
    assert {row["event"] for row in found["comparisons"]} == {"offensive-2023"}
    known = {account["id"]: account["records"] for account in found["accounts"]}
    for row in found["comparisons"]:
        taking = [name for position in row["positions"] for name in position["accounts"]]
        assert any("000:c4" in known[name] for name in taking)
        assert known.keys() >= {*taking, *row["compatible_with_all"]}
    assert any(len(row["positions"]) == 2 for row in found["comparisons"])


def test_what_depends_on_a_reading_can_be_asked_for(compare):
    found = json.loads(compare("--format", "json", "--depends-on-reading").stdout)
    assert found["comparisons"]
    assert all(row["depends_on"] for row in found["comparisons"])


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--outlet", "NOS", "--narrator-only"), "No counts match --outlet NOS and --narrator-only "
         "together; each alone has some."),
        (("--source", "turkey"), "No counts match --source turkey."),
        (("--source", "turkey", "--cause", "chemical"),
         "No counts match --source turkey, and none match --cause chemical."),
        (("--event", "aircraft-shootdown-2020"), "No counts of this event or its parts."),
        (("--outcome", "missing"), "1 count found, but none is compared: that takes two accounts "
         "of one event."),
        (("--outcome", "displaced", "--disagreements"),
         "3 counts found, but sources disagree on none of them."),
    ],
)  # fmt: skip
def test_what_is_not_found_is_said(compare, options, expected):
    run = compare(*options)
    assert (run.returncode, run.stdout) == (0, f"{expected}\n")


def test_accusations_are_shown_where_no_count_is(compare):
    said = compare("--source", "armenia").stdout
    assert said.startswith("No counts match --source armenia.\n\noffensive of 19 September 2023")
    assert "! Blamed: Azerbaijan" in said


def test_the_values_of_a_filter_are_listed(cli, compare):
    listed = cli("--corpus", FIVE_TEXTS, "claims", "--list", "outlet").stdout
    assert compare("--list", "outlet").stdout == listed
    run = compare("--list", "outlet", "--format", "csv")
    assert run.returncode == 2
    assert "--list cannot be combined" in run.stderr


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_file_is_written_and_another_one_is_not_replaced(compare, tmp_path, form):
    out = tmp_path / "out"
    for _ in range(2):
        run = compare("--format", form, "--out", out)
        assert (run.returncode, run.stderr) == (0, f"wrote {out}\n")
    assert out.read_text("utf-8-sig") == compare("--format", form).stdout.replace("\r", "")
    out.write_text("mine", "utf-8")
    assert compare("--format", form, "--out", out).returncode == 2
    assert compare("--format", form, "--out", out, "--overwrite").returncode == 0
    assert compare("--out", out).returncode == 2


def test_json_has_accounts_and_comparisons(compare):
    found = json.loads(compare("--format", "json").stdout)
    assert {"id", "events", "source_text", "minimum", "records"} <= found["accounts"][0].keys()
    assert {"event", "respect", "kind", "positions", "reason"} <= found["comparisons"][0].keys()


def test_csv_has_a_line_per_position(compare):
    run = compare("--event", EVENT, "--disagreements", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(run.stdout, newline="")))
    assert [(row["respect"], row["position"], row["value"]) for row in rows] == [
        ("cause", "1", "landmine"),
        ("cause", "2", "vehicle bomb"),
        ("who", "1", "4 soldiers"),
        ("who", "2", "4 police"),
    ]
    assert rows[1]["outlets"] == "Newsroom IN"
    assert rows[1]["records"] == "001:c1; 001:c2"


@pytest.mark.parametrize("arguments", [("--event", "mine-explosion"), ("--set", "glod")])
def test_an_unknown_name_is_answered_with_the_nearest(compare, arguments):
    run = compare(*arguments)
    assert run.returncode == 2
    assert "did you mean" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_corpus_without_counts_says_so(cli, tmp_path):
    assert cli("new", tmp_path / "mine").returncode == 0
    run = cli("--corpus", tmp_path / "mine", "compare")
    assert (run.returncode, run.stdout) == (0, "No casualty has been annotated yet.\n")


def test_a_corpus_with_suggestions_only_says_how_to_compare_them(cli, tmp_path):
    assert cli("new", tmp_path / "mine").returncode == 0
    (tmp_path / "post.txt").write_text("Nine people were killed in Dorn, the mayor said.\n")
    assert cli("--corpus", tmp_path / "mine", "add", tmp_path / "post.txt").returncode == 0
    assert cli("--corpus", tmp_path / "mine", "suggest").returncode == 0
    hint = "No casualty has been annotated yet. For suggestions: --set predictions/rules\n"
    for command in ("compare", "claims"):
        assert cli("--corpus", tmp_path / "mine", command).stdout == hint

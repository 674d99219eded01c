"""``warclaims compare``: what sources agree and disagree on."""

import json

import pytest

EVENT = "mine-explosions-2023"


def test_one_event_begins_with_what_is_disputed(cli):
    run = cli("compare", "--event", EVENT)
    assert run.returncode == 0
    label, summary, *rows = run.stdout.splitlines()
    assert label.endswith(f"({EVENT})")
    assert summary.startswith("  Disagreements: cause (landmine (3) | vehicle bomb (1))")
    assert "killed, who (4 soldiers (1) | 4 police (3), depends on a reading)" in summary
    assert any(row.startswith("  ✗ cause: disagreement. landmine (3 accounts)") for row in rows)
    assert "        vehicle bomb: Newsroom IN (001 Newsroom IN; 001:c1, 001:c2)" in rows


def test_all_events_are_shown_or_only_disagreements(cli):
    everything = cli("compare").stdout
    disputed = cli("compare", "--disagreements").stdout
    assert "No disagreement." in everything
    assert "No disagreement." not in disputed
    assert 0 < disputed.count("✗") == everything.count("✗")


def test_json_has_accounts_and_comparisons(cli):
    found = json.loads(cli("compare", "--format", "json").stdout)
    assert {"id", "events", "source_text", "minimum", "records"} <= found["accounts"][0].keys()
    assert {"event", "respect", "kind", "positions", "reason"} <= found["comparisons"][0].keys()


@pytest.mark.parametrize("arguments", [("--event", "mine-explosion"), ("--set", "glod")])
def test_an_unknown_name_is_answered_with_the_nearest(cli, arguments):
    run = cli("compare", *arguments)
    assert run.returncode == 2
    assert "did you mean" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_corpus_without_counts_says_so(cli, tmp_path):
    assert cli("new", tmp_path / "mine").returncode == 0
    run = cli("--corpus", tmp_path / "mine", "compare")
    assert (run.returncode, run.stdout) == (0, "No counts to compare. Link casualties to events.\n")

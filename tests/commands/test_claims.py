import json
import os
import re
import subprocess
import sys

import pytest


def test_the_default_shows_every_claim_of_the_shipped_corpus(cli):
    run = cli("claims")
    assert run.returncode == 0
    assert "004:c1" in run.stdout
    assert "explosions of 19 September 2023" in run.stdout
    assert "Sources disagree on the cause: landmine (three texts) or vehicle bomb" in run.stdout


def test_one_event_has_the_doubts_and_what_sources_disagree_on(cli):
    run = cli("claims", "--event", "mine-explosions-2023")
    assert "  Sources disagree on the cause: landmine (three texts) or vehicle bomb" in run.stdout
    assert "004:c1: or cause landmine. the mine blast covers only some of the eleven" in run.stdout
    assert "warclaims compare --event ID" in run.stdout


def test_labels_are_shown_instead_of_ids(cli):
    shown = cli("claims", "--event", "offensive-2023").stdout
    assert "authorities in Nagorno-Karabakh (are said)" in shown
    assert "side Azerbaijan" in shown
    assert "nk-authorities" not in shown


def test_only_disagreements_of_shown_claims_are_shown(cli):
    assert "disagree on the cause: landmine" in cli("claims", "--cause", "landmine").stdout
    assert "disagree" not in cli("claims", "--outcome", "displaced").stdout


def test_json_has_every_claim_with_its_chain(cli):
    claims = json.loads(cli("claims", "--format", "json").stdout)
    assert len(claims) >= 33
    six = next(claim for claim in claims if claim["text"] == "six people")
    assert six["chain"][0]["cue"] == "said"
    assert any(claim["narrator"] for claim in claims)


def test_what_was_edited_is_shown_though_the_tables_are_older(cli, mini):
    assert cli("--corpus", mini, "build").returncode == 0
    built = json.loads(cli("--corpus", mini, "claims", "--format", "json").stdout)
    gold = mini / "annotations" / "gold" / "two.json"
    gold.write_text(
        gold.read_text("utf-8").replace('"outcome": "displaced"', '"outcome": "missing"'), "utf-8"
    )
    edited = json.loads(cli("--corpus", mini, "claims", "--format", "json").stdout)
    assert [c["record"] for c in built] == [c["record"] for c in edited]
    assert built[-1]["outcome"] == "displaced"
    assert edited[-1]["outcome"] == "missing"
    del built[-1]["outcome"], edited[-1]["outcome"]
    assert built == edited


def test_an_unknown_event_lists_the_known(cli):
    run = cli("claims", "--event", "nowhere")
    assert run.returncode == 2
    assert "unknown event 'nowhere'" in run.stderr
    assert "mine-explosions-2023" in run.stderr


def test_a_misspelt_event_is_answered_with_the_closest(cli):
    run = cli("claims", "--event", "mine-explosion-2023")
    assert run.returncode == 2
    assert "did you mean 'mine-explosions-2023'? mine-explosions-2023 (explo" in run.stderr
    assert "all: warclaims claims --list event" in run.stderr


@pytest.mark.parametrize(
    "options",
    [
        ("--format", "ucdp", "--sort", "date"),
        ("--format", "csv", "--overwrite"),
        ("--list", "source", "--outlet", "NOS"),
        ("--list", "cause", "--format", "json"),
        ("--out", "claims.csv"),
    ],
)
def test_options_without_an_effect_are_refused(cli, options):
    run = cli("claims", *options)
    assert run.returncode == 2
    assert "cannot be combined" in run.stderr or "needs" in run.stderr


def test_a_folder_that_is_no_corpus(cli, tmp_path):
    run = cli("--corpus", tmp_path, "claims")
    assert run.returncode == 2
    assert "is not a corpus directory" in run.stderr
    assert "Traceback" not in run.stderr


def test_events_are_listed(cli):
    run = cli("claims", "--events")
    assert run.returncode == 0
    assert "war-2020-first-day" in run.stdout


def test_what_an_option_accepts_is_listed_with_labels_and_claims(cli):
    run = cli("claims", "--list", "source-side")
    assert re.search(r"nk-armenians +│ Armenians of Nagorno-Karabakh +│ 12", run.stdout)


def test_an_event_without_claims_says_so(cli):
    run = cli("claims", "--event", "lachin-blockade")
    assert run.returncode == 0
    assert run.stdout == "No counts of this event or its parts.\n"


@pytest.mark.parametrize("columns", [60, 80, 120, 200])
def test_every_width_shows_whole_words_of_each_claim(shipped, columns):
    run = subprocess.run(
        [sys.executable, "-m", "warclaims", "claims"],
        cwd=shipped,
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": str(columns), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert max(map(len, run.stdout.splitlines())) <= columns
    for word in ("004:c1", "Azerbaijani", "personnel", "Newsroom"):
        assert word in run.stdout


def test_a_terminal_without_the_marks_shows_others(shipped):
    run = subprocess.run(
        [sys.executable, "-m", "warclaims", "claims"],
        cwd=shipped,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize(
    "fault", ["tampered", "truncated", "missing", "other set", "no manifest", "list as manifest"]
)
def test_built_claims_that_are_not_the_sources_are_not_shown(cli, mini, fault):
    assert cli("--corpus", mini, "build").returncode == 0
    right = cli("--corpus", mini, "claims", "--format", "json").stdout
    built, manifest = mini / "corpus" / "claims.json", mini / "corpus" / "manifest.json"
    if fault == "tampered":
        built.write_text(built.read_text("utf-8").replace('"minimum":7', '"minimum":999'), "utf-8")
    elif fault == "truncated":
        built.write_bytes(built.read_bytes()[:100])
    elif fault == "missing":
        built.unlink()
    elif fault == "other set":
        gold = mini / "annotations" / "gold" / "two.json"
        gold.write_text(gold.read_text("utf-8").replace('"displaced"', '"missing"'), "utf-8")
        assert cli("--corpus", mini, "build", "--set", "a").returncode == 0
        assert '"outcome": "missing"' in cli("--corpus", mini, "claims", "--format", "json").stdout
        shown = cli("--corpus", mini, "claims", "--set", "a", "--format", "json").stdout
        assert json.loads(shown) == json.loads(right)
        return
    elif fault == "no manifest":
        manifest.unlink()
    else:
        manifest.write_text("[]")
    shown = cli("--corpus", mini, "claims", "--format", "json")
    assert json.loads(shown.stdout) == json.loads(right)


@pytest.mark.parametrize("command", [("claims",), ("show", "one")])
def test_annotations_with_errors_are_not_shown(cli, mini, command):
    gold = mini / "annotations" / "gold" / "one.json"
    gold.write_text(
        gold.read_text("utf-8").replace('"source": ["a1"]', '"source": ["a9"]'), "utf-8"
    )
    run = cli("--corpus", mini, *command)
    assert run.returncode == 2
    assert "annotations/gold/one.json has 1 error" in run.stderr
    assert "a9" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize(
    "command",
    [("claims", "--set", "nope"), ("show", "one", "--set", "nope"), ("build", "--set", "nope")],
)
def test_an_unknown_set_lists_the_known(cli, mini, command):
    run = cli("--corpus", mini, *command)
    assert run.returncode == 2
    assert "unknown annotation set 'nope'" in run.stderr
    assert "known: gold, a" in run.stderr


def test_the_default_order_is_that_of_the_help(cli):
    said = " ".join(cli("claims", "--help").stdout.split())
    assert "Default: that of the texts; in a table by outcome" in said
    plain, by_text = (
        json.loads(cli("claims", "--format", "json", *sort).stdout)
        for sort in ((), ("--sort", "text"))
    )
    assert plain == by_text
    outcomes = {claim["record"]: claim["outcome"] for claim in plain}
    for sort in ((), ("--sort", "text")):
        tables = cli("claims", *sort).stdout.split("└")
        rows = [re.findall(r"^│ (\d{3}:c\d+) ", table, re.MULTILINE) for table in tables]
        assert sum(map(len, rows)) == len(plain)
        found = [[outcomes[name] for name in table] for table in rows]
        assert (found == [sorted(table) for table in found]) is not bool(sort)
        if sort:
            order = list(outcomes)
            assert rows == [sorted(table, key=order.index) for table in rows]

import json


def test_the_default_shows_every_claim_of_the_shipped_corpus(cli):
    run = cli("claims")
    assert run.returncode == 0
    assert "004:c1" in run.stdout
    assert "mine explosions of 19 September 2023" in run.stdout
    assert "vehicle bomb (001) against landmine (002)" in run.stdout
    assert "more relations" in run.stdout


def test_one_event_explains_every_relation(cli):
    run = cli("claims", "--event", "mine-explosions-2023")
    lines = [line for line in run.stdout.splitlines() if "“six people”" in line]
    assert any(
        "scope" in line and "“Eleven Azerbaijani police and civilians”" in line for line in lines
    )


def test_json_has_every_claim_with_chain_and_relations(cli):
    claims = json.loads(cli("claims", "--format", "json").stdout)
    assert len(claims) >= 33
    six = next(claim for claim in claims if claim["text"] == "six people")
    assert six["chain"][0]["cue"] == "said"
    assert {relation["kind"] for relation in six["relations"]} >= {"scope"}
    assert any(claim["narrator"] for claim in claims)


def test_what_was_edited_is_shown_though_the_tables_are_older(cli, mini):
    assert cli("--corpus", mini, "build").returncode == 0
    built = json.loads(cli("--corpus", mini, "claims", "--format", "json").stdout)
    gold = mini / "annotations" / "gold" / "two.json"
    gold.write_text(
        gold.read_text("utf-8").replace('"outcome": "displaced"', '"outcome": "missing"'), "utf-8"
    )
    edited = json.loads(cli("--corpus", mini, "claims", "--format", "json").stdout)
    assert [c["id"] for c in built] == [c["id"] for c in edited]
    assert built[-1]["outcome"] == "displaced"
    assert edited[-1]["outcome"] == "missing"
    del built[-1]["outcome"], edited[-1]["outcome"]
    assert built == edited


def test_an_unknown_event_lists_the_known(cli):
    run = cli("claims", "--event", "nowhere")
    assert run.returncode == 2
    assert "there is no event 'nowhere'" in run.stderr
    assert "mine-explosions-2023" in run.stderr


def test_a_folder_that_is_no_corpus(cli, tmp_path):
    run = cli("--corpus", tmp_path, "claims")
    assert run.returncode == 2
    assert "is not a corpus directory" in run.stderr
    assert "Traceback" not in run.stderr

"""Who blames whom, and who denies it: in the terminal, as JSON and by perpetrator."""

import csv
import io
import json

import pytest
from cases import text
from made_corpora import MadeCorpus, rec

import warclaims


def blamed(content: str, **more):
    return {
        "id": "accusation",
        "source": "the mayor",
        "act": "accuse",
        "content": content,
        "blames": ["the government"],
        "regarding": ["market"],
        **more,
    }


@pytest.fixture
def made(tmp_path):
    corpus = MadeCorpus(
        texts=[
            text("A", "Halden Post", "05-06",
                 "Nine people died. The mayor blamed the government for firing. It denied it had "
                 "fired.",
                 rec("A1", "Nine people", 9),
                 said=[
                     blamed("for firing", source="The mayor"),
                     {"source": "It", "cue": "denied", "act": "deny", "answers": "accusation",
                      "content": "it had fired"},
                 ]),
            text("B", "Northern Wire", "05-07",
                 "The mayor said the government shelled the market. Nobody was in it. The "
                 "government has denied all blame for the fire.",
                 said=[
                     blamed("the government shelled the market", source="The mayor"),
                     {"source": "The government", "cue": "has denied", "act": "deny",
                      "content": "all blame for the fire", "regarding": ["market"]},
                 ]),
        ],
        events={"market": "explosion"},
        entities={
            "it": {"is": "government"},
            "government": {"label": "the government", "affiliation": None},
            "mayor": {"label": "the mayor"},
        },
    ).write(tmp_path / "made")  # fmt: skip
    return with_pronoun(corpus, "It")


def with_pronoun(corpus, words):
    """The corpus, in which these words of text A are a pronoun."""
    path = corpus.root / "annotations/gold/A.json"
    data = json.loads(path.read_text("utf-8"))
    (actor,) = [one for one in data["actors"] if one["span"][0]["text"] == words]
    actor["level"] = "pronoun"
    path.write_text(json.dumps(data), "utf-8")
    return warclaims.open(corpus.root)


def shown(cli, corpus, *options: str) -> str:
    run = cli("--corpus", corpus.root, "compare", *options)
    assert run.returncode == 0, run.stderr
    return " ".join(run.stdout.split())


def test_who_blames_whom_is_grouped_with_what_answers_it(cli, made):
    said = shown(cli, made)
    assert "Blamed: the government (by the mayor; denied by the government)." in said
    assert (
        "! Blamed: the government "
        "the mayor (Halden Post, 2031-05-06): “for firing” [A:t1] "
        "denied by the government (Halden Post, 2031-05-06): “it had fired” [A:t2] "
        "the mayor (Northern Wire, 2031-05-07): “the government shelled the market” [B:t1]"
    ) in said


def test_a_denial_answers_only_what_the_annotation_says(cli, made):
    said = shown(cli, made)
    assert said.count("denied by the government (") == 1
    assert (
        "! Denials that answer no accusation in their text the government (Northern Wire, "
        "2031-05-07): “all blame for the fire” [B:t2]"
    ) in said


def test_json_has_them_beside_the_comparisons(cli, made):
    found = json.loads(cli("--corpus", made.root, "compare", "--format", "json").stdout)
    assert [one["id"] for one in found["accusations"]] == ["A:t1", "A:t2", "B:t1", "B:t2"]
    accusation, denial, *_ = found["accusations"]
    assert accusation["blames"] == ["government"]
    assert (denial["act"], denial["answers"]) == ("deny", "A:t1")
    assert denial["events"] == ["market"]
    assert denial["source_text"] == "the government"


def test_the_blamed_are_found_by_perpetrator(cli, made):
    found = warclaims.compare(made, perpetrator="government")
    assert [one.id for one in found.accusations] == ["A:t1", "A:t2", "B:t1"]
    assert warclaims.compare(made, perpetrator="mayor").accusations == ()
    found = warclaims.compare(made, outlet="Northern Wire")  # a text without counts
    assert [one.id for one in found.accusations] == ["B:t1", "B:t2"]
    found = warclaims.compare(made, outlet="Halden Post", source="mayor")
    assert [one.id for one in found.accusations] == ["A:t1", "A:t2"]
    assert "! Blamed: the government" in shown(cli, made, "--perpetrator", "government")
    assert "Blamed" not in shown(cli, made, "--outcome", "killed")


def test_the_name_in_the_registry_is_shown_for_a_pronoun(cli, tmp_path):
    corpus = MadeCorpus(
        {"raid": "attack_on_civilians"},
        [
            text("A", "Wire", "05-06", "She said that six people had died.",
                 rec("A1", "six people", 6, "She")),
            text("B", "Post", "05-06", "Seven people died, the mayor said.",
                 rec("B1", "Seven people", 7, "the mayor")),
        ],
        entities={"she": {"is": "doctor"}, "doctor": {"label": "Dr Lund"}},
    ).write(tmp_path / "made")  # fmt: skip
    corpus = with_pronoun(corpus, "She")
    registered = "Dr Lund"
    assert warclaims.claims(corpus)[0].source_text == registered
    assert warclaims.compare(corpus).accounts[0].source_text == registered
    run = cli("--corpus", corpus.root, "compare", "--format", "csv")
    first = next(csv.DictReader(io.StringIO(run.stdout, newline="")))
    assert (first["sources"], first["source_ids"]) == (registered, "doctor")

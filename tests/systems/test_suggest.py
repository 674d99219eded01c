"""``warclaims suggest``: predictions are written apart, and never taken for annotations."""

import json
import re
import sys

import pyarrow as pa
import pytest

import warclaims


@pytest.fixture
def example(shipped, tmp_path, monkeypatch):
    """The system in docs/systems.md as a module; the folder that it is in."""
    page = (shipped / "docs/systems.md").read_text("utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert len(code.strip().splitlines()) <= 26
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "mysystem.py").write_text(code)
    yield folder
    sys.modules.pop("mysystem", None)


@pytest.fixture
def wars(mini):
    """A corpus with one text more, of which the documented system finds something."""
    new = mini / "new.txt"
    new.write_text("Raid on Dorn\n\nIn the raid 12 men were killed, and one fled.\n")
    return mini


@pytest.fixture
def suggest(cli, mini, tmp_path, monkeypatch):
    """Run ``suggest`` on one text of the corpus with the system in given code."""

    def run(code):
        (tmp_path / "given.py").write_text(code)
        monkeypatch.syspath_prepend(tmp_path)
        return cli("--corpus", mini, "suggest", "one", "--with", "given:system")

    yield run
    sys.modules.pop("given", None)


def prediction(corpus, system, document="one"):
    path = corpus / "annotations" / "predictions" / system / f"{document}.json"
    return json.loads(path.read_bytes())


def test_the_documented_system_runs_by_its_place(cli, wars, example, monkeypatch):
    monkeypatch.syspath_prepend(example)
    assert (
        cli(
            "--corpus", wars, "add", wars / "new.txt", *("--language", "en", "--annotator", "a")
        ).returncode
        == 0
    )
    run = cli("--corpus", wars, "suggest", "new", "--with", "mysystem:killed")
    assert run.returncode == 0, run.stderr
    assert "1 document: 0 actors, 0 locations, 1 casualties" in run.stdout
    made = prediction(wars, "killed", "new")
    (found,) = made["casualties"]
    assert found["span"][0]["text"] == "12 men"
    assert (found["value"], found["quantifier"], found["score"]) == (12, "exact", 0.5)
    assert made["system"]["name"] == made["annotator"] == "killed"
    assert made["system"]["version"] == "1.0"


def test_the_documented_system_runs_by_its_entry_point(cli, wars, example, monkeypatch):
    about = example / "mine-3.1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: mine\nVersion: 3.1\n")
    (about / "entry_points.txt").write_text("[warclaims.systems]\nmine = mysystem:killed\n")
    monkeypatch.syspath_prepend(example)
    assert cli("--corpus", wars, "suggest", "one", "--with", "mine").returncode == 0
    assert prediction(wars, "mine")["system"]["version"] == "1.0"


def test_a_module_in_the_current_directory_is_found(cli, mini, example, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "path", [one for one in sys.path if one])
    (tmp_path / "here" / "mysystem.py").write_bytes((example / "mysystem.py").read_bytes())
    run = cli("--corpus", mini, "suggest", "one", "--with", "mysystem:killed", "--format", "json")
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout)["system"] == "killed"


def test_predictions_are_no_annotations(cli, mini):
    before = {
        name: cli("--corpus", mini, name, "--format", "json").stdout
        for name in ("claims", "validate")
    }
    assert cli("--corpus", mini, "build").returncode == 0
    tables = {path.name: path.read_bytes() for path in (mini / "corpus").iterdir()}
    assert cli("--corpus", mini, "suggest", "--with", "rules").returncode == 0
    assert cli("--corpus", mini, "build", "--check").returncode == 0
    assert {path.name: path.read_bytes() for path in (mini / "corpus").iterdir()} == tables
    for name, said in before.items():
        assert cli("--corpus", mini, name, "--format", "json").stdout == said
    corpus = warclaims.open(mini)
    assert corpus.layout.set_names() == ["gold", "a"]
    assert corpus.layout.predicted_sets() == ["predictions/rules"]


def test_predictions_are_shown_and_reported_as_such(cli, mini):
    cli("--corpus", mini, "suggest")
    shown = cli("--corpus", mini, "show", "one", "--set", "predictions/rules").stdout
    assert f"predictions of rules {warclaims.__version__} (" in shown
    assert "), not annotations" in shown
    run = cli("--corpus", mini, "report", "--set", "predictions/rules", "--out", mini / "site")
    assert run.returncode == 0, run.stderr
    said = "These are predictions of the system rules, not annotations."
    assert said in (mini / "site/index.html").read_text("utf-8")
    assert cli("--corpus", mini, "agree", "gold", "predictions/rules").returncode == 0


def test_a_renamed_document_takes_its_predictions_along(cli, mini):
    cli("--corpus", mini, "suggest")
    assert cli("--corpus", mini, "set", "one", "--id", "other").returncode == 0
    assert prediction(mini, "rules", "other")["document"] == "other"


def test_what_cannot_be_is_left_out_and_reported(suggest, mini):
    code = """
def system(texts, registries):
    return [{"actors": [{"span": "nowhere"}, {"span": "a spokesman"}]} for _ in texts]
"""
    run = suggest(code)
    assert run.returncode == 1
    assert "nowhere" in run.stderr
    assert [one["span"][0]["text"] for one in prediction(mini, "system")["actors"]] == [
        "a spokesman"
    ]


def test_a_document_with_an_impossible_record_is_not_written(suggest, mini):
    code = """
def system(texts, registries):
    return [{"actors": [{"span": "a spokesman", "entity": "nobody"}]} for _ in texts]
"""
    run = suggest(code)
    assert run.returncode == 1
    assert "entity names 'nobody'" in run.stderr
    assert "what system suggests for one is not written" in run.stderr
    assert not (mini / "annotations/predictions/system").exists()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("def system(texts, registries): return []", "gave 0 results for 1 text"),
        ("system = 1", "given:system is not callable"),
        ("other = 1", "the module given has no 'system'"),
        ("def system(): ...\nsystem.name = '../x'", "'../x' cannot name a system"),
    ],
)
def test_a_system_that_is_none_is_refused(suggest, code, said):
    run = suggest(code)
    assert run.returncode == 2
    assert said in run.stderr


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("rule", "unknown system 'rule'; known: llm, rules, spacy. For your own, give "),
        ("nowhere.to:find", "there is no module 'nowhere'"),
        (":find", "is not package.module:callable"),
    ],
)
def test_an_unknown_system_is_refused(cli, mini, name, said):
    run = cli("--corpus", mini, "suggest", "--with", name)
    assert run.returncode == 2
    assert said in run.stderr


def test_tables_and_the_command_give_the_same(cli, mini):
    cli("--corpus", mini, "suggest")
    corpus = warclaims.open(mini)
    lines = [bundle.model_dump_json() for bundle in corpus.bundles()]
    table = pa.table({"bundle": lines})
    found = warclaims.suggest_table(table, warclaims.known_ids(mini), made="2001-02-03")
    for line, name in zip(found["bundle"].to_pylist(), corpus.documents, strict=True):
        made = json.loads(line)["annotations"]
        assert made["system"]["made"] == "2001-02-03"
        written = corpus.annotations(name, "predictions/rules")
        del made["system"]
        assert json.loads(written.model_dump_json(exclude={"system"})) == made
    with pytest.raises(warclaims.WarclaimsError, match="Row 2 of the table"):
        warclaims.suggest_table(pa.table({"bundle": [lines[0], "{}"]}), warclaims.known_ids(mini))
    bundles = list(warclaims.suggest(mini, made="2001-02-03"))
    assert [one.document.id for one in bundles] == ["one", "two"]


def test_predictions_need_no_annotator_in_the_registry(cli, mini):
    cli("--corpus", mini, "suggest")
    out = mini / "predicted.jsonl"
    assert (
        cli(
            "--corpus", mini, "export", "bundles", "--set", "predictions/rules", "--out", out
        ).returncode
        == 0
    )
    assert "R401" not in cli("--corpus", mini, "validate", out).stdout

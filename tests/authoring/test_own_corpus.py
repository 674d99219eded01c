"""From two texts of somebody's own to tables: every command does what it does for the shipped."""

import json
import re
import shutil
import subprocess

import pytest
from browser import Board, exported, saved
from datasets import load_dataset

import warclaims
from warclaims.corpus import canonical_bytes
from warclaims.labelstudio import tasks_bytes
from warclaims.records import Actor
from warclaims.records.registry import ActorRegistry
from warclaims.records.vocabulary import ActorType, Evidence

ONE = (
    "Seven die in Dorn 😀\r\n\r\nOfficials in Avaria said seven civilians were killed on Monday."
    "\r\n\r\nPhoto: A. Example\r\n"
)
ONE_FACTS = ("--language", "und", "--outlet", "The Example")
TWO = "Обстріл Дорна\n\nСім мирних жителів загинули 😀, повідомила влада Аварії."


def test_git_ignores_what_a_killed_command_leaves(cli, shipped, tmp_path):
    root = tmp_path / "own"
    assert f"wrote {root / '.gitignore'}\n" in cli("new", root).stdout
    shutil.copytree(root, other := tmp_path / "other")
    shutil.copy(shipped / ".gitignore", other / ".gitignore")
    for folder in (root, other):
        names = [".warclaims-pending/0", "annotations/.warclaims-tmp-x/new"]
        for name in names:
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).touch()
        subprocess.run(["git", "init", "-q", folder], check=True)
        subprocess.run(["git", "-C", folder, "add", "."], check=True)
        listed = subprocess.run(["git", "-C", folder, "ls-files"], check=True, capture_output=True)
        assert b".warclaims" not in listed.stdout
        assert b"seeds/index.json" in listed.stdout


@pytest.fixture
def own(cli, tmp_path):
    """A corpus with two texts, nothing annotated."""
    root = tmp_path / "own"
    assert cli("new", root, "--annotator", "p1").returncode == 0
    (tmp_path / "one.txt").write_bytes(ONE.encode())
    (tmp_path / "Два.txt").write_bytes(TWO.encode())
    run = cli("--corpus", root, "add", tmp_path / "one.txt", *ONE_FACTS)
    assert run.returncode == 0, run.stderr
    run = cli("--corpus", root, "add", tmp_path / "Два.txt", "--language", "uk")
    assert run.returncode == 0, run.stderr
    return root


@pytest.fixture
def annotated(cli, own, tmp_path):
    """The same with an actor, a casualty and an attribution that an annotator marked."""
    registry = own / "annotations" / "registry" / "actors.json"
    actor = Actor(
        id="avaria-officials",
        label="officials in Avaria",
        type=ActorType.GOVERNMENT,
        side=None,
        affiliation=None,
        names=(),
        external_ids=(),
        evidence=Evidence.TEXT,
        basis="one: 'Officials in Avaria'",
    )
    registry.write_bytes(canonical_bytes(ActorRegistry(schema_version="2.0", actors=(actor,))))
    assert cli("--corpus", own, "export", "labelstudio", "--out", tmp_path / "ls").returncode == 0
    file = tmp_path / "ls" / "tasks.json"
    one, two = exported(file.read_bytes())
    assert one["annotations"] == two["annotations"] == []
    one["annotations"] = [{"result": []}]
    board = Board(one)
    who = board.draw(
        "actor",
        "Officials in Avaria",
        actor_entity=[["avaria-officials"]],
        actor_level=["nominal"],
    )
    board.draw(
        "casualty",
        "seven civilians",
        casualty_outcome=["killed"],
        casualty_quantifier=["exact"],
        casualty_value=7,
        casualty_status=["civilian"],
        casualty_cause=["artillery", "missile"],
    )
    cue = board.draw(
        "cue",
        "said",
        attribution_mode=["indirect"],
        attribution_act=["assert"],
        attribution_commitment=["neutral"],
    )
    content = board.draw("content", "seven civilians were killed on Monday")
    board.link(who, cue)
    board.link(cue, content)
    two["annotations"] = [{"result": []}]
    file.write_bytes(tasks_bytes([saved(board.task), saved(two)]))
    run = cli("--corpus", own, "import", "labelstudio", file)
    assert run.returncode == 0, run.stderr
    assert "wrote annotations/gold/one.json" in run.stdout
    return own


def test_a_new_corpus_is_valid_and_builds(cli, own):
    run = cli("--corpus", own, "validate")
    assert (run.returncode, run.stdout.splitlines()[0]) == (0, "no findings")
    assert cli("--corpus", own, "build").returncode == 0
    assert cli("--corpus", own, "build", "--check").returncode == 0
    assert cli("--corpus", own, "claims").returncode == 0
    assert len(warclaims.load("documents", own)) == 2
    assert len(warclaims.load("claims", own)) == 0


def test_of_an_english_text_validate_tells_what_is_left_to_annotate(cli, own, tmp_path):
    (tmp_path / "en.txt").write_text("Officials in Avaria said that two civilians were killed.")
    assert cli("--corpus", own, "add", tmp_path / "en.txt", "--language", "en").returncode == 0
    run = cli("--corpus", own, "validate")
    assert run.returncode == 1
    assert "2 warnings in 1 file: W620 × 1, W622 × 1" in run.stdout
    assert cli("--corpus", own, "validate", "--errors-only").returncode == 0


def test_show_keeps_offsets_of_a_text_with_crlf(cli, own):
    run = cli("--corpus", own, "show", "one")
    assert "[paragraph] Officials in Avaria said seven civilians" in run.stdout
    assert "[credit] Photo: A. Example" in run.stdout


def test_annotations_come_back_and_are_valid(cli, annotated):
    run = cli("--corpus", annotated, "validate")
    assert (run.returncode, run.stdout.splitlines()[0]) == (0, "no findings")
    corpus = warclaims.open(annotated)
    (casualty,) = corpus.annotations("one").casualties
    (fragment,) = casualty.span
    assert corpus.text("one")[fragment.start : fragment.end] == fragment.text == "seven civilians"
    assert corpus.annotations("one").annotator == "p1"
    assert corpus.annotations("text-1").actors == ()


def test_tables_claims_and_page_are_made(cli, annotated, tmp_path):
    run = cli("--corpus", annotated, "build")
    assert run.returncode == 0, run.stderr
    (claim,) = load_dataset(
        str(annotated), "claims", split="train", cache_dir=str(tmp_path / "cache")
    )
    assert (claim["text"], claim["minimum"], claim["maximum"]) == ("seven civilians", 7, 7)
    table = warclaims.load("claims", annotated)
    assert claim.keys() == {*table.column_names}
    outcome = table.features["outcome"].int2str(table[0]["outcome"])
    assert claim["outcome"] == outcome == "killed"
    run = cli("--corpus", annotated, "claims")
    assert run.returncode == 0
    assert "Officials in Avaria" in run.stdout
    assert "seven civilians" in run.stdout
    run = cli("--corpus", annotated, "claims", "--format", "json")
    assert [row["document"] for row in json.loads(run.stdout)] == ["one"]
    card = (annotated / "README.md").read_text(encoding="utf-8")
    assert card.startswith("---\nlanguage: [uk]\nconfigs:\n- {config_name: claims, default: true, ")
    assert "# own\n" in card
    assert "| one | The Example | unknown |" in card
    assert re.search(r"\| `casualties` \| 1 \|", card)
    assert cli("--corpus", annotated, "build", "--check").returncode == 0


def test_a_second_round_changes_nothing(cli, annotated, tmp_path):
    before = {path: path.read_bytes() for path in annotated.rglob("*") if path.is_file()}
    shutil.rmtree(tmp_path / "ls")
    assert (
        cli("--corpus", annotated, "export", "labelstudio", "--out", tmp_path / "ls").stderr == ""
    )
    run = cli("--corpus", annotated, "import", "labelstudio", tmp_path / "ls" / "tasks.json")
    assert run.returncode == 0, run.stderr
    after = {path: path.read_bytes() for path in annotated.rglob("*") if path.is_file()}
    assert after == before


def test_bundles_are_exported(cli, annotated, tmp_path):
    out = tmp_path / "own.jsonl"
    assert cli("--corpus", annotated, "export", "bundles", "--out", out).returncode == 0
    assert len(out.read_bytes().splitlines()) == 2
    assert cli("--corpus", annotated, "validate", out).returncode == 0

"""What an edition leaves out of ids, titles and notes, whatever these repeat of the texts."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

import warclaims

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = {
    "one": "Five people killed in Dorn\n\nThe river was quiet on that day, said Ann Lee.\n",
    "two": "Five people killed in Dorn\n\nNobody knows what the army wanted in the town.\n",
}


@pytest.fixture
def corpus_of(cli, tmp_path):
    """Make a corpus of texts, by the names of their files."""

    def make(texts: dict[str, str]) -> Path:
        folder = tmp_path / "corpus"
        assert cli("new", folder).returncode == 0
        for name, text in texts.items():
            (tmp_path / f"{name}.txt").write_text(text, "utf-8", newline="")
            options = ("--language", "en", "--outlet", "The Example")
            run = cli("--corpus", folder, "add", tmp_path / f"{name}.txt", *options)
            assert run.returncode == 0, run.stderr
        return folder

    return make


@pytest.fixture
def round_trip(cli, tmp_path):
    """Export a corpus and restore it; the output of the export, and the files of the edition."""

    def run(folder: Path) -> tuple[str, dict[str, str]]:
        edition = tmp_path / "edition"
        made = cli("--corpus", folder, "export", "textfree", "--out", edition)
        assert made.returncode == 0, made.stderr
        back = cli("restore", edition, "--texts", folder / "seeds", "--out", tmp_path / "back")
        assert back.returncode == 0, back.stdout + back.stderr
        for part in ("seeds", "annotations"):
            for path in (folder / part).rglob("*"):
                if path.is_file():
                    again = tmp_path / "back" / path.relative_to(folder)
                    assert again.read_bytes() == path.read_bytes()
        files = (path for path in edition.rglob("*") if path.is_file())
        return made.stdout, {
            path.relative_to(edition).as_posix(): path.read_text("utf-8") for path in files
        }

    return run


@pytest.mark.parametrize(
    "change",
    [
        lambda title: title,
        lambda title: title.replace("people", "peo\u00adple"),
        lambda title: title.replace("Five", "ﬁve").replace("killed", "kil\u200bled"),
        str.upper,
        lambda title: title.replace("killed", "kIlLeD"),
        lambda title: re.sub(r"(?<=\w)(?=\w)", "\u00ad", title),
    ],
    ids=["equal", "soft hyphen", "compatible", "capitals", "mixed", "soft hyphens"],
)
def test_headlines_that_are_alike(corpus_of, round_trip, change):
    title = TEXTS["two"].splitlines()[0]
    texts = TEXTS | {"two": TEXTS["two"].replace(title, change(title))}
    _, files = round_trip(corpus_of(texts))
    titles = [one["title"] for one in json.loads(files["seeds/index.json"])["documents"]]
    assert [re.fullmatch(r"⟦(one|two):\d+-\d+⟧", title)[1] for title in titles] == ["one", "two"]


def test_ids_that_are_headlines_are_named_with_the_command_that_renames(
    cli, corpus_of, round_trip, tmp_path
):
    texts = {re.sub(r"\W+", "-", text.split("\n\n")[1]).strip("-"): text for text in TEXTS.values()}
    folder = corpus_of(texts)
    said, files = round_trip(folder)
    first = next(iter(texts))
    assert f"warclaims --corpus {folder} set {first} --id NEW" in said
    assert first in files["README.md"]
    assert cli("--corpus", folder, "set", first, "--id", "dorn-1").returncode == 0
    made = cli("--corpus", folder, "export", "textfree", "--out", tmp_path / "again")
    assert f"set {first}" not in made.stdout
    assert made.returncode == 0


def note(folder: Path, words: str) -> None:
    """Annotate an actor in the first text, with a note."""
    path = folder / "annotations" / "gold" / "one.json"
    record = json.loads(path.read_bytes())
    text = warclaims.open(folder).text("one")
    at = text.index("Ann Lee")
    span = [{"start": at, "end": at + 7, "text": "Ann Lee"}]
    actor = {"id": "a1", "span": span, "entity": None, "level": "name", "note": words}
    record["actors"] = [actor]
    path.write_text(json.dumps(record, ensure_ascii=False), "utf-8")


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("Nobody knows what the army wanted in the town.", None),
        ("The river was quiet, it says.", "⟦one:28-47⟧, it says."),
        ("two says: “what the army wanted”", "two says: “⟦two:41-61⟧”"),
        ("A dog ate it; nobody knows what.", None),
    ],
    ids=["of the other text", "of its own text", "of a text that it names", "by chance"],
)
def test_a_note_loses_the_words_of_its_own_text_only(corpus_of, round_trip, words, left):
    folder = corpus_of(TEXTS)
    note(folder, words)
    _, files = round_trip(folder)
    (actor,) = json.loads(files["annotations/gold/one.json"])["actors"]
    assert actor["note"] == (left or words)


@pytest.mark.parametrize(
    ("old", "new"), [('"text": "Ann Lee"', '"text": "Ann Loo"'), ('"end": ', '"end": 9')]
)
def test_spans_without_the_words_of_their_text_are_named(cli, corpus_of, tmp_path, old, new):
    folder = corpus_of(TEXTS)
    note(folder, "So.")
    path = folder / "annotations" / "gold" / "one.json"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    run = cli("--corpus", folder, "export", "textfree", "--out", tmp_path / "edition")
    assert run.returncode == 2
    assert "annotations/gold/one.json could not be put back" in run.stderr


def test_words_that_cannot_be_left_out_are_named_with_file_and_record(cli, corpus_of, tmp_path):
    folder = corpus_of(TEXTS)
    words = "the ri\u00adver wa\u00ads qui\u00adet"
    note(folder, words)
    run = cli("--corpus", folder, "export", "textfree", "--out", tmp_path / "edition")
    assert run.returncode == 2
    assert "annotations/gold/one.json, actors 'a1' note" in run.stderr
    assert "wa" in run.stderr
    assert "Write them" in run.stderr
    assert not (tmp_path / "edition").exists()

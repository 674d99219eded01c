"""Words in other readings, foreign labels and challenges are left out, put back and moved."""

import json

import pytest

import warclaims
from warclaims.corpus import canonical_bytes
from warclaims.records import ForeignLabel, Fragment
from warclaims.textfree.edition import export_files
from warclaims.textfree.reading import check_edition
from warclaims.textfree.restoring import restore

CHALLENGE = {
    "document": "one",
    "record": "c1",
    "words": "two civilians … killed",
    "reading": "the child is no part of the two civilians, including a child",
    "basis": "sense",
    "rule": None,
    "verdict": "open",
    "reason": None,
}


@pytest.fixture
def text(mini) -> str:
    return warclaims.open(mini).text("one")


@pytest.fixture
def marked(mini, text):
    """The small corpus with other readings, foreign labels and a challenge; its annotations."""

    def span(words: str) -> tuple[Fragment, ...]:
        start = text.index(words)
        return (Fragment(start=start, end=start + len(words), text=words),)

    def plain(words: str, *keys: str) -> list[dict]:
        (fragment,) = span(words)
        return [{key: getattr(fragment, key) for key in keys or ("start", "end", "text")}]

    corpus = warclaims.open(mini)
    annotations = corpus.annotations("one")
    first, second = annotations.casualties
    first = first.model_copy(
        update={
            "alternatives": (
                {"span": plain("two civilians, including a child"), "trigger": None},
                {"trigger": plain("shelling", "text", "end", "start")},
                {"side": None, "inferred_perpetrator": "borland-army"},
            ),
            "note": "so",
        }
    )
    second = second.model_copy(
        update={"subset_of": (), "alternatives": ({"subset_of": ["c1"]},), "note": "so"}
    )
    labels = [
        ForeignLabel(
            id=f"f{number}",
            span=span(words),
            label="WEAPON",
            scheme="another program",
            attributes={"covers": words, "head": words.split()[-1], "kind": "howitzer", "n": [1]},
        )
        for number, words in enumerate(("by shelling", "Monday"), 1)
    ]
    annotations = annotations.model_copy(
        update={"casualties": (first, second), "foreign": tuple(labels)}
    )
    path = corpus.layout.annotation_file("gold", "one")
    path.write_bytes(canonical_bytes(annotations))
    corpus.layout.challenges.write_text(json.dumps(CHALLENGE, ensure_ascii=False) + "\n", "utf-8")
    return warclaims.open(mini)


def test_no_word_is_left(marked):
    files = {name: data.decode() for name, data in export_files(marked).items()}
    gold = files["annotations/gold/one.json"]
    for word in ("civilians", "a child", "hits", "Monday"):
        assert word not in gold
    assert '"shelling"' not in gold
    assert '"kind": "howitzer"' in gold, "no word of the text"
    challenge = files["annotations/challenges.jsonl"]
    assert "civilians" not in challenge
    assert "killed" not in challenge


def restored(corpus, text: str):
    texts = {name: corpus.text(name).encode() for name in corpus.documents}
    return restore(check_edition(export_files(corpus)), texts | {"one": text.encode()})


def test_with_the_same_text_everything_is_as_it_was(marked, text):
    found = restored(marked, text)
    assert found.is_whole
    layout = marked.layout
    for path in (layout.annotation_file("gold", "one"), layout.challenges):
        assert found.files[layout.relative(path)] == path.read_bytes()


def words_of(plain: list[dict], text: str) -> str:
    assert all(text[one["start"] : one["end"]] == one["text"] for one in plain)
    return " ".join(one["text"] for one in plain)


def test_in_another_copy_their_words_are_found(marked, text):
    copy = "From our desk.\n\n" + text
    found = restored(marked, copy)
    assert found.is_whole, found.losses
    gold = json.loads(found.files["annotations/gold/one.json"])
    longer, shelling, other = gold["casualties"][0]["alternatives"]
    assert words_of(longer["span"], copy) == "two civilians, including a child"
    assert longer["trigger"] is None
    assert words_of(shelling["trigger"], copy) == "shelling"
    assert other == {"side": None, "inferred_perpetrator": "borland-army"}
    first, second = gold["foreign"]
    assert words_of(first["span"], copy) == first["attributes"]["covers"] == "by shelling"
    assert first["attributes"]["head"] == "shelling"
    assert words_of(second["span"], copy) == "Monday"
    assert json.loads(found.files["annotations/challenges.jsonl"]) == CHALLENGE


def test_what_is_not_in_another_copy_is_left_out_and_reported(marked, text):
    found = restored(marked, text.replace("shelling", "rockets"))
    gold = json.loads(found.files["annotations/gold/one.json"])
    first, _ = gold["casualties"]
    assert [[*one] for one in first["alternatives"]] == [
        ["span", "trigger"],
        ["side", "inferred_perpetrator"],
    ]
    assert [one["id"] for one in gold["foreign"]] == ["f2"]
    losses = found.losses["annotations/gold/one.json"]
    assert {"c1 alternatives/1/trigger", "foreign f1 span"} <= set(losses.lost)
    assert "foreign f1" in losses.left_out
    assert "c1 alternatives" in losses.changed


def test_a_reading_that_refers_to_a_record_that_is_left_out_goes_with_it(marked, text):
    found = restored(marked, text.replace("two civilians", "some people"))
    gold = json.loads(found.files["annotations/gold/one.json"])
    (second,) = gold["casualties"]
    assert "alternatives" not in second
    losses = found.losses["annotations/gold/one.json"]
    assert "c1" in losses.left_out
    assert "c2 alternatives" in losses.changed


def test_challenges_of_a_text_that_is_not_there_are_left_out(marked):
    edition = check_edition(export_files(marked))
    found = restore(edition, {"two": marked.text("two").encode()})
    assert found.files["annotations/challenges.jsonl"] == b""
    assert found.losses["annotations/challenges.jsonl"].left_out == ["line 1"]

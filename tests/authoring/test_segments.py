"""Proposed segments: any text is tiled exactly; lines are known for what they are."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import warclaims
from warclaims.authoring import propose_segments
from warclaims.authoring.phrases import kind_by_phrase
from warclaims.authoring.segments import title_in

pieces = st.lists(
    st.one_of(
        st.sampled_from(
            ["\n", "\r\n", "\r", "\n\n", " ", "\u2028", "\x0c", "\x85", "Photo: A. Example", "😀"]
        ),
        st.sampled_from(
            ["Reuters/AFP", "Read also: Dorn", "What is known", "It is quiet.", "“No.”"]
        ),
        st.text(st.characters(codec="utf-8"), max_size=200),
        st.text("ab \n.", min_size=40, max_size=200),
    ),
    max_size=30,
).map("".join)


BREAKS = "\r\n\v\f\x85\u2028\u2029"


@pytest.mark.parametrize("ending", ["\r\n", *BREAKS])
def test_every_line_break_of_unicode_ends_a_segment(ending):
    lines = ["Dorn shelled", "Two civilians died.", "Borland denied it."]
    text = ending.join(lines)
    segments = propose_segments(text)
    assert [text[s.start : s.end].removesuffix(ending) for s in segments] == lines
    assert [s.kind.value for s in segments] == ["title", "paragraph", "paragraph"]


@given(pieces, st.none() | st.sampled_from(["", "What is known", "a"]))
@example("", None)
@example("\n\n", None)
@example(" \r", "")
@example("Dorn", "Dorn")
def test_any_text_is_tiled(text, title):
    segments = propose_segments(text, title)
    edges = [0, *(segment.end for segment in segments)]
    assert [segment.start for segment in segments] == edges[:-1]
    assert edges[-1] == len(text)
    assert all(segment.start < segment.end for segment in segments)
    for one, after in pairwise(segments):
        assert text[one.end - 1] in BREAKS, "each ends with its line break"
        assert text[one.end - 1 : one.end + 1] != "\r\n", "and holds it whole"
        assert text[after.start : after.end].strip(), "and blank lines begin none"
    assert [s.kind.value for s in segments].count("title") <= 1


def kinds(text, title=None):
    return [
        (segment.kind.value, text[segment.start : segment.end].strip())
        for segment in propose_segments(text, title)
    ]


def test_a_page_with_everything():
    text = """
Shelling hits Dorn

Officials said two civilians were killed.

Photo: A. Example / Reuters
What is known
Borland denied it.
Read also: Quiet in Dorn

Advertisement

Shelling hits Dorn
"""
    assert kinds(text) == [
        ("title", "Shelling hits Dorn"),
        ("paragraph", "Officials said two civilians were killed."),
        ("credit", "Photo: A. Example / Reuters"),
        ("heading", "What is known"),
        ("paragraph", "Borland denied it."),
        ("related_link", "Read also: Quiet in Dorn"),
        ("boilerplate", "Advertisement"),
        ("boilerplate", "Shelling hits Dorn"),
    ]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Shelling hits Dorn\nTwo died.", "title"),
        ("Who shelled Dorn?\nTwo died.", "title"),
        ("Обстрел Дорна 😀\r\n\r\nДвое погибли.", "title"),
        ("Two died.\nBorland denied it.", "paragraph"),
        ("“Two died.”\nBorland denied it.", "paragraph"),
        ("Two died", "paragraph"),
        ("***\nTwo died.", "paragraph"),
        ("Reuters\nTwo died.", "credit"),
        ("x" * 151 + "\nTwo died.", "paragraph"),
    ],
)
def test_the_first_line_is_the_title_if_it_is_like_one(text, first):
    assert kinds(text)[0][0] == first


def test_a_title_that_is_known():
    text = "Dorn\n\nTwo  died.\n\nTwo more died."
    assert [kind for kind, _ in kinds(text, "Two died.")] == ["paragraph", "title", "paragraph"]
    assert [kind for kind, _ in kinds(text, "")] == ["paragraph"] * 3
    assert title_in(text, propose_segments(text, "Two died.")) == "Two died."
    assert title_in(text, propose_segments(text, "")) is None


def test_short_lines_that_are_no_headings():
    text = "Dorn\n\nBefore all text\n\nTwo died.\n\nOne\n\nTwo\n\nThree died.\n\nAfter all text"
    assert [words for kind, words in kinds(text) if kind == "heading"] == ["Two"]


def test_paragraphs_broken_into_lines_of_even_width():
    text = (
        "Shelling hits Dorn\n\n"
        "Officials in Avaria said two civilians, a woman and her\n"
        "child, had been killed by shelling in the town of Dorn on\n"
        "Monday, and five others had been taken to a hospital.\n"
        "Borland denied that its army had been firing anywhere in\n"
        "the district.\n"
    )
    assert [kind for kind, _ in kinds(text)] == ["title", "paragraph"]
    assert len(kinds(text.replace("\n", "\r\n"))) == len(kinds(text))


def test_lines_that_are_paragraphs_stay_apart():
    text = "Officials said that two civilians had died in Dorn on Monday.\nBorland denied it.\nBye."
    assert len(kinds(text)) == 3


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("(AP via Getty Images)", "credit"),
        ("EPA-EFE", "credit"),
        ("Image by B. Example", "credit"),
        ("© 2001 The Example. All rights reserved.", "boilerplate"),
        ("Click here to continue reading", "boilerplate"),
        ("Related stories", "related_link"),
        ("Читайте также: Обстрел Дорна", "related_link"),
        ("Watch the video: shelling of Dorn", "media_lead"),
        ("Share prices fell after the shelling.", None),
        ("Images show damaged houses", None),
        ("AP said that two people died", None),
        ("Related matters were not discussed.", None),
        ("Photo: " + "x" * 300, None),
    ],
)
def test_phrases(line, kind):
    assert kind_by_phrase(line) == kind


def test_the_shipped_texts_are_cut_as_people_did(shipped):
    corpus = warclaims.open(shipped)
    wanted, found = set(), set()
    for name, document in corpus.documents.items():
        proposed = propose_segments(corpus.text(name), document.title or "")
        wanted |= {(name, s.start, s.end) for s in document.segments}
        found |= {(name, s.start, s.end) for s in proposed}
    assert len(wanted & found) / len(wanted | found) > 0.9

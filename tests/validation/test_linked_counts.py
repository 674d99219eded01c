"""Counts that add to another one, and counts in titles, are linked."""

import pytest

import warclaims
from warclaims.validation import check_annotations


def found(text, *casualties, language="en", title=None):
    """The codes of the two rules that find something."""
    built = warclaims.build_document(
        text,
        language=language,
        title=title,
        casualties=[{"outcome": "killed", **one} for one in casualties],
    )
    assert not built.findings
    findings = check_annotations(built.annotations, built.bundle.document, text)
    return [one.code for one in findings if one.code in ("W616", "W617")]


@pytest.mark.parametrize(
    ("language", "first", "more"),
    [
        ("en", "Two men", "another three"),
        ("en", "Two men", "three more people"),
        ("en", "Two men", "Three others"),
        ("es", "Dos hombres", "otros tres"),
        ("es", "Dos hombres", "tres personas más"),
        ("ru", "Двое мужчин", "ещё трое"),
        ("ar", "رجلان", "ثلاثة آخرين"),
    ],
)
def test_an_added_count_without_besides_is_reported(language, first, more):
    text = f"{first} died. Then {more} died."
    added = {"span": more, "value": 3}
    counts = {"id": "first", "span": first, "value": 2}
    assert found(text, counts, added, language=language) == ["W616"]
    assert found(text, counts, {**added, "besides": ["first"]}, language=language) == []
    assert found(text, counts, {**added, "outcome": "injured"}, language=language) == []
    assert found(text, added, language=language) == []


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "more than 30 people"), ("en", "30 people or more"), ("es", "más de 30 personas")],
)
def test_a_quantifier_adds_nothing(language, words):
    counts = [{"span": "2 men", "value": 2}, {"span": words, "value": 30}]
    assert found(f"2 men and {words} died.", *counts, language=language) == []


def test_a_number_in_the_title_is_linked_to_the_text():
    text = "Seven die\n\nThe town was calm. Eight people died there, the mayor said."
    title = {"span": "Seven", "value": 7}
    body = {"id": "body", "span": "Eight people", "value": 8}
    assert found(text, title, body, title="Seven die") == ["W617"]
    assert found(text, {**title, "same_as": ["body"]}, body, title="Seven die") == []
    assert found(text, title, title="Seven die") == []
    assert found(text, {**title, "outcome": "injured"}, body, title="Seven die") == []

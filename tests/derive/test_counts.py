import pytest

from warclaims.derive import Bounds, bounds
from warclaims.records.vocabulary import Quantifier


@pytest.mark.parametrize(
    ("quantifier", "value", "words", "expected"),
    [
        (Quantifier.EXACT, 5, "five people", (5, 5)),
        (Quantifier.AT_LEAST, 2, "at least two deaths", (2, None)),
        (Quantifier.MORE_THAN, 7000, "more than 7,000 dead", (7001, None)),
        (Quantifier.AT_MOST, 40, "up to 40 wounded", (1, 40)),
        (Quantifier.LESS_THAN, 10, "fewer than ten", (1, 9)),
        (Quantifier.LESS_THAN, 0, "fewer than none", (0, 0)),
        (Quantifier.APPROXIMATE, 32000, "approximately 32,000", (None, None)),
        (Quantifier.ORDER_OF_MAGNITUDE, 1000, "in the thousands", (1000, None)),
        (Quantifier.INDEFINITE, None, "several other children", (3, None)),
        (Quantifier.INDEFINITE, None, "Some villagers", (2, None)),
        (Quantifier.INDEFINITE, None, "the wounded", (2, None)),
        (Quantifier.INDEFINITE, None, "handsome soldiers", (2, None)),
    ],
)
def test_each_quantifier_bounds_as_the_scheme_says(quantifier, value, words, expected):
    assert bounds(quantifier, value, words) == expected


def test_bounds_read_as_words():
    shown = [str(Bounds(*pair)) for pair in [(6, 6), (7001, None), (0, 40), (None, None)]]
    assert shown == ["6", "7,001 or more", "0 to 40", "no bounds"]

"""Records linked in any way, also impossible ones, can be compared."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import warclaims
from sizes import examples
from support.many_accounts import EVENT, registries
from warclaims.accounts import compare

NUMBER = 5
OUTCOMES = (
    "killed",
    "injured",
    "killed_or_injured",
    "missing",
    "captured",
    "abducted",
    "released",
    "other",
)
LINKS = st.lists(st.integers(0, NUMBER - 1), max_size=2, unique=True)


@st.composite
def records(draw):
    found = []
    for number in range(NUMBER):
        quantifier = draw(
            st.sampled_from(
                ("exact", "at_least", "at_most", "less_than", "approximate", "order_of_magnitude")
            )
        )
        record = {
            "id": f"r{number}",
            "span": f"group{number}",
            "outcome": draw(st.sampled_from(OUTCOMES)),
            "quantifier": quantifier,
            "value": draw(st.integers(0, 20)),
            "status": draw(st.lists(st.sampled_from(("civilian", "police", "prisoner")), max_size=2, unique=True)),
            "age": draw(st.sampled_from(("child", "adult", "unspecified"))),
            "sex": draw(st.sampled_from(("female", "unspecified"))),
            "certainty": draw(st.sampled_from(("asserted", "presumed", "unverified", "retracted"))),
            "events": draw(st.sampled_from(([], [EVENT], [EVENT, "another"]))),
        }  # fmt: skip
        if draw(st.booleans()):
            record |= {"value": None, "fraction": {"numerator": 1, "denominator": 2}}
        for name in ("subset_of", "same_as", "revises", "besides"):
            record[name] = [f"r{other}" for other in draw(LINKS) if draw(st.booleans())]
        if draw(st.booleans()):
            record["alternatives"] = [{"outcome": draw(st.sampled_from(OUTCOMES))}]
        found.append(record)
    return found


@pytest.mark.soak
@settings(max_examples=examples(50, 1000))
@given(st.lists(records(), min_size=1, max_size=3))
def test_records_linked_in_any_way_can_be_compared(several):
    bundles = []
    for number, found in enumerate(several):
        built = warclaims.build_document(
            f"{' '.join(one['span'] for one in found)} were harmed. It was so in text {number}.",
            document=f"d{number}",
            date=f"2031-01-0{number + 1}",
            casualties=found,
        )
        assert len(built.annotations.casualties) == NUMBER
        bundles.append(built.bundle)
    known = registries()
    result = compare(bundles, known)
    assert compare(bundles[::-1], known) == result
    for account in result.accounts:
        for bounds in (account, *account.breakdown):
            assert bounds.maximum is None or 0 <= bounds.minimum <= bounds.maximum

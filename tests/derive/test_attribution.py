"""Nesting of attributions, against a brute-force reading of its definition."""

from hypothesis import given, settings
from hypothesis import strategies as st

from warclaims.derive import AttributionTree
from warclaims.records import Attribution, Fragment
from warclaims.records.vocabulary import Act, Commitment, Mode


def fragments(*pairs: tuple[int, int]) -> tuple[Fragment, ...]:
    return tuple(Fragment(start=start, end=end, text="x" * (end - start)) for start, end in pairs)


def attribution(name: str, cue, content) -> Attribution:
    return Attribution(
        id=name,
        source=(),
        inferred_source=None,
        cue=fragments(cue) if cue else None,
        content=fragments(*content),
        mode=Mode.INDIRECT,
        act=Act.ASSERT,
        commitment=Commitment.NEUTRAL,
        blames=(),
        regarding=(),
    )


def test_three_levels_of_reports_in_a_quotation():
    # “There are reports that they launched what Baku calls ‘measures’”, said Zakharova
    tree = AttributionTree(
        [
            attribution("said", (70, 74), [(0, 68)]),
            attribution("reports", (1, 18), [(24, 66)]),
            attribution("calls", (47, 52), [(53, 66)]),
        ]
    )
    assert tree.parents == {"said": None, "reports": "said", "calls": "reports"}
    chain = tree.chains({"measures": fragments((54, 60))})["measures"]
    assert [step.id for step in chain] == ["said", "reports", "calls"]


def test_a_split_quotation_covers_only_what_it_quotes():
    tree = AttributionTree([attribution("said", (10, 14), [(0, 8), (20, 30)])])
    chains = tree.chains(
        {
            "in": fragments((22, 25)),
            "between": fragments((15, 18)),
            "both": fragments((1, 3), (22, 25)),
            "across": fragments((5, 25)),
        }
    )
    assert {name: len(chain) for name, chain in chains.items()} == {
        "in": 1,
        "between": 0,
        "both": 1,
        "across": 0,
    }


def test_a_free_standing_quotation_nests_by_its_content():
    tree = AttributionTree(
        [attribution("outer", (50, 55), [(0, 49)]), attribution("quote", None, [(10, 20)])]
    )
    assert tree.parents == {"outer": None, "quote": "outer"}


def test_two_cues_with_one_content_do_not_contain_each_other():
    tree = AttributionTree(
        [attribution("says", (0, 4), [(10, 20)]), attribution("stresses", (5, 9), [(10, 20)])]
    )
    assert tree.parents == {"says": None, "stresses": None}


spans = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 12)), min_size=1, max_size=2).map(
    lambda pairs: [(start, start + length) for start, length in pairs]
)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.lists(spans, max_size=8), st.lists(spans, min_size=1, max_size=8))
def test_covering_equals_its_definition(contents, probes):
    listed = [attribution(f"t{n}", None, content) for n, content in enumerate(contents)]
    asked = {f"p{n}": fragments(*probe) for n, probe in enumerate(probes)}
    expected = {
        name: {
            a.id
            for a in listed
            if all(any(f.start <= p.start and p.end <= f.end for f in a.content) for p in span)
        }
        for name, span in asked.items()
    }
    found = AttributionTree(listed).covering(asked)
    assert {name: set(names) for name, names in found.items()} == expected

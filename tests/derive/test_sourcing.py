"""What two texts make of one word: one source restated, or a word stated as fact."""

import pytest

import warclaims
from made_up import EVENTS, claim
from warclaims.build.tables import TableInput
from warclaims.derive import relate
from warclaims.records import Sourcing


def told(*entities: tuple[str, ...]) -> dict:
    """The fields of a claim whose chain has these entities, outermost first."""
    steps = [
        {
            "attribution": f"t{number}",
            "source": ["the " + "and".join(names)] if names else [],
            "entity": list(names),
            "cue": "said",
            "act": "assert",
            "commitment": "neutral",
        }
        for number, names in enumerate(entities)
    ]
    return {"narrator": not steps, "chain": steps}


def between(one, other) -> tuple[Sourcing | None, str | None]:
    """Their sourcing, the same from both sides."""
    found = relate([one, other], EVENTS)
    (there,), (back,) = found[one.id], found[other.id]
    assert (there.sourcing, there.sourcing_reason) == (back.sourcing, back.sourcing_reason)
    return there.sourcing, there.sourcing_reason


@pytest.mark.parametrize(
    ("one", "other", "kind", "reason"),
    [
        pytest.param(
            claim("a", "six", 6, "bus", **told(("ministry",))),
            claim("b", "six dead", 6, "bus", **told(("ministry",))),
            "same_source",
            "both give the word of ministry",
            id="one source in two texts",
        ),
        pytest.param(
            claim("a", "six", 6, "bus", **told(("agency",), ("ministry",))),
            claim("b", "five dead", 5, "bus", **told(("ministry", "police"))),
            "same_source",
            "both give the word of ministry",
            id="by another way, with another number",
        ),
        pytest.param(
            claim("a", "six", 6, "bus", **told(("ministry",), ())),
            claim("b", "six dead", 6, "bus", **told(("ministry",))),
            None,
            None,
            id="the innermost step names nobody",
        ),
        pytest.param(
            claim("a", "six", 6, "bus"),
            claim("b", "six dead", 6, "bus", **told(("ministry",))),
            "stated_as_fact",
            "a says in its own voice what b gives as the word of the ministry",
            id="a word as fact",
        ),
        pytest.param(
            claim("a", "six", 6, "bus"),
            claim("b", "six dead", 6, "bus", **told(())),
            "stated_as_fact",
            "a says in its own voice what b gives as the word of nobody named",
            id="hearsay as fact",
        ),
        pytest.param(
            claim("a", "six", 6, "bus", cause="landmine"),
            claim("b", "six", 6, "bus", cause="vehicle_bomb", **told(("ministry",))),
            None,
            None,
            id="the same people, described otherwise, is another statement",
        ),
        pytest.param(
            claim("a", "six", 6, "bus"),
            claim("b", "nine", 9, "bus", **told(("ministry",))),
            None,
            None,
            id="another number is another statement",
        ),
        pytest.param(
            claim("a", "six", 6, "bus"),
            claim("b", "nine", 9, "blasts", **told(("ministry",))),
            None,
            None,
            id="another event is another statement",
        ),
        pytest.param(
            claim("a", "six", 6, "bus"),
            claim("b", "six", 6, "bus"),
            None,
            None,
            id="two narrators",
        ),
        pytest.param(
            claim("a", "six", 6, "bus", id="a:c1"),
            claim("a", "six dead", 6, "bus", id="a:c2", **told(("ministry",))),
            None,
            None,
            id="one text",
        ),
    ],
)
def test_sourcing(one, other, kind, reason):
    found, words = between(one, other)
    assert (found.value if found else None, words) == (kind, reason)


def test_the_shipped_texts_restate_the_ombudsman_and_state_the_mines_as_fact():
    corpus = warclaims.open()
    by_id = {claim.id: claim for claim in TableInput(corpus, "gold").claims}

    def pairs(kind: Sourcing) -> set[frozenset[str]]:
        return {
            frozenset((claim.id, relation.claim))
            for claim in by_id.values()
            for relation in claim.relations
            if relation.sourcing is kind
        }

    same = pairs(Sourcing.SAME_SOURCE)
    assert frozenset(("000:c4", "004:c2")) in same
    assert frozenset(("000:c4", "002:c3")) in same
    assert frozenset(("002:c4", "004:c3")) in same
    as_fact = pairs(Sourcing.STATED_AS_FACT)
    assert frozenset(("000:c7", "002:c1")) in as_fact
    assert frozenset(("002:c2", "004:c7")) in as_fact
    assert frozenset(("000:c6", "001:c1")) not in as_fact, "soldiers and mines are not a car bomb"

"""The sweep for crossing spans against every pair compared."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sizes import examples
from warclaims.records import ActorMention, Annotations, Fragment
from warclaims.records.vocabulary import Level
from warclaims.validation import check_annotations

LENGTH = 14


@st.composite
def spans(draw):
    edges = sorted(draw(st.sets(st.integers(0, LENGTH), min_size=2, max_size=6)))
    edges = edges[: len(edges) // 2 * 2]
    return tuple(zip(edges[::2], edges[1::2], strict=True))


def covered(span):
    return {point for start, end in span for point in range(start, end)}


def cross(one, other):
    left, right = covered(one), covered(other)
    return bool(left & right) and not (left <= right or right <= left)


def annotated(all_spans):
    mentions = tuple(
        ActorMention(
            id=f"a{number}",
            span=tuple(Fragment(start=s, end=e, text="x" * (e - s)) for s, e in span),
            entity=None,
            level=Level.NOMINAL,
        )
        for number, span in enumerate(all_spans)
    )
    return Annotations.model_construct(
        schema_version="2.0",
        document="one",
        sha256="0" * 64,
        annotator="a",
        guidelines="1.0",
        actors=mentions,
        locations=(),
        casualties=(),
        attributions=(),
        extra={},
    )


@pytest.mark.soak
@settings(derandomize=True, max_examples=examples(300, 3000), deadline=None)
@given(st.lists(spans(), max_size=6))
def test_crossing_is_found_just_where_two_spans_cross(all_spans):
    expected = any(cross(*pair) for pair in combinations(all_spans, 2))
    found = [f.code for f in check_annotations(annotated(all_spans), None, None)]
    assert ("T312" in found) is expected

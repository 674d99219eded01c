"""What is suggested for a name that there is not."""

from __future__ import annotations

import pytest

from warclaims.hints import did_you_mean


@pytest.mark.parametrize(
    ("name", "known", "meant"),
    [
        ("borland-armi", ["avaria-army", "borland-army"], "borland-army"),
        ("entitty", ["id", "span", "entity", "level"], "entity"),
        ("spna", ["id", "span"], "span"),
        ("a99", ["a9", "a90"], None),
        ("001", ["004"], None),
        ("document-0001", ["document-0004"], None),
        ("level", [], None),
    ],
)
def test_only_what_is_likely_is_suggested(name, known, meant):
    assert did_you_mean(name, known) == (f"; did you mean {meant!r}?" if meant else "")

"""Readings of records in large events are judged by the accounts on which disagreements rest."""

import pytest

from support.many_accounts import bundles, registries
from warclaims.accounts import compare, reading_trials


@pytest.mark.parametrize("event_type", ["attack_on_civilians", "battle", "war"])
def test_comparing_with_few_accounts_finds_what_comparing_with_all_finds(event_type, monkeypatch):
    several, known = bundles(90, seed=3), registries(event_type)
    quick = compare(several, known)
    assert any(row.depends_on for row in quick.comparisons) or event_type != "attack_on_civilians"
    monkeypatch.setattr(reading_trials, "_SMALL", 10**9)
    assert compare(several, known) == quick

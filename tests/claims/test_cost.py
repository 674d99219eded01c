"""What comparing costs: it grows with the number of accounts, not with that of pairs."""

import pytest

from cost import lines_run
from support.many_accounts import bundles, registries
from warclaims.accounts import compare


@pytest.mark.parametrize("event_type", ["attack_on_civilians", "battle", "war"])
def test_the_cost_of_comparing_grows_like_the_number_of_accounts(event_type):
    known = registries(event_type)
    compare(bundles(400), known)  # what is remembered once is no part of the cost
    costs = {}
    for number in (100, 200, 400):
        several = bundles(number)
        costs[number] = lines_run(lambda several=several: compare(several, known))
    assert costs[400] < 2.25 * costs[200]
    assert costs[200] < 2.25 * costs[100]

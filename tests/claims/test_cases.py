import pytest
from cases import CASES
from checking import check_case
from further_cases import FURTHER

from warclaims.accounts import compare

EVERY = CASES | FURTHER


@pytest.mark.parametrize("name", EVERY)
def test_each_case_has_the_accounts_and_comparisons_that_it_says(name, tmp_path):
    corpus = EVERY[name].corpus.write(tmp_path)
    check_case(EVERY[name], compare(corpus.bundles(), corpus.registries))

import pytest
from cases import CASES
from checking import check_case

from warclaims.accounts import compare


@pytest.mark.parametrize("name", CASES)
def test_each_case_has_the_accounts_and_comparisons_that_it_says(name, tmp_path):
    corpus = CASES[name].corpus.write(tmp_path)
    check_case(CASES[name], compare(corpus.bundles(), corpus.registries))

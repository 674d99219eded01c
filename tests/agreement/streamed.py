"""Compare two sets of so many generated texts, and print the peak of memory in MiB.

Run as a program, so that the peak is that of nothing else.
"""

import json
import sys

import warclaims
from benchmarks.corpora import rename_events
from cost import peak
from support.bundles import lines
from warclaims.agreement.accounts import compare_accounts
from warclaims.agreement.compare import compare, compare_several
from warclaims.agreement.text import TextComparison
from warclaims.records import Bundle


def main(number: int) -> None:
    corpus = warclaims.open()

    def pairs():
        for place, (data, _) in enumerate(lines(corpus, number, seed=7, broken=False)):
            bundle = json.loads(data)
            rename_events(bundle["annotations"], place // 5)
            one = Bundle.model_validate(bundle, strict=False)
            fewer = {"casualties": one.annotations.casualties[1:]}
            other = one.annotations.model_copy(update=fewer)
            yield one, one.model_copy(update={"annotations": other})

    texts = (TextComparison(*pair) for pair in pairs())
    found = compare(texts, rounds=20, listed=False)
    assert found.number_of_differences
    compare_several(((*pair, pair[0]) for pair in pairs()), rounds=20)
    compare_accounts(pairs(), corpus.registries, listed=False)
    print(peak())


if __name__ == "__main__":
    main(int(sys.argv[1]))

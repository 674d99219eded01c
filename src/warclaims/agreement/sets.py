"""Annotation sets of a corpus: how far they agree, and who made them."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, cast

from warclaims.agreement.accounts import AccountTotals
from warclaims.agreement.compare import ROUNDS, compare, compare_several
from warclaims.agreement.text import TextComparison
from warclaims.errors import WarclaimsError
from warclaims.validation.sound import require_sound
from warclaims.wording import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.agreement.accounts import AccountAgreement
    from warclaims.agreement.compare import SetComparison, SeveralSetsComparison
    from warclaims.corpus import Corpus
    from warclaims.records import Bundle
    from warclaims.records.vocabulary import AnnotatorKind

_MOST_NAMED = 20
"""Limit of texts that a remark names."""


MOST_WITH_DISAGREEMENTS = 100
"""Disagreements between sources are scored over up to this many texts."""


class ComparedSets:
    """Two or more annotation sets of a corpus, read one text at a time.

    With ``most``, only so many of the texts in all sets are compared, spread evenly over the index.

    Attributes:
        texts: The ids of the texts that are compared.
        remark: What is not compared, in words; empty if everything is.

    Raises:
        WarclaimsError: unknown set, or no text that all annotate.
    """

    def __init__(self, corpus: Corpus, *names: str, most: int | None = None) -> None:
        self._corpus = corpus
        self._names = names
        self._annotators: dict[str, set[str]] = {}
        annotated = {}
        for name in names:
            corpus.require_set(name)
            annotated[name] = [*corpus.storage.annotated(name)]
        in_all = set.intersection(*map(set, annotated.values()))
        shared = [text for text in annotated[names[0]] if text in in_all]
        if not shared:
            both = "both " * (len(names) == 2)
            raise WarclaimsError(f"no text is annotated in {both}{' and '.join(map(repr, names))}")
        self.texts = _spread(shared, most or len(shared))
        several = len(names) > 2
        remarks = [
            f"{name if several else f'only {name}'} has {_named(alone)}, which "
            f"{'some other set lacks, so it ' if several else ''}is not compared"
            for name, texts in annotated.items()
            if (alone := [text for text in texts if text not in in_all])
        ]
        if len(self.texts) < len(shared):
            remarks.append(
                f"of the {len(shared)} texts that both have, {len(self.texts)} are compared here, "
                "spread evenly over the index, because the intervals take long. To compare all: "
                f"warclaims agree {' '.join(names)}"
            )
        self.remark = "; ".join(remarks)

    def bundles(self) -> Iterator[tuple[Bundle, ...]]:
        """Each text as every set annotates it, in the order of the sets.

        Raises:
            WarclaimsError: a file cannot be read, or has errors.
        """
        for text in self.texts:
            bundles = tuple(self._corpus.bundle(text, name) for name in self._names)
            for name, bundle in zip(self._names, bundles, strict=True):
                require_sound(self._corpus, bundle, name)
                self._annotators.setdefault(name, set()).add(bundle.annotations.annotator)
            yield bundles

    def compare(self, *, rounds: int = ROUNDS, listed: bool = True) -> SetComparison:
        """The agreement of two sets."""
        texts = (TextComparison(*pair) for pair in self.pairs())
        return compare(texts, rounds=rounds, listed=listed)

    def compare_several(self, *, rounds: int = ROUNDS) -> SeveralSetsComparison:
        """The agreement of more than two sets."""
        return compare_several(self.bundles(), rounds=rounds)

    def compare_with_accounts(
        self, *, rounds: int = ROUNDS, listed: bool = True
    ) -> tuple[SetComparison, AccountAgreement]:
        """As :meth:`compare`, with the agreement on accounts and on what sources disagree on."""
        totals = AccountTotals(self._corpus.registries, listed=listed)

        def texts() -> Iterator[TextComparison]:
            for pair in self.pairs():
                totals.add(pair)
                yield TextComparison(*pair)

        return compare(texts(), rounds=rounds, listed=listed), totals.agreement()

    def pairs(self) -> Iterator[tuple[Bundle, Bundle]]:
        """Each text as two sets annotate it, as :meth:`bundles`."""
        return cast("Iterator[tuple[Bundle, Bundle]]", self.bundles())

    def _read(self) -> None:
        """Read all texts once for what :meth:`bundles` notes, unless that was done."""
        if not self._annotators:
            deque(self.bundles(), maxlen=0)

    @property
    def kinds(self) -> dict[str, set[AnnotatorKind]]:
        """The kinds of annotators of each set."""
        self._read()
        known = self._corpus.registries.annotators
        return {
            name: {known[who].kind for who in annotators if who in known}
            for name, annotators in self._annotators.items()
        }

    @property
    def makers(self) -> dict[str, str]:
        """The kinds of annotators of each set, in words."""
        return {
            name: " and ".join(sorted(plain(kind.value) for kind in kinds)) or "unknown annotator"
            for name, kinds in self.kinds.items()
        }


def _spread(texts: list[str], most: int) -> list[str]:
    """At most ``most`` of the texts, evenly from the first to the last.

    >>> _spread(["a", "b"], 20)
    ['a', 'b']
    >>> len(_spread([str(number) for number in range(1000)], 20))
    20
    """
    step = max(len(texts) / most, 1)
    return [texts[int(n * step)] for n in range(min(len(texts), most))]


def _named(texts: list[str]) -> str:
    more = len(texts) - _MOST_NAMED
    return ", ".join(texts[:_MOST_NAMED]) + (f" and {more:,} more" if more > 0 else "")

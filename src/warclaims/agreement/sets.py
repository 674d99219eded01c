"""Annotation sets of a corpus: how far they agree, and who made them."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, cast

from warclaims.agreement.accounts import compare_accounts
from warclaims.agreement.compare import ROUNDS, compare, compare_several
from warclaims.agreement.quoted import not_quoted
from warclaims.agreement.text import TextComparison
from warclaims.errors import WarclaimsError
from warclaims.files import is_there, read_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from warclaims.agreement.accounts import AccountAgreement
    from warclaims.agreement.compare import SetComparison, SeveralSetsComparison
    from warclaims.agreement.items import Item
    from warclaims.corpus import Corpus
    from warclaims.records import Bundle
    from warclaims.records.vocabulary import AnnotatorKind

_MOST_NAMED = 20
"""Limit of texts that a remark names."""


MOST_WITH_DISAGREEMENTS = 100
"""Disagreements between sources are compared over up to this many texts."""


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
        self._versions: set[str] = set()
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
            WarclaimsError: a file cannot be read.
        """
        for text in self.texts:
            bundles = tuple(self._corpus.bundle(text, name) for name in self._names)
            for name, bundle in zip(self._names, bundles, strict=True):
                self._annotators.setdefault(name, set()).add(bundle.annotations.annotator)
                self._versions.add(bundle.annotations.guidelines)
            yield bundles

    def compare(
        self, *, rounds: int = ROUNDS, unquoted: bool = False, listed: bool = True
    ) -> SetComparison:
        """The agreement of two sets; with ``unquoted`` without spans that the guidelines quote.

        Raises:
            WarclaimsError: there are no guidelines to read.
        """
        keep = self._keep(unquoted=unquoted)
        texts = (TextComparison(*pair, keep) for pair in self.pairs())
        return compare(texts, rounds=rounds, listed=listed)

    def compare_several(
        self, *, rounds: int = ROUNDS, unquoted: bool = False
    ) -> SeveralSetsComparison:
        """The agreement of more than two sets, as :meth:`compare`."""
        keep = self._keep(unquoted=unquoted)
        return compare_several(self.bundles(), rounds=rounds, keep=keep)

    def compare_accounts(self, *, listed: bool = True) -> AccountAgreement:
        """The agreement of two sets on accounts and on what sources disagree on."""
        registries, disagreements = self._corpus.registries, not self.too_many
        return compare_accounts(
            self.pairs(), registries, disagreements=disagreements, listed=listed
        )

    @property
    def too_many(self) -> str:
        """Why disagreements between sources are not compared; empty if they are."""
        if len(self.texts) <= MOST_WITH_DISAGREEMENTS:
            return ""
        return (
            f"what sources disagree on is not compared over more than {MOST_WITH_DISAGREEMENTS} "
            "texts, because it needs all of them in memory"
        )

    def pairs(self) -> Iterator[tuple[Bundle, Bundle]]:
        """Each text as two sets annotate it, as :meth:`bundles`."""
        return cast("Iterator[tuple[Bundle, Bundle]]", self.bundles())

    def _keep(self, *, unquoted: bool) -> Callable[[Item], bool]:
        page = self._corpus.layout.guidelines
        if unquoted and not is_there(page):
            raise WarclaimsError(f"{page} is missing, so the spans that it quotes are unknown")
        return not_quoted(read_words(page) if unquoted else "")

    def unaided(self) -> SetComparison | None:
        """The agreement on spans that the guidelines do not quote, without intervals.

        ``None`` unless all these annotations follow a version that the guidelines name.
        """
        self._read()
        page = self._corpus.layout.guidelines
        words = read_words(page) if is_there(page) else ""
        if not all(f"**{version}**" in words for version in self._versions):
            return None
        return self.compare(rounds=1, unquoted=True, listed=False)

    def _read(self) -> None:
        """Read all texts once for what :meth:`bundles` notes, unless that was done."""
        if not self._versions:
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
            name: " and ".join(sorted(kind.value.replace("_", " ") for kind in kinds))
            or "unknown annotator"
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

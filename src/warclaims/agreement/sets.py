"""Two annotation sets of a corpus: how far they agree, and who made them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from warclaims.agreement.accounts import compare_accounts
from warclaims.agreement.compare import ROUNDS, compare
from warclaims.agreement.quoted import not_quoted
from warclaims.agreement.text import TextComparison
from warclaims.errors import WarclaimsError
from warclaims.files import is_there, read_words

if TYPE_CHECKING:
    from warclaims.agreement.accounts import AccountAgreement
    from warclaims.agreement.compare import SetComparison
    from warclaims.corpus import Corpus
    from warclaims.records.vocabulary import AnnotatorKind

_MOST_NAMED = 20
"""Limit of texts that a remark names."""


class TwoSets:
    """Two annotation sets of a corpus.

    With ``most``, only so many of the texts in both are compared, spread evenly over the index.

    Attributes:
        bundles: The texts that are compared, as annotated in the first and in the second set.
        remark: What is not compared, in words; empty if everything is.

    Raises:
        WarclaimsError: unknown set, no text that both annotate, or a file that cannot be read.
    """

    def __init__(self, corpus: Corpus, first: str, second: str, *, most: int | None = None) -> None:
        self._corpus = corpus
        self._names = (first, second)
        texts = {}
        for name in self._names:
            corpus.require_set(name)
            texts[name] = [t for t in corpus.documents if corpus.layout.is_annotated(name, t)]
        shared = set(texts[first]).intersection(texts[second])
        both = [text for text in texts[first] if text in shared]
        if not both:
            raise WarclaimsError(f"no text is annotated in both {first!r} and {second!r}")
        chosen = _spread(both, most or len(both))
        self.bundles = [(corpus.bundle(t, first), corpus.bundle(t, second)) for t in chosen]
        remarks = [
            f"only {name} has {_named(alone)}, which is not compared"
            for name, annotated in texts.items()
            if (alone := [text for text in annotated if text not in shared])
        ]
        if len(chosen) < len(both):
            remarks.append(
                f"of the {len(both)} texts that both have, {len(chosen)} are compared here, spread "
                "evenly over the index, because the intervals take long. To compare all: "
                f"warclaims agree {first} {second}"
            )
        self.remark = "; ".join(remarks)

    def compare(self, *, rounds: int = ROUNDS, unquoted: bool = False) -> SetComparison:
        """The agreement of the sets; with ``unquoted`` without spans that the guidelines quote.

        Raises:
            WarclaimsError: there are no guidelines to read.
        """
        page = self._corpus.layout.guidelines
        if unquoted and not is_there(page):
            raise WarclaimsError(f"{page} is missing, so the spans that it quotes are unknown")
        keep = not_quoted(read_words(page) if unquoted else "")
        return compare([TextComparison(*pair, keep) for pair in self.bundles], rounds=rounds)

    def compare_accounts(self) -> AccountAgreement:
        """The agreement of the sets on accounts and on what sources disagree on."""
        return compare_accounts(self.bundles, self._corpus.registries)

    def unaided(self) -> SetComparison | None:
        """The agreement on spans that the guidelines do not quote, without intervals.

        ``None`` unless all these annotations follow a version that the guidelines name.
        """
        page = self._corpus.layout.guidelines
        words = read_words(page) if is_there(page) else ""
        versions = {bundle.annotations.guidelines for pair in self.bundles for bundle in pair}
        if not all(f"**{version}**" in words for version in versions):
            return None
        return self.compare(rounds=1, unquoted=True)

    @cached_property
    def kinds(self) -> dict[str, set[AnnotatorKind]]:
        """The kinds of annotators of each set."""
        known = self._corpus.registries.annotators
        sides = zip(*self.bundles, strict=True)
        makers = [{bundle.annotations.annotator for bundle in side} for side in sides]
        return {
            name: {known[who].kind for who in side if who in known}
            for name, side in zip(self._names, makers, strict=True)
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

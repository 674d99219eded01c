"""What tables and pages are made from."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from warclaims import accounts
from warclaims.build.agreement import agreement_rounds
from warclaims.build.names_usage import MENTIONS, NamesUsage
from warclaims.corpus.set_bundles import SetBundles
from warclaims.derive.claims import document_claims

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.build.agreement import AgreementRound
    from warclaims.corpus import Corpus
    from warclaims.records import Bundle, Claim, Comparisons


@dataclass
class TableInput:
    """What the tables are made from: a corpus, one annotation set, and what is computed once."""

    corpus: Corpus
    set_name: str
    lost: Counter[str] = field(default_factory=Counter)

    def bundles(self) -> Iterator[Bundle]:
        """The annotated documents, one at a time.

        Once all are read, ``claims`` and ``usage`` are known without reading them again.
        """
        claims: list[Claim] = []
        usage = {registry: NamesUsage(registry) for registry in MENTIONS}
        for bundle in self.corpus.bundles(self.set_name):
            claims += document_claims(bundle, self.corpus.registries)
            for one in usage.values():
                one.add(bundle)
            yield bundle
        self.claims, self.usage = claims, usage

    @cached_property
    def claims(self) -> list[Claim]:
        """The claims of all documents."""
        deque(self.bundles(), maxlen=0)
        return self.claims

    @cached_property
    def usage(self) -> dict[str, NamesUsage]:
        """By registry the names by which the texts mention its entries."""
        deque(self.bundles(), maxlen=0)
        return self.usage

    @cached_property
    def compared(self) -> Comparisons:
        """The accounts of all documents, and how they compare."""
        return accounts.compare(SetBundles(self.corpus, self.set_name), self.corpus.registries)

    @cached_property
    def agreement(self) -> tuple[list[AgreementRound], list[AgreementRound]]:
        """The rounds of annotation passes: of the corpus, and of its held-out texts."""
        heldout = self.corpus.heldout
        return agreement_rounds(self.corpus), agreement_rounds(heldout) if heldout else []

    @cached_property
    def folds(self) -> dict[str, int]:
        """The documents numbered: leaving one fold out leaves one document out."""
        return {name: number for number, name in enumerate(self.corpus.documents)}

"""What tables and pages are made from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from warclaims import accounts
from warclaims.build.agreement import agreement_rounds

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
        """The annotated documents, one at a time."""
        return self.corpus.bundles(self.set_name)

    @cached_property
    def claims(self) -> list[Claim]:
        """The claims of all documents."""
        return self.corpus.claims(self.set_name)

    @cached_property
    def compared(self) -> Comparisons:
        """The accounts of all documents, and how they compare."""
        return accounts.compare(self.bundles(), self.corpus.registries)

    @cached_property
    def agreement(self) -> tuple[list[AgreementRound], list[AgreementRound]]:
        """The rounds of annotation passes: of the corpus, and of its held-out texts."""
        heldout = self.corpus.heldout
        return agreement_rounds(self.corpus), agreement_rounds(heldout) if heldout else []

    @cached_property
    def folds(self) -> dict[str, int]:
        """The documents numbered: leaving one fold out leaves one document out."""
        return {name: number for number, name in enumerate(self.corpus.documents)}

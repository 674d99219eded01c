"""What tables and pages are made from."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from warclaims.accounts.compared_rows import ComparedRows
from warclaims.accounts.comparer import compared_groups
from warclaims.accounts.scene import ComparisonRules
from warclaims.accounts.text_store import TextStore, stored_text
from warclaims.build.agreement import agreement_rounds
from warclaims.build.columns import model_row
from warclaims.build.names_usage import MENTIONS, NamesUsage
from warclaims.corpus.canonical import to_plain
from warclaims.derive.claims import document_claims
from warclaims.files import StoredValues
from warclaims.records import Claim

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from warclaims.build.agreement import AgreementRound
    from warclaims.corpus import Corpus
    from warclaims.records import Bundle


class StoredClaims(StoredValues):
    """Claims on disk, in the order of the texts."""

    def add_claims(self, claims: Iterable[Claim]) -> None:
        """Add the claims of a text."""
        self.add((one.record, msgspec.json.encode(to_plain(one))) for one in claims)

    def claim(self, record: str) -> Claim | None:
        """The claim of a casualty record."""
        found = self.get(record)
        return Claim.model_validate_json(found) if found is not None else None

    def claims(self) -> Iterator[Claim]:
        """All claims."""
        return map(Claim.model_validate_json, self)


@dataclass
class TableInput:
    """What the tables are made from: a corpus, one annotation set, and what is computed once."""

    corpus: Corpus
    set_name: str
    lost: Counter[str] = field(default_factory=Counter)

    def bundles(self) -> Iterator[Bundle]:
        """The annotated documents, one at a time.

        Once all are read, ``claims``, ``usage`` and what ``compared`` needs are known without
        reading them again.
        """
        known = self.corpus.registries
        claims, texts = StoredClaims(), TextStore(ComparisonRules(known))
        usage = {registry: NamesUsage(registry) for registry in MENTIONS}
        for bundle in self.corpus.bundles(self.set_name):
            found = document_claims(bundle, known)
            self.claims_of = {bundle.document.id: found}
            claims.add_claims(found)
            texts.add(stored_text(bundle, texts.rules))
            for one in usage.values():
                one.add(bundle)
            yield bundle
        self.claims, self.usage, self.texts = claims, usage, texts

    @cached_property
    def claims(self) -> StoredClaims:
        """The claims of all documents."""
        deque(self.bundles(), maxlen=0)
        return self.claims

    @cached_property
    def usage(self) -> dict[str, NamesUsage]:
        """By registry the names by which the texts mention its entries."""
        deque(self.bundles(), maxlen=0)
        return self.usage

    @cached_property
    def texts(self) -> TextStore:
        """What comparing needs of all documents."""
        deque(self.bundles(), maxlen=0)
        return self.texts

    @cached_property
    def compared(self) -> ComparedRows:
        """The accounts of all documents, and how they compare."""
        groups = (one.comparisons for one in compared_groups(self.texts))
        return ComparedRows(groups, self.corpus.registries, model_row)

    @cached_property
    def agreement(self) -> tuple[list[AgreementRound], list[AgreementRound]]:
        """The rounds of annotation passes: of the corpus, and of its held-out texts."""
        heldout = self.corpus.heldout
        return agreement_rounds(self.corpus), agreement_rounds(heldout) if heldout else []

    @cached_property
    def folds(self) -> dict[str, int]:
        """The documents numbered: leaving one fold out leaves one document out."""
        return {name: number for number, name in enumerate(self.corpus.documents)}

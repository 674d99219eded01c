"""How far the annotation passes agree."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from warclaims.agreement import ComparedSets
from warclaims.agreement.compare import ROUNDS, SEED
from warclaims.errors import WarclaimsError
from warclaims.layout import GOLD
from warclaims.records.vocabulary import AnnotatorKind, machines
from warclaims.report.site import ReportPage

if TYPE_CHECKING:
    from warclaims.records import Annotator

MOST_PASSES = 4
"""Up to this many passes are compared pairwise; of more, those that follow one version of the
guidelines, and each with gold."""

MOST_PAIRS = 12
"""Limit of pairs compared."""

MOST_TEXTS = 20
"""Limit of texts compared per pair, spread over those that both have: the cost of the intervals
grows with the number of sentences."""


class AgreementPage(ReportPage):
    """The page of agreement. It reads the passes when it is written, a few texts at a time."""

    def write(self) -> None:
        """Write the page."""
        corpus = self._site.corpus
        names = corpus.storage.set_names()
        passes = {name: [*corpus.storage.annotated(name)] for name in names if name != GOLD}
        with_gold = len(passes) > MOST_PASSES and GOLD in names
        pairs = list(itertools.combinations(passes, 2))
        if with_gold:
            versions = {name: self._version(name, texts) for name, texts in passes.items()}
            by_one = [pair for pair in pairs if versions[pair[0]] == versions[pair[1]]]
            pairs = [*((GOLD, name) for name in passes), *by_one]
        compared = [self._compared(*pair) for pair in pairs[:MOST_PAIRS]]
        makers = {name: self._makers(name, texts[:MOST_TEXTS]) for name, texts in passes.items()}
        kinds = {who.kind for found in makers.values() for who in found}
        self._site.page(
            "agreement.html",
            passes=[
                {"name": name, "texts": len(texts), "makers": makers[name]}
                for name, texts in passes.items()
            ],
            compared=[one for one in compared if "skipped" not in one],
            skipped=[one for one in compared if "skipped" in one],
            left_out=len(pairs[MOST_PAIRS:]),
            with_gold=with_gold,
            machines=machines(kinds),
            only_machines=AnnotatorKind.PERSON not in kinds,
            rounds=ROUNDS,
            seed=SEED,
        )

    def _version(self, name: str, texts: list[str]) -> str | None:
        """The version of the guidelines that a pass follows; ``None`` if its file is not valid."""
        try:
            return self._site.corpus.annotations(texts[0], name).guidelines if texts else None
        except WarclaimsError:
            return None

    def _makers(self, name: str, texts: list[str]) -> list[Annotator]:
        """Who annotated these texts in a pass."""
        known = self._site.registries.annotators
        found = {}
        for text in texts:
            try:
                annotator = self._site.corpus.annotations(text, name).annotator
            except WarclaimsError:  # reported where the pass is compared
                continue
            if annotator in known:
                found[annotator] = known[annotator]
        return list(found.values())

    def _compared(self, first: str, second: str) -> dict[str, Any]:
        """The agreement of two sets, or why they are not compared."""
        names = {"first": first, "second": second}
        try:
            sets = ComparedSets(self._site.corpus, first, second, most=MOST_TEXTS)
            found = sets.compare(listed=False)
        except WarclaimsError as error:
            return {**names, "skipped": error}
        return {
            **names,
            "texts": len(sets.texts),
            "remark": sets.remark,
            "spans": found.spans,
            "fields": found.values,
            "differences": found.number_of_differences,
        }

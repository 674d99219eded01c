"""How far the passes agree from which the annotations come."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from warclaims.agreement import TwoSets
from warclaims.agreement.compare import OVER_ALL, ROUNDS, SEED
from warclaims.errors import WarclaimsError
from warclaims.layout import GOLD
from warclaims.records.vocabulary import AnnotatorKind, machines
from warclaims.report.context import ReportPage

if TYPE_CHECKING:
    from warclaims.records import Annotator
    from warclaims.report.site import Site

MOST_PASSES = 4
"""Up to this many passes are compared pairwise; more are each compared with gold."""

MOST_PAIRS = 12
"""Limit of pairs compared."""

MOST_TEXTS = 20
"""Limit of texts compared per pair, spread over those that both have: the cost of the intervals
grows with the number of sentences."""


class AgreementPage(ReportPage):
    """The page of agreement. It reads the passes when it is written, a few texts at a time."""

    def write(self, site: Site) -> None:
        """Write the page."""
        names = self._context.corpus.layout.set_names()
        passes = {name: self._documents(name) for name in names if name != GOLD}
        if len(passes) <= MOST_PASSES or GOLD not in names:
            pairs = list(itertools.combinations(passes, 2))
        else:
            pairs = [(GOLD, name) for name in passes]
        compared = [self._compared(*pair) for pair in pairs[:MOST_PAIRS]]
        makers = {name: self._makers(name, documents) for name, documents in passes.items()}
        kinds = {who.kind for found in makers.values() for who in found}
        site.page(
            "agreement.html",
            title="Agreement",
            passes=[
                {"name": name, "texts": len(documents), "makers": makers[name]}
                for name, documents in passes.items()
            ],
            compared=[one for one in compared if "skipped" not in one],
            skipped=[one for one in compared if "skipped" in one],
            left_out=len(pairs[MOST_PAIRS:]),
            with_gold=len(passes) > MOST_PASSES,
            machines=machines(kinds),
            only_machines=AnnotatorKind.PERSON not in kinds,
            rounds=ROUNDS,
            seed=SEED,
        )

    def _documents(self, name: str) -> list[str]:
        corpus = self._context.corpus
        return [one for one in corpus.documents if corpus.layout.is_annotated(name, one)]

    def _makers(self, name: str, documents: list[str]) -> list[Annotator]:
        """Who made a pass, according to its first texts."""
        known = self._context.registries.annotators
        found = {}
        for document in documents[:MOST_TEXTS]:
            try:
                annotator = self._context.corpus.annotations(document, name).annotator
            except WarclaimsError:  # reported where the pass is compared
                continue
            if annotator in known:
                found[annotator] = known[annotator]
        return list(found.values())

    def _compared(self, first: str, second: str) -> dict[str, Any]:
        """The agreement of two sets, or why they are not compared."""
        names = {"first": first, "second": second}
        try:
            sets = TwoSets(self._context.corpus, first, second, most=MOST_TEXTS)
            whole, unaided = sets.compare(), sets.unaided()
        except WarclaimsError as error:
            return {**names, "skipped": error}
        spans = [one for one in whole.spans if one.text == OVER_ALL]
        return {
            **names,
            "texts": len(sets.bundles),
            "remark": sets.remark,
            "spans": [(one, unaided.span(one.unit) if unaided else None) for one in spans],
            "fields": [one for one in whole.values if one.text == OVER_ALL],
            "differences": len(whole.differences),
            "guided": unaided is not None,
        }

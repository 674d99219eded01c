"""How far the passes agree from which the annotations come."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from warclaims.agreement.compare import OVER_ALL, ROUNDS, SEED, compare
from warclaims.agreement.quoted import not_quoted
from warclaims.agreement.text import TextComparison
from warclaims.errors import WarclaimsError
from warclaims.files import is_there, read_words
from warclaims.layout import GOLD
from warclaims.records.vocabulary import AnnotatorKind, machines
from warclaims.report.context import ReportPage

if TYPE_CHECKING:
    from warclaims.agreement.compare import Comparison
    from warclaims.records import Annotator, Bundle
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
        corpus = self._context.corpus
        sets = {"first": first, "second": second}
        ones, others = self._documents(first), self._documents(second)
        both = [document for document in ones if document in set(others)]
        if not both:
            return {**sets, "skipped": "no text is annotated in both"}
        chosen = _spread(both)
        try:
            bundles = [(corpus.bundle(n, first), corpus.bundle(n, second)) for n in chosen]
            whole = compare([TextComparison(*pair) for pair in bundles])
            unaided = self._unaided(bundles)
        except WarclaimsError as error:
            return {**sets, "skipped": f"a file cannot be read: {error}"}
        spans = [one for one in whole.spans if one.text == OVER_ALL]
        return {
            **sets,
            "texts": len(chosen),
            "remark": _remark({first: len(ones), second: len(others)}, len(both), len(chosen)),
            "spans": [(one, unaided.span(one.unit) if unaided else None) for one in spans],
            "fields": [one for one in whole.values if one.text == OVER_ALL],
            "differences": len(whole.differences),
            "guided": unaided is not None,
        }

    def _unaided(self, bundles: list[tuple[Bundle, Bundle]]) -> Comparison | None:
        """The agreement on spans that the guidelines do not quote, if both sets followed them."""
        page = self._context.corpus.layout.guidelines
        if not is_there(page):
            return None
        words = read_words(page)
        versions = {bundle.annotations.guidelines for pair in bundles for bundle in pair}
        if not all(f"**{version}**" in words for version in versions):
            return None
        keep = not_quoted(words)
        return compare([TextComparison(*pair, keep=keep) for pair in bundles], rounds=1)


def _spread(documents: list[str]) -> list[str]:
    """At most ``MOST_TEXTS`` of the documents, evenly from the first to the last.

    >>> _spread(["a", "b"])
    ['a', 'b']
    >>> len(_spread([str(number) for number in range(1000)]))
    20
    """
    step = max(len(documents) / MOST_TEXTS, 1)
    return [documents[int(n * step)] for n in range(min(len(documents), MOST_TEXTS))]


def _remark(sizes: dict[str, int], both: int, chosen: int) -> str:
    """What is not compared, in words; ``sizes`` are the numbers of texts of the sets."""
    remarks = [
        f"{number - both} of the {number} texts of {name} are not in the other set"
        for name, number in sizes.items()
        if number > both
    ]
    if chosen < both:
        remarks.append(
            f"of the {both} texts that both have, {chosen} are compared here, spread evenly over "
            f"the index, because the intervals take long. To compare all: warclaims agree "
            f"{' '.join(sizes)}"
        )
    return "; ".join(remarks)

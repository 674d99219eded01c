"""How far the passes agree from which the annotations come."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, NamedTuple

from warclaims.agreement.compare import OVER_ALL, ROUNDS, SEED, compare
from warclaims.agreement.quoted import not_quoted
from warclaims.agreement.text import TextComparison
from warclaims.errors import WarclaimsError
from warclaims.files import is_there, read_words
from warclaims.layout import GOLD
from warclaims.records.vocabulary import AnnotatorKind, machines

if TYPE_CHECKING:
    from warclaims.agreement.compare import Comparison, SpanScore, ValueScore
    from warclaims.agreement.measures import Interval
    from warclaims.records import Annotator, Bundle, Claim
    from warclaims.report.part import Context
    from warclaims.report.site import Site

MOST_PASSES = 4
"""Of so many passes every two are compared; of more, each with gold."""

MOST_PAIRS = 12
"""More pairs than these are not compared."""

MOST_TEXTS = 20
"""So many texts are compared for a pair, spread over those that both have: the cost of the
intervals grows with the number of sentences."""


class SpanRow(NamedTuple):
    """The agreement on a kind of span: numbers in each set, F1 with its interval in words."""

    unit: str
    first: int
    second: int
    exact: str
    overlapping: str
    characters: str
    unaided: str | None


class ValueRow(NamedTuple):
    """The agreement of paired records on a field."""

    layer: str
    field: str
    pairs: int
    agreement: str
    kappa: str


class Compared(NamedTuple):
    """Two sets and how far they agree, or why they are not compared."""

    first: str
    second: str
    skipped: str = ""
    texts: int = 0
    remark: str = ""
    spans: list[SpanRow] = []  # noqa: RUF012
    values: list[ValueRow] = []  # noqa: RUF012
    differences: int = 0
    guided: bool = False


class Maker(NamedTuple):
    """A set, how many texts it has, and who made it."""

    name: str
    texts: int
    makers: list[Annotator]


class Agreement:
    """The page of agreement. It reads the passes when it is written, a few texts at a time."""

    def __init__(self, context: Context) -> None:
        self._corpus = context.corpus
        self._annotators = context.registries.annotators

    def add(self, bundle: Bundle, claims: list[Claim], site: Site) -> None:
        """Nothing of a single text."""

    def write(self, site: Site) -> None:
        """Write the page."""
        names = self._corpus.layout.set_names()
        passes = [name for name in names if name != GOLD]
        pairs = _pairs(passes, GOLD if GOLD in names else None)
        compared = [self._compared(*pair) for pair in pairs[:MOST_PAIRS]]
        makers = [self._maker(name) for name in passes]
        kinds = {who.kind for maker in makers for who in maker.makers}
        site.page(
            "agreement.html",
            "agreement.html",
            title="Agreement",
            passes=makers,
            compared=[one for one in compared if not one.skipped],
            skipped=[one for one in compared if one.skipped],
            left_out=len(pairs[MOST_PAIRS:]),
            with_gold=len(passes) > MOST_PASSES,
            machines=machines(kinds),
            only_machines=AnnotatorKind.PERSON not in kinds,
            rounds=ROUNDS,
            seed=SEED,
        )

    def _documents(self, name: str) -> list[str]:
        is_annotated = self._corpus.layout.is_annotated
        return [document for document in self._corpus.documents if is_annotated(name, document)]

    def _maker(self, name: str) -> Maker:
        """Who made a pass, as its first texts say."""
        documents = self._documents(name)
        found: dict[str, Annotator] = {}
        for document in documents[:MOST_TEXTS]:
            try:
                annotator = self._corpus.annotations(document, name).annotator
            except WarclaimsError:  # said where the pass is to be compared
                continue
            if annotator in self._annotators:
                found[annotator] = self._annotators[annotator]
        return Maker(name, len(documents), list(found.values()))

    def _compared(self, first: str, second: str) -> Compared:
        ones, others = self._documents(first), self._documents(second)
        both = [document for document in ones if document in set(others)]
        if not both:
            return Compared(first, second, "no text is annotated in both")
        chosen = _spread(both)
        try:
            bundles = [
                (self._corpus.bundle(name, first), self._corpus.bundle(name, second))
                for name in chosen
            ]
            whole = compare([TextComparison(*pair) for pair in bundles])
            unaided = self._unaided(bundles)
        except WarclaimsError as error:
            return Compared(first, second, f"a file cannot be read: {error}")
        return Compared(
            first,
            second,
            texts=len(chosen),
            remark=_remark({first: len(ones), second: len(others)}, len(both), len(chosen)),
            spans=[
                _span_row(score, unaided.span(score.unit) if unaided else None)
                for score in whole.spans
                if score.text == OVER_ALL
            ],
            values=[_value_row(value) for value in whole.values if value.text == OVER_ALL],
            differences=len(whole.differences),
            guided=unaided is not None,
        )

    def _unaided(self, bundles: list[tuple[Bundle, Bundle]]) -> Comparison | None:
        """The agreement on spans that the guidelines do not quote, if both sets followed them."""
        page = self._corpus.layout.guidelines
        if not is_there(page):
            return None
        words = read_words(page)
        versions = {bundle.annotations.guidelines for pair in bundles for bundle in pair}
        if not all(f"**{version}**" in words for version in versions):
            return None
        keep = not_quoted(words)
        return compare([TextComparison(*pair, keep=keep) for pair in bundles], rounds=1)


def _pairs(passes: list[str], gold: str | None) -> list[tuple[str, str]]:
    """The pairs to compare.

    >>> _pairs(["a", "b", "c"], "gold")
    [('a', 'b'), ('a', 'c'), ('b', 'c')]
    >>> _pairs(["a", "b", "c", "d", "e"], "gold")[:2]
    [('gold', 'a'), ('gold', 'b')]
    """
    if len(passes) <= MOST_PASSES or gold is None:
        return list(itertools.combinations(passes, 2))
    return [(gold, name) for name in passes]


def _spread(documents: list[str]) -> list[str]:
    """At most ``MOST_TEXTS`` of the documents, evenly from the first to the last.

    >>> _spread(["a", "b"])
    ['a', 'b']
    >>> len(_spread([str(number) for number in range(1000)]))
    20
    """
    if len(documents) <= MOST_TEXTS:
        return documents
    step = len(documents) / MOST_TEXTS
    return [documents[int(number * step)] for number in range(MOST_TEXTS)]


def _remark(sizes: dict[str, int], both: int, chosen: int) -> str:
    """What is not compared, in words; ``sizes`` are the numbers of texts of the sets."""
    said = [
        f"{number - both} of the {number} texts of {name} are not in the other set"
        for name, number in sizes.items()
        if number > both
    ]
    if chosen < both:
        said.append(
            f"of the {both} texts that both have, {chosen} are compared here, spread evenly over "
            f"the index, for the intervals take long; all of them: warclaims agree "
            f"{' '.join(sizes)}"
        )
    return "; ".join(said)


def _span_row(score: SpanScore, unaided: SpanScore | None) -> SpanRow:
    return SpanRow(
        score.unit,
        score.first,
        score.second,
        _with(score.exact.f1, score.exact_interval),
        _with(score.overlapping.f1, score.overlapping_interval),
        _with(score.characters.f1, score.characters_interval),
        None if unaided is None else _rest(unaided),
    )


def _rest(score: SpanScore) -> str:
    if not score.first and not score.second:
        return "none is left"
    return f"{_with(score.exact.f1, None)} of {score.first} and {score.second}"


def _value_row(value: ValueScore) -> ValueRow:
    kappa = value.kappa
    return ValueRow(
        value.layer,
        value.field.replace("_", " "),
        value.pairs,
        _with(value.agreement, value.interval),
        _with(kappa.value, None) if kappa.reason is None else f"– ({kappa.reason})",
    )


def _with(value: float | None, interval: Interval | None) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}" + (f" [{interval.low:.3f}, {interval.high:.3f}]" if interval else "")

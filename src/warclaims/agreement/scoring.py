"""Score a system, or an annotator, against annotations that are taken to be right.

Everything is a count per text of what is expected, what is predicted, and what of it is found, so
that one bootstrap over texts gives the intervals of all scores.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from warclaims.agreement.accounts import named_accounts, named_disagreements, shared_counts
from warclaims.agreement.averages import MACRO, MICRO, average_intervals, averages
from warclaims.agreement.compare import ROUNDS, SEED
from warclaims.agreement.items import UNITS, compared_fields, is_stated, may_be_empty
from warclaims.agreement.measures import Prf
from warclaims.agreement.sets import MOST_WITH_DISAGREEMENTS
from warclaims.agreement.text import TextComparison
from warclaims.derive import AttributionTree
from warclaims.errors import WarclaimsError
from warclaims.records import LAYERS
from warclaims.records.fields import defaults

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from warclaims.accounts.sources import KnownEntries
    from warclaims.agreement.measures import Interval
    from warclaims.records import Attribution, Bundle, Layer, LayerName

    Counts = tuple[int, int, int]
    """How many are found, expected and predicted."""
    Key = tuple[str, str, str]

MOST_LISTED = 1000
"""Scores of single texts are given for up to this many texts."""

TEXT = "text"
"""Beside the averages: the score of a single text."""

PARTS = {
    "spans": "Spans",
    "records": "Fields of matched records",
    "claims": "Claims, matched by their victim phrases",
    "comparisons": "Accounts, and what sources disagree on",
}
"""The parts of a score, with a title for each."""

_CLAIM_FIELDS = {
    "number": ("quantifier", "value", "value_max", "fraction"),
    "outcome": ("outcome",),
    "victims": ("status", "age", "sex", "groups", "side"),
}
"""The parts of a claim that are fields of its casualty."""

_VICTIMS = {f"casualties.{name}" for name in _CLAIM_FIELDS["victims"]}


@dataclass(frozen=True)
class ScoreRow:
    """One score. What the system, or the set it is scored against, does not have is ``None``.

    Attributes:
        part: ``spans``, ``records`` (fields of matched records), ``claims`` or ``comparisons``.
        name: What is scored: a unit of spans, ``layer.field``, ``claims``, ``accounts`` or
            ``disagreements``.
        measure: How. Spans: ``exact``, ``overlapping``, by ``characters``. Fields: ``equal``, or
            ``stated``: only values that are not empty. Claims: ``found`` at all, with the right
            ``number``, ``outcome``, ``victims`` or ``source``, or ``all`` of these. Accounts and
            disagreements: ``found``, or ``equal`` in their bounds or positions.
        average: ``micro`` (counts added up over the texts), ``macro`` (the mean of the texts that
            have the score), or ``text``.
        text: The text; ``None`` if all.
        expected: How many there are in the set that the system is scored against.
        predicted: How many the system has.
        found: How many of them agree.
        precision: The share of the predicted that is found; of fields, the share of equal values.
        recall: The share of the expected that is found.
        f1: The harmonic mean of both.
        precision_low: Where the 95 % interval begins. The intervals of one text are ``None``.
        precision_high: Where it ends; likewise for the others.
    """

    part: str
    name: str
    measure: str
    average: str
    text: str | None
    expected: int
    predicted: int
    found: int
    precision: float | None = None
    precision_low: float | None = None
    precision_high: float | None = None
    recall: float | None = None
    recall_low: float | None = None
    recall_high: float | None = None
    f1: float | None = None
    f1_low: float | None = None
    f1_high: float | None = None


@dataclass(frozen=True)
class ScoredSystem:
    """The scores of a system.

    Attributes:
        system: Its name.
        version: Its version, if its predictions say so.
        against: The set that it is scored against.
        annotators: Who made this set.
        texts: The texts that are scored.
        rounds: The rounds of the bootstrap over texts, from ``seed``.
        rows: The scores: micro and macro averages of each, then those of each text.
        remark: What is not scored, in words; empty if everything is.
    """

    system: str
    version: str | None
    against: str
    annotators: tuple[str, ...]
    texts: tuple[str, ...]
    rounds: int
    seed: int
    rows: tuple[ScoreRow, ...]
    remark: str = ""

    def score(
        self, name: str, measure: str, *, average: str = MICRO, text: str | None = None
    ) -> ScoreRow:
        """The score with this name and measure; with ``text`` that of one text.

        Raises:
            WarclaimsError: there is no such score.
        """
        wanted = (name, measure, TEXT if text else average, text)
        for row in self.rows:
            if (row.name, row.measure, row.average, row.text) == wanted:
                return row
        raise WarclaimsError(f"there is no score {' '.join(filter(None, wanted))!r}")


def score_texts(
    texts: Iterable[tuple[Bundle, Bundle]],
    registries: KnownEntries,
    *,
    system: str,
    against: str,
    rounds: int = ROUNDS,
    unstated: Collection[str] = (),
) -> ScoredSystem:
    """Score what a system predicts of texts: pairs of what is expected and what is predicted.

    ``unstated`` are fields (``layer.field``) whose values are not the system's, so they are not
    scored; it may be known only after the last text.

    Raises:
        WarclaimsError: no text is given.
    """
    counted = CountedTexts()
    kept: list[tuple[Bundle, Bundle]] | None = []
    for pair in texts:
        counted.add(text_counts(*pair, registries))
        if kept is not None:
            kept.append(pair)
            if len(kept) > MOST_WITH_DISAGREEMENTS:
                kept = None
    if kept:
        counted.add_disagreements(kept, registries)
    return scored_texts(counted, system=system, against=against, rounds=rounds, unstated=unstated)


def scored_texts(
    counted: CountedTexts,
    *,
    system: str,
    against: str,
    rounds: int = ROUNDS,
    unstated: Collection[str] = (),
) -> ScoredSystem:
    """The scores by what was counted in all texts, as :func:`score_texts`."""
    if not counted.texts:
        raise WarclaimsError(f"{system} predicts nothing of the texts of {against}")
    remarks = []
    if len(counted.texts) > MOST_WITH_DISAGREEMENTS:
        remarks.append(
            f"what sources disagree on is not scored over more than {MOST_WITH_DISAGREEMENTS} "
            "texts, because it needs all of them in memory"
        )
    if len(counted.texts) > MOST_LISTED:
        remarks.append(f"single texts are not listed if there are more than {MOST_LISTED:,}")
    return ScoredSystem(
        system=system,
        version=counted.version,
        against=against,
        annotators=tuple(sorted(counted.annotators)),
        texts=tuple(counted.texts),
        rounds=rounds,
        seed=SEED,
        rows=tuple(counted.rows(rounds, unstated)),
        remark="; ".join(remarks),
    )


class TextCounts(NamedTuple):
    """What is counted of one text.

    Attributes:
        text: The id of the text.
        annotator: Who made what is expected.
        version: The version of the system, if its predictions say so.
        given: The layers and fields (``layer.field``) that the system has here.
        counts: How many are found, expected and predicted, by part, name and measure.
    """

    text: str
    annotator: str
    version: str | None
    given: list[str]
    counts: list[tuple[Key, list[float]]]


def text_counts(expected: Bundle, predicted: Bundle, registries: KnownEntries) -> TextCounts:
    """Count what a system predicts of one text."""
    annotations = predicted.annotations
    given: set[str] = set()
    for layer in LAYERS:
        for record in getattr(annotations, layer):
            given.update(f"{layer}.{name}" for name in _given_fields(record))
            given.add(layer)
    text = TextComparison(expected, predicted)
    counts: dict[Key, list[float]] = {}
    for unit in UNITS:
        for measure, by_sentence in text.counts(unit).items():
            counts["spans", unit, measure] = by_sentence.sum(axis=1).tolist()
    for layer in LAYERS:
        matches = text.matches(layer)
        for name in compared_fields(layer):
            values_of = [values[name] for _, values in matches]
            for measure, found in _field_counts(layer, name, values_of).items():
                counts["records", f"{layer}.{name}", measure] = list(found)
    for measure, found in _claims(text, expected, predicted).items():
        counts["claims", "claims", measure] = list(found)
    both = [list(named_accounts(one, registries)) for one in (expected, predicted)]
    counts |= _named_counts("accounts", shared_counts(*both))
    version = annotations.system.version if annotations.system else None
    made_by = expected.annotations.annotator
    return TextCounts(expected.document.id, made_by, version, sorted(given), [*counts.items()])


def _named_counts(name: str, counts: dict[str, int]) -> dict[Key, list[float]]:
    return {
        ("comparisons", name, measure): [counts[measure], counts["first"], counts["second"]]
        for measure in ("found", "equal")
    }


class CountedTexts:
    """The counts of all texts, and what the system does at all."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.annotators: set[str] = set()
        self.version: str | None = None
        self._counts: dict[Key, array[float]] = defaultdict(lambda: array("d"))
        self._given: set[str] = set()

    def add(self, text: TextCounts) -> None:
        """Add the counts of a text."""
        self.texts.append(text.text)
        self.annotators.add(text.annotator)
        self.version = text.version or self.version
        self._given.update(text.given)
        for key, counts in text.counts:
            self._counts[key].extend(counts)

    def add_disagreements(
        self, pairs: Iterable[tuple[Bundle, Bundle]], registries: KnownEntries
    ) -> None:
        """Add what sources disagree on, over all texts together."""
        sides = zip(*pairs, strict=True)
        both = [list(named_disagreements(side, registries)) for side in sides]
        for key, counts in _named_counts("disagreements", shared_counts(*both)).items():
            self._counts[key].extend(counts)

    def rows(self, rounds: int, unstated: Collection[str]) -> Iterator[ScoreRow]:
        """All scores but those of fields that are ``unstated``."""
        import numpy as np

        self._given.difference_update(unstated)
        counts = {key: np.frombuffer(found).reshape(-1, 3).T for key, found in self._counts.items()}
        scored = {key: found for key, found in counts.items() if self._is_done(key, found)}
        of_texts = {key: found for key, found in scored.items() if key[1] != "disagreements"}
        intervals = average_intervals(of_texts, rounds)
        for key, found in counts.items():
            ratios = averages(found) if key in scored else {}
            of_all = (MICRO, MACRO) if key[1] != "disagreements" else (MICRO,)
            for average in of_all:
                bounds = intervals.get((key, average), ())
                yield _row((*key, average, None), found.sum(axis=1), ratios.get(average), bounds)
            if key[1] != "disagreements" and len(self.texts) <= MOST_LISTED:
                for text, of_text in zip(self.texts, found.T, strict=True):
                    alone = Prf.of(*of_text.tolist()) if key in scored else None
                    yield _row((*key, TEXT, text), of_text, alone)

    def _is_done(self, key: Key, found: NDArray[np.float64]) -> bool:
        """False if the system does not do this, or the set it is scored against does not."""
        part, name, measure = key
        if part == "spans":
            return bool(found[1:].any(axis=1).all())
        if part == "records":
            return name in self._given
        if part == "comparisons":
            return "casualties.events" in self._given
        needed = {"casualties", *(["attributions"] if measure in ("source", "all") else [])}
        if measure == "victims" and not self._given & _VICTIMS:
            return False
        return needed <= self._given and bool(found[1].any())


def _given_fields(record: Layer) -> Iterator[str]:
    """The fields of a record that hold something else than their default."""
    optional = defaults(type(record))
    for name in type(record).model_fields:
        value = getattr(record, name)
        if value not in (None, ()) and (name not in optional or value != optional[name]):
            yield name


def _field_counts(
    layer: LayerName, name: str, given: list[tuple[Hashable, ...]]
) -> dict[str, Counts]:
    """How many values of a field are equal; if it may be empty, also how many of those stated."""
    equal = [one for one, other in given if one == other]
    found: dict[str, Counts] = {"equal": (len(equal), len(given), len(given))}
    if may_be_empty(layer, name):
        sides = zip(*given, strict=True) if given else ((), ())
        stated = [sum(is_stated(layer, name, one) for one in values) for values in (equal, *sides)]
        found["stated"] = (stated[0], stated[1], stated[2])
    return found


def _claims(text: TextComparison, expected: Bundle, predicted: Bundle) -> dict[str, Counts]:
    """How many claims are found, with each part right, and with all parts right."""
    words = [
        _on_whose_word(bundle, text, number) for number, bundle in enumerate((expected, predicted))
    ]
    right: defaultdict[str, int] = defaultdict(int)
    for (one, other), values in text.matches("casualties"):
        assert one
        assert other
        parts = {
            part: all(values[field][0] == values[field][1] for field in fields)
            for part, fields in _CLAIM_FIELDS.items()
        }
        parts["source"] = words[0][one.record.id].agrees_with(words[1][other.record.id])
        parts |= {"found": True, "all": all(parts.values())}
        for part, is_right in parts.items():
            right[part] += is_right
    sizes = len(expected.annotations.casualties), len(predicted.annotations.casualties)
    return {part: (right[part], *sizes) for part in ("found", *_CLAIM_FIELDS, "source", "all")}


@dataclass(frozen=True)
class _OnWhoseWord:
    """On whose word a claim is: the entities, and the mentions by the names that matches share."""

    is_narrator: bool
    entities: frozenset[str] = frozenset()
    mentions: frozenset[str] = frozenset()

    def agrees_with(self, other: _OnWhoseWord) -> bool:
        """True if both are the same entities; if one has none, the same mentions."""
        if self.is_narrator or other.is_narrator:
            return self.is_narrator == other.is_narrator
        if self.entities and other.entities:
            return self.entities == other.entities
        return self.mentions == other.mentions


def _on_whose_word(bundle: Bundle, text: TextComparison, number: int) -> dict[str, _OnWhoseWord]:
    """The innermost source of each casualty."""
    annotations = bundle.annotations
    known = {mention.id: mention.entity for mention in annotations.actors}
    spans = {one.id: one.span for one in annotations.casualties}

    def word(chain: list[Attribution]) -> _OnWhoseWord:
        if not chain:
            return _OnWhoseWord(is_narrator=True)
        innermost = chain[-1]
        entities = [known.get(name) for name in innermost.source]
        return _OnWhoseWord(
            is_narrator=False,
            entities=frozenset(filter(None, [*entities, innermost.inferred_source])),
            mentions=frozenset(text.name(number, name) for name in innermost.source),
        )

    chains = AttributionTree(annotations.attributions).chains(spans)
    return {name: word(chain) for name, chain in chains.items()}


def _row(
    name: tuple[str, str, str, str, str | None],
    counts: NDArray[np.float64],
    ratios: Prf | None,
    intervals: Iterable[Interval | None] = (),
) -> ScoreRow:
    found, expected, predicted = (int(number) for number in counts)
    values: dict[str, Any] = ratios._asdict() if ratios else {}
    for ratio, interval in zip(Prf._fields, intervals, strict=False):
        if interval:
            values |= {f"{ratio}_low": interval.low, f"{ratio}_high": interval.high}
    return ScoreRow(*name, expected, predicted, found, **values)

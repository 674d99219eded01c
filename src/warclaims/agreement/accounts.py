"""Measure how far two sets lead to the same accounts, and to the same disagreements."""

from __future__ import annotations

from collections import Counter, defaultdict
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from warclaims.accounts.comparer import compared_groups, stated_accounts, store_texts
from warclaims.accounts.outline import account_name, outlines
from warclaims.accounts.scene import ComparisonRules
from warclaims.accounts.text_store import TextStore, stored_text
from warclaims.agreement.compare import OVER_ALL
from warclaims.agreement.measures import Prf
from warclaims.records.accounts import ComparisonKind
from warclaims.wording import bounds_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from warclaims.accounts.sources import KnownEntries
    from warclaims.records import Bundle

    NamedAccount = tuple[tuple[str, ...], str]


@dataclass(frozen=True)
class AccountScore:
    """The agreement on accounts in one text, or on accounts or disagreements over all.

    Attributes:
        first: The number of accounts or disagreements in the first set.
        second: Their number in the second set.
        found: Accounts of equal source, events and outcome; disagreements of equal event, outcome
            and respect.
        equal: Those of them with equal bounds, or with equal positions.
    """

    unit: str
    text: str
    first: int
    second: int
    found: Prf
    equal: Prf


@dataclass(frozen=True)
class AccountDifference:
    """An account or a disagreement that only one set has, or that says something else in it."""

    unit: str
    about: tuple[str, ...]
    first: tuple[str, ...]
    second: tuple[str, ...]


@dataclass(frozen=True)
class AccountAgreement:
    """The scores of accounts and disagreements, and what differs."""

    scores: list[AccountScore]
    differences: list[AccountDifference]


def compare_accounts(
    pairs: Iterable[tuple[Bundle, Bundle]],
    registries: KnownEntries,
    *,
    listed: bool = True,
) -> AccountAgreement:
    """Compare the accounts of two sets text by text, and the disagreements over all texts.

    Computed accounts (sums, remainders) are left out, as they follow from the others. Scores have
    no intervals: a text has few accounts. Unless ``listed``, scores of single texts and differences
    are left out.
    """
    totals = AccountTotals(registries, listed=listed)
    for pair in pairs:
        totals.add(pair)
    return totals.agreement()


class AccountTotals:
    """The scores of accounts in the making; see :func:`compare_accounts`."""

    def __init__(self, registries: KnownEntries, *, listed: bool) -> None:
        self._registries = registries
        self._listed = listed
        self._stores = [TextStore(ComparisonRules(registries)) for _ in range(2)]
        self._scores: list[AccountScore] = []
        self._differences: list[AccountDifference] = []
        self._sums: Counter[str] = Counter()

    def add(self, pair: tuple[Bundle, Bundle]) -> None:
        """Add a text as both sets annotate it."""
        first, second = (list(named_accounts(bundle, self._registries)) for bundle in pair)
        self._sums.update(counts := shared_counts(first, second))
        if self._listed:
            self._scores.append(_score("accounts", pair[0].document.id, counts))
            self._differences += _differences("accounts", first, second)
        for store, bundle in zip(self._stores, pair, strict=True):
            store.add(stored_text(bundle, store.rules))

    def agreement(self) -> AccountAgreement:
        """The scores of all texts that were added."""
        scores = [*self._scores, _score("accounts", OVER_ALL, self._sums)]
        differences = list(self._differences)
        rows = [list(_disagreements(store)) for store in self._stores]
        scores.append(_score("disagreements", OVER_ALL, shared_counts(*rows)))
        differences += _differences("disagreements", *rows) if self._listed else ()
        return AccountAgreement(scores, differences)


def named_accounts(bundle: Bundle, registries: KnownEntries) -> Iterator[NamedAccount]:
    """The accounts of one text but computed ones: what each is about, and its bounds."""
    for one in stated_accounts(bundle, registries):
        document, source, events, outcome = account_name(one)
        bounds = bounds_words(one.minimum, one.maximum)
        yield (document, source, " + ".join(events), outcome), bounds


def named_disagreements(
    bundles: Iterable[Bundle], registries: KnownEntries
) -> Iterator[NamedAccount]:
    """What sources disagree on in several texts: what each is about, and its positions."""
    with closing(store_texts(bundles, registries)) as store:
        yield from _disagreements(store)


def _disagreements(store: TextStore) -> Iterator[NamedAccount]:
    for group in compared_groups(store):
        for (event, outcome, respect), outline in outlines(group.comparisons):
            if outline["kind"] == ComparisonKind.DISAGREEMENT:
                yield (event, outcome or "", respect), " | ".join(outline["positions"])


def shared_counts(first: list[NamedAccount], second: list[NamedAccount]) -> dict[str, int]:
    """How many each set has, how many names both have, and how many with equal values."""
    names, others = (Counter(name for name, _ in of_set) for of_set in (first, second))
    return {
        "first": len(first),
        "second": len(second),
        "found": (names & others).total(),
        "equal": (Counter(first) & Counter(second)).total(),
    }


def _score(unit: str, text: str, counts: Mapping[str, int]) -> AccountScore:
    sizes = counts["first"], counts["second"]
    found, equal = (Prf.of(counts[name], *sizes) for name in ("found", "equal"))
    return AccountScore(unit, text, *sizes, found, equal)


def _differences(
    unit: str, first: list[NamedAccount], second: list[NamedAccount]
) -> Iterator[AccountDifference]:
    """The names for which the sets do not have the same values."""
    values: dict[tuple[str, ...], tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for number, of_set in enumerate((first, second)):
        for name, value in of_set:
            values[name][number].append(value)
    for name, both in sorted(values.items()):
        mine, theirs = (tuple(sorted(one)) for one in both)
        if mine != theirs:
            yield AccountDifference(unit, tuple(filter(None, name)), mine, theirs)

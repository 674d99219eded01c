"""Compare what sources say: from bundles to accounts and comparisons."""

from __future__ import annotations

import gc
from collections import defaultdict
from contextlib import closing, contextmanager
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from warclaims.accounts.accounts import SourceAccount
from warclaims.accounts.bounds import count_of
from warclaims.accounts.by_event import TOGETHER
from warclaims.accounts.extremes import ExtremeAccounts
from warclaims.accounts.reading_trials import ReadingsTrial
from warclaims.accounts.redundant_rows import all_apart
from warclaims.accounts.repeats import mark_repeats
from warclaims.accounts.result import ResultRecords
from warclaims.accounts.rows import row_marks
from warclaims.accounts.scene import ComparisonRules, Scene, by_key, replacements_by_key
from warclaims.accounts.similar import similar_events
from warclaims.accounts.text_readings import ComparedText, together
from warclaims.accounts.text_store import TextStore, stored_text
from warclaims.accounts.uncompared_rows import denied_row, text_minimum_rows
from warclaims.accounts.wholes import EventKey, RelatedCounts, related
from warclaims.records.accounts import Comparisons, Respect

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from warclaims.accounts.facts import Fact
    from warclaims.accounts.rows import Row
    from warclaims.accounts.sources import KnownEntries
    from warclaims.accounts.text_readings import OtherReading
    from warclaims.accounts.text_store import EventGroup
    from warclaims.records import Bundle
    from warclaims.records.accounts import Account, Comparison


def compare(
    bundles: Iterable[Bundle], registries: KnownEntries, event: str | None = None
) -> Comparisons:
    """The accounts of ``bundles``, and how they compare event by event.

    With ``event``, only accounts and comparisons of it and its parts. The order of the bundles
    changes nothing. They are read once, one at a time.
    """
    with closing(store_texts(bundles, registries)) as store:
        return joined(store, (one.comparisons for one in compared_groups(store, event)), event)


def compare_groups(
    bundles: Iterable[Bundle], registries: KnownEntries, event: str | None = None
) -> Iterator[Comparisons]:
    """What :func:`compare` gives, one group of events after the other, in constant memory.

    The counts of the events of a group bear on each other: those that are counted together, or of
    which one is part of another. An accusation is in the group of each of its events. The last
    result has what is of no event: accusations, ``unlinked`` and ``similar_events``.

    >>> import warclaims
    >>> from warclaims.accounts import compare_groups
    >>> corpus = warclaims.open()
    >>> groups = [*compare_groups(corpus.bundles(), corpus.registries)]
    >>> sum(len(group.accounts) for group in groups) == len(warclaims.compare().accounts)
    True
    """
    with closing(store_texts(bundles, registries)) as store:
        for group in compared_groups(store, event):
            yield group.comparisons
        rest = joined(store, (), event)
        loose = tuple(one for one in rest.accusations if not one.events)
        yield rest.model_copy(update={"accusations": loose})


class ComparedScene(NamedTuple):
    """The accounts of a group of events as recorded, and how they compare."""

    events: frozenset[str]
    scene: Scene
    comparisons: Comparisons


def store_texts(bundles: Iterable[Bundle], registries: KnownEntries) -> TextStore:
    """What comparing needs of ``bundles``, on disk. It is to be closed."""
    rules = ComparisonRules(registries)
    return TextStore(rules, (stored_text(bundle, rules) for bundle in bundles))


def compared_groups(store: TextStore, event: str | None = None) -> Iterator[ComparedScene]:
    """Compare the texts of a store, one group of events after the other."""
    for group in store.groups(event):
        with _without_collection():
            compared = _compared(group, store.rules, event)
        yield compared


def joined(
    store: TextStore, groups: Iterable[Comparisons], event: str | None = None
) -> Comparisons:
    """The comparisons of all groups of a store as one result; without groups what is of none."""
    accounts: list[Account] = []
    rows: list[Comparison] = []
    for group in groups:
        accounts += group.accounts
        rows += group.comparisons
    return Comparisons(
        accounts=tuple(sorted(accounts, key=attrgetter("id"))),
        comparisons=tuple(sorted(rows, key=lambda one: one.event.split(TOGETHER))),
        accusations=tuple(store.statements(event)),
        unlinked=tuple(sorted(store.unlinked)),
        similar_events=similar_events(store.rules.known, store.recorded),
    )


def stated_accounts(bundle: Bundle, registries: KnownEntries) -> tuple[Account, ...]:
    """The accounts of one text without those that are computed from others."""
    rules = ComparisonRules(registries)
    raw = by_key(ComparedText(bundle, rules).recorded.accounts)
    return ResultRecords(rules, raw, (), ()).accounts(None)


@contextmanager
def _without_collection() -> Iterator[None]:
    """Pause the collection of cycles, which would search all accounts again and again."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _compared(group: EventGroup, rules: ComparisonRules, event: str | None) -> ComparedScene:
    texts = group.texts
    raw = by_key(one for text in texts for one in text.recorded.accounts)
    for accounts in raw.values():
        mark_repeats(accounts)
    denied = (fact for text in texts for fact in text.recorded.denied)
    unclaimed = [fact for fact in denied if not _mark_denied(raw, fact, rules)]
    scene, rows = _rows(texts, raw, rules)
    rows += map(denied_row, unclaimed)
    for fact in (one for text in texts for one in text.recorded.besides):
        rows += text_minimum_rows(fact, scene.current(fact.events).accounts)
    rows = [row for row in rows if not row.is_of_parts]
    result = ResultRecords(rules, raw, scene.all_remainders(), rows)
    comparisons = Comparisons(
        accounts=result.accounts(event),
        comparisons=result.comparisons(event),
        accusations=tuple(group.said),
    )
    return ComparedScene(group.events, scene, comparisons)


def _rows(
    texts: Sequence[ComparedText],
    raw: Mapping[EventKey, list[SourceAccount]],
    rules: ComparisonRules,
) -> tuple[Scene, list[Row]]:
    """The accounts as recorded, and the rows under every reading."""
    readings = _readings(texts)
    after = {one.events for reading in readings for one in reading.after.accounts if one.events}
    replacements = [one for text in texts for one in text.recorded.replacements]
    index = related(after | raw.keys(), rules.events)
    scene = Scene(rules, raw, replacements_by_key(replacements), index)
    alternative = frozenset(text.id for text in texts if text.uncertain)
    extremes = {key: ExtremeAccounts(alternative) for key in scene.all_keys()}
    rows = {key: scene.rows(key, of) for key, of in extremes.items()}
    for row in (one for of in rows.values() for one in of):
        row.marks |= row_marks(row)
    trial = ReadingsTrial(scene, rows, extremes)
    for reading in readings:
        trial.attempt(reading)
    _leave_out_wholes(rows, index)
    more = {id(row): row for row in trial.extra.values()}
    return scene, [*(row for of in rows.values() for row in of), *more.values()]


def _readings(texts: Sequence[ComparedText]) -> list[OtherReading]:
    """The other readings of one record each, and of all at once."""
    found = [other for text in texts for other in text.readings]
    if sum(len(text.uncertain) for text in texts) > 1:
        found.append(together(text.all_other for text in texts if text.all_other))
    return found


def _mark_denied(
    raw: Mapping[EventKey, Sequence[SourceAccount]], fact: Fact, rules: ComparisonRules
) -> bool:
    """Mark the accounts of a number that a text has only inside a denial or doubt of another."""
    limits = rules.kinds.limits(fact.record)
    stated = count_of(fact.record, fact.words, fact.language).stated
    found = [
        account
        for account in raw.get(fact.events, ())
        if account.outcome == fact.outcome
        and account.total.stated == stated
        and account.key.source != fact.source.key
        and account.is_of(limits)
    ]
    for account in found:
        account.marks |= fact.marks
    return bool(found)


def _leave_out_wholes(rows: dict[EventKey, list[Row]], index: RelatedCounts) -> None:
    """Leave out disagreements over several events that exist at one of them already.

    The whole's account joins the position it supports.
    """
    for key in sorted(rows):
        below = [(name,) for name in key] if len(key) > 1 else index.below.get(key[0], [])
        parts = [
            row
            for name in below
            for row in rows.get(name, ())
            if row.is_disagreement and row.respect is Respect.TOTAL
        ]
        kept = []
        for row in rows[key]:
            near = (one for one in parts if one.outcome == row.outcome and _separates(one, row))
            disputed = row.is_disagreement and row.respect is Respect.TOTAL
            part = next(near, None) if disputed else None
            if part is None:
                kept.append(row)
            else:
                _join(part, row)
        rows[key] = kept


def _separates(part: Row, whole: Row) -> bool:
    """True if the sources that a row over several events separates are apart in a part already."""
    places: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for number, position in enumerate(part.positions):
        for account in position.accounts:
            places[account.source.key].add(number)
    found = []
    for position in whole.positions:
        sources = {account.source.key for account in position.accounts}
        found.append(set().union(*(places.get(one, set()) for one in sources)))
    return all(found) and all_apart(found)


def _join(part: Row, whole: Row) -> None:
    for position in part.positions:
        sources = {account.source.key for account in position.accounts}
        known = {account.id for account in position.accounts}
        position.accounts += [
            one
            for one in whole.accounts
            if one.source.key in sources and one.id not in known and isinstance(one, SourceAccount)
        ]

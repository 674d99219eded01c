"""Compare what sources say: from bundles to accounts and comparisons."""

from __future__ import annotations

import gc
from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from warclaims.accounts.accounts import SourceAccount
from warclaims.accounts.accusations import accusations
from warclaims.accounts.bounds import count_of
from warclaims.accounts.extremes import ExtremeAccounts
from warclaims.accounts.facts import guilt_denials
from warclaims.accounts.reading_trials import ReadingsTrial
from warclaims.accounts.redundant_rows import all_apart
from warclaims.accounts.repeats import mark_repeats
from warclaims.accounts.result import ResultRecords
from warclaims.accounts.rows import row_marks
from warclaims.accounts.scene import ComparisonRules, Scene, by_key, replacements_by_key
from warclaims.accounts.similar import similar_events
from warclaims.accounts.sources import narrators, text_sample
from warclaims.accounts.text_readings import ComparedText, together
from warclaims.accounts.uncompared_rows import denied_row, text_minimum_rows
from warclaims.accounts.wholes import EventKey, RelatedCounts, related
from warclaims.records.accounts import Comparisons, Respect

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from warclaims.accounts.facts import Fact
    from warclaims.accounts.rows import Row
    from warclaims.accounts.sources import KnownEntries, TextSample
    from warclaims.accounts.text_readings import OtherReading
    from warclaims.records import Bundle
    from warclaims.records.accounts import Account, BlameStatement


def compare(
    bundles: Iterable[Bundle], registries: KnownEntries, event: str | None = None
) -> Comparisons:
    """The accounts of ``bundles``, and how they compare event by event.

    With ``event``, only accounts and comparisons of it and its parts. The order of the bundles
    changes nothing. They are read twice, one at a time; those of an iterator, which can be read
    only once, are held in memory.
    """
    return compared_scene(bundles, registries, event).comparisons


class ComparedScene(NamedTuple):
    """The accounts as recorded, and how they compare."""

    scene: Scene
    comparisons: Comparisons


def compared_scene(
    bundles: Iterable[Bundle], registries: KnownEntries, event: str | None = None
) -> ComparedScene:
    """What :func:`compare` gives, with the accounts from which it is computed."""
    with _without_collection():
        is_iterator = iter(bundles) is bundles
        return _compared(list(bundles) if is_iterator else bundles, registries, event)


def stated_accounts(bundle: Bundle, registries: KnownEntries) -> tuple[Account, ...]:
    """The accounts of one text without those that are computed from others."""
    document = bundle.document
    rules = ComparisonRules(registries)
    narrator = narrators([text_sample(document, "")])[document.id]  # no other text can be the same
    raw = by_key(ComparedText(bundle, narrator, rules).recorded.accounts)
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


def _compared(bundles: Iterable[Bundle], known: KnownEntries, event: str | None) -> ComparedScene:
    rules = ComparisonRules(known)
    samples: list[TextSample] = []
    blame: list[BlameStatement] = []
    for bundle in bundles:
        samples.append(text_sample(bundle.document, bundle.text))
        rules.add_denials(guilt_denials(bundle.document.id, bundle.annotations))
        blame += accusations(bundle, known, rules.events, event)
    voices = narrators(samples)
    texts = [ComparedText(one, voices[one.document.id], rules) for one in bundles]
    texts.sort(key=lambda one: one.id)
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
        accusations=tuple(sorted(blame, key=lambda one: one.document)),
        unlinked=tuple(sorted(one.id for text in texts for one in text.facts if not one.events)),
        similar_events=similar_events(known, raw),
    )
    return ComparedScene(scene, comparisons)


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

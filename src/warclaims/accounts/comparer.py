"""Compare what sources say: from bundles to accounts and comparisons."""

from __future__ import annotations

import gc
from collections import defaultdict
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from warclaims.accounts.bounds import STATED, count_of
from warclaims.accounts.facts import Chains, Fact, TextFacts, fact_of, guilt_denials, text_facts
from warclaims.accounts.readings import (
    Changes,
    OtherReading,
    ReadingsTrial,
    all_other,
    changes,
    other_annotations,
    restricted,
    touching,
)
from warclaims.accounts.repeats import mark_repeats
from warclaims.accounts.result import ResultRecords
from warclaims.accounts.scene import (
    Rules,
    Scene,
    by_key,
    denied_row,
    known_keys,
    replacements_by_key,
    text_minimum_row,
)
from warclaims.accounts.similar import similar_events
from warclaims.accounts.sources import narrators
from warclaims.accounts.text_accounts import Replacement, TextAccounts, text_accounts
from warclaims.accounts.wholes import EventKey, RelatedCounts, related
from warclaims.records.accounts import Comparisons, Respect

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from warclaims.accounts.accounts import SourceAccount
    from warclaims.accounts.rows import Row
    from warclaims.accounts.sources import KnownEntries
    from warclaims.records import Annotations, Bundle


def compare(
    bundles: Iterable[Bundle], registries: KnownEntries, event: str | None = None
) -> Comparisons:
    """The accounts of ``bundles``, and how they compare event by event.

    With ``event``, only accounts and comparisons of it and its parts. The order of the bundles
    changes nothing.
    """
    with _without_collection():
        return _Comparer(bundles, registries).compared(event)


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


class _Comparer:
    """Compares all accounts of a corpus."""

    def __init__(self, bundles: Iterable[Bundle], registries: KnownEntries) -> None:
        self._bundles = sorted(bundles, key=lambda one: one.document.id)
        self._known = registries
        found = [(one.document.id, one.annotations) for one in self._bundles]
        self._rules = Rules(registries, guilt_denials(found, registries))
        voices = narrators((one.document, one.text) for one in self._bundles)
        self._texts = {
            one.document.id: TextFacts(one, voices[one.document.id]) for one in self._bundles
        }
        self._unlinked: list[str] = []
        self._facts: dict[str, list[Fact]] = {}
        self._shown_denials: set[str] = set()
        self._told: dict[str, TextAccounts] = {}
        for one in self._bundles:
            self._told[one.document.id] = self._read(one.document.id, one.annotations, base=True)

    def _read(self, document: str, annotations: Annotations, *, base: bool = False) -> TextAccounts:
        facts = text_facts(annotations, self._texts[document], self._known, Chains(annotations))
        if base:
            self._unlinked += (fact.id for fact in facts if not fact.events)
            if any(one.alternatives for one in annotations.casualties):
                self._facts[document] = facts
        return text_accounts(facts, self._rules.kinds)

    def compared(self, event: str | None) -> Comparisons:
        raw = by_key(self._told.values())
        replaced = replacements_by_key(self._told.values())
        others = {one.document.id: self._others(one) for one in self._bundles}
        everything = self._everything()
        readings = [by_key(one.after for one in several) for several in others.values() if several]
        index = related(
            known_keys([raw, by_key(told for told, _ in everything.values()), *readings]),
            self._rules.parts,
        )
        scene = Scene(self._rules, raw, replaced, index)
        for accounts in raw.values():
            mark_repeats(accounts)
        self._mark_denials(raw)
        keys = sorted(scene.depending([*raw, *replaced]))
        alternative = frozenset(name for name, several in others.items() if several)
        rows = {key: scene.rows(key, keep=alternative) for key in keys}
        trial = ReadingsTrial(scene, rows, index)
        for several in others.values():
            for other in several:
                trial.one(other, self._replaced(other))
        self._try_all(everything, trial, scene, index)
        self._not_again_in_wholes(rows, index)
        for name, row in trial.extra.items():
            if not any(row is one for one in rows.setdefault(name.events, [])):
                rows[name.events].append(row)
        for told in self._told.values():
            for fact in told.denied:
                if fact.events and fact.id not in self._shown_denials:
                    rows.setdefault(fact.events, []).append(denied_row(fact))
            for pair in told.besides:
                key = pair[0].events
                least = text_minimum_row(pair, scene.current(key).accounts) if key else None
                if least is not None:
                    rows.setdefault(key, []).append(least)
        computed = [one for key in keys for one in scene.remainders(key)]
        result = ResultRecords(self._known, raw, computed, rows, self._rules.parts)
        return Comparisons(
            accounts=result.accounts(event),
            comparisons=result.comparisons(event),
            unlinked=tuple(sorted(self._unlinked)),
            similar_events=similar_events(self._known, raw),
        )

    def _others(self, bundle: Bundle) -> list[OtherReading]:
        """What each other reading of one record changes in a text."""
        document = bundle.document.id
        told = self._told[document]
        found = list(self._other_counts(bundle)) if document in self._facts else []
        for record, changed in other_annotations(bundle.annotations):
            after = self._read(document, changed)
            found.append(OtherReading(f"{document}:{record}", told, after, []))
        return found

    def _other_counts(self, bundle: Bundle) -> Iterator[OtherReading]:
        """The other readings of casualty records, of which only what they touch is made anew."""
        document = bundle.document.id
        text, facts, told = self._texts[document], self._facts[document], self._told[document]
        chains = Chains(bundle.annotations)
        others = []
        for record in bundle.annotations.casualties:
            for other in record.readings()[1:] if record.alternatives else ():
                chain = chains.around([other])[other.id]
                others.append(fact_of(other, chain, text, self._known, chains))
        groups = touching(facts, others)
        for fact in others:
            near = groups[fact.record.id]
            own = [
                fact if one.record.id == fact.record.id else one
                for one in facts
                if one.record.id in near
            ]
            kept = [one for one in told.replacements if one.old.record.id not in near]
            after = text_accounts(own, self._rules.kinds)
            yield OtherReading(fact.id, restricted(told, near), after, kept)

    def _everything(self) -> dict[str, tuple[TextAccounts, Changes]]:
        """The texts with all other readings at once, where more than one record has one."""
        found = {}
        for bundle in self._bundles:
            annotations = all_other(bundle.annotations)
            if annotations is not None:
                document = bundle.document.id
                told = self._read(document, annotations)
                found[document] = (told, changes(self._told[document], told))
        return found

    def _replaced(self, other: OtherReading) -> dict[EventKey, list[Replacement]]:
        """The replaced numbers under another reading of one record."""
        if not self._replacing and not other.after.replacements:
            return {}
        document = other.record.partition(":")[0]
        found = [one for name, one in self._replacing.items() if name != document]
        return replacements_by_key([*found, other.after, TextAccounts([], other.kept, [], [])])

    @cached_property
    def _replacing(self) -> dict[str, TextAccounts]:
        """The texts that replace numbers."""
        return {name: told for name, told in self._told.items() if told.replacements}

    def _mark_denials(self, raw: Mapping[EventKey, list[SourceAccount]]) -> None:
        """Mark the accounts whose number a text has only inside a denial or doubt of another."""
        for told in self._told.values():
            for fact in told.denied:
                bounds = count_of(fact.record, fact.words)[STATED]
                limits = self._rules.kinds.limits(fact.record)
                for account in raw.get(fact.events, ()):
                    if (
                        account.outcome == fact.outcome
                        and account.stated_total() == bounds
                        and account.key.source != fact.source.key
                        and account.is_of(limits)
                    ):
                        account.marks |= fact.marks
                        self._shown_denials.add(fact.id)

    def _try_all(
        self,
        everything: Mapping[str, tuple[TextAccounts, Changes]],
        trial: ReadingsTrial,
        scene: Scene,
        index: RelatedCounts,
    ) -> None:
        several = [one for _, one in everything.values() if one.gone or one.new]
        records = {
            f"{bundle.document.id}:{record.id}"
            for bundle in self._bundles
            for layer in ("casualties", "attributions", "actors")
            for record in getattr(bundle.annotations, layer)
            if record.alternatives
        }
        if len(records) < 2 or not several:
            return
        keys = {key for one in several for key in (*one.gone, *one.new)}
        told = [
            everything[name][0] if name in everything else one for name, one in self._told.items()
        ]
        raw = by_key(told)
        replaced = replacements_by_key(told)
        changed: dict[EventKey, list[SourceAccount]] = {
            key: trial.reduced(key, raw.get(key, []), everything) for key in keys
        }
        whole = Scene(
            self._rules,
            changed,
            {key: replaced.get(key, []) for key in keys},
            index,
            scene,
        )
        trial.all(records, whole, several, keys)

    def _not_again_in_wholes(self, rows: dict[EventKey, list[Row]], index: RelatedCounts) -> None:
        """Leave out disagreements over several events that exist at one of them already.

        The whole's account joins the position it supports.
        """
        for key in sorted(rows):
            below = [(name,) for name in key] if len(key) > 1 else index.below.get(key[0], [])
            kept = []
            for row in rows[key]:
                parts = [
                    one
                    for name in below
                    for one in rows.get(name, ())
                    if one.is_disagreement
                    and one.respect is Respect.TOTAL is row.respect
                    and one.outcome == row.outcome
                ]
                part = next((one for one in parts if _separates(one, row)), None)
                if part is None or not row.is_disagreement:
                    kept.append(row)
                    continue
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
    return all(found) and all(a.isdisjoint(b) for n, a in enumerate(found) for b in found[:n])


def _join(part: Row, whole: Row) -> None:
    for position in part.positions:
        sources = {account.source.key for account in position.accounts}
        known = {account.id for account in position.accounts}
        for other in whole.positions:
            position.accounts += [
                one
                for one in other.accounts
                if one.source.key in sources and one.id not in known and not one.is_computed
            ]

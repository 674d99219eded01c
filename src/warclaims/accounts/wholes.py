"""Wholes and parts: counts over several events, over parts of an event, and of both outcomes."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from warclaims.accounts.accounts import ComputedAccount, SourceAccount
from warclaims.hierarchy import ancestors
from warclaims.records.vocabulary import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from warclaims.records import Event

EventKey = tuple[str, ...]
"""The events of a count, in order of id."""

ByKey = dict[EventKey, list[SourceAccount]]
"""The current accounts by their events."""


class EventParts:
    """The events of a registry by what they are part of."""

    def __init__(self, events: Mapping[str, Event]) -> None:
        self._parents = {
            name: event.parent.id if event.parent else None for name, event in events.items()
        }
        self.wholes = set(self._parents.values())
        self._up: dict[str, frozenset[str]] = {}

    def above(self, name: str) -> frozenset[str]:
        """The events that an event is part of."""
        found = self._up.get(name)
        if found is None:
            found = self._up[name] = frozenset(ancestors(name, self._parents)) - {name}
        return found

    def over(self, key: EventKey) -> frozenset[str]:
        """The events that include all events of a count."""
        found = [self.above(name) for name in key]
        return frozenset.intersection(*found) if found else frozenset()


class RelatedCounts(NamedTuple):
    """Which counts bear on which: by events, the keys whose rows depend on them.

    Attributes:
        unions: Keys of several events, by each of these.
        below: Keys of parts, by the event that includes them.
    """

    unions: dict[str, list[EventKey]]
    below: dict[str, list[EventKey]]


def related(keys: Iterable[EventKey], parts: EventParts) -> RelatedCounts:
    """Index the keys that have accounts."""
    unions: dict[str, list[EventKey]] = defaultdict(list)
    below: dict[str, list[EventKey]] = defaultdict(list)
    for key in sorted(keys):
        if len(key) > 1:
            for name in key:
                unions[name].append(key)
        for name in parts.over(key):
            below[name].append(key)
    return RelatedCounts(unions, below)


def sums_of_parts(key: EventKey, by_key: ByKey) -> list[ComputedAccount]:
    """For a count over several events: the sums of counts for each, by one source or one text."""
    if len(key) < 2:
        return []
    found: list[ComputedAccount] = []
    texts: dict[tuple[str, str, tuple[str, ...]], dict[str, SourceAccount]] = defaultdict(dict)
    sources: dict[tuple[str, tuple[str, ...]], dict[str, SourceAccount]] = defaultdict(dict)
    documents: dict[tuple[str, str], dict[str, list[SourceAccount]]] = defaultdict(dict)
    for name in key:
        for account in by_key.get((name,), ()):
            texts[account.outcome, account.document, account.key.source][name] = account
            sources[account.outcome, account.key.source][name] = account
            documents[account.outcome, account.document].setdefault(name, []).append(account)
    done: set[object] = set()
    for (outcome, document, source), parts in sorted(texts.items()):
        if len(parts) == len(key):
            found.append(_sum(parts, key, outcome, of_one_source=True))
            done |= {(outcome, document), (outcome, source)}
    for (outcome, source), parts in sorted(sources.items()):
        if len(parts) == len(key) and (outcome, source) not in done and source[0] != "unnamed":
            found.append(_sum(parts, key, outcome, of_one_source=True))
            done |= {(outcome, one.document) for one in parts.values()}
    for (outcome, document), several in sorted(documents.items()):
        single = {name: of[0] for name, of in several.items() if len(of) == 1}
        if len(single) == len(key) and (outcome, document) not in done:
            found.append(_sum(single, key, outcome, of_one_source=False))
    return found


def _sum(
    parts: Mapping[str, SourceAccount], key: EventKey, outcome: str, *, of_one_source: bool
) -> ComputedAccount:
    bases = [parts[name] for name in key]
    return ComputedAccount(bases, key, outcome, of_one_source=of_one_source)


def minimums_of_parts(
    key: EventKey, by_key: ByKey, below: Sequence[EventKey]
) -> list[ComputedAccount]:
    """For an event with parts: what each source counts in its parts is a minimum for it."""
    if len(key) != 1 or not below or not by_key.get(key):
        return []
    texts: dict[tuple[str, str, tuple[str, ...]], list[SourceAccount]] = defaultdict(list)
    for part in below:
        for account in by_key.get(part, ()):
            texts[account.outcome, account.document, account.key.source].append(account)
    found = []
    for (outcome, _, _), accounts in sorted(texts.items()):
        chosen: list[SourceAccount] = []
        taken: set[str] = set()
        for account in sorted(accounts, key=lambda one: (-one.total.outer.minimum, one.id)):
            if taken.isdisjoint(account.events):
                chosen.append(account)
                taken |= set(account.events)
        found.append(ComputedAccount(chosen, key, outcome, of_one_source=True, complete=False))
    return found


def remainders(by_key: ByKey) -> list[ComputedAccount]:
    """What a whole over several events leaves for one of them if the others are known."""
    known: dict[tuple[str, str], dict[str, list[SourceAccount]]] = defaultdict(dict)
    for key, accounts in by_key.items():
        if len(key) == 1:
            for account in accounts:
                if account.closed:
                    known[key[0], account.outcome].setdefault("all", []).append(account)
    index: dict[tuple[str, str, tuple[str, ...]], SourceAccount] = {}
    in_text: dict[tuple[str, str, str], list[SourceAccount]] = defaultdict(list)
    for (event, outcome), found in known.items():
        for account in found["all"]:
            index.setdefault((event, outcome, account.key.source), account)
            in_text[event, outcome, account.document].append(account)
    result = []
    for key, accounts in sorted(by_key.items()):
        if len(key) < 2:
            continue
        for whole in accounts:
            if whole.closed:
                result += _remainder(whole, key, index, in_text)
    return result


def _remainder(
    whole: SourceAccount,
    key: EventKey,
    index: Mapping[tuple[str, str, tuple[str, ...]], SourceAccount],
    in_text: Mapping[tuple[str, str, str], list[SourceAccount]],
) -> list[ComputedAccount]:
    own: dict[str, SourceAccount] = {}
    text: dict[str, SourceAccount] = {}
    for name in key:
        near = in_text.get((name, whole.outcome, whole.document), [])
        mine = [one for one in near if one.key.source == whole.key.source]
        if mine:
            own[name] = mine[0]
        elif (name, whole.outcome, whole.key.source) in index and whole.source.is_named:
            own[name] = index[name, whole.outcome, whole.key.source]
        if len(near) == 1:
            text[name] = near[0]
    for parts, of_one_source in ((own, True), (text, False)):
        missing = [name for name in key if name not in parts]
        if not missing:
            return []
        if len(missing) == 1:
            bases = [parts[name] for name in key if name in parts]
            return [
                ComputedAccount(
                    bases,
                    (missing[0],),
                    whole.outcome,
                    of_one_source=of_one_source,
                    whole=whole,
                )
            ]
    return []


def killed_and_injured(accounts: Sequence[SourceAccount]) -> list[ComputedAccount]:
    """The sums of killed and injured by source and text, for counts of both together."""
    both = Outcome.KILLED_OR_INJURED
    parts: dict[tuple[str, tuple[str, ...]], dict[str, SourceAccount]] = defaultdict(dict)
    direct = {(one.document, one.key.source) for one in accounts if one.outcome == both}
    for account in accounts:
        name = (account.document, account.key.source)
        if account.outcome in (Outcome.KILLED, Outcome.INJURED) and name not in direct:
            parts[name][account.outcome] = account
    return [
        ComputedAccount(
            [found[name] for name in sorted(found)],
            next(iter(found.values())).events,
            both.value,
            of_one_source=True,
            complete=len(found) == 2,
        )
        for _, found in sorted(parts.items())
    ]

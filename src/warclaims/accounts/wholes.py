"""Wholes and parts: counts over several events, over parts of an event, and of both outcomes."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from warclaims.accounts.accounts import ComputedAccount, SourceAccount
from warclaims.grouping import grouped
from warclaims.records.vocabulary import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from warclaims.derive.events import EventTree

EventKey = tuple[str, ...]
"""The events of a count, in order of id."""

ByKey = dict[EventKey, list[SourceAccount]]
"""The current accounts by their events."""


class RelatedCounts(NamedTuple):
    """Which counts bear on which: by events, the keys whose rows depend on them.

    Attributes:
        unions: Keys of several events, by each of these.
        below: Keys of parts, by the event that includes them.
    """

    unions: dict[str, list[EventKey]]
    below: dict[str, list[EventKey]]


def related(keys: Iterable[EventKey], tree: EventTree) -> RelatedCounts:
    """Index the keys that have accounts."""
    found = RelatedCounts(defaultdict(list), defaultdict(list))
    for key in sorted(keys):
        for name in key if len(key) > 1 else ():
            found.unions[name].append(key)
        for name in tree.above(*key):
            found.below[name].append(key)
    return found


def sums_of_parts(key: EventKey, by_key: ByKey) -> list[ComputedAccount]:
    """For a count over several events the sums of counts for each.

    They are added within one source in one text, else within one source, else within one text of
    which each event has one count.
    """
    if len(key) < 2:
        return []
    counted = [one for name in key for one in by_key.get((name,), ())]
    named = [one for one in counted if one.key.source[0] != "unnamed"]
    texts = grouped(counted, lambda one: (one.outcome, one.document))
    groups: tuple[tuple[Mapping[Any, list[SourceAccount]], bool], ...] = (
        (grouped(counted, lambda one: (one.outcome, one.document, one.key.source)), True),
        (grouped(named, lambda one: (one.outcome, one.key.source)), True),
        ({name: of for name, of in texts.items() if len(of) == len(key)}, False),
    )
    found: list[ComputedAccount] = []
    done: set[object] = set()
    for group, of_one_source in groups:
        for name, of in sorted(group.items()):
            parts = {one.events[0]: one for one in of}
            if len(parts) == len(key) and name not in done:
                bases = [parts[event] for event in key]
                found.append(ComputedAccount(bases, key, name[0], of_one_source=of_one_source))
                done |= {(name[0], tag) for one in bases for tag in (one.document, one.key.source)}
    return found


def minimums_of_parts(
    key: EventKey, by_key: ByKey, below: Sequence[EventKey]
) -> list[ComputedAccount]:
    """For an event with parts: what each source counts in its parts is a minimum for it.

    So is what a source counts in some of several events, if it exceeds a count over all of them.
    """
    wholes = by_key.get(key)
    if not below or not wholes:
        return []
    counted = (one for part in below for one in by_key.get(part, ()))
    texts = grouped(counted, lambda one: (one.outcome, one.document, one.key.source))
    found = []
    for (outcome, _, _), accounts in sorted(texts.items()):
        chosen: list[SourceAccount] = []
        taken: set[str] = set()
        for account in sorted(accounts, key=lambda one: (-one.total.outer.minimum, one.id)):
            if taken.isdisjoint(account.events):
                chosen.append(account)
                taken |= set(account.events)
        minimum = ComputedAccount(chosen, key, outcome, of_one_source=True, complete=False)
        if len(key) == 1 or (len(taken) < len(key) and _exceeds_any(minimum, wholes)):
            found.append(minimum)
    return found


def _exceeds_any(part: ComputedAccount, wholes: Iterable[SourceAccount]) -> bool:
    """True if a part is more people than a whole, other than one that its own text gives."""
    own = part.document, part.source.key
    return any(
        one.closed
        and one.outcome == part.outcome
        and (one.document, one.source.key) != own
        and part.total.outer.minimum > one.total.outer.maximum
        for one in wholes
    )


def remainders(by_key: ByKey) -> list[ComputedAccount]:
    """What a whole over several events leaves for one of them if the others are known."""
    parts = [one for key, of in by_key.items() if len(key) == 1 for one in of if one.closed]
    sources = grouped(parts, lambda one: (*one.events, one.outcome, one.key.source))
    texts = grouped(parts, lambda one: (*one.events, one.outcome, one.document))
    return [
        remainder
        for key, accounts in sorted(by_key.items())
        for whole in accounts
        if len(key) > 1 and whole.closed
        for remainder in _remainder(whole, sources, texts)
    ]


def _remainder(
    whole: SourceAccount,
    sources: Mapping[Any, list[SourceAccount]],
    texts: Mapping[Any, list[SourceAccount]],
) -> list[ComputedAccount]:
    """What is left if all parts but one are known from one source, else from one text."""
    own: dict[str, SourceAccount] = {}
    text: dict[str, SourceAccount] = {}
    for name in whole.events:
        near = texts.get((name, whole.outcome, whole.document), [])
        mine = [one for one in near if one.key.source == whole.key.source]
        if whole.source.is_named:
            mine += sources.get((name, whole.outcome, whole.key.source), [])
        own |= {name: mine[0]} if mine else {}
        text |= {name: near[0]} if len(near) == 1 else {}
    for known in (own, text):
        missing = tuple(name for name in whole.events if name not in known)
        if len(missing) == 1:
            bases = [known[name] for name in whole.events if name in known]
            if sum(one.total.outer.minimum for one in bases) > whole.total.outer.maximum:
                return []  # the parts exceed the whole
            of_one_source = known is own
            outcome = whole.outcome
            return [
                ComputedAccount(bases, missing, outcome, of_one_source=of_one_source, whole=whole)
            ]
        if not missing:
            break
    return []


def killed_and_injured(accounts: Sequence[SourceAccount]) -> list[ComputedAccount]:
    """The sums of killed and injured by source and text, for counts of both together."""
    found = []
    texts = grouped(accounts, lambda one: (one.document, one.key.source))
    for _, of in sorted(texts.items()):
        parts = {one.outcome: one for one in of}
        bases = [parts[name] for name in (Outcome.INJURED, Outcome.KILLED) if name in parts]
        if bases and Outcome.KILLED_OR_INJURED not in parts:
            events, both = bases[0].events, Outcome.KILLED_OR_INJURED.value
            complete = len(bases) == 2
            found.append(
                ComputedAccount(bases, events, both, of_one_source=True, complete=complete)
            )
    return found

"""The accounts that take the place of all where other readings of a large event are tried."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from warclaims.accounts.scene import Scene, by_key, replacements_by_key
from warclaims.accounts.wholes import related

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Set

    from warclaims.accounts.accounts import SourceAccount
    from warclaims.accounts.reading_trials import Changes
    from warclaims.accounts.text_accounts import Replacement
    from warclaims.accounts.text_readings import OtherReading
    from warclaims.accounts.wholes import EventKey

_OF_SOURCE = 3
"""So many of the first and of the last accounts of a source stand for all of it."""


class NearAccounts:
    """The accounts on which the disagreements of an event rest, and those near a changed one.

    ``names`` are the ids of the accounts on which disagreements rest, among those of ``keys``.
    """

    def __init__(self, base: Scene, keys: Iterable[EventKey], names: Set[str]) -> None:
        self._rules = base.rules
        self._keys = set(keys)
        self._of_source: dict[object, list[SourceAccount]] = defaultdict(list)
        self._of_text: dict[str, list[SourceAccount]] = defaultdict(list)
        self._replacements: dict[object, list[Replacement]] = defaultdict(list)
        kept: dict[str, SourceAccount] = {}
        for key in sorted(self._keys):
            current = {one.id for one in base.current(key).accounts}
            for one in base.accounts(key):
                self._of_source[_source_of(one)].append(one)
                self._of_text[one.document].append(one)
                if one.id in names:
                    kept[one.id] = one
            for one in base.accounts(key):
                if one.id in names and one.id not in current:
                    kept |= {by.id: by for by in self._of_source[_source_of(one)][-1:]}
            for by in base.replacements(key):
                self._replacements[by.old.events, by.old.source.key, by.old.outcome].append(by)
                if by.old_count:
                    self._replacements[by.old.events, by.old.outcome, by.old_count.stated].append(
                        by
                    )
        self._kept = list(kept.values())

    def scene(self, changed: Changes, reading: OtherReading) -> Scene:
        """What takes the place of all accounts under another reading."""
        gone = {one.id for one in changed.gone}
        near = list(self._kept)
        for account in (one for one in changed.accounts if one.events in self._keys):
            same = self._of_source.get(_source_of(account), ())
            near += same[:_OF_SOURCE]
            near += same[-_OF_SOURCE:]
            near += self._of_text.get(account.document, ())
        found = {one.id: one for one in near if one.id not in gone and changed.rows.need(one)}
        accounts = [*found.values(), *(one for one in changed.new if one.events in self._keys)]
        raw = by_key(accounts)
        out = {one.old.id for one in reading.before.replacements}
        replaced = {one.old.id: one for account in accounts for one in self._bearing(account)}
        more = (one for one in reading.after.replacements if one.old.events in raw)
        own = [*(one for name, one in replaced.items() if name not in out), *more]
        index = related(raw, self._rules.events)
        return Scene(self._rules, raw, replacements_by_key(own), index)

    def _bearing(self, account: SourceAccount) -> Iterator[Replacement]:
        """The replaced numbers of the source of an account; an outlet may repeat those of all."""
        yield from self._replacements.get(_source_of(account), ())
        if account.source.is_narrator:
            number = account.events, account.outcome, account.total.stated
            yield from self._replacements.get(number, ())


def _source_of(account: SourceAccount) -> object:
    return account.events, account.key.source, account.outcome

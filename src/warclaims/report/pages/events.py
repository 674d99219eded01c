"""The events, and a page per event: what sources say of it, its claims, and a plot of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from warclaims.accounts.by_event import TOGETHER
from warclaims.accounts.summary import compared_in, kind_words, total_words
from warclaims.accounts.wording import is_own_voice, said_by
from warclaims.hierarchy import parents
from warclaims.records.accounts import AccountMark, ComparisonKind, Comparisons
from warclaims.report.compared_group import ComparedGroup
from warclaims.report.page_store import NO_EVENT
from warclaims.report.plots.atlas import atlas
from warclaims.report.plots.forest import MOST as MOST_DRAWN
from warclaims.report.plots.forest import PlottedAccount, PlottedKind, forest
from warclaims.report.site import ReportPage, Site
from warclaims.wording import plain, when

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markupsafe import Markup

    from warclaims.accounts.by_event import ComparedEvents
    from warclaims.records import Account, Claim, Comparison, Event

MOST_WITH_PARTS = 80
"""Limit of claims up to which a page shows those of the parts of an event too."""

MOST = 200
"""Limit of claims shown on a page."""


class PartLine(NamedTuple):
    """What sources say of a part of an event, or of several counted together."""

    name: str
    said: str
    is_disputed: bool


class EventsPage(ReportPage):
    """A page per event, and their list."""

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self._parents = parents(site.registries.events)
        self._parts: dict[str | None, list[Event]] = defaultdict(list)
        for event in site.registries.events.values():
            self._parts[self._parents[event.id]].append(event)
        self._said: dict[str, str] = {}
        self._disputed: Counter[str] = Counter()
        self._below: dict[str, list[PartLine]] = defaultdict(list)
        self._waiting: dict[str, ComparedGroup] = {}

    def add_group(self, group: ComparedGroup) -> None:
        """Write the page of each event with counts; their parts have all theirs in this group."""
        compared = group.compared
        together: dict[str, list[str]] = defaultdict(list)
        for name in {**compared.own, **compared.rows}:
            self._note_part(name, compared)
            for one in name.split(TOGETHER):
                together[one].append(name)
        for event in self._site.events(sorted(group.events)):
            self._said[event.id] = compared.brief(event.id)
            if event.id in together:
                self._write_event(event, group, together[event.id])
            else:  # counts of its parts may be in another group
                self._waiting[event.id] = group

    def _note_part(self, name: str, compared: ComparedEvents) -> None:
        """Note for each whole what sources say of a part of it."""
        number = compared.disputes(name)[1]
        line = PartLine(name, compared.brief(name), number > 0)
        events = name.split(TOGETHER)
        for whole in {up for event in events for up in self._site.tree.ancestors(event)}:
            self._disputed[whole] += number
            if whole not in events:
                self._below[whole].append(line)

    def write(self) -> None:
        """Write the pages that are left, and the list, each event below what it is part of."""
        site, known = self._site, self._site.registries.events
        nothing = ComparedGroup(site, (), Comparisons(accounts=(), comparisons=()))
        for event in known.values():
            if event.id in self._waiting or event.id not in self._said:
                self._write_event(event, self._waiting.pop(event.id, nothing), [])
        numbers = {name: number for number, name in enumerate(known)}
        lines = {name: site.tree.ancestors(name) for name in known}
        loose = site.store.claims(NO_EVENT, MOST)
        site.page(
            "events.html",
            events=[
                {
                    "event": known[name],
                    "when": site.when_and_where(known[name]),
                    "said": self._said.get(name, ""),
                    "depth": len(lines[name]) - 1,
                    "number": site.store.count(name),
                    "disputed": self._disputed[name],
                }
                for name in sorted(known, key=lambda name: [numbers[n] for n in lines[name]][::-1])
            ],
            loose=loose,
            loose_left=site.store.count(NO_EVENT) - len(loose),
        )

    def _write_event(self, event: Event, group: ComparedGroup, names: list[str]) -> None:
        """Write the page of an event, with the names under which it is counted."""
        registries = self._site.registries
        number = self._site.store.count(event.id)
        direct = number > MOST_WITH_PARTS
        claims = self._site.store.claims(event.id, MOST, direct=direct)
        self._site.page(
            f"events/{event.id}.html",
            "event.html",
            title=event.label[0].upper() + event.label[1:],
            event=event,
            group=group,
            dates=when(event),
            whole=registries.events.get(self._parents[event.id] or ""),
            parts=self._parts[event.id],
            places=[registries.places[name] for name in event.places if name in registries.places],
            outcomes=list(self._by_outcome(claims, event, group, names)),
            together=[name for name in names if name != event.id],
            map=self._map(event),
            below=sorted(self._below.pop(event.id, []), key=lambda line: not line.is_disputed),
            left_out=number - len(claims),
            direct=direct,
        )

    def _map(self, event: Event) -> Markup | None:
        """A map of the places of an event that have coordinates; ``None`` without any."""
        known = self._site.registries.places
        places = [known[name] for name in event.places if name in known]
        spots = [self._site.spot(place) for place in places if place.coordinates is not None]
        if not spots:
            return None
        draw = partial(atlas, spots, title=f"Map of {event.label}")
        return self._site.figure(draw, f"plots/{event.id}-map", "map")

    def _by_outcome(
        self, claims: list[Claim], event: Event, group: ComparedGroup, names: Iterable[str]
    ) -> Iterator[dict[str, Any]]:
        """The claims by outcome, with a plot of accounts, saved as ``plots/EVENT-OUTCOME.svg``."""
        own = group.compared.own
        found = [
            one
            for name in sorted(names, key=lambda one: one != event.id)
            for one in own.get(name, ())
        ]
        accounts = [one for one in found if one.minimum or one.maximum is not None or one.breakdown]
        outcomes = [*(claim.outcome for claim in claims), *(one.outcome for one in accounts)]
        for outcome in dict.fromkeys(outcomes):
            of_it = [one for one in accounts if one.outcome == outcome]
            label, plot = plain(outcome), None
            if of_it:
                title = f"{label}: {event.label}"
                chosen = sorted(of_it, key=lambda one: not self._disputes(one, group))[:MOST_DRAWN]
                plotted = [self._plotted(one, event, group) for one in chosen]
                draw = partial(forest, plotted, title=title, more=len(of_it) - len(chosen))
                plot = self._site.figure(draw, f"plots/{event.id}-{outcome}", f"plot-{outcome}")
            rows = [claim for claim in claims if claim.outcome == outcome]
            yield {
                "name": label,
                "claims": rows,
                "plot": plot,
                "accounts": of_it,
                "outcome": outcome,
            }

    def _plotted(self, account: Account, event: Event, group: ComparedGroup) -> PlottedAccount:
        """What the plot shows of an account."""
        site, sides = self._site, self._site.registries.sides
        name = TOGETHER.join(account.events)
        of = "" if name == event.id else f", of {group.compared.labelled(name)}"
        rows = self._disputes(account, group)
        unsure = any(set(row.depends_on) & {*account.records} for row in rows.values())
        remarks = [mark.meaning for mark in account.marks if mark is not AccountMark.COMPUTED]
        words, number = f"{said_by(account)}{of}", total_words(account, sides)
        return PlottedAccount(
            number=number,
            words="; ".join([words, *remarks, *["depends on a reading"] * unsure]),
            least=account.minimum,
            most=account.maximum,
            side=site.side(account.source),
            own_voice=is_own_voice(account),
            soft=account.soft,
            computed=bool(account.computed_from),
            kinds=tuple(self._kinds(account)),
            disputed=tuple(
                f"{compared_in(row)} ({said})"
                if (said := group.compared.words(row, account)) not in ("", number)
                else compared_in(row)
                for row in rows.values()
            ),
        )

    def _disputes(self, account: Account, group: ComparedGroup) -> dict[str, Comparison]:
        """What an account disagrees with others on, by the id of the comparison."""
        return {
            row.id: row
            for record in account.records
            for row in group.rows_of.get(record, ())
            if row.kind is ComparisonKind.DISAGREEMENT
            and account.outcome == (row.outcome or account.outcome)
        }

    def _kinds(self, account: Account) -> Iterator[tuple[PlottedKind, ...]]:
        """The kinds of victims in an account, by what they are kinds of."""
        for field in ("who", "age_sex"):
            entries = [one for one in account.breakdown if one.field == field]
            words = kind_words(account, field)
            kinds = [
                PlottedKind(said, one.minimum)
                for one, said in zip(entries, words, strict=True)
                if one.minimum and not one.computed
            ]
            is_whole = len(kinds) == 1 and kinds[0].least == account.minimum
            if kinds and not is_whole:
                yield tuple(kinds)

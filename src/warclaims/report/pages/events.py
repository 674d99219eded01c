"""The events, and a page per event: what sources say of it, its claims, and a plot of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import partial
from typing import TYPE_CHECKING, Any

from warclaims.accounts.by_event import TOGETHER
from warclaims.accounts.summary import compared_in, disagreements, kind_words, total_words
from warclaims.accounts.wording import is_own_voice, said_by
from warclaims.hierarchy import parents
from warclaims.records import ComparisonKind
from warclaims.records.accounts import AccountMark
from warclaims.report.claim_store import NO_EVENT
from warclaims.report.plots.atlas import atlas
from warclaims.report.plots.forest import PlottedAccount, PlottedKind, forest
from warclaims.report.site import ReportPage, Site
from warclaims.wording import plain, when

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from warclaims.records import Account, Claim, Event

MOST_WITH_PARTS = 80
"""Limit of claims up to which a page shows those of the parts of an event too."""

MOST = 200
"""Limit of claims shown on a page."""


class EventsPage(ReportPage):
    """A page per event, and their list."""

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self._parents = parents(site.registries.events)
        self._parts: dict[str | None, list[Event]] = defaultdict(list)
        for event in site.registries.events.values():
            self._parts[self._parents[event.id]].append(event)
        self._above: dict[str, set[str]] = {}
        self._together: dict[str, list[str]] = defaultdict(list)

    def write(self) -> None:
        """Write the page of each event, and the list, each event below what it is part of."""
        site, known = self._site, self._site.registries.events
        numbers = {name: number for number, name in enumerate(known)}
        lines = {name: site.tree.ancestors(name) for name in known}
        for name in {**site.compared.own, **site.compared.rows}:
            events = name.split(TOGETHER)
            self._above[name] = {up for event in events for up in site.tree.ancestors(event)}
            for one in events if len(events) > 1 else ():
                self._together[one].append(name)
        disputed: Counter[str] = Counter()
        for name, rows in site.compared.rows.items():
            number = sum(row.kind is ComparisonKind.DISAGREEMENT for row in rows)
            disputed.update(dict.fromkeys(self._above[name], number))
        for event in known.values():
            self._write_event(event)
        loose = site.claims.claims(NO_EVENT, MOST)
        site.page(
            "events.html",
            events=[
                {
                    "event": known[name],
                    "when": site.when_and_where(known[name]),
                    "said": next(iter(site.compared.sentences(name)), ""),
                    "depth": len(lines[name]) - 1,
                    "number": site.claims.count(name),
                    "disputed": disputed[name],
                }
                for name in sorted(known, key=lambda name: [numbers[n] for n in lines[name]][::-1])
            ],
            loose=loose,
            loose_left=site.claims.count(NO_EVENT) - len(loose),
        )

    def _write_event(self, event: Event) -> None:
        registries = self._site.registries
        number = self._site.claims.count(event.id)
        direct = number > MOST_WITH_PARTS
        claims = self._site.claims.claims(event.id, MOST, direct=direct)
        self._site.page(
            f"events/{event.id}.html",
            "event.html",
            title=event.label[0].upper() + event.label[1:],
            event=event,
            dates=when(event),
            whole=registries.events.get(self._parents[event.id] or ""),
            parts=self._parts[event.id],
            places=[registries.places[name] for name in event.places if name in registries.places],
            outcomes=list(self._by_outcome(claims, event)),
            together=self._together[event.id],
            map=self._map(event),
            below=list(self._disputed_below(event)),
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

    def _disputed_below(self, event: Event) -> Iterator[tuple[str, str]]:
        """The names of parts on which sources disagree, and on what."""
        shown = {event.id, *self._together[event.id]}
        for name, rows in self._site.compared.rows.items():
            if event.id in self._above[name] and name not in shown:
                said = disagreements(rows, self._site.compared.accounts)
                if said:
                    yield name, said

    def _by_outcome(self, claims: list[Claim], event: Event) -> Iterator[dict[str, Any]]:
        """The claims by outcome, with a plot of accounts, saved as ``plots/EVENT-OUTCOME.svg``."""
        accounts = self._accounts(event)
        outcomes = [*(claim.outcome for claim in claims), *(one.outcome for one in accounts)]
        for outcome in dict.fromkeys(outcomes):
            of_it = [one for one in accounts if one.outcome == outcome]
            label, plot = plain(outcome), None
            if of_it:
                title = f"{label}: {event.label}"
                plotted = [self._plotted(one, event) for one in of_it]
                draw = partial(forest, plotted, title=title)
                plot = self._site.figure(draw, f"plots/{event.id}-{outcome}", f"plot-{outcome}")
            rows = [claim for claim in claims if claim.outcome == outcome]
            yield {
                "name": label,
                "claims": rows,
                "plot": plot,
                "accounts": of_it,
                "outcome": outcome,
            }

    def _accounts(self, event: Event) -> list[Account]:
        """The accounts of an event and, unless these are many, of its parts; the own first."""
        own = self._site.compared.own
        names = [name for name in own if event.id in self._above[name] and name != event.id]
        parts = [one for name in names for one in own[name]]
        shown = [*own.get(event.id, ()), *(parts if len(parts) <= MOST_WITH_PARTS else ())]
        return [one for one in shown if one.minimum or one.maximum is not None or one.breakdown]

    def _plotted(self, account: Account, event: Event) -> PlottedAccount:
        """What the plot shows of an account."""
        site, sides = self._site, self._site.registries.sides
        of = "" if account.events == (event.id,) else f", of {self._labelled(account)}"
        rows = {
            row.id: row
            for record in account.records
            for row in site.rows_of.get(record, ())
            if row.kind is ComparisonKind.DISAGREEMENT
            and account.outcome == (row.outcome or account.outcome)
        }
        unsure = any(set(row.depends_on) & {*account.records} for row in rows.values())
        remarks = [mark.meaning for mark in account.marks if mark is not AccountMark.COMPUTED]
        words = f"{said_by(account)}{of}"
        return PlottedAccount(
            number=total_words(account, sides),
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
                if (said := site.compared.words(row, account))
                else compared_in(row)
                for row in rows.values()
            ),
        )

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
            if kinds:
                yield tuple(kinds)

    def _labelled(self, account: Account) -> str:
        return self._site.compared.labelled(TOGETHER.join(account.events))

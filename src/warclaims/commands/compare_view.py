"""Comparisons of accounts in the terminal: a summary per event, positions, then the counts."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from warclaims.accounts.by_event import TOGETHER, ComparedEvents
from warclaims.accounts.event_views import EventViews
from warclaims.derive.events import EventTree
from warclaims.grouping import grouped
from warclaims.output import print_indented, table_console
from warclaims.records import ComparisonKind
from warclaims.records.vocabulary import Act
from warclaims.wording import count, dated_text, described, labels_of, listed, plural, told_by, when

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warclaims.accounts.event_views import ComparisonView, EventView, Testimony
    from warclaims.corpus import Registries
    from warclaims.records import Claim, Comparisons

_SIGNS = {
    ComparisonKind.DISAGREEMENT: "✗",
    ComparisonKind.DIFFERENT_KINDS: "≠",
    ComparisonKind.UPDATE: "→",
    ComparisonKind.NOT_COMPARABLE: "?",
    ComparisonKind.COMPATIBLE: "=",
    ComparisonKind.AGREEMENT: "=",
}


def print_comparisons(
    found: Comparisons,
    claims: Iterable[Claim],
    registries: Registries,
    *,
    wanted: str | None = None,
    is_limited: bool = False,
) -> None:
    """Print what was compared event by event, those with disagreements first, then the rest.

    Args:
        found: The comparisons.
        claims: The claims behind them, for the words and sentences.
        registries: The registries of the corpus, for labels.
        wanted: The one event that is shown with its parts; ``None`` for all.
        is_limited: True if some comparisons were left out, so that nothing can be said of all.
    """
    of = ComparedEvents(found, registries)
    known = {claim.id: claim for claim in claims}
    views = EventViews(of, registries, known.get, known.values(), is_limited=is_limited)
    screen = _ComparisonsScreen(of, known, registries)
    tree = EventTree(registries.events)
    blamed = (one for one in of.accusations if wanted is None or wanted in tree.ancestors(one))
    names = dict.fromkeys([*of.rows, *({} if is_limited else of.own), *blamed])
    for name in sorted(names, key=lambda name: not of.is_disputed(name)):
        screen.print_event(name, views.event(name))
    screen.print_unlinked(found, views)


class _ComparisonsScreen:
    """Prints comparisons and counts."""

    def __init__(
        self, compared: ComparedEvents, claims: dict[str, Claim], registries: Registries
    ) -> None:
        self._compared = compared
        self._claims = claims
        self._events = registries.events
        self._sides = labels_of(registries.sides)
        self._actors = labels_of(registries.actors)
        self._screen = table_console()

    def print_event(self, name: str, view: EventView) -> None:
        """Print the summary of an event, its comparisons, and the counts linked to it."""
        title = " and ".join(map(self._titled, name.split(TOGETHER)))
        self._print(f"Counted together: {title}" if TOGETHER in name else title, 0, "bold")
        if view.summary:
            self._print(view.summary, 2)
        for note in view.notes:
            self._print(f"Note: {note}.", 2, "dim")
        for row in view.comparisons:
            self._print_comparison(row)
        for blamed, accusations in view.blamed.items():
            self._print_heading(f"! Blamed: {blamed}")
            for accusation in accusations:
                self._print(_line(accusation.said), 6)
                for how, answer in accusation.answers:
                    self._print(f"{how} {_line(answer)}", 8)
        if view.denials:
            self._print_heading("! Denials that answer no accusation in their text")
        for denial in view.denials:
            self._print(_line(denial), 6)
        if view.records:
            self._print_heading("Counts")
            self._print_counts(view.records, 4)
        self._screen.print()

    def print_unlinked(self, found: Comparisons, views: EventViews) -> None:
        """Print what was compared with nothing: counts without an event, events that may be one."""
        if found.unlinked:
            number = len(found.unlinked)
            verb, link = "have no event and are", "Link them to events"
            if number == 1:
                verb, link = "has no event and is", "Link it to an event"
            self._print(f"{plural(number, 'count')} {verb} compared with nothing. {link}:", 0)
            self._print_counts(found.unlinked, 2)
            self._screen.print()
        for one in found.accusations:
            if not one.events and one.act is Act.ACCUSE:
                self._print(f"Accusation without an event: {_line(views.statement(one))}", 0)
        for pair in found.similar_events:
            first, second = map(self._titled, pair.events)
            self._print(f"Perhaps one event: {first} and {second}: {pair.reason}.", 0)

    def _print(self, words: str, by: int, style: str = "") -> None:
        print_indented(self._screen, words, style, by)

    def _print_heading(self, words: str, style: str = "") -> None:
        self._screen.print()
        self._print(words, 2, style)

    def _titled(self, name: str) -> str:
        event = self._events.get(name)
        if event is None:
            return name
        dates = when(event)
        return f"{event.label} ({f'{dates}; ' if dates else ''}{name})"

    def _print_comparison(self, row: ComparisonView) -> None:
        said = [f"{_SIGNS[row.kind]} {row.title}", row.finding, row.sentence]
        self._print_heading(": ".join(filter(None, said)), "red" if row.is_disagreement else "")
        if row.notes:
            self._print(f"Note: {'; '.join(row.notes)}.", 4, "dim")
        for what, record, words in row.readings:
            self._print(f"{what} depends on how {record} is read: {words}", 4, "dim")
        for name in row.disputed_parts:
            label = self._compared.labelled(name)
            self._print(f"Sources disagree on {row.what} of {label}; see there.", 4, "dim")
        for position in row.positions:
            if len(row.positions) > 1:
                self._print(position.value, 4, "bold")
            for one in position.testimonies:
                self._print(_line(one), 6)
        if row.compatible:
            names = "; ".join(row.compatible)
            self._print(f"Says nothing against any of them: {names}", 4, "dim")

    def _print_counts(self, records: Iterable[str], by: int) -> None:
        """Print counts below the sentences that they are in, in the order of the texts."""
        claims = [self._claims[one] for one in records if one in self._claims]
        claims.sort(key=lambda claim: (claim.document, claim.start))
        for (_, sentence, teller), of in groupby(
            claims, key=lambda one: (one.document, one.sentence, told_by(one, self._actors))
        ):
            counts = [*of]
            self._print(f"{teller}, {dated_text(counts[0])}", by)
            self._print(f"“{' '.join(sentence.split())}”", by + 4, "dim")
            for claim in counts:
                words = f"“{claim.text}”: {count(claim)} {described(claim, self._sides)}"
                self._print(f"{claim.id}  {words}", by + 4)


def _line(one: Testimony) -> str:
    """What a source says: its value, the source, the words, their records, and who denies it."""
    before = f"{one.value} – " * bool(one.value) + f"{one.source}: " * bool(one.source)
    quoted = [
        f"“{of.words}”" + f" ({of.remark})" * bool(of.remark) for of in one.quotations if of.words
    ]
    records = dict.fromkeys(of.record for of in one.quotations)
    said = f"{before}{', '.join(dict.fromkeys(quoted))} [{', '.join(records)}]"
    if one.computed_from:
        said += f", computed from {listed(one.computed_from)}"
    for how, of in grouped(one.denials, lambda denial: denial.how).items():
        said += f"; {how} {listed([f'{denial.who} [{denial.record}]' for denial in of])}"
    return said

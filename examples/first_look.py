"""What the texts of the shipped corpus agree and disagree on, on one screen."""

import shutil
import textwrap
from collections import Counter, defaultdict

import warclaims
from warclaims.accounts.by_event import TOGETHER, ComparedEvents
from warclaims.accounts.event_views import ComparisonView, EventViews, Testimony
from warclaims.output import echo
from warclaims.wording import in_prose

WIDTH = min(shutil.get_terminal_size().columns, 120)


def main() -> None:
    """Print the texts, what sources disagree on, and what can all be true."""
    corpus = warclaims.open()
    claims = warclaims.claims(corpus)
    by_event = ComparedEvents(warclaims.compare(corpus), corpus.registries)
    views = EventViews(by_event, corpus.registries, {one.record: one for one in claims}.get, claims)
    counted = Counter(claim.document for claim in claims)
    texts = [
        f"{one.id} {one.outlet.value or 'unknown'} ({counted[one.id]})"
        for one in corpus.documents.values()
    ]
    say(f"{in_prose(len(texts)).capitalize()} texts, with their claims: {', '.join(texts)}")
    names = dict.fromkeys([*by_event.disputed(), *by_event.rows])
    shown = {name: views.event(name).comparisons for name in names}
    for heading, disagree in (("Sources disagree", True), ("Their numbers can all be true", False)):
        echo(f"\n{heading}")
        for name, rows in shown.items():
            kept = [row for row in rows if is_shared(row) and row.is_disagreement == disagree]
            kept = [row for row in kept if disagree or ":total" in row.id]
            if kept:
                events = (corpus.registries.events[one].label for one in name.split(TOGETHER))
                say("  " + " and ".join(events))
            for row in kept:
                say(f"    {'✗' if disagree else '='} {row.title}: {positions(row)}")


def say(words: str) -> None:
    """Print a paragraph, its further lines indented."""
    margin = " " * (len(words) - len(words.lstrip()) + 6)
    echo(textwrap.fill(words, WIDTH, subsequent_indent=margin))


def is_shared(row: ComparisonView) -> bool:
    """True if several texts take part."""
    return len({said.text for position in row.positions for said in position.testimonies}) > 1


def positions(row: ComparisonView) -> str:
    """The positions with the outlets that report them: ``landmine (NOS) or bomb (BBC News)``."""
    if row.is_disagreement:
        words = " or ".join(f"{one.value} ({outlets(one.testimonies)})" for one in row.positions)
        return f"{words}, depending on how words are read" if row.readings else words
    by_value = defaultdict(list)
    for position in row.positions:
        for said in position.testimonies:
            by_value[said.value or position.value].append(said)
    return "; ".join(f"{value} ({outlets(said)})" for value, said in by_value.items())


def outlets(testimonies: list[Testimony]) -> str:
    """The outlets of testimonies, each once."""
    return ", ".join(dict.fromkeys(said.text.rpartition(", ")[0] for said in testimonies))


if __name__ == "__main__":
    main()

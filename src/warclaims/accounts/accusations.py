"""Who blames whom, and who denies or answers it, in the texts that are compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.derive.accusations import statements
from warclaims.records.accounts import BlameStatement
from warclaims.records.vocabulary import Act
from warclaims.wording import label_of, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from warclaims.accounts.sources import KnownEntries
    from warclaims.derive.accusations import Statement
    from warclaims.derive.events import EventTree
    from warclaims.records import Actor, Bundle, Document

_ANSWERED = {
    Act.DENY: "denied by",
    Act.DOUBT: "doubted by",
    Act.CONFIRM: "confirmed by",
    Act.ACCUSE: "answered with a counter-accusation by",
}
"""How a statement answers another one, by its act."""

_MOST_BLAMED = 3
"""So many of those who are blamed are named in a summary; the others are counted."""

_BLAME = frozenset({Act.ACCUSE, Act.DENY, Act.DOUBT})


def accusations(
    bundle: Bundle, known: KnownEntries, tree: EventTree, event: str | None = None
) -> Iterator[BlameStatement]:
    """The accusations and denials of a text with what answers them.

    A denial or answer that names no event is about those of what it answers. With ``event``, only
    what is about it or its parts.
    """
    if all(one.act not in _BLAME for one in bundle.annotations.attributions):
        return
    said = {one.id: one for one in statements(bundle, known.actors)}
    for one in said.values():
        answered = said.get(one.answers or "")
        if one.act not in _BLAME and answered is None:
            continue
        events = one.events or (answered.events if answered else ())
        if event is None or any(event in tree.ancestors(name) for name in events):
            yield _record(one, events, bundle.document)


def _record(one: Statement, events: tuple[str, ...], document: Document) -> BlameStatement:
    return BlameStatement(
        id=one.id,
        act=one.act,
        events=events,
        source=one.source,
        source_text=" and ".join(one.who) or None,
        blames=one.blames,
        blames_text=one.blamed,
        answers=one.answers,
        text=one.text,
        document=document.id,
        outlet=document.outlet.value,
        date=document.date.value,
    )


def by_blamed(
    said: Iterable[BlameStatement], actors: Mapping[str, Actor]
) -> dict[str, list[BlameStatement]]:
    """The accusations by the names of those who are blamed."""
    found: dict[str, list[BlameStatement]] = {}
    for one in said:
        if one.act is Act.ACCUSE:
            names = _labels(one.blames, actors) or one.blames_text
            found.setdefault(listed(names) or "nobody named", []).append(one)
    return found


def answers_to(
    accusation: BlameStatement, said: Iterable[BlameStatement]
) -> list[tuple[str, BlameStatement]]:
    """The statements that answer an accusation, each with how it does: ``denied by``."""
    return [
        (_ANSWERED.get(one.act, "answered by"), one) for one in said if one.answers == accusation.id
    ]


def blame_summary(said: Sequence[BlameStatement], actors: Mapping[str, Actor]) -> str:
    """Who is blamed by whom, and who answers, in one sentence; empty if nobody is blamed."""
    found = by_blamed(said, actors)
    parts = []
    for name, accusations in [*found.items()][:_MOST_BLAMED]:
        words = {"by": dict.fromkeys(who(one, actors) for one in accusations)}
        for one in accusations:
            for how, answer in answers_to(one, said):
                words.setdefault(how, {})[who(answer, actors)] = None
        parts.append(f"{name} ({'; '.join(f'{how} {listed([*of])}' for how, of in words.items())})")
    if len(found) > _MOST_BLAMED:
        parts.append(f"{len(found) - _MOST_BLAMED} more")
    return f"Blamed: {'; '.join(parts)}." if parts else ""


def who(one: BlameStatement, actors: Mapping[str, Actor]) -> str:
    """Who makes a statement: labels of the registry, else the words of the text."""
    return listed(_labels(one.source, actors)) or one.source_text or "nobody named"


def _labels(names: Iterable[str], actors: Mapping[str, Actor]) -> list[str]:
    return [label_of(name, actors) for name in names]

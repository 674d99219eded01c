"""Accusations, what answers them, and what else the blamed side says of the same events."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from warclaims.derive.attribution import AttributionTree, mention_name
from warclaims.derive.events import EventTree
from warclaims.derive.sides import sides
from warclaims.records import span_end, span_start, span_text
from warclaims.records.annotations import has_other_reading
from warclaims.records.vocabulary import Act, ActorType
from warclaims.wording import label_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from warclaims.records import Actor, ActorMention, Attribution, Bundle, Event, Side


class Statement(NamedTuple):
    """An attribution that accuses, denies or answers, with the actors behind it.

    Attributes:
        document: Id of the document.
        attribution: Id of the attribution in it.
        act: What the source does by it.
        source: Registry ids of whose word it is; none if nobody is named.
        who: The words that name the source, or its label if they are a pronoun or there are none.
        blames: Registry ids of those who are held responsible.
        blamed: The words that name them, or the labels of those that only an adjective names.
        events: Registry ids of the events it is about.
        cue: The words that attribute, if there are any.
        answers: Id of the statement that it answers, if the text says so: ``001:t5``.
        told_by: The words that name the outer sources that report it, outermost first.
        doubt: The annotator's remark, if there is another reading.
        text: What is said.
        start: Offset of its first code point in the text, half-open with ``end``.
        end: Offset after its last code point.
    """

    document: str
    attribution: str
    act: Act
    source: tuple[str, ...]
    who: tuple[str, ...]
    blames: tuple[str, ...]
    blamed: tuple[str, ...]
    events: tuple[str, ...]
    cue: str | None
    answers: str | None
    told_by: tuple[str, ...]
    doubt: str | None
    text: str
    start: int
    end: int

    @property
    def id(self) -> str:
        """Document and attribution: ``001:t8``."""
        return f"{self.document}:{self.attribution}"


class Answer(StrEnum):
    """How a statement answers an accusation. Neither is taken to be true."""

    DENIAL = "denial"
    COUNTER_ACCUSATION = "counter-accusation"
    DOUBT = "doubt"
    CONFIRMATION = "confirmation"
    COMMENT = "comment"
    NOT_STATED = "also says"


_ANSWERS = {
    Act.DENY: Answer.DENIAL,
    Act.ACCUSE: Answer.COUNTER_ACCUSATION,
    Act.DOUBT: Answer.DOUBT,
    Act.CONFIRM: Answer.CONFIRMATION,
}
"""What a statement is that answers an accusation, by its act; any other one is a comment."""


class Exchange(NamedTuple):
    """An accusation and an answer to it, or what the blamed side also says, with the reason."""

    accusation: Statement
    answer: Statement
    kind: Answer
    reason: str


def statements(bundle: Bundle, actors: Mapping[str, Actor]) -> list[Statement]:
    """The accusations, denials and answers of one document, in text order.

    If a source repeats an accusation or denial inside its own words, only the outer one is listed.
    """
    document = bundle.document.id
    mentions = {mention.id: mention for mention in bundle.annotations.actors}
    attributions = bundle.annotations.attributions
    tree = AttributionTree(attributions)
    found: dict[str, Statement] = {}
    for attribution in attributions:
        if attribution.act in (Act.ACCUSE, Act.DENY) or attribution.answers:
            outer = tree.chain(tree.parents[attribution.id])
            told_by = (" and ".join(_who(one, mentions, actors)) for one in outer)
            statement = _statement(document, attribution, mentions, actors)
            found[attribution.id] = statement._replace(
                told_by=tuple(names or "nobody named" for names in told_by)
            )

    def repeated(name: str) -> str | None:
        """The outer statement that a statement repeats."""
        outer, inner = found.get(tree.parents[name] or ""), found[name]
        is_repeated = (
            outer
            and inner.source
            and outer.act == inner.act
            and _issuers(outer.source, actors) == _issuers(inner.source, actors)
        )
        return outer.id if outer and is_repeated else None

    outer_of = {one.id: known for name, one in found.items() if (known := repeated(name))}
    return [
        one._replace(answers=outer_of.get(one.answers or "", one.answers))
        for one in found.values()
        if one.id not in outer_of
    ]


def _issuers(sources: Iterable[str], actors: Mapping[str, Actor]) -> set[str]:
    """``sources`` with whoever issued a document in its place."""
    found = set()
    for name in sources:
        actor = actors.get(name)
        issuer = actor.affiliation if actor and actor.type == ActorType.EVIDENCE else None
        found.add(issuer.id if issuer else name)
    return found


def exchanges(
    said: Iterable[Statement],
    events: Mapping[str, Event],
    actors: Mapping[str, Actor],
    known_sides: Mapping[str, Side],
) -> Iterator[Exchange]:
    """Accusations with what answers them, and what the blamed side also says of the same events.

    A statement answers an accusation only if the annotation says so (``answers``). Besides, a
    denial of any text is shown as something that the blamed side also says if both are about one
    event (or one about a part of the other's) and it is the word of the blamed actor, of its side,
    or of a side that the blamed one may be; and so is another accusation if each blames the other's
    side, or one that it may be, about the same event. Of a statement and one that contains it,
    neither answers the other. What is about the very same events comes first.
    """
    listed = list(said)
    tree = EventTree(events)
    answers: dict[str, list[Statement]] = {}
    on_part: dict[str, list[Statement]] = {}
    for statement in listed:
        if statement.answers:
            answers.setdefault(statement.answers, []).append(statement)
        if statement.act in (Act.ACCUSE, Act.DENY):
            for name in {up for event in statement.events for up in tree.ancestors(event)}:
                on_part.setdefault(name, []).append(statement)

    def order(accusation: Statement, other: Statement) -> tuple[bool, str, int, str]:
        is_wider = not tree.same(accusation.events, other.events)
        return is_wider, other.document, other.start, other.id

    for accusation in listed:
        if accusation.act is not Act.ACCUSE:
            continue
        answering = answers.get(accusation.id, [])
        for other in answering:
            kind = _ANSWERS.get(other.act, Answer.COMMENT)
            yield Exchange(accusation, other, kind, "answers it in the same text")
        near = {
            other.id: other
            for event in accusation.events
            for name in tree.ancestors(event)
            for other in on_part[name]
            if other not in answering and (name == event or name in other.events)
        }
        for other in sorted(near.values(), key=partial(order, accusation)):
            if why := _beside(accusation, other, actors, known_sides):
                about = tree.labels(_shared(accusation.events, other.events, tree))
                reason = f"{why}; both are about {about}; no text presents it as an answer"
                yield Exchange(accusation, other, Answer.NOT_STATED, reason)


def _shared(one: Iterable[str], other: Iterable[str], tree: EventTree) -> list[str]:
    """The events of two statements that are, or include, one of the other's: the wider of each."""
    mine, theirs = list(one), list(other)
    wide = [name for name in mine if any(tree.includes([name], [part]) for part in theirs)]
    wide += [name for name in theirs if any(tree.includes([name], [part]) for part in mine)]
    return list(dict.fromkeys(wide))


def _beside(
    accusation: Statement,
    other: Statement,
    actors: Mapping[str, Actor],
    known_sides: Mapping[str, Side],
) -> str | None:
    """Why ``other`` is shown beside ``accusation``; ``None`` if it is not."""
    accusers, answerers = sides(accusation.source, actors), sides(other.source, actors)
    if (
        not accusation.blames
        or not other.source
        or answerers == accusers
        or _in_one_another(accusation, other)
    ):
        return None
    blamed = sides(accusation.blames, actors)
    possible = _with_possible(blamed, known_sides)
    if other.act is Act.ACCUSE:
        back = sides(other.blames, actors)
        if set(accusation.events).isdisjoint(other.events):
            return None
        if answerers & blamed and accusers & back:
            return "each blames the other's side"
        mutual = answerers & possible and accusers & _with_possible(back, known_sides)
        return "each blames a side that the other may be of" if mutual else None
    who = " and ".join(other.who)
    for holds, why in (
        (set(other.source) & set(accusation.blames), "is blamed"),
        (answerers & blamed, "is of the side that is blamed"),
        (answerers & possible, "is of a side that the blamed one may be"),
    ):
        if holds:
            return f"{who} {why}"
    return None


def _in_one_another(one: Statement, other: Statement) -> bool:
    """True if one contains the other, or they are the same."""
    return one.document == other.document and (
        (one.start <= other.start and other.end <= one.end)
        or (other.start <= one.start and one.end <= other.end)
    )


def _with_possible(blamed: set[str], known_sides: Mapping[str, Side]) -> set[str]:
    """``blamed`` and the sides that these may be."""
    return blamed.union(*(known_sides[name].may_be for name in blamed & known_sides.keys()))


def _statement(
    document: str,
    attribution: Attribution,
    mentions: Mapping[str, ActorMention],
    actors: Mapping[str, Actor],
) -> Statement:
    sources = [mentions[name] for name in attribution.source]
    blamed = [mentions[name] for name in attribution.blames]
    inferred = attribution.inferred_source
    return Statement(
        document=document,
        attribution=attribution.id,
        act=attribution.act,
        source=_entities([*(mention.entity for mention in sources), inferred]),
        who=tuple(_who(attribution, mentions, actors)),
        blames=_entities([*(mention.entity for mention in blamed), *attribution.inferred_blames]),
        blamed=(
            *(mention_name(mention, actors) for mention in blamed),
            *(label_of(name, actors) for name in attribution.inferred_blames),
        ),
        events=attribution.regarding,
        cue=span_text(attribution.cue) if attribution.cue else None,
        answers=f"{document}:{attribution.answers}" if attribution.answers else None,
        told_by=(),
        doubt=attribution.note if has_other_reading(attribution) else None,
        text=span_text(attribution.content),
        start=span_start(attribution.content),
        end=span_end(attribution.content),
    )


def _who(
    attribution: Attribution, mentions: Mapping[str, ActorMention], actors: Mapping[str, Actor]
) -> list[str]:
    """The words that name a source, or the label of an inferred one."""
    who = [mention_name(mentions[name], actors) for name in attribution.source]
    if attribution.inferred_source:
        who.append(label_of(attribution.inferred_source, actors))
    return who


def _entities(names: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))

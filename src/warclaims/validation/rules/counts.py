"""Level 6: casualties compared with other casualties of the text, and years taken for counts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from warclaims.derive.counts import bounds
from warclaims.folding import fold
from warclaims.language import primary, table_of
from warclaims.records import span_start, span_text
from warclaims.records.annotations import has_other_reading
from warclaims.records.vocabulary import SegmentKind
from warclaims.validation.geometry import innermost
from warclaims.validation.mistakes import GONE, CopyOf, ReplacedBytes, SpanOf
from warclaims.validation.overlaps import decisions
from warclaims.validation.rule import ENGLISH, WORDS_LISTED, Example, Fault, Need, Scope, rule
from warclaims.validation.words import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.records import Casualty
    from warclaims.validation.views import AnnotationView


_TITLE = SegmentKind.TITLE

_OF_1994 = "e31c275798bbcc279d4155cf4cff47427d8229d6d453a7458d5a77053921fdc9"
"""The SHA-256 of the second text with the year."""


@rule(
    "W605",
    Scope.ANNOTATIONS,
    title="one quantity counted twice",
    why="A stated quantity with one outcome is one record. A total over two wars is one record "
    "with two events; two records would both claim all its victims.",
    fix="Keep one record with all its events. Two are right only if the words give the number for "
    "each of several, as in two in each town.",
    example=Example(
        "[32,000 people] as killed in first-war, and once more as killed in second-war",
        '[32,000 people] once, with "events": ["first-war", "second-war"]',
    ),
    mistake={
        "/casualties/1": CopyOf("/casualties/0", id="c3", cause=["air_strike"]),
        "/casualties/-": CopyOf("/casualties/1"),
    },
)
def counted_twice(view: AnnotationView) -> Iterator[Fault]:
    """Two casualties have the same words and outcome, but differ in something else."""
    first: dict[Any, int] = {}
    layer, casualties = "casualties", view.record.casualties
    for index, casualty in enumerate(casualties):
        before = first.setdefault((casualty.outcome, casualty.span), index)
        if before != index and decisions(layer, casualties[before]) != decisions(layer, casualty):
            related = view.related(layer, before)
            message = f"is {casualty.outcome}, as is {related.what} with the same words"
            yield view.fault(layer, index, "span", message, (related,))


YEARS = range(1900, 2101)
_WHEN = re.compile(
    r"""\b(?:since|during|until|till|before|after|in|by|from|year
    |(?:early|mid|late|spring|summer|autumn|fall|winter)
    |(?:jan|febr)uary|march|april|may|june|july|august|(?:septem|octo|novem|decem)ber)
    (?:\s+\d{1,2}(?:st|nd|rd|th)?,?|\s+of|\s+the\s+year)?[\s-]+$""",
    re.IGNORECASE | re.VERBOSE,
)
"""What precedes a year."""

_RISEN = re.compile(
    r"""\b(?: (?:result\w*|r[io]s\w+|gr[eo]w\w*|increas\w+|f[ae]ll\w*)\s+\w+
    | (?:up|down)\s+(?:by|from) )\s+$""",
    re.VERBOSE,
)
"""What may precede a number that is not a year: *rose to*, but not *set up in*."""

_BARE_YEAR = re.compile(r"(?P<before>.*)\b(?P<year>(?:19|20)\d\d|2100)", re.DOTALL)
_LOOK_BACK = 40


@rule(
    "W609",
    Scope.ANNOTATIONS,
    title="year taken for a count",
    why="A number of four digits after in, since, a month and the like is usually a year. Only "
    "English texts are checked.",
    fix="Remove the record. If people are counted, include the number and its noun in the span.",
    example=Example(
        "killed since [1994] as 1,994 killed", "[30,000 lives] since 1994 as 30,000 killed"
    ),
    languages=ENGLISH,
    mistake={
        "seeds/two.txt": ReplacedBytes(b"More than 3,000 fled to", b"All of it since 1994 in"),
        "seeds/index.json#/documents/1/sha256": _OF_1994,
        "annotations/passes/a/two.json": GONE,
        "annotations/gold/two.json#/sha256": _OF_1994,
        "annotations/gold/two.json#/casualties/2": CopyOf(
            "/casualties/2",
            span=SpanOf("1994"),
            trigger=None,
            value=1994,
            quantifier="exact",
        ),
    },
)
def year(view: AnnotationView) -> Iterator[Fault]:
    """The words end in a number from 1900 to 2100, without a separator, where a year may be."""
    for index, casualty in enumerate(view.record.casualties):
        if casualty.value is None or casualty.value not in YEARS:
            continue
        match = _BARE_YEAR.fullmatch(fold(span_text(casualty.span)))
        if match is None or int(match["year"]) != casualty.value:
            continue
        start = span_start(casualty.span)
        before = fold((view.text or "")[max(0, start - _LOOK_BACK) : start]) + match["before"]
        if _WHEN.search(before) and not _RISEN.search(before):
            message = "is more likely a year than a number of victims"
            yield view.fault("casualties", index, "value", message)


@rule(
    "W610",
    Scope.ANNOTATIONS,
    title="source contradicts itself",
    why="If two counts of one source in one text are about the same events, outcome and victims "
    "and cannot both be true, usually a value is wrong, or a subset_of or an attribution is "
    "missing.",
    fix="Correct the value or the event, link the part to its whole, or annotate the source. If "
    "the text contradicts itself, waive the finding.",
    example=Example(
        "[two civilians] and [three civilians] killed in one event, by one source",
        "[two civilians] as a subset of [three civilians]",
    ),
    mistake={"/casualties/0/age": "child", "/casualties/1/subset_of": []},
)
def contradiction(view: AnnotationView) -> Iterator[Fault]:
    """Two counts of one source with the same events, outcome and victims exclude each other."""
    groups: dict[Any, list[int]] = {}
    for index, casualty in enumerate(view.record.casualties):
        if casualty.events and not _is_linked(casualty) and not has_other_reading(casualty):
            key = (
                tuple(sorted(casualty.events)),
                casualty.outcome,
                casualty.status,
                casualty.age,
                casualty.sex,
                casualty.groups,
                casualty.side,
            )
            groups.setdefault(key, []).append(index)
    counts = [_counts(view, rows) for rows in groups.values() if len(rows) > 1]
    doubtful = [found for found in counts if _disjoint(found) is not None]
    speakers = _speakers(view) if doubtful else {}
    for found in doubtful:
        by_source: dict[Any, list[tuple[int, int | None, int | None]]] = {}
        for count in found:
            source = speakers.get(count[0])
            if source is not None:
                by_source.setdefault(source, []).append(count)
        for same in by_source.values():
            pair = _disjoint(same)
            if pair is not None:
                first, second = sorted(pair)
                related = view.related("casualties", first)
                words = quoted(span_text(view.record.casualties[first].span))
                message = f"and {related.what} {words} cannot both be true"
                yield view.fault("casualties", second, "value", message, (related,))


def _is_linked(casualty: Casualty) -> bool:
    """True if the record says itself how its count is related to others."""
    return bool(casualty.subset_of or casualty.same_as or casualty.revises or casualty.besides)


def _counts(view: AnnotationView, rows: list[int]) -> list[tuple[int, int | None, int | None]]:
    """Row, minimum and maximum of the casualties that are no additions to other counts."""
    found = []
    for row in rows:
        casualty = view.record.casualties[row]
        words = span_text(casualty.span)
        least, most = bounds(casualty.quantifier, casualty.value, words, casualty.value_max)
        if (least is not None or most is not None) and not _adds(view, casualty):
            found.append((row, least, most))
    return found


def _disjoint(counts: list[tuple[int, int | None, int | None]]) -> tuple[int, int] | None:
    """The rows of two counts that cannot both be true."""
    least = max(((low, row) for row, low, _ in counts if low is not None), default=None)
    most = min(((high, row) for row, _, high in counts if high is not None), default=None)
    return (least[1], most[1]) if least and most and least[0] > most[0] else None


def _speakers(view: AnnotationView) -> dict[int, frozenset[str]]:
    """The sources of each casualty, by row, as registry ids; empty for the narrator.

    Casualties whose innermost attribution has an unknown source are left out.
    """
    found: dict[int, frozenset[str]] = {}
    pieces = [piece for piece in view.main("casualties") if not piece.position]
    ranges = [(piece.start, piece.end) for piece in pieces]
    around = innermost(view.main("attributions"), ranges)
    for piece, (_, content) in zip(pieces, around, strict=True):
        if content is None:
            found[piece.row] = frozenset()
        elif content.end >= piece.end:
            attribution = content.record
            mentions = [view.actors.get(name) for name in attribution.source]
            names = [mention.entity for mention in mentions if mention and mention.entity]
            if len(names) == len(mentions):
                names += [attribution.inferred_source] if attribution.inferred_source else []
                found |= {piece.row: frozenset(names)} if names else {}
    return found


def _adds(view: AnnotationView, casualty: Casualty) -> bool:
    """True if the words of a count say that it adds to another one."""
    words = table_of(primary(view.language), "COVERAGE")
    return words is not None and words.says_addition(fold(span_text(casualty.span)))


_OF_300 = "5fdf6adcf22c9af2fe458b74c00bb2acce02eb3469827ad2dd00cf2ed4bc8407"
"""The SHA-256 of the second text with another count."""


@rule(
    "W616",
    Scope.ANNOTATIONS,
    title="added count that is not linked",
    why="Another two, three more: such a count adds to one before it. Without besides it may be "
    "taken for a count of the same people, or of a part of them.",
    fix="Link it to the other count with besides. If it adds to nothing in the text, waive it.",
    example=Example(
        "two died … [another three] without links", '[another three] with "besides": ["c1"]'
    ),
    languages=WORDS_LISTED,
    mistake={
        "seeds/two.txt": ReplacedBytes(b"More than 3,000 fled", b"And another 300 died"),
        "seeds/index.json#/documents/1/sha256": _OF_300,
        "annotations/passes/a/two.json": GONE,
        "annotations/gold/two.json#/sha256": _OF_300,
        "annotations/gold/two.json#/casualties/2": CopyOf(
            "/casualties/2",
            span=SpanOf("another 300"),
            trigger=SpanOf("died"),
            outcome="killed",
            quantifier="exact",
            value=300,
        ),
    },
)
def unlinked_addition(view: AnnotationView) -> Iterator[Fault]:
    """A count says *another* or the like, follows one of its outcome, and is besides none."""
    seen: set[str] = set()
    for index, casualty in enumerate(view.record.casualties):
        if casualty.outcome in seen and not _is_linked(casualty) and _adds(view, casualty):
            message = "adds to another count, but is besides none"
            yield view.fault("casualties", index, "besides", message)
        seen.add(casualty.outcome)


@rule(
    "W617",
    Scope.ANNOTATIONS,
    title="number in the title that is not linked",
    why="A title usually repeats a number of the text. Without same_as it is a count of its own, "
    "in the voice of the outlet.",
    fix="Link it with same_as to the count that it repeats. If the text does not repeat it, waive "
    "the finding.",
    example=Example(
        "[Seven] in the title, [seven people] below, without links",
        '[Seven] with "same_as": ["c2"]',
    ),
    needs=Need.DOCUMENT,
    mistake={"annotations/gold/two.json#/casualties/0/same_as": []},
)
def unlinked_title(view: AnnotationView) -> Iterator[Fault]:
    """A count in the title is linked to none, and the text below has one of its outcome."""
    in_title, below = [], set()
    linked = {
        name
        for casualty in view.record.casualties
        for name in (*casualty.same_as, *casualty.subset_of, *casualty.revises)
    }
    for index, casualty in enumerate(view.record.casualties):
        segment = view.segment_at(span_start(casualty.span))
        if segment is None or segment.kind is not _TITLE:
            below.add(casualty.outcome)
        elif not _is_linked(casualty) and casualty.id not in linked:
            in_title.append((index, casualty))
    for index, casualty in in_title:
        if casualty.outcome in below:
            message = "is in the title and linked to no count below"
            yield view.fault("casualties", index, "same_as", message)

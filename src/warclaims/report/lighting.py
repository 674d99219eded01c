"""Rules of a style sheet that show what belongs together: source, cue and content; victims.

They need no script: ``:has()`` checks whether something is pointed at, focused, or the target of a
link. Ids of records are letters, digits, ``_`` and ``-``, so they can be part of class names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.report.marked import ACTOR, CONTENT, CUE, PLACE, TRIGGER, VICTIMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from warclaims.records import Annotations


_LIT = (
    "--lit:var(--HOW-ground);--lit-ink:var(--HOW-ink);"
    "--lit-line:var(--HOW-line);--lit-tints:var(--HOW-tints);"
)
"""The look of lit words, from variables of ``marked.css`` for sources, cues, contents and so on."""


def lighting(scope: str, annotations: Annotations) -> str:
    """Rules for the text within the class ``scope``, one line per record.

    A record is lit while its words (of an attribution: its cue) or its entry in the list (class
    ``is-ID``) are pointed at, focused, or the target of a link.
    """
    return "\n".join(_rules(scope, annotations))


def _rules(scope: str, annotations: Annotations) -> Iterator[str]:
    for attribution in annotations.attributions:
        name = attribution.id
        asked = CUE if attribution.cue else CONTENT
        lit = [(f"{CONTENT.stem}-{name}", "content"), (f"{CUE.stem}-{name}", "cue")]
        sources = [(f"{ACTOR.stem}-{source}", "source") for source in attribution.source]
        yield _rule(scope, name, [f"{asked.stem}-{name}"], [*lit, *sources])
    for casualty in annotations.casualties:
        name = casualty.id
        own = [f"{VICTIMS.stem}-{name}", f"{TRIGGER.stem}-{name}"]
        lit = [(own[0], "victims"), (own[1], "trigger")]
        if casualty.perpetrator:
            lit.append((f"{ACTOR.stem}-{casualty.perpetrator}", "source"))
        yield _rule(scope, name, own, lit)
    for layer, kind in ((annotations.actors, ACTOR), (annotations.locations, PLACE)):
        for mention in layer:
            yield _rule(scope, mention.id, [], [(f"{kind.stem}-{mention.id}", "source")])


def _rule(scope: str, name: str, words: Iterable[str], lit: Iterable[tuple[str, str]]) -> str:
    asked = [f".{one}:is(:hover,:focus-within)" for one in words]
    asked += [f".at-{name}:target", f".is-{name}:is(:hover,:focus-within,:target)"]
    inner = "".join(f".{one}{{{_LIT.replace('HOW', how)}}}" for one, how in lit)
    return f".{scope}:has({','.join(asked)}){{{inner}}}"

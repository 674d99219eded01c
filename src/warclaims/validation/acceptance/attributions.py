"""Attributions of fast records: their order, their cues and quotations, who is blamed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.records.vocabulary import Act, Mode
from warclaims.validation.quotes import begins_quoted, has_mark
from warclaims.validation.rules.attributions import in_mention, shared

if TYPE_CHECKING:
    from warclaims.validation.acceptance.view import FastView

_REGARDING = frozenset({Act.ACCUSE, Act.CONDEMN, Act.DENY})


def sound(view: FastView) -> bool:
    """True if T314 (for attributions), C505, C506, C508 and C509 find nothing."""
    actors = view.actors
    last_start, last_end = -1, 0
    for attribution in view.record.attributions:
        content = attribution.content
        source = attribution.source
        blames = attribution.blames
        start, end = content[0].start, content[-1].end
        cue = attribution.cue
        if cue is not None:
            cue_start, cue_end = cue[0].start, cue[-1].end
            if cue_start < end and start < cue_end and shared(cue, content):
                return False
            if cue_start < start:
                start = cue_start
            if cue_end > end:
                end = cue_end
        for name in source:
            span = actors[name].span
            if span[0].start < start:
                start = span[0].start
            if span[-1].end > end:
                end = span[-1].end
        if start <= last_start and (start < last_start or end > last_end):
            return False
        last_start, last_end = start, end
        if source and attribution.inferred_source is not None:
            return False
        if blames:
            if source or attribution.inferred_source:
                entities = {actors[name].entity for name in source}
                if attribution.inferred_source:
                    entities.add(attribution.inferred_source)
                if (
                    len(entities) == 1
                    and None not in entities
                    and entities <= {actors[name].entity for name in blames}
                ):
                    return False
        elif attribution.regarding and attribution.act not in _REGARDING:
            return False
    return True


def modes_sound(view: FastView, text: str) -> bool:
    """True if the mode of each attribution fits the quotation marks (C507)."""
    indirect = False
    for attribution in view.record.attributions:
        mode = attribution.mode
        if mode is Mode.INDIRECT:
            indirect = True
        elif mode is Mode.DIRECT:
            if not begins_quoted(text, attribution.content[0].start):
                return False
        else:
            content = attribution.content
            if not has_mark(text[max(0, content[0].start - 1) : content[-1].end + 1]):
                return False
    return not indirect or _sound_indirect(view, text)


def _sound_indirect(view: FastView, text: str) -> bool:
    """True if each quotation in an indirect content belongs to a content or mention inside it."""
    quoted = view.quotations
    if not quoted:
        return True
    contents = sorted(
        [
            (fragment.start, -fragment.end, attribution.mode is Mode.INDIRECT)
            for attribution in view.record.attributions
            for fragment in attribution.content
        ]
    )
    around: list[tuple[int, bool]] = []
    following = 0
    for start, end in quoted:
        while following < len(contents) and contents[following][:2] <= (start, -end):
            begin, minus_end, indirect = contents[following]
            while around and around[-1][0] <= begin:
                around.pop()
            around.append((-minus_end, indirect))
            following += 1
        while around and around[-1][0] <= start:
            around.pop()
        if around and around[-1][0] >= end and around[-1][1] and not in_mention(view, start, end):
            return False
    return True

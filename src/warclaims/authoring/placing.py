"""Find the spans of a text that are given by words or offsets."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from warclaims.records import Fragment
from warclaims.wording import plural

ELLIPSIS = " … "
"""What parts the fragments of a discontinuous span that is given as one string."""


class UnplacedSpan(Exception):
    """A span that cannot be placed; the message says why and how to place it.

    ``pointer`` is the field in its record.
    """

    pointer = ""


class SpanPlacer:
    """Finds spans in a text: see :func:`warclaims.build_document` for how they are given.

    >>> SpanPlacer("Two men died.").span("men")
    [{'start': 4, 'end': 7, 'text': 'men'}]
    """

    def __init__(self, text: str) -> None:
        self._text = text

    def span(self, given: Any) -> list[dict[str, Any]]:
        """The fragments of a span, in text order, as plain JSON.

        Raises:
            UnplacedSpan: it is not in the text, or in several places.
        """
        if isinstance(given, str) and ELLIPSIS in given:
            given = given.split(ELLIPSIS)
        several = isinstance(given, Sequence) and not isinstance(given, str) and not _pair(given)
        ranges: list[tuple[int, int]] = []
        for one in given if several else [given]:
            after = ranges[-1][1] if ranges else 0
            ranges.append(self._range(one, after))
        return [
            Fragment(start=start, end=end, text=self._text[start:end]).model_dump()
            for start, end in sorted(ranges)
        ]

    def _range(self, given: Any, after: int) -> tuple[int, int]:
        if isinstance(given, Fragment):
            given = (given.start, given.end)
        if isinstance(given, Mapping) and {"start", "end"} <= given.keys():
            given = (given["start"], given["end"])
        if _pair(given):
            start, end = given
            if not 0 <= start < end <= len(self._text):
                raise UnplacedSpan(f"{start}–{end} is not in the text of {len(self._text):,}")
            return start, end
        if isinstance(given, str):
            given = {"words": given}
        if not isinstance(given, Mapping) or not isinstance(given.get("words"), str):
            raise UnplacedSpan(f"{given!r} is neither a pair of offsets nor words")
        return self._find(given, after)

    def _find(self, given: Mapping[str, Any], after: int) -> tuple[int, int]:
        words = given["words"]
        begin, end = 0, len(self._text)
        if passage := given.get("in"):
            begin, end = self._only(_matches(self._text, passage), passage)
        found = [one for one in _matches(self._text, words) if begin <= one[0] and one[1] <= end]
        text, anywhere = self._text, bool(found)
        if before := given.get("before"):
            found = [one for one in found if text[: one[0]].rstrip().endswith(before.strip())]
        if behind := given.get("after"):
            found = [one for one in found if text[one[1] :].lstrip().startswith(behind.strip())]
        if anywhere and not found:
            near = f"right after {before!r}" if before else f"right before {behind!r}"
            raise UnplacedSpan(f"{words!r} is in the text, but not {near}")
        if (occurrence := given.get("occurrence")) is not None:
            if not isinstance(occurrence, int) or not 1 <= occurrence <= len(found):
                times = plural(len(found), "time")
                raise UnplacedSpan(f"{words!r} occurs {times}; there is no occurrence {occurrence}")
            return found[int(occurrence) - 1]
        if after:
            found = [one for one in found if one[0] >= after][:1]
        return self._only(found, words)

    def _only(self, found: list[tuple[int, int]], words: str) -> tuple[int, int]:
        if not found:
            raise UnplacedSpan(f"{words!r} is not in the text")
        if len(found) > 1:
            raise UnplacedSpan(
                f"{words!r} occurs {len(found)} times; say which by occurrence, before, after or in"
            )
        return found[0]


def _pair(given: Any) -> bool:
    return (
        isinstance(given, Sequence)
        and len(given) == 2
        and all(isinstance(one, int) and not isinstance(one, bool) for one in given)
    )


def _matches(text: str, words: str) -> list[tuple[int, int]]:
    """Where ``words`` are in the text: whole words if possible, any white space if necessary."""
    if not words.strip():
        return []
    exact, loose = re.escape(words), r"\s+".join(map(re.escape, words.split()))
    for pattern in (rf"(?<!\w){exact}(?!\w)", exact, rf"(?<!\w){loose}(?!\w)", loose):
        if found := [(one.start(), one.end()) for one in re.finditer(pattern, text)]:
            return found
    return []

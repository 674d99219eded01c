"""What a document says so far, so that nothing that is added contradicts it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from warclaims.derive.counts import bounds
from warclaims.records.vocabulary import Quantifier

if TYPE_CHECKING:
    from random import Random

    from support.pieces import Plain

Key = tuple[Any, ...]
LARGEST = 60_000
"""No number that is drawn is larger."""
_LEAST = 4
_QUANTIFIERS = {str(quantifier): quantifier for quantifier in Quantifier}
_UNBOUNDED = 10**13


def key_of(casualty: Plain) -> Key | None:
    """What two counts must share to be held against each other; null if it is held against none."""
    unlike = ("subset_of", "same_as", "revises", "besides", "alternatives")
    doubted = casualty.get("extra", {}).get("uncertain") or any(map(casualty.get, unlike))
    if doubted or not casualty["events"]:
        return None
    fields = (str(casualty.get(name)) for name in ("outcome", "status", "age", "sex", "side"))
    return (*sorted(casualty["events"]), *fields)


class Said:
    """The names with their links, and of counts of the same victims what all of them allow."""

    def __init__(self) -> None:
        self.names: dict[tuple[str, str], str] = {}
        self._counts: dict[Key, tuple[int, int]] = {}

    def admits(
        self, names: dict[tuple[str, str], str], fixed: list[Plain], drawn: list[Plain]
    ) -> bool:
        """True if a piece with these names and casualties contradicts nothing; it is noted then.

        The numbers of the casualties in ``drawn`` are still to be chosen.
        """
        if any(self.names.get(name, link) != link for name, link in names.items()):
            return False
        counts = dict(self._counts)
        for casualty in fixed:
            key = key_of(casualty)
            words = " … ".join(fragment["text"] for fragment in casualty["span"])
            quantifier = _QUANTIFIERS[casualty["quantifier"]]
            found = bounds(quantifier, casualty["value"], words, casualty.get("value_max"))
            if key is not None and found != (None, None):
                low, high = counts.get(key, (0, _UNBOUNDED))
                least, most = found.minimum or 0, found.maximum
                low, high = max(low, least), min(high, _UNBOUNDED if most is None else most)
                if low > high:
                    return False
                counts[key] = low, high
        for casualty in drawn:
            low, high = counts.get(key_of(casualty), (0, _UNBOUNDED))  # type: ignore[arg-type]
            if high < _LEAST or low > LARGEST:
                return False
        self.names.update(names)
        self._counts = counts
        return True

    def draw(self, random: Random, casualty: Plain, limit: int) -> int:
        """A number for a casualty: at most ``limit``, and as what is said allows; it is noted."""
        key = key_of(casualty)
        quantifier = casualty["quantifier"]
        if key is None or quantifier == "approximate":
            return _skewed(random, min(2, limit), limit)
        low, high = self._counts.get(key, (0, _UNBOUNDED))
        if quantifier == "exact":
            value = _skewed(random, max(low, _LEAST), min(high, limit))
            self._counts[key] = value, value
            return value
        more = quantifier == "more_than"
        value = _skewed(random, _LEAST - more, min(high, limit) - more)
        self._counts[key] = max(low, value + more), high
        return value


def _skewed(random: Random, low: int, high: int) -> int:
    """A number from ``low`` to ``high``, small ones more often."""
    return min(high, int(low * ((high + 1) / low) ** random.random()))

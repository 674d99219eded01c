"""Check the values that a corpus adds to the open lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.findings import Finding
from warclaims.hints import did_you_mean
from warclaims.records.vocabulary import OPEN_LISTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from warclaims.records import OwnValue


def wrong_values(values: Sequence[OwnValue], file: str) -> Iterator[Finding]:
    """Values that exist already, are a kind of nothing, or a kind of themselves."""
    kinds = {(one.list, one.value): one.kind_of for one in reversed(values)}
    core = {(name, str(one)) for name, choices in OPEN_LISTS.items() for one in choices}
    seen = set(core)
    for row, one in enumerate(values):
        key = (one.list, one.value)
        if key in seen:
            what = "a core value" if key in core else "listed already"
            message = f"the value {one.value!r} of {one.list} is {what}"
            yield Finding(file, f"/values/{row}/value", "R404", message)
        seen.add(key)
        known = [value for name, value in {*core, *kinds} if name == one.list]
        if one.kind_of not in known:
            message = f"there is no value {one.kind_of!r} of {one.list}"
            message += did_you_mean(one.kind_of, known)
            yield Finding(file, f"/values/{row}/kind_of", "S203", message)
        elif key not in core and _is_ring(one, kinds):
            message = f"{one.value!r} is a kind of itself, directly or through others"
            yield Finding(file, f"/values/{row}/kind_of", "R407", message)


def _is_ring(one: OwnValue, kinds: Mapping[Any, str]) -> bool:
    at, passed = one.kind_of, set[str]()
    while (one.list, at) in kinds and at not in passed:
        if at == one.value:
            return True
        passed.add(at)
        at = kinds[one.list, at]
    return False

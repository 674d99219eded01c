"""Scopes: accounts that can be compared with each other, because nothing keeps them apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from warclaims.grouping import grouped

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from warclaims.accounts.accounts import AnyAccount


class CompareScope(NamedTuple):
    """Accounts that are compared with each other.

    Attributes:
        minimums: Ids of those that count only some of the people: their number is a minimum.
        focus: Ids of those without which there is nothing new to say; none is no such limit.
    """

    name: str
    accounts: list[AnyAccount]
    minimums: frozenset[str] = frozenset()
    focus: frozenset[str] | None = None


def scopes(
    scope: CompareScope, tag: Callable[[AnyAccount], Hashable | None], *, strict: bool
) -> list[CompareScope]:
    """Divide accounts by what limits them: a side, or a cause and perpetrator.

    Accounts limited to different tags count different people. One with a tag and one without are
    compared if silence is only silence; if ``strict``, the former is a minimum of the latter.
    """
    tagged = grouped(scope.accounts, tag)
    untagged = tagged.pop(None, [])
    if not tagged or (len(tagged) == 1 and not strict):
        return [scope]
    found = []
    if strict and untagged:
        limited = frozenset(one.id for group in tagged.values() for one in group)
        found.append(scope._replace(minimums=scope.minimums | limited))
    if not strict and len(untagged) > 1:
        found.append(scope._replace(accounts=untagged))
    for name, group in tagged.items():
        own = scope._replace(name=f"{scope.name}{_tag(name)}", accounts=group)
        if not strict:
            focus = frozenset(one.id for one in group)
            found.append(own._replace(accounts=[*group, *untagged], focus=focus))
        elif len(group) > 1 or not untagged:
            found.append(own)
    return found


def _tag(name: Hashable) -> str:
    if isinstance(name, str):
        return f"side {name} "
    assert isinstance(name, tuple)
    return " ".join(word for words in name for word in sorted(words)) + " "

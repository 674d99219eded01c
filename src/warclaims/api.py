"""Check a corpus, select claims and compare accounts from Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.corpus import Corpus
from warclaims.corpus import open as open_corpus
from warclaims.layout import GOLD

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from warclaims.records import Claim
    from warclaims.records.accounts import Comparisons
    from warclaims.validation.not_applied import Validation


def validate(
    corpus: Corpus | str | Path | None = None, paths: Iterable[str | Path] | None = None
) -> Validation:
    """Check a corpus, or only ``paths`` of it: annotation files, registries, seeds, or folders.

    Without ``corpus`` the shipped corpus is checked. The result yields the findings one by one, in
    a stable order, without those that are waived.

    >>> import warclaims
    >>> [str(finding) for finding in warclaims.validate()]
    []

    Raises:
        WarclaimsError: a path does not exist, or cannot be checked.
    """
    from pathlib import Path

    from warclaims import validation

    chosen = None if paths is None else map(Path, paths)
    return validation.validate(_opened(corpus), chosen)


def claims(
    corpus: Corpus | str | Path | None = None,
    *,
    set_name: str = GOLD,
    event: str | None = None,
    place: str | None = None,
    source: str | None = None,
    side: str | None = None,
    outcome: str | None = None,
    status: str | None = None,
    cause: str | None = None,
    outlet: str | None = None,
    narrator_only: bool = False,
    sort: str | None = None,
) -> list[Claim]:
    """Who claims how many casualties, on whose word: the claims that meet every limit.

    An event includes its parts, a place those in it, a source the actors that belong to it, and an
    outcome, a status or a cause those that are a kind of it (a medic is a civilian). The order is
    that of the texts, or by ``sort``: ``date``, ``count``, ``outlet`` or ``outcome``.

    >>> import warclaims
    >>> [claim.id for claim in warclaims.claims(source="azerbaijan-mod")]
    ['000:c6', '000:c7']

    Raises:
        WarclaimsError: unknown annotation set, event, place, actor, side, outcome, status, cause,
            outlet or order; or annotations with errors.
    """
    from warclaims.build.manifest import current_claims
    from warclaims.derive.filters import ORDERS, ClaimFilter
    from warclaims.errors import unknown

    if sort is not None and sort not in ORDERS:
        raise unknown("order", sort, ORDERS)
    opened = _opened(corpus)
    found = current_claims(opened.layout, set_name)
    if found is None:  # only then are the rules needed, which take longer to import than to apply
        from warclaims.validation.sound import sound_claims

        found = sound_claims(opened, set_name)
    limits = ClaimFilter(event, place, source, side, outcome, status, cause, outlet, narrator_only)
    if limits:
        found = limits.select(found, opened.registries)
    return found if sort is None else sorted(found, key=ORDERS[sort])


def compare(
    corpus: Corpus | str | Path | None = None, set_name: str = GOLD, event: str | None = None
) -> Comparisons:
    """What sources agree and disagree on: accounts, and how they compare event by event.

    An account is what one source says in one text about one outcome of an event. With ``event``,
    only accounts and comparisons of it and its parts. Without ``corpus`` the shipped corpus is
    compared.

    >>> import warclaims
    >>> found = warclaims.compare(event="mine-explosions-2023")
    >>> for row in found.comparisons:
    ...     if row.kind == "disagreement":
    ...         print(row.respect, [position.value for position in row.positions])
    cause ['landmine', 'vehicle bomb']
    who ['4 soldiers', '4 police']

    Raises:
        WarclaimsError: unknown annotation set or event; or a file that is not valid.
    """
    from warclaims.accounts import compare as compare_bundles
    from warclaims.errors import unknown

    opened = _opened(corpus)
    opened.require_set(set_name)
    registries = opened.registries
    if event is not None and event not in registries.events:
        raise unknown("event", event, registries.events)
    return compare_bundles(opened.bundles(set_name), registries, event)


def _opened(corpus: Corpus | str | Path | None) -> Corpus:
    return corpus if isinstance(corpus, Corpus) else open_corpus(corpus)

"""The filters by which claims and comparisons are selected, declared once.

The options of the commands and the keyword arguments of ``warclaims.claims`` and
``warclaims.compare`` are these.
"""

from __future__ import annotations

from datetime import date  # noqa: TC003 (resolved when the options are made)
from typing import Annotated, NamedTuple, TypedDict, get_type_hints


class FilterHelp(NamedTuple):
    """How a filter is explained; without ``metavar`` it is a flag."""

    help: str
    metavar: str | None = None


class ClaimFilters(TypedDict, total=False):
    """Filters of claims; a claim has to match all of them. ``None`` and false filter nothing."""

    event: Annotated[str | None, FilterHelp("This event and its parts.", "EVENT")]
    place: Annotated[str | None, FilterHelp("Events at this place or in it.", "PLACE")]
    source: Annotated[
        str | None, FilterHelp("What this actor, or one that belongs to it, says.", "ACTOR")
    ]
    source_side: Annotated[str | None, FilterHelp("What sources of this side say.", "SIDE")]
    side: Annotated[str | None, FilterHelp("Victims that the text gives this side.", "SIDE")]
    outcome: Annotated[
        str | None, FilterHelp("This outcome, with its kinds: killed, injured …", "VALUE")
    ]
    status: Annotated[
        str | None, FilterHelp("Such victims, with its kinds: civilian, police …", "VALUE")
    ]
    cause: Annotated[
        str | None, FilterHelp("This cause, with its kinds: explosive, small_arms …", "VALUE")
    ]
    perpetrator: Annotated[
        str | None, FilterHelp("Harm said to be done by this actor, or one of it.", "ACTOR")
    ]
    outlet: Annotated[str | None, FilterHelp("Texts of this outlet; unknown: of none.", "NAME")]
    since: Annotated[
        str | date | None,
        FilterHelp("Texts of this day or later; 2025-03 may be any day of it.", "DATE"),
    ]
    until: Annotated[
        str | date | None,
        FilterHelp("Texts of this day or earlier; 2025-03 may be any day of it.", "DATE"),
    ]
    narrator_only: Annotated[bool, FilterHelp("What the texts say in their own voice.")]
    disagreements: Annotated[bool, FilterHelp("What sources disagree on.")]
    depends_on_reading: Annotated[bool, FilterHelp("What depends on how words are read.")]


def filter_help() -> dict[str, FilterHelp]:
    """The filters in order, each with its help.

    >>> filter_help()["since"].metavar
    'DATE'
    """
    hints = get_type_hints(ClaimFilters, include_extras=True)
    return {name: hint.__metadata__[0] for name, hint in hints.items()}

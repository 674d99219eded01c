"""Random reports of one event, and comparisons of them without the words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

import warclaims
from support.many_accounts import EVENT, registries
from warclaims.accounts import compare

if TYPE_CHECKING:
    from warclaims.records.accounts import Comparisons

SOURCES = ("police", "hospital", "council", None)
KINDS: tuple[dict[str, Any], ...] = (
    {},
    {},
    {"status": ["civilian"]},
    {"status": ["military"]},
    {"age": "child"},
)
DESCRIPTIONS: tuple[dict[str, Any], ...] = (
    *KINDS,
    {"status": ["police"]},
    {"sex": "female"},
    {"age": "child", "sex": "male"},
    {"groups": [{"age": "adult", "sex": "female"}, {"age": "child"}]},
    {"groups": [{"status": ["military"]}, {"status": ["civilian"]}]},
)
"""The kinds, and further descriptions of victims."""
ACTORS = ("norland", "sudland")
WEAPONS = ("ied", "artillery")

DISAGREEMENT = frozenset({"disagreement"})


@dataclass(frozen=True)
class Counted:
    """A count: its number, how it is meant, the kind it is limited to, who did it and how.

    A part is one of the first count of its report.
    """

    value: int
    quantifier: str = "exact"
    value_max: int | None = None
    kind: int = 0
    perpetrator: str | None = None
    cause: str | None = None
    is_part: bool = False


@dataclass(frozen=True)
class Report:
    """What a text says that one source said: counts of different people, in one sentence."""

    name: str
    source: str | None
    date: str
    counts: tuple[Counted, ...]
    cause: str | None = None

    def bundle(self) -> warclaims.records.Bundle:  # type: ignore[name-defined]
        words = [f"group{number}" for number in range(len(self.counts))]
        said = f"{', '.join(words)} died, {self.source} said. So reads text {self.name}."
        casualties = [
            {
                "span": word,
                "outcome": "killed",
                "value": count.value,
                "value_max": count.value_max,
                "quantifier": count.quantifier,
                "events": [EVENT],
                "cause": [cause] if (cause := count.cause or self.cause) else [],
                "inferred_perpetrator": count.perpetrator,
                "subset_of": ["c1"] if count.is_part else [],
                "id": f"c{number}",
                **DESCRIPTIONS[count.kind],
            }
            for number, (word, count) in enumerate(zip(words, self.counts, strict=True), 1)
        ]
        actors, attributions = [], []
        if self.source:
            actors = [{"id": "m", "span": self.source, "entity": self.source}]
            content = [(0, said.index(" died") + 5)]
            attributions = [{"source": ["m"], "content": content}]
        built = warclaims.build_document(
            said,
            document=self.name,
            outlet=f"Outlet {self.name}",
            date=self.date,
            actors=actors,
            casualties=casualties,
            attributions=attributions,
        )
        assert not built.findings
        return built.bundle


def counts(quantifiers: tuple[str, ...] = ("exact", "at_least", "approximate", "range")) -> Any:
    return st.builds(
        lambda value, quantifier, more, kind: Counted(
            value, quantifier, value + more if quantifier == "range" else None, kind
        ),
        st.integers(1, 12),
        st.sampled_from(quantifiers),
        st.integers(1, 5),
        st.integers(0, len(KINDS) - 1),
    )


def detailed_counts() -> Any:
    """Counts with every field that tells victims, causes and perpetrators apart."""
    return st.builds(
        lambda count, kind, perpetrator, cause: replace(
            count, kind=kind, perpetrator=perpetrator, cause=cause
        ),
        counts(),
        st.integers(0, len(DESCRIPTIONS) - 1),
        st.sampled_from((None, *ACTORS)),
        st.sampled_from((None, *WEAPONS)),
    )


def wholes() -> Any:
    """A count without limit, and parts of it."""
    return st.builds(
        lambda whole, more: (
            replace(whole, kind=0),
            *(replace(one, is_part=True) for one in more),
        ),
        detailed_counts(),
        st.lists(detailed_counts(), max_size=2),
    )


def reports(
    least: int = 2, most: int = 5, *, detailed: bool = False, with_parts: bool = False
) -> Any:
    """Several reports, each with a name of its own.

    Those that are ``detailed`` have causes and perpetrators by count.
    """
    several = st.lists(detailed_counts() if detailed else counts(), min_size=1, max_size=3)
    one = st.builds(
        Report,
        st.just(""),
        st.sampled_from(SOURCES),
        st.sampled_from(("2031-01-01", "2031-01-02")),
        wholes() if with_parts else several.map(tuple),
        st.none() if detailed else st.sampled_from((None, *WEAPONS)),
    )
    return st.lists(one, min_size=least, max_size=most).map(
        lambda found: [replace(report, name=f"d{number}") for number, report in enumerate(found)]
    )


def compared(several: list[Report], event_type: str = "attack_on_civilians") -> Comparisons:
    known = registries(event_type)
    assert isinstance(known, SimpleNamespace)
    return compare([report.bundle() for report in several], known)


def gist(result: Comparisons) -> set[Any]:
    """What comparisons say, by texts and without words and numbers."""
    return {
        (
            row.outcome,
            row.respect,
            row.kind,
            frozenset(frozenset(texts(one.accounts)) for one in row.positions),
            row.soft,
        )
        for row in result.comparisons
    }


def disputes(result: Comparisons, without: str) -> set[Any]:
    """The disagreements and other conflicts of numbers, with one text left out."""
    found = set()
    for row in result.comparisons:
        if row.kind in ("disagreement", "different_kinds"):
            positions = [frozenset(texts(one.accounts) - {without}) for one in row.positions]
            found.add((row.outcome, row.respect, row.kind, frozenset(positions), len(positions)))
    return found


def texts(accounts: tuple[str, ...]) -> set[str]:
    return {account.partition(":")[0] for account in accounts}


def kept_apart(
    result: Comparisons, kinds: frozenset[str] = DISAGREEMENT | {"different_kinds"}
) -> set[frozenset[str]]:
    """The pairs of texts that are never in one position, in some row of these kinds."""
    found = set()
    for row in result.comparisons:
        if row.kind in kinds:
            together = [texts(one.accounts) for one in row.positions]
            everyone = set().union(*together)
            found |= {
                frozenset((one, other))
                for one in everyone
                for other in everyone
                if one < other and not any({one, other} <= of for of in together)
            }
    return found

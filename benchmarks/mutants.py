"""Does the fast acceptance test ever accept what the rules object to?

Clean bundles are changed, by declared mutators and blindly; whatever is accepted is then asked of
the rules, which must find nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from benchmarks import blind_values
from benchmarks.blind_bytes import BLIND
from benchmarks.bundles import Maker
from benchmarks.mutation import NoPlace, facts
from benchmarks.mutators import OF_BUNDLES, apply
from warclaims.records import REGISTRIES
from warclaims.validation.acceptance import Suspicion
from warclaims.validation.bundles import check_bundle
from warclaims.validation.bundles.checker import Checker
from warclaims.validation.known import Known

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from warclaims.corpus import Corpus

    Accepts = Callable[[bytes], bool]

_REGISTERED = (blind_values,)

MUTANTS_OF_ONE = 20
"""So many mutants are made of one bundle before the next is."""
SHOWN = 60
TWICE = 0.2
"""So many of the blind mutants get a second change."""


@dataclass(frozen=True)
class FalseAccept:
    """A mutant that was accepted though the rules find something, told otherwise, or raised."""

    change: str
    bundle: int
    before: bytes
    after: bytes
    codes: tuple[str, ...]

    def __str__(self) -> str:
        """The change, the codes, and the least stretch that differs, with what is around."""
        low, high = _difference(self.before, self.after)
        start = max(0, low - SHOWN)
        old = self.before[start : len(self.before) - high + SHOWN // 2]
        new = self.after[start : len(self.after) - high + SHOWN // 2]
        return (
            f"{self.change} (bundle {self.bundle}): {', '.join(self.codes)}\n"
            f"  before: {_shown(old)}\n  after:  {_shown(new)}"
        )


def _difference(one: bytes, other: bytes) -> tuple[int, int]:
    """How long the equal beginning is, and the equal end."""
    shorter = min(len(one), len(other))
    low = next((n for n in range(shorter) if one[n] != other[n]), shorter)
    rest = shorter - low
    high = next((n for n in range(rest) if one[-1 - n] != other[-1 - n]), rest)
    return low, high


def _shown(data: bytes) -> str:
    words = data.decode(errors="backslashreplace")
    return words if len(words) <= 8 * SHOWN else f"{words[: 4 * SHOWN]} … {words[-4 * SHOWN :]}"


@dataclass
class Outcome:
    """What came of a run."""

    mutants: int = 0
    accepted: int = 0
    clean: int = 0
    clean_accepted: int = 0
    false: list[FalseAccept] = field(default_factory=list)

    def __str__(self) -> str:
        """All in one line."""
        return (
            f"{self.mutants} mutants, {self.accepted} accepted, {len(self.false)} of them falsely; "
            f"{self.clean_accepted} of {self.clean} clean bundles accepted"
        )


def known(corpus: Corpus) -> Known:
    """What bundles may refer to."""
    return Known({name: getattr(corpus.registries, name) for name in REGISTRIES})


def acceptance(corpus: Corpus) -> Accepts:
    """The acceptance test."""
    from warclaims.validation.acceptance import Acceptance

    return Acceptance(known(corpus)).accepts


def mutants(corpus: Corpus, number: int, seed: int) -> Iterator[tuple[str, int, bytes, bytes]]:
    """Change, number of the bundle, bundle and mutant: declared and blind changes in turn."""
    maker, random, about = Maker(corpus), Random(seed), facts(corpus)
    made = tries = 0
    data = b""
    while made < number:
        if tries % MUTANTS_OF_ONE == 0:
            data = maker.line(random, f"p{seed}-{tries // MUTANTS_OF_ONE}")
        tries += 1
        try:
            if tries % 2:
                mutator = random.choice(OF_BUNDLES)
                name, mutant = mutator.name, apply(mutator, data, random, about)
            else:
                name, mutant = _blindly(data, random)
        except NoPlace:
            continue
        if mutant != data:
            made += 1
            yield name, tries // MUTANTS_OF_ONE, data, mutant


def _blindly(data: bytes, random: Random) -> tuple[str, bytes]:
    """What was done, and the mutant: one blind change, sometimes a second one."""
    change = random.choice(BLIND)
    name, mutant = change.__name__.replace("_", " "), change(data, random)
    if random.random() < TWICE:
        other = random.choice(BLIND)
        try:
            return f"{name}, {other.__name__.replace('_', ' ')}", other(mutant, random)
        except (NoPlace, AttributeError, LookupError, OverflowError, TypeError, ValueError):
            pass  # it is no bundle any more
    return name, mutant


def compare(corpus: Corpus, number: int, seed: int, accepts: Accepts) -> Outcome:
    """Hold ``accepts``, and what bundles are found fault with, against the rules on mutants.

    The rules are asked of what the careful parser reads: nothing here is decoded fast.
    """
    registries = known(corpus)
    checker = Checker(registries, "mutant")
    outcome = Outcome()
    last = b""
    for change, bundle, before, after in mutants(corpus, number, seed):
        if before is not last:
            last = before
            outcome.clean += 1
            outcome.clean_accepted += accepts(before)
        outcome.mutants += 1
        codes: tuple[str, ...] = ()
        try:
            accepted = accepts(after)
            told = sorted(map(str, checker.check(after, None)))
        except Exception as error:  # no input may raise
            codes = (f"raised {type(error).__name__}: {error}",)
        else:
            found = check_bundle(after, registries, "mutant", None, Suspicion(None))
            outcome.accepted += accepted
            if accepted and found:
                codes = ("accepted, though", *sorted({finding.code for finding in found}))
            elif told != sorted(map(str, found)):
                codes = ("told otherwise than by all rules", *told)
        if codes:
            outcome.false.append(FalseAccept(change, bundle, before, after, codes))
    return outcome


def main() -> None:
    """Compare from the command line: how many mutants, and the seed."""
    import sys

    import warclaims

    corpus = warclaims.open()
    number, seed = (int(word) for word in (*sys.argv[1:], "2000", "0")[:2])
    outcome = compare(corpus, number, seed, acceptance(corpus))
    sys.stdout.write("\n".join([*map(str, outcome.false[:50]), str(outcome)]) + "\n")


if __name__ == "__main__":
    main()

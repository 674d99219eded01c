"""The sections on mistakes that must be found, and on mutants that must not be accepted."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.detection import edits
from benchmarks.mutators import MUTATORS, UNREACHED
from benchmarks.page import Scale, progress
from benchmarks.parity import acceptance, compare
from warclaims.validation import RULES

if TYPE_CHECKING:
    from warclaims.corpus import Corpus

EDITS, MUTANTS = 500, 20_000
SEED = 4


def section(scale: Scale, corpus: Corpus) -> list[str]:
    """Both."""
    return [*_edits(scale, corpus), *_mutants(scale, corpus)]


def _edits(scale: Scale, corpus: Corpus) -> list[str]:
    number = scale.of(EDITS)
    progress(f"{number} edits of the corpus")
    with tempfile.TemporaryDirectory() as folder:
        done = list(edits(corpus, Path(folder) / "copy", number, SEED))
    missed = [edit for edit in done if not edit.detected]
    declared = {code for edit in done for code in edit.mutator.codes}
    return [
        "## Random edits of the corpus",
        f"{number} seeded edits of a copy of the shipped corpus by {len(MUTATORS)} mutators, each "
        f"with the codes of which one must be found; {len(declared)} of {len(RULES)} codes are "
        f"declared, {len(UNREACHED)} cannot be reached so (`benchmarks/mutators.py` says why). "
        f"Exit status 1 with a declared code: {number - len(missed)} of {number} (aim: 99 of 100).",
        *(["Missed:", "\n".join(f"- {edit}" for edit in missed)] if missed else []),
    ]


def _mutants(scale: Scale, corpus: Corpus) -> list[str]:
    number = scale.of(MUTANTS)
    progress(f"{number:,} mutants for the acceptance test")
    outcome = compare(corpus, number, SEED, acceptance(corpus))
    shown = "\n\n".join(f"```\n{one}\n```" for one in outcome.false[:20])
    return [
        "## Mutants and the acceptance test",
        "Half of the mutants are made by the mutators, half blindly (bits, bytes, tokens, numbers, "
        "keys, blanks, words and values changed by chance). Whatever the fast acceptance test "
        f"accepts is asked of the rules: {outcome}.",
        *(["Accepted falsely:", shown] if shown else []),
    ]

"""The section on mistakes that must be found."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.page import Scale, progress
from support.detection import edits
from support.mutators import MUTATORS, UNREACHED
from warclaims.validation import RULES

if TYPE_CHECKING:
    from warclaims.corpus import Corpus

EDITS = 500
SEED = 4


def section(scale: Scale, corpus: Corpus) -> list[str]:
    """Edits of a copy of the corpus, and how many are detected."""
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

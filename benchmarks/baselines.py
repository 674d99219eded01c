"""Score the systems that ship, and write ``benchmarks/baselines.md``.

``POLNEAR=folder`` names a copy of PolNeAR (https://github.com/networkdynamics/PolNeAR), of which
the development set is scored; without it that part of the page stays as it is. ``SYSTEMS`` names
other systems than ``rules``. Nothing of PolNeAR is kept.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import warclaims
from benchmarks.page import progress, table
from warclaims.agreement.scoring import ScoredSystem, ScoreRow, score_texts
from warclaims.corpus import Registries
from warclaims.formats import FORMATS
from warclaims.formats.importing import read_texts
from warclaims.systems import NamedSystem, TextToAnnotate, load_system, suggestions
from warclaims.wording import plural, score

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from warclaims.records import Bundle, Casualty

PAGE = Path(__file__).parent / "baselines.md"
POLNEAR = "## PolNeAR"
UNITS = ("actors", "locations", "casualties", "sources", "cues", "contents")
ATTRIBUTION_UNITS = ("sources", "cues", "contents")
FIELDS = (
    "actors.entity", "locations.place", "casualties.outcome", "casualties.quantifier",
    "casualties.value", "casualties.events", "attributions.source",
)  # fmt: skip
CLAIM_PARTS = ("found", "number", "outcome", "victims", "source", "all")
TUNED_ON = {
    "rules": (
        "invented sentences and reports, the texts of `tests/claims`, the training set of PolNeAR; "
        "of the held-out texts only which kinds of record are missed (the table below), not words"
    ),
    "spacy": "as `rules`",
    "llm": "none",
}
"""The texts with which each system was made or improved, for the page."""
NOBODY = Registries({}, {}, {}, {}, {})
"""Registries without entries, for texts on other events."""


def main() -> None:
    """Write the page."""
    systems = [load_system(name) for name in os.environ.get("SYSTEMS", "").split() or ["rules"]]
    folder = os.environ.get("POLNEAR", "")
    old = PAGE.read_text("utf-8") if PAGE.exists() else ""
    PAGE.write_text(page(systems, Path(folder) if folder else None, old), encoding="utf-8")
    progress(f"wrote {PAGE}")


def page(systems: Sequence[NamedSystem], polnear: Path | None, old: str = "") -> str:
    """The page; without ``polnear`` with that part of the ``old`` one."""
    corpus = warclaims.open()
    assert corpus.heldout
    versions = ", ".join(f"`{one.name}` {one.version}" for one in systems)
    parts = [
        INTRODUCTION.format(
            tuned="; ".join(
                f"`{one.name}`: {TUNED_ON.get(one.name, 'not stated')}" for one in systems
            ),
            versions=versions,
            version=warclaims.__version__,
            python=platform.python_version(),
        ),
        f"## Held-out texts\n\n{HELDOUT}\n\n{_part(systems, corpus.heldout)}",
        f"## The five texts\n\n{FIVE}\n\n{_part(systems, corpus)}",
    ]
    if polnear is not None:
        parts.append(f"{POLNEAR}\n\n{_polnear_part(systems, polnear)}")
    elif POLNEAR in old:
        parts.append(old[old.index(POLNEAR) :].rstrip("\n"))
    return "\n\n".join(parts) + "\n"


INTRODUCTION = """# Baselines

How the [systems that ship](../docs/systems.md) score against gold. `make baselines` writes this
page; `make baselines POLNEAR=DIR` also scores the development set of PolNeAR, of which nothing
is kept. To score another system: `warclaims suggest --with SYSTEM`, then `warclaims score SYSTEM`.

F1 is the micro average with its 95 % interval by bootstrap over texts. *Exact*: the same edges.
*Overlapping*: a character in common, paired for most overlap. A claim is found if its victim phrase
overlaps; *all* of it is right if the number, the outcome, who the victims are and on whose word it
is are those of gold. – is what a system does not do. Gold was made by language models:
[The datasheet](../docs/datasheet.md#agreement) says how far they agree.

Systems: {versions}. WarClaims {version}, Python {python}.

Texts with which they were tuned: {tuned}."""

HELDOUT = "The twelve invented reports of [examples/heldout](../examples/heldout/README.md)."
FIVE = "The texts of the shipped corpus."
DEVELOPMENT = """The development set of PolNeAR 1.0.0 (Newell, Margolin and Ruths 2018,
<https://github.com/networkdynamics/PolNeAR>): {articles} on the United States election of 2016,
with the sources, cues and contents of attributions, also of beliefs and intentions. The systems
have no registries there. Where several people annotated an article, the first in the order of the
files counts as gold; the lines of a second person are on these {twice} articles only."""


def _part(systems: Sequence[NamedSystem], corpus: warclaims.Corpus) -> str:
    """The tables of a corpus, in which nothing is written."""
    expected = list(corpus.bundles())
    scored = [_scored(system, expected, corpus.registries) for system in systems]
    tables = [_of_spans(scored, UNITS), _of_fields(scored), _of_claims(scored)]
    by_language: dict[str, list[Bundle]] = {}
    for bundle in expected:
        language = bundle.document.language.partition("-")[0]
        by_language.setdefault(language, []).append(bundle)
    if len(by_language) > 1:
        tables.append(_by_language(systems, by_language, corpus.registries))
    tables += [_by_kind(system, expected, corpus.registries) for system in systems]
    return "\n\n".join(tables)


def _by_kind(system: NamedSystem, expected: Sequence[Bundle], registries: Registries) -> str:
    """Which kinds of casualties are found: share a character with a suggested one."""
    texts = (TextToAnnotate(one.document, one.text) for one in expected)
    counts: dict[tuple[str, str], list[bool]] = {}
    for gold, made in zip(expected, suggestions(system, texts, registries, "now"), strict=True):
        parts = [part for one in made.bundle.annotations.casualties for part in one.span]
        for one in gold.annotations.casualties:
            is_found = any(
                part.start < own.end and own.start < part.end for own in one.span for part in parts
            )
            links = ("subset_of", "same_as", "revises", "besides")
            link = next((name for name in links if getattr(one, name)), "none")
            for key in (("number", _number(one)), ("link", link), ("outcome", one.outcome)):
                counts.setdefault(key, []).append(is_found)
    rows = [
        [f"`{system.name}`", kind, value, str(len(found)), score(sum(found) / len(found))]
        for (kind, value), found in sorted(counts.items())
    ]
    return table(["system", "casualties by", "value", "gold", "found"], rows)


def _number(one: Casualty) -> str:
    if one.fraction is not None:
        return "fraction"
    return {None: "none", 0: "zero", 1: "one person"}.get(one.value, "two or more")


def _by_language(
    systems: Sequence[NamedSystem], texts: dict[str, list[Bundle]], registries: Registries
) -> str:
    rows = []
    for system in systems:
        for language, expected in texts.items():
            scored = _scored(system, expected, registries)
            cells = [_f1(scored.score(unit, "overlapping")) for unit in UNITS]
            rows.append([f"`{system.name}`", f"`{language}`", str(len(expected)), *cells])
    return table(
        ["system", "language", "texts", *(f"{unit}, F1 overlapping" for unit in UNITS)], rows
    )


def _scored(
    system: NamedSystem, expected: Sequence[Bundle], registries: Registries
) -> ScoredSystem:
    progress(f"{system.name} on {plural(len(expected), 'text')}")
    texts = (TextToAnnotate(one.document, one.text) for one in expected)
    made = suggestions(system, texts, registries, datetime.now(UTC).isoformat())
    pairs = zip(expected, (one.bundle for one in made), strict=True)
    return score_texts(pairs, registries, system=system.name, against="gold")


def _of_spans(scored: Sequence[ScoredSystem], units: Sequence[str]) -> str:
    header = ["system", "spans", "gold", "predicted", "precision", "recall", "F1 exact"]
    rows = [
        [
            f"`{one.system}`",
            unit,
            *(f"{number:,}" for number in (exact.expected, exact.predicted)),
            score(exact.precision),
            score(exact.recall),
            *(_f1(one.score(unit, measure)) for measure in ("exact", "overlapping", "characters")),
        ]
        for one in scored
        for unit in units
        for exact in [one.score(unit, "exact")]
    ]
    return table([*header, "F1 overlapping", "F1 by characters"], rows)


def _of_fields(scored: Sequence[ScoredSystem]) -> str:
    """How often the values of matched records are equal."""
    rows = [
        [f"`{one.system}`", name, f"{row.expected:,}", _f1(row)]
        for one in scored
        for name in FIELDS
        for row in [one.score(name, "equal")]
    ]
    return table(["system", "field", "matched records", "equal values"], rows)


def _of_claims(scored: Sequence[ScoredSystem]) -> str:
    names = [("claims", part) for part in CLAIM_PARTS]
    names += [(name, part) for name in ("accounts", "disagreements") for part in ("found", "equal")]
    rows = [
        [
            f"`{one.system}`",
            f"{name}: {part}",
            *(f"{number:,}" for number in (row.expected, row.predicted, row.found)),
            *(score(ratio) for ratio in (row.precision, row.recall)),
            _f1(row),
        ]
        for one in scored
        for name, part in names
        for row in [one.score(name, part)]
    ]
    return table(
        ["system", "what", "gold", "predicted", "right", "precision", "recall", "F1"], rows
    )


def _f1(row: ScoreRow) -> str:
    if row.f1_low is None or row.f1_high is None:
        return score(row.f1)
    return score(row.f1, (row.f1_low, row.f1_high))


def _polnear_part(systems: Sequence[NamedSystem], folder: Path) -> str:
    folder = folder / "data" / "dev" if (folder / "data").is_dir() else folder
    annotated = _polnear_files(folder)
    digest = hashlib.sha256()
    for files in annotated.values():
        for file in files:
            digest.update(file.read_bytes())
    expected = list(_polnear(folder, {name: files[0] for name, files in annotated.items()}))
    scored = [_scored(system, expected, NOBODY) for system in systems]
    twice = {name: files for name, files in annotated.items() if len(files) > 1}
    people = [list(_polnear(folder, {n: f[at] for n, f in twice.items()})) for at in (0, 1)]
    scored.append(
        score_texts(zip(*people, strict=True), NOBODY, system="second person", against="gold")
    )
    about = DEVELOPMENT.format(articles=plural(len(expected), "article"), twice=len(twice))
    return (
        f"{about}\n\n{_of_spans(scored, ATTRIBUTION_UNITS)}\n\n"
        f"SHA-256 of the annotation files, one after the other by name: `{digest.hexdigest()}`."
    )


def _polnear_files(folder: Path) -> dict[str, list[Path]]:
    """The annotation files of each text; their names end in who annotated."""
    found: dict[str, list[Path]] = {}
    for file in sorted((folder / "attributions").glob("*.ann")):
        found.setdefault(re.sub(r"_[0-9a-f]+$", "", file.stem), []).append(file)
    if not found:
        raise SystemExit(f"{folder} has no attributions/*.ann; name a copy of PolNeAR")
    return found


def _polnear(folder: Path, annotations: dict[str, Path]) -> Iterator[Bundle]:
    """Texts with sources, cues and contents as labels."""
    with tempfile.TemporaryDirectory() as place:
        for number, (name, file) in enumerate(annotations.items()):
            text = (folder / "text" / f"{name}.txt").read_bytes()
            (Path(place) / f"p{number:04}.txt").write_bytes(text)
            (Path(place) / f"p{number:04}.ann").write_bytes(file.read_bytes())
        for one in read_texts(FORMATS["brat"], Path(place)):
            labels = [_label(span) for span in one.spans if span.label in _LABELS]
            built = warclaims.build_document(
                one.text, document=one.name, language="en", foreign=labels
            )
            yield built.bundle


_LABELS = ("Source", "Cue", "Content")


def _label(span: Any) -> dict[str, Any]:
    return {"id": span.id, "span": list(span.ranges), "label": span.label, "scheme": "PolNeAR"}


if __name__ == "__main__":
    main()

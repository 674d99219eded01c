"""What is fuzzed: each target is a function of bytes that raises if a property does not hold.

The property is always that broken input ends in findings or in an error for people, and never in
another exception; and what is accepted is the same when it is written and read again.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from fuzz import foreign_files
from fuzz.answers import answers
from fuzz.corpora import annotations, index, registry
from fuzz.editions import edition
from fuzz.ledgers import ledger
from fuzz.properties import comes_back, mini, sound
from warclaims.corpus.canonical import canonical_bytes
from warclaims.corpus.reading import parse
from warclaims.corpus.shards.reading import numbered_lines
from warclaims.errors import InvalidFile, WarclaimsError
from warclaims.labelstudio.exported import ExportedProject
from warclaims.labelstudio.results import read_results
from warclaims.language import read_number
from warclaims.language.quotations import begins_quoted, quotations
from warclaims.records import (
    ActorRegistry,
    Annotations,
    AnnotatorRegistry,
    Bundle,
    Challenge,
    Document,
    DocumentIndex,
    EventRegistry,
    OwnValues,
    PlaceRegistry,
    Segment,
    SideRegistry,
)
from warclaims.validation import check_annotations
from warclaims.validation.bundles.check import check_bundle
from warclaims.validation.bundles.checking import FilePart, check_part
from warclaims.validation.bundles.run import read_known
from warclaims.validation.rule import Rule
from warclaims.validation.rules import seeds as seed_rules
from warclaims.validation.scanning import scanner
from warclaims.validation.views import DocumentView
from warclaims.validation.words import cuts_word, quoted

if TYPE_CHECKING:
    from collections.abc import Callable

MODELS = (
    Annotations,
    DocumentIndex,
    ActorRegistry,
    PlaceRegistry,
    EventRegistry,
    SideRegistry,
    AnnotatorRegistry,
    Bundle,
    OwnValues,
    Challenge,
)


@cache
def _known():
    known, trouble = read_known(mini())
    assert not trouble
    return known


def bundle(data: bytes) -> None:
    """One bundle: its findings can be shown in every format."""
    sound(check_bundle(data, _known(), "x.jsonl", 1))
    comes_back(data, Bundle)


def reading(data: bytes) -> None:
    """A file of the corpus as each model; the first byte chooses."""
    if not data:
        return
    model = MODELS[data[0] % len(MODELS)]
    comes_back(data[1:], model)
    try:
        parse(data[1:], ExportedProject, "x.json")
    except InvalidFile as error:
        sound(error.findings)


def streams(data: bytes) -> None:
    """A file of any kind: lines, compressed, a table, one bundle."""
    with NamedTemporaryFile() as file:
        Path(file.name).write_bytes(data)
        for checked in check_part(FilePart(Path(file.name), "x"), _known()):
            sound(checked.findings)
    small = [data[at : at + 7] for at in range(0, len(data), 7)]
    found = list(numbered_lines(small, limit=64))
    lines = enumerate(data.split(b"\n"), 1)
    assert found == [(number, line if len(line) <= 64 else len(line)) for number, line in lines]


def labelstudio(data: bytes) -> None:
    """An export of Label Studio."""
    try:
        outcome = read_results(data, "x.json", mini())
    except WarclaimsError:
        return
    for finding in outcome.findings:
        str(finding)
    for imported in outcome.documents:
        again = parse(canonical_bytes(imported.after), Annotations, "x")
        assert again == imported.after


def texts(data: bytes) -> None:
    """Scanners of texts: numbers, quotations, segments, words, and the rules on an odd text."""
    words = data.decode("utf-8", "replace")
    if not words:
        return
    for language in ("ar", "en", "es", "ru"):
        read_number(words[:400], language, words[:40], words[-40:])
    for start, end in quotations(words):
        assert 0 <= start < end <= len(words)
    begins_quoted(words, len(words) // 2)
    quoted(words)
    for at in range(min(len(words), 100)):
        cuts_word(words, at)
    for language in ("ar", "en", "es", "ru"):
        scanner(frozenset(), language).hits(words)
    document, annotations = _of_text(words)
    view = DocumentView("x", "/document", document, "x", words.encode())
    for rule in vars(seed_rules).values():
        if isinstance(rule, Rule):
            list(rule.check(view))
    sound(check_annotations(annotations, document, words, mini().registries))


def _of_text(words: str) -> tuple[Document, Annotations]:
    """A document of the text with two segments, and annotations of some of its words."""
    base = mini().document("one")
    length, half = len(words), max(1, len(words) // 2)
    segments = [Segment(kind=base.segments[0].kind, start=0, end=half)]
    if half < length:
        segments.append(Segment(kind=base.segments[-1].kind, start=half, end=length))
    document = base.model_copy(update={"length": length, "segments": tuple(segments)})
    annotations = mini().annotations("one")
    fragment = annotations.casualties[0].span[0]
    end = min(length, 80)
    moved = fragment.model_copy(update={"start": 0, "end": end, "text": words[:end]})
    readings = ({"trigger": [moved.model_dump()]}, {"span": [fragment.model_dump()]})
    changes = {"span": (moved,), "alternatives": readings}
    casualty = annotations.casualties[0].model_copy(update=changes)
    return document, annotations.model_copy(update={"casualties": (casualty,)})


TARGETS: dict[str, Callable[[bytes], None]] = {
    "bundle": bundle,
    "reading": reading,
    "streams": streams,
    "labelstudio": labelstudio,
    "texts": texts,
    "index": index,
    "registry": registry,
    "annotations": annotations,
    "edition": edition,
    "answers": answers,
    "ledger": ledger,
    **{name: foreign_files.target(name) for name in foreign_files.BROKEN},
}

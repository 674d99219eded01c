"""Let a system annotate the documents of shards, on any engine, in bounded memory."""

from __future__ import annotations

import json
from collections import deque
from contextlib import closing
from gzip import GzipFile
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from warclaims.corpus.shards.reading import ExpansionLimit, UnreadableBundles, open_stream
from warclaims.corpus.shards.storage import PREDICTED
from warclaims.corpus.shards.table import read_bundles
from warclaims.files import locked, replacing
from warclaims.layout import GOLD, PREDICTIONS
from warclaims.records import LAYERS, REGISTRIES, Document
from warclaims.records.base import Words
from warclaims.systems.running import suggestions
from warclaims.systems.system import TextToAnnotate, load_system
from warclaims.validation.bundles.run import shard_results

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from warclaims.corpus import Corpus, Registries
    from warclaims.systems.running import Suggestion
    from warclaims.systems.system import NamedSystem
    from warclaims.validation.bundles.checking import FilePart


class SuggestedBundle(NamedTuple):
    """What a system suggests for one document of a shard.

    Attributes:
        document: The id of the document; empty if it cannot be read.
        counts: How many records there are, by layer.
        problems: What is left out, and why, in words.
        line: The bundle as a line of JSON; empty if it is not usable.
    """

    document: str
    counts: dict[str, int]
    problems: list[str]
    line: bytes = b""


class _BundleToAnnotate(BaseModel):
    """What is read of a bundle to annotate it anew."""

    model_config = ConfigDict(strict=True)

    document: Document
    text: Words


def text_of(data: bytes) -> TextToAnnotate | None:
    """The document and the text of a bundle; ``None`` if it has none."""
    try:
        read = _BundleToAnnotate.model_validate_json(data)
    except ValidationError:
        return None
    return TextToAnnotate(read.document, read.text)


class SuggestionWork:
    """Annotates the bundles of parts: work for :func:`.engines.run_parts`.

    Attributes:
        basis: What the suggestions follow from besides the part.
    """

    done = "annotated"

    def __init__(self, name: str, system: NamedSystem, known: Registries, made: str | None) -> None:
        self._name, self._known, self._made = name, known, made
        entries = [getattr(known, registry) for registry in REGISTRIES]
        self.basis: tuple[object, ...] = (name, system.version, entries, known.lists.own)

    def results(self, part: FilePart) -> Iterator[SuggestedBundle]:
        """What is suggested for each bundle of ``part``, and then why it ends, if it should not."""
        waiting: deque[SuggestedBundle | None] = deque()
        end = []
        try:
            with closing(open_stream(part.path, part.name, part.start, part.stop)) as stream:
                texts = self._texts(
                    read_bundles(stream, ExpansionLimit(), part.line), part, waiting
                )
                for one in suggestions(load_system(self._name), texts, self._known, self._made):
                    while (before := waiting.popleft()) is not None:
                        yield before
                    yield self._suggested(one)
                stream.require_unchanged(part.identity)
        except UnreadableBundles as error:
            end = [str(error.finding(part.name, part.line))]
        yield from filter(None, waiting)
        yield SuggestedBundle("", {}, end)

    @staticmethod
    def _texts(
        rows: Iterator[tuple[int | None, bytes | int]],
        part: FilePart,
        waiting: deque[SuggestedBundle | None],
    ) -> Iterator[TextToAnnotate]:
        """The texts in rows; for each ``None`` waits, for others what is wrong with them."""
        for number, data in rows:
            if isinstance(data, bytes) and (not data or data.isspace()):
                continue
            text = text_of(data) if isinstance(data, bytes) else None
            if text is None:
                place = part.name if number is None else f"{part.name}:{number}"
                problem = f"{place}: is not a bundle with a document and a text. See: validate"
                waiting.append(SuggestedBundle("", {}, [problem]))
            else:
                waiting.append(None)
                yield text

    def _suggested(self, one: Suggestion) -> SuggestedBundle:
        document, annotations = one.bundle.document.id, one.bundle.annotations
        errors = one.errors(self._known)
        problems = [str(finding) for finding in (*one.left_out, *errors)]
        if errors:
            return SuggestedBundle(document, {}, problems)
        counts = {str(layer): len(getattr(annotations, layer)) for layer in LAYERS}
        line = one.bundle.model_dump_json(exclude_defaults=True).encode()
        return SuggestedBundle(document, counts, problems, line)

    @staticmethod
    def encoded(one: SuggestedBundle) -> bytes:
        """What is suggested as a line: what is known of it, a tab, and the bundle."""
        return json.dumps(one[:3]).encode() + b"\t" + one.line

    @staticmethod
    def decoded(line: bytes) -> SuggestedBundle:
        """What :meth:`encoded` made a line of."""
        about, _, bundle = line.rstrip(b"\n").partition(b"\t")
        document, counts, problems = json.loads(about)
        return SuggestedBundle(document, counts, problems, bundle)


def suggest_in_shards(
    corpus: Corpus,
    name: str,
    *,
    engine: Literal["local", "ray"] = "local",
    processes: int | None = None,
    resume: Path | None = None,
    made: str | None = None,
) -> Iterator[SuggestedBundle]:
    """Let a system annotate all documents of shards, and write its predictions as shards.

    They are in ``annotations/predictions/SYSTEM``, one file per shard of gold (or of the first
    set), written while what is suggested is given, and replace what the system predicted before.
    ``engine``, ``processes`` and ``resume`` are as for :func:`.validate_bundles`.

    Raises:
        WarclaimsError: unknown system, or a process was killed.
        InvalidFile: a shard is missing.
    """
    system = load_system(name)
    sets = corpus.storage.shards
    shards = sets.get(GOLD) or next(iter(sets.values()), ())
    folder = corpus.layout.annotation_set(PREDICTIONS + system.name)
    work = SuggestionWork(name, system, corpus.registries, made)
    with (
        locked(corpus.root),
        shard_results(work, shards, engine=engine, processes=processes, resume=resume) as (done, _),
    ):
        written = set()
        for number, (_, group) in enumerate(groupby(done, key=lambda both: both[0].name), 1):
            path = folder / f"{number:05}{PREDICTED}"
            written.add(path)
            with replacing(path) as file, GzipFile("", "wb", 1, file, 0) as packed:
                for _, results in group:
                    yield from _passed_on(results, packed)
        for old in set(folder.glob(f"*{PREDICTED}")) - written:
            old.unlink()


def _passed_on(results: Iterator[SuggestedBundle], file: Any) -> Iterator[SuggestedBundle]:
    """The results, after their bundles are written."""
    for one in results:
        if one.line:
            file.write(one.line + b"\n")
        yield one

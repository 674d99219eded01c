"""Score predictions for the documents of shards, on any engine, in bounded memory."""

from __future__ import annotations

import json
from contextlib import ExitStack, closing
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from warclaims.agreement.scoring import CountedTexts, TextCounts, text_counts
from warclaims.agreement.sets import MOST_WITH_DISAGREEMENTS, ComparedSets
from warclaims.corpus import Corpus
from warclaims.corpus.reading import parse
from warclaims.corpus.shards.reading import ExpansionLimit, UnreadableBundles, open_stream
from warclaims.corpus.shards.table import read_bundles
from warclaims.errors import InvalidFile
from warclaims.files import workspace
from warclaims.records import Bundle
from warclaims.validation.bundles.checking import parts_of
from warclaims.validation.bundles.engines import run_parts
from warclaims.validation.bundles.kept import KeptResults
from warclaims.validation.bundles.run import default_processes
from warclaims.validation.sound import require_sound

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from warclaims.validation.bundles.checking import FilePart


class ScoreWork:
    """Counts what is right in the texts of parts: work for :func:`.engines.run_parts`."""

    done = "scored"
    basis: tuple[object, ...] = ()

    def __init__(self, root: Path, predicted: str, against: str) -> None:
        self._root, self._predicted, self._against = root, predicted, against

    def results(self, part: FilePart) -> Iterator[TextCounts | None]:
        """The counts of each text of ``part`` that both sets have; ``None`` at the end.

        Raises:
            InvalidFile: a bundle cannot be read.
            WarclaimsError: annotations have errors.
        """
        corpus = _opened(self._root)
        storage = corpus.storage
        try:
            with closing(open_stream(part.path, part.name, part.start, part.stop)) as stream:
                for number, data in read_bundles(stream, ExpansionLimit(), part.line):
                    if isinstance(data, int) or not data or data.isspace():
                        continue
                    expected = parse(data, Bundle, f"{part.name}:{number}")
                    name = expected.document.id
                    if not storage.is_annotated(self._predicted, name):
                        continue
                    predicted = storage.bundle(name, self._predicted)
                    for one, of_set in (expected, self._against), (predicted, self._predicted):
                        require_sound(corpus, one, of_set)
                    yield text_counts(expected, predicted, corpus.registries)
        except UnreadableBundles as error:
            raise InvalidFile([error.finding(part.name, part.line)]) from None
        yield None

    @staticmethod
    def encoded(one: TextCounts | None) -> bytes:
        """The counts as a line of JSON."""
        return json.dumps(one).encode()

    @staticmethod
    def decoded(line: bytes) -> TextCounts | None:
        """What :meth:`encoded` made a line of."""
        if (plain := json.loads(line)) is None:
            return None
        counts = [((part, name, measure), values) for (part, name, measure), values in plain[-1]]
        text, annotator, version, given, _ = plain
        return TextCounts(text, annotator, version, given, counts)


@lru_cache(maxsize=1)
def _opened(root: Path) -> Corpus:
    """The corpus, once per process."""
    return Corpus(root)


def counted_in_shards(
    corpus: Corpus,
    predicted: str,
    against: str,
    *,
    engine: Literal["local", "ray"] = "local",
    processes: int | None = None,
) -> CountedTexts:
    """Count what is right in the set ``predicted`` of a corpus of shards.

    ``engine`` and ``processes`` are as for :func:`.validate_bundles`.
    """
    work = ScoreWork(corpus.root, predicted, against)
    counted = CountedTexts()
    with ExitStack() as stack:
        shards = corpus.storage.shards[against]
        files = {shard.name: stack.enter_context(shard.local()) for shard in shards}
        several = default_processes(files.values(), processes)
        folder = stack.enter_context(workspace()) if several > 1 and engine == "local" else None
        parts = (part for name, path in files.items() for part in parts_of(path, name))
        kept = KeptResults(folder, work)
        done = stack.enter_context(closing(run_parts(work, parts, kept, engine, several)))
        for _, results in done:
            for text in filter(None, results):
                counted.add(text)
    if 0 < len(counted.texts) <= MOST_WITH_DISAGREEMENTS:
        pairs = ComparedSets(corpus, against, predicted).pairs()
        counted.add_disagreements(pairs, corpus.registries)
    return counted

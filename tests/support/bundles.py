"""Make many varied bundles from the gold texts: JSON Lines, the same for the same seed.

Documents are put together from pieces of the five texts (:mod:`support.pieces`) with all their
records; numbers, names, ids, dates, notes and sentences vary, so that no two texts are equal and
no victim phrase comes up often. One in a hundred is broken by a mutator, which a second file
records::

    python -m support.bundles 10000 bundles.jsonl --seed 7
"""

from __future__ import annotations

import argparse
import hashlib
import re
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import orjson

from support.filler import note, sentence, title
from support.pieces import pieces
from support.said import Said
from support.template import Template, dumps, quoted
from warclaims.corpus.canonical import to_plain
from warclaims.records import LAYERS, Annotations, Bundle, Document
from warclaims.records.fields import field_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.corpus import Corpus

BROKEN_EVERY = 100
SMALLEST, LARGEST = 3000, 10_000
"""The size of a text, in code points."""
MOST_FRAGMENTS = 290

_PREFIXES = ("", "", "", "x-", "A_", "doc", "n0")
_SHORT = ("a", "l", "c", "t")
_NAME = re.compile(r"[A-Z][A-Za-z.-]+(?: [A-Z][A-Za-z.-]+)*")


def _tail(random: Random) -> str:
    """What ends a record: how sure a system is, a remark, or both."""
    score = f',"score":{random.randrange(1, 100) / 100}' if random.random() < 0.6 else ""
    return f'{score},"note":{quoted(note(random))}'


class Maker:
    """Makes bundles from the pieces of a corpus."""

    def __init__(self, corpus: Corpus) -> None:
        registries = corpus.registries
        candidates = {
            layer: [
                (name.name, entry.id)
                for entry in entries.values()
                for name in entry.names
                if _NAME.fullmatch(name.name)
            ]
            for layer, entries in (("actors", registries.actors), ("locations", registries.places))
        }
        found = pieces(corpus)
        self.titles = [
            Template(piece, candidates, _tail)
            for piece in found
            if piece.segments[0]["kind"] == "title"
        ]
        self.templates = [
            Template(piece, candidates, _tail)
            for piece in found
            if all(segment["kind"] != "title" for segment in piece.segments)
        ]
        self._heads = [to_plain(document) for document in corpus.documents.values()]
        annotations = to_plain(next(corpus.bundles()).annotations)
        self._fixed = {
            name: dumps(annotations[name]) for name in ("schema_version", "annotator", "guidelines")
        }

    def line(self, random: Random, name: str) -> bytes:
        """One clean bundle with the id ``name``, without the end of the line."""
        said = Said()
        body = _Body(random, said)
        heading = None
        drawn = random.random()
        if drawn < 0.3:
            template = random.choice(self.titles)
            template.fits(said)
            heading = body.add(template).strip()
        elif drawn < 0.7:
            heading = title(random)
            body.plain("title", heading + "\n\n")
        size = random.randrange(SMALLEST, LARGEST - 1200)
        for template in random.sample(self.templates, len(self.templates)):
            if body.length >= size or body.fragments > MOST_FRAGMENTS - 40:
                break
            if template.fits(said):
                body.add(template)
            if random.random() < 0.15:
                filled = " ".join(sentence(random) for _ in range(random.randint(1, 4)))
                body.plain("paragraph", filled + "\n\n")
                if random.random() < 0.5:
                    body.label(filled.partition(" ")[0])
        while body.length < SMALLEST:
            body.plain("paragraph", sentence(random) + "\n")
        text = "".join(body.texts)
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        head = self._head(random, name, heading, sha256, text)
        head["segments"] = []
        document = dumps(head)
        segments = ",".join(body.items[len(LAYERS) + 1])
        document = document.replace('"segments":[]', f'"segments":[{segments}]', 1)
        fields: dict[str, str] = {
            **self._fixed,
            "document": quoted(name),
            "sha256": quoted(sha256),
            **{
                layer: f"[{','.join(filter(None, items))}]"
                for layer, items in zip(LAYERS, body.items, strict=False)
            },
        }
        waivers = ",".join(filter(None, body.items[len(LAYERS)]))
        if waivers:
            fields["waivers"] = f"[{waivers}]"
        if body.foreign:
            fields["foreign"] = f"[{','.join(body.foreign)}]"
        if random.random() < 0.3:
            made = {"name": "reader", "version": "0.1", "made": head["date"]["value"] or "2026"}
            fields["system"] = dumps(made)
        annotations = _object(
            {key: fields[key] for key in field_order(Annotations) if key in fields}
        )
        whole = {"document": document, "text": quoted(text), "annotations": annotations}
        return _object({key: whole[key] for key in _bundle_order()}).encode()

    def _head(
        self, random: Random, name: str, heading: str | None, sha256: str, text: str
    ) -> dict[str, Any]:
        head = dict(random.choice(self._heads))
        day = date(1988, 1, 1) + timedelta(days=random.randrange(13_000))
        known = day.isoformat()[: random.choice((4, 7, 10, 10, 10))]
        head |= {
            "id": name,
            "file": f"{name}.txt",
            "sha256": sha256,
            "length": len(text),
            "title": heading,
            "language": random.choice(("en", "en", "en", "en-GB")),
            "translation": random.choice((True, False, None)),
            "date": {**head["date"], "value": random.choice((known, known, known, None))},
        }
        if random.random() < 0.3:
            head["agency"] = {**head["outlet"], "value": random.choice(("An agency", None))}
        return {name: head[name] for name in field_order(Document) if name in head}


def _object(fields: dict[str, str]) -> str:
    return "{" + ",".join(f'"{key}":{value}' for key, value in fields.items()) + "}"


@cache
def _bundle_order() -> tuple[str, ...]:
    return tuple(key for key in field_order(Bundle) if key != "extra")


class _Body:
    """What has been put together of a document."""

    def __init__(self, random: Random, said: Said) -> None:
        self._random = random
        self._said = said
        prefix = random.choice(_PREFIXES)
        self._prefixes = [prefix + short for short in _SHORT]
        self._numbers = [random.choice((0, 0, random.randrange(9000)))] * len(LAYERS)
        self.texts: list[str] = []
        self.items: list[list[str]] = [[] for _ in range(len(LAYERS) + 2)]
        self.foreign: list[str] = []
        self.length = 0
        self.fragments = 0

    def add(self, template: Template) -> str:
        """Put a piece at the end; its text."""
        text, parts = template.fill(
            self._random, self.length, self._numbers, self._prefixes, self._said
        )
        for items, part in zip(self.items, parts, strict=True):
            items.append(part)
        self._numbers = [n + more for n, more in zip(self._numbers, template.counts, strict=True)]
        self.texts.append(text)
        self.length += len(text)
        self.fragments += template.fragments
        return text

    def plain(self, kind: str, text: str) -> None:
        """Put a segment without records at the end."""
        end = self.length + len(text)
        segment = {"kind": kind, "start": self.length, "end": end}
        self.items[-1].append(dumps(segment))
        self.texts.append(text)
        self.length = end

    def label(self, words: str) -> None:
        """Give ``words``, which begin the last segment, a label of another program."""
        start = self.length - len(self.texts[-1])
        span = [{"start": start, "end": start + len(words), "text": words}]
        label = {
            "id": f"f{len(self.foreign) + 1}",
            "span": span,
            "label": "TIME",
            "scheme": "spans",
        }
        if self._random.random() < 0.5:
            label["attributes"] = {"before": None, "sure": self._random.random()}
        self.foreign.append(dumps(label))


def lines(
    corpus: Corpus, number: int, seed: int, *, broken: bool = True
) -> Iterator[tuple[bytes, Any]]:
    """``number`` bundles in JSON without line ends, each with its mutation, null if it is clean.

    One in each hundred is broken, unless ``broken`` is false.
    """
    maker = Maker(corpus)
    random = Random(seed)
    unlucky = -1
    for line in range(number):
        if broken and line % BROKEN_EVERY == 0:
            unlucky = line + random.randrange(BROKEN_EVERY)
        data = maker.line(random, f"g{seed}-{line:06d}")
        if line == unlucky:
            yield _broken(data, random, corpus)
        else:
            yield data, None


def _broken(data: bytes, random: Random, corpus: Corpus) -> tuple[bytes, Any]:
    from support.mutators import break_bundle

    return break_bundle(data, random, corpus)


def write(
    corpus: Corpus, number: int, seed: int, path: Path, record: Path, *, broken: bool = True
) -> None:
    """Write ``number`` bundles to ``path``, and which are broken, and how, to ``record``."""
    with path.open("wb") as file, record.open("wb") as notes:
        for line, (data, mutation) in enumerate(lines(corpus, number, seed, broken=broken), 1):
            file.write(data + b"\n")
            if mutation is not None:
                entry = {"line": line, "mutator": mutation.name, "codes": sorted(mutation.codes)}
                notes.write(orjson.dumps(entry) + b"\n")


def main() -> None:
    """Write bundles from the command line."""
    import warclaims

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("number", type=int)
    parser.add_argument("path", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--record", type=Path, help="where it is said what is broken")
    parser.add_argument("--clean", action="store_true", help="break none")
    options = parser.parse_args()
    record = options.record or options.path.with_suffix(".broken.jsonl")
    write(
        warclaims.open(),
        options.number,
        options.seed,
        options.path,
        record,
        broken=not options.clean,
    )


if __name__ == "__main__":
    main()

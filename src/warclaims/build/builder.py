"""Build all generated files, or report those that have drifted from their sources."""

from __future__ import annotations

import json
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.metadata import version
from io import BytesIO
from typing import TYPE_CHECKING, Any

import msgspec

from warclaims.build import card
from warclaims.build.columns import TableWriter
from warclaims.build.croissant import CROISSANT, croissant
from warclaims.build.front_matter import CACHE_KEY, facts
from warclaims.build.manifest import (
    CLAIMS_JSON,
    MANIFEST,
    WRITERS,
    described_before,
    hashes,
    left_over,
    manifest,
    recorded,
)
from warclaims.build.metadata import WHOLE_FILES
from warclaims.build.table_input import TableInput
from warclaims.build.tables import TABLES
from warclaims.corpus import Corpus
from warclaims.corpus.canonical import to_plain
from warclaims.corpus.model_schema import FILE_KINDS, SCHEMA_FOLDER, json_schema
from warclaims.errors import WarclaimsError
from warclaims.files import locked, read_file, write_all
from warclaims.files.limits import MAX_TABLE
from warclaims.labelstudio.configuration import configuration
from warclaims.layout import GOLD
from warclaims.records import CorpusDescription
from warclaims.wording import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@dataclass(frozen=True)
class Drift:
    """A generated file that differs from what its sources give."""

    path: str
    reason: str


def build(
    corpus: Corpus,
    set_name: str = GOLD,
    *,
    progress: Callable[[str], None] = lambda name: None,
) -> list[str]:
    """Write ``schema/``, ``corpus/`` and the generated parts of the pages.

    Returns the paths in the corpus directory of what was written, and of what was removed because
    only the last build made it. All files are made first and then written together, so that a
    failure leaves the old files. ``progress`` is called with the name of each
    thing before it is made.

    Raises:
        WarclaimsError: the corpus has errors, or cannot be written to.
    """
    layout = corpus.layout
    with locked(layout.root):
        corpus = Corpus(layout.root)  # what another command wrote while this one waited counts
        _refuse(corpus, set_name)
        made = dict(_make(corpus, set_name, progress))
        _keep_written(corpus, made)
        gone = left_over(layout, {target.name for target in made})
        written = write_all(made, gone)
    return [layout.relative(path) for path in [*written, *gone]]


def check(
    corpus: Corpus,
    set_name: str = GOLD,
    *,
    progress: Callable[[str], None] = lambda name: None,
) -> list[Drift]:
    """The generated files that differ from what their sources give now.

    Bytes are compared if the libraries have the versions in the manifest; otherwise columns and
    rows of the tables.

    Raises:
        WarclaimsError: the corpus has errors.
    """
    _refuse(corpus, set_name)
    layout = corpus.layout
    drifts: list[Drift] = []
    writers = recorded(layout, "writers")
    same_writers = not writers or writers == {name: version(name) for name in WRITERS}
    for target, made in _make(corpus, set_name, progress):
        reason = "is not what the sources give"
        if not target.exists():
            reason = "is missing"
        elif _is_current(target, made, hashed=target.parent == layout.tables):
            continue
        elif not same_writers and target.suffix == ".parquet":
            reason = _table_difference(target, made)
        elif not same_writers and target.name in _WITH_HASHES:
            continue
        if reason:
            drifts.append(Drift(layout.relative(target), reason))
    return drifts


def not_described(corpus: Corpus) -> str:
    """What ``corpus.toml`` does not give, as a sentence; empty if it gives all that is needed."""
    about = corpus.description or CorpusDescription()
    file = corpus.layout.relative(corpus.layout.description)
    does_not = "does not give" if corpus.description else "does not exist, so nothing gives"
    return f"{file} {does_not}: {', '.join(about.missing)}" if about.missing else ""


def _is_current(target: Path, made: bytes, *, hashed: bool) -> bool:
    """True if a file holds what was made; line ends only matter where its hash is recorded."""
    old = read_file(target, MAX_TABLE)
    return old == made or (not hashed and old.replace(b"\r\n", b"\n") == made)


def _keep_written(corpus: Corpus, made: dict[Path, bytes]) -> None:
    """Refuse to write over a file that people made before the corpus had a ``corpus.toml``.

    Raises:
        WarclaimsError: there is such a file.
    """
    layout = corpus.layout
    if described_before(layout):
        return
    for target, data in made.items():
        whole = target.name in WHOLE_FILES and target.exists()
        if whole and not _is_current(target, data, hashed=False):
            raise WarclaimsError(
                f"{layout.relative(target)} exists, and build would replace it. Move what it says "
                f"to {layout.relative(layout.description)}, then delete it"
            )


def _refuse(corpus: Corpus, set_name: str) -> None:
    from warclaims.validation import validate

    corpus.require_set(set_name)
    errors = [finding for finding in validate(corpus) if not finding.is_warning]
    if errors:
        raise WarclaimsError(
            f"the corpus has {plural(len(errors), 'error')}, so nothing was built; "
            f"the first: {errors[0]}\nSee them all with: {corpus.layout.command('validate')}"
        )


def _make(
    corpus: Corpus, set_name: str, progress: Callable[[str], None]
) -> Iterator[tuple[Path, bytes]]:
    """Every generated file with where it belongs."""
    layout = corpus.layout
    progress("schema")
    for name in FILE_KINDS:
        schema = json.dumps(json_schema(name, corpus.lists), ensure_ascii=False, indent=2) + "\n"
        yield layout.schema / SCHEMA_FOLDER / f"{name}.schema.json", schema.encode()
    yield layout.schema / SCHEMA_FOLDER / "labelstudio.xml", configuration(corpus.lists)

    source = TableInput(corpus, set_name)
    built: dict[str, bytes] = {}
    progress("texts")
    streams = {name: BytesIO() for name in TABLES}
    with ExitStack() as stack:
        writers = {
            name: stack.enter_context(TableWriter(streams[name], table.columns, corpus.lists))
            for name, table in TABLES.items()
        }
        by_text = {name: table.of_text for name, table in TABLES.items() if table.of_text}
        for bundle in source.bundles():
            for name, of_text in by_text.items():
                writers[name].add(of_text(bundle, source))
        for name, table in TABLES.items():
            if name not in by_text:
                progress(name)
                writers[name].add(table.rows(source))
    rows = {name: writer.count for name, writer in writers.items()}
    for name, stream in streams.items():
        built[f"{name}.parquet"] = stream.getvalue()
    built[CLAIMS_JSON] = _claims_json(source)
    built[CROISSANT] = _json(croissant(facts(source), hashes(built), corpus.lists))
    record = manifest(corpus, set_name, built)
    built[MANIFEST] = _json(record)
    for name, data in built.items():
        yield layout.tables / name, data

    progress("card")
    for name, data in card.generated_pages(source, record, rows).items():
        yield layout.root / name, data


def _json(record: dict[str, Any]) -> bytes:
    return (json.dumps(record, indent=1, ensure_ascii=False) + "\n").encode()


def _claims_json(source: TableInput) -> bytes:
    """The claims as JSON, one a line: what the command line shows without reading Parquet."""
    lines = [msgspec.json.encode(to_plain(claim)) for claim in source.claims]
    return b"[\n" + b",\n".join(lines) + b"\n]\n"


def _table_difference(target: Path, made: bytes) -> str:
    import pyarrow.parquet as pq

    with pq.ParquetFile(target) as old, pq.ParquetFile(BytesIO(made)) as new:
        if not old.schema_arrow.equals(new.schema_arrow, check_metadata=True):
            return "has other columns than the sources give"
        return "" if old.read().equals(new.read()) else "has other rows than the sources give"


_WITH_HASHES = (MANIFEST, CROISSANT, CACHE_KEY)
"""The files with hashes of the bytes of the tables, which depend on the writing libraries."""

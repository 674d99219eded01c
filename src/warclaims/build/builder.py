"""Build all generated files, or report those that have drifted from their sources."""

from __future__ import annotations

import json
from contextlib import ExitStack
from dataclasses import dataclass
from filecmp import cmp
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
from warclaims.corpus.model_schema import FILE_KINDS, SCHEMA_FOLDER, json_schema
from warclaims.errors import WarclaimsError
from warclaims.files import locked, read_file, workspace, write_all
from warclaims.files.limits import MAX_TABLE
from warclaims.files.replacement import new_file
from warclaims.labelstudio.configuration import configuration
from warclaims.layout import GOLD
from warclaims.records import CorpusDescription
from warclaims.wording import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


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
        with workspace() as folder:
            made = dict(_make(corpus, set_name, progress, folder))
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
    with workspace() as folder:
        for target, made in _make(corpus, set_name, progress, folder):
            reason = "is not what the sources give"
            if not target.exists():
                reason = "is missing"
            elif _is_current(target, made):
                continue
            elif not same_writers and isinstance(made, Path) and target.suffix == ".parquet":
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


def _is_current(target: Path, made: Path | bytes) -> bool:
    """True if a file holds what was made; line ends only matter in the tables."""
    if isinstance(made, Path):
        return cmp(target, made, shallow=False)
    return read_file(target, MAX_TABLE).replace(b"\r\n", b"\n") == made


def _keep_written(corpus: Corpus, made: dict[Path, Path | bytes]) -> None:
    """Refuse to write over a file that people made before the corpus had a ``corpus.toml``.

    Raises:
        WarclaimsError: there is such a file.
    """
    layout = corpus.layout
    if described_before(layout):
        return
    for target, data in made.items():
        whole = target.name in WHOLE_FILES and target.exists()
        if whole and not _is_current(target, data):
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
    corpus: Corpus, set_name: str, progress: Callable[[str], None], folder: Path
) -> Iterator[tuple[Path, Path | bytes]]:
    """Every generated file with where it belongs; the tables are files in ``folder``."""
    layout = corpus.layout
    progress("schema")
    for name in FILE_KINDS:
        schema = json.dumps(json_schema(name, corpus.lists), ensure_ascii=False, indent=2) + "\n"
        yield layout.schema / SCHEMA_FOLDER / f"{name}.schema.json", schema.encode()
    yield layout.schema / SCHEMA_FOLDER / "labelstudio.xml", configuration(corpus.lists)

    source = TableInput(corpus, set_name)
    rows = _write_tables(source, folder, progress)
    _write_claims(source, folder / CLAIMS_JSON)
    built = [*(f"{name}.parquet" for name in TABLES), CLAIMS_JSON]
    about = croissant(facts(source), hashes(folder, built), corpus.lists)
    (folder / CROISSANT).write_bytes(_json(about))
    record = manifest(corpus, set_name, hashes(folder, [*built, CROISSANT]))
    (folder / MANIFEST).write_bytes(_json(record))
    for name in (*built, CROISSANT, MANIFEST):
        yield layout.tables / name, folder / name

    progress("card")
    for name, data in card.generated_pages(source, record, rows).items():
        yield layout.root / name, data


def _write_tables(
    source: TableInput, folder: Path, progress: Callable[[str], None]
) -> dict[str, int]:
    """Write the tables to files; the number of rows of each."""
    progress("texts")
    with ExitStack() as stack:
        writers = {
            name: stack.enter_context(
                TableWriter(folder / f"{name}.parquet", table.columns, source.corpus.lists)
            )
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
    return {name: writer.count for name, writer in writers.items()}


def _write_claims(source: TableInput, path: Path) -> None:
    """Write the claims as JSON, one a line: what the commands show without reading Parquet."""
    with new_file(path) as file:
        separator = b"[\n"
        for line in source.claims:
            file.write(separator + line)
            separator = b",\n"
        file.write(b"\n]\n" if separator == b",\n" else b"[\n\n]\n")


def _json(record: dict[str, Any]) -> bytes:
    return (json.dumps(record, indent=1, ensure_ascii=False) + "\n").encode()


def _table_difference(target: Path, made: Path) -> str:
    import pyarrow.parquet as pq

    with pq.ParquetFile(target) as old, pq.ParquetFile(made) as new:
        if not old.schema_arrow.equals(new.schema_arrow, check_metadata=True):
            return "has other columns than the sources give"
        return "" if old.read().equals(new.read()) else "has other rows than the sources give"


_WITH_HASHES = (MANIFEST, CROISSANT, CACHE_KEY)
"""The files with hashes of the bytes of the tables, which depend on the writing libraries."""

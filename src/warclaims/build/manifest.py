"""The manifest: the hash of every file that was built, and of every file it was built from."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import version
from pathlib import PureWindowsPath
from typing import TYPE_CHECKING, Any

from warclaims import __version__
from warclaims.corpus.directory import file_hash
from warclaims.files import files_below, is_there, read_file
from warclaims.files.limits import MAX_TABLE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from warclaims.corpus import Corpus
    from warclaims.layout import Layout
    from warclaims.records import Claim

CLAIMS_JSON = "claims.json"
MANIFEST = "manifest.json"

WRITERS = ("pyarrow", "sentencex")
"""The libraries whose version can change the bytes, or the rows, of a table."""


def source_hashes(corpus: Corpus) -> dict[str, str]:
    """The hash of each file that the tables depend on, by its path in the corpus directory.

    These are the seeds with their index, or the shards; registries, annotations and
    ``corpus.toml``; predictions are not.
    """
    layout = corpus.layout
    below = files_below(layout.annotations)
    found = [p for p in below if p.suffix == ".json" and layout.predictions not in p.parents]
    found += [layout.description] if is_there(layout.description) else []
    own = ((layout.relative(path), file_hash(path)) for path in found)
    return dict(sorted([*own, *corpus.storage.source_hashes()], key=lambda one: one[0].split("/")))


def hashes(folder: Path, names: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Hash and size of files of a folder by name."""
    return {
        name: {"sha256": file_hash(folder / name), "bytes": (folder / name).stat().st_size}
        for name in sorted(names)
    }


def manifest(corpus: Corpus, set_name: str, files: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The manifest of the ``files`` that were built, by name, with their hashes."""
    return {
        "warclaims": __version__,
        "annotation_set": set_name,
        "writers": {name: version(name) for name in WRITERS},
        "files": files,
        "sources": source_hashes(corpus),
    }


def recorded(layout: Layout, part: str) -> dict[str, Any]:
    """A part of the manifest of the last build; empty if it cannot be read."""
    try:
        return dict(json.loads(read_file(layout.tables / MANIFEST))[part])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}


def described_before(layout: Layout) -> bool:
    """True if there was a ``corpus.toml`` at the last build."""
    return layout.relative(layout.description) in recorded(layout, "sources")


def left_over(layout: Layout, built: set[str]) -> list[Path]:
    """The files of the last build that are not among those ``built`` now, as it made them."""
    return [
        path
        for name, about in recorded(layout, "files").items()
        if name not in built and name == PureWindowsPath(name).name
        if (path := layout.tables / name).is_file()
        if isinstance(about, dict) and about.get("sha256") == file_hash(path)
    ]


def current_claims(corpus: Corpus, set_name: str) -> list[Claim] | None:
    """The claims of the last build; ``None`` unless they are what a build would write now.

    They are if this version built them from the set, and neither the sources nor the built claims
    differ from the manifest.
    """
    from pydantic import TypeAdapter

    from warclaims.records import Claim

    layout = corpus.layout
    try:
        recorded = json.loads(read_file(layout.tables / MANIFEST))
        built = read_file(layout.tables / CLAIMS_JSON, MAX_TABLE)
        if (
            recorded["annotation_set"] == set_name
            and recorded["warclaims"] == __version__
            and recorded["files"][CLAIMS_JSON]["sha256"] == hashlib.sha256(built).hexdigest()
            and recorded["sources"] == source_hashes(corpus)
        ):
            return TypeAdapter(list[Claim]).validate_json(built)
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return None

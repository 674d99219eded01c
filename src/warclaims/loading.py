"""Load a table of a corpus as a :class:`datasets.Dataset`, directly from its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.errors import WarclaimsError, unknown
from warclaims.layout import Layout, shipped_corpus

if TYPE_CHECKING:
    from pathlib import Path

    from datasets import Dataset


LABELS_KEY = "warclaims.labels"
"""The key in the metadata of a table under which its columns are described with their labels."""


def load(config: str = "claims", path: str | Path | None = None) -> Dataset:
    """The table ``config`` of the corpus at ``path`` (default: the shipped one).

    The rows of ``datasets.load_dataset(<checkout>, config, split="train")``, but without a cache,
    offline from any folder, and with closed lists as :class:`datasets.ClassLabel` instead of
    strings. It is the table as it was last built: after a change of the corpus, build it again.

    >>> import warclaims
    >>> claims = warclaims.load("claims")
    >>> claims.features["outcome"].int2str(claims["outcome"][0])
    'killed'

    Raises:
        WarclaimsError: unknown table, no table was built yet, or not a corpus directory.
    """
    from pathlib import Path

    from warclaims.corpus import Corpus

    layout = Layout(Path(path) if path is not None else shipped_corpus())
    file = layout.tables / f"{config}.parquet"
    if not file.is_file():
        known = sorted(found.stem for found in layout.tables.glob("*.parquet"))
        if not known:
            Corpus(layout.root)  # raises if it is not a corpus
            raise WarclaimsError(
                f"{layout.root} has no built tables. Build them with: {layout.command('build')}"
            )
        raise unknown("table", config, known)

    import json

    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        from datasets import Dataset, Features
        from datasets.table import table_cast
    except ModuleNotFoundError:
        raise WarclaimsError(
            'Loading tables needs the package datasets: pip install "warclaims[datasets]"'
        ) from None

    # A ParquetFile, unlike read_table, does not import pandas.
    try:
        with pq.ParquetFile(file) as table:
            found = table.read()
        described = (found.schema.metadata or {}).get(LABELS_KEY.encode())
        if described is None:  # built by an earlier version
            return Dataset(found)
        labels = Features.from_dict(json.loads(described))
        return Dataset(table_cast(found, labels.arrow_schema))
    except (OSError, ValueError, pa.ArrowException) as error:
        why = str(error).strip().rstrip(".")
        raise WarclaimsError(
            f"{file} cannot be read: {why}. Build it again with: {layout.command('build')}"
        ) from None

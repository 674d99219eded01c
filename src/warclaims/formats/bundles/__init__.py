"""Bundles: a document with its text and annotations as one line of JSON."""

from warclaims.formats.features import EVERY_FEATURE
from warclaims.formats.format import Format

FORMAT = Format(
    name="bundles",
    summary="document, text and annotations of each document as a line of JSON",
    writes="one file: JSON Lines (`.jsonl`, also `.jsonl.gz` and `.jsonl.zst`) or Parquet "
    "(`.parquet`). `validate` reads it.",
    exporter="warclaims.formats.bundles.writing",
    file="bundles.jsonl",
    keeps=EVERY_FEATURE,
    remark="Without registries and `corpus.toml`.",
    beginnings=(b'{"document":{', b"columns: bundle"),
    item="bundle",
    reads="such a file",
    importer="warclaims.formats.bundles.reading",
)

"""Bundles: a document with its text and annotations as one line of JSON."""

from warclaims.formats.format import Format

BUNDLES = Format(
    name="bundles",
    summary="document, text and annotations of each document as a line of JSON",
    writes="one file: JSON Lines (`.jsonl`, also `.jsonl.gz` and `.jsonl.zst`) or Parquet "
    "(`.parquet`). `validate` reads it.",
    loses="registries and `corpus.toml`",
    exporter="warclaims.validation.bundles.writing",
    beginnings=(b'{"document":{', b"columns: bundle"),
    item="bundle",
)

"""Bundles: a document with its text and annotations as one line of JSON."""

from warclaims.formats.features import EVERY_FEATURE
from warclaims.formats.format import Format

FORMAT = Format(
    name="bundles",
    summary="document, text and annotations of each document as a line of JSON",
    writes="one file: JSON Lines (`.jsonl`, also `.jsonl.gz` and `.jsonl.zst`) or Parquet "
    "(`.parquet`, typed columns); with `--shard-size` several. `validate` reads them.",
    exporter="warclaims.formats.bundles.writing",
    file="bundles.jsonl",
    keeps=EVERY_FEATURE,
    remark="Without registries and `corpus.toml`.",
    beginnings=(b'{"document":{', b"columns: bundle", b"columns: document text annotations"),
    item="bundle",
    reads="such files",
    importer="warclaims.formats.bundles.reading",
)

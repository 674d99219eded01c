"""Texts with spans and relations as JSON Lines, as Prodigy and doccano write them."""

from warclaims.formats.features import EVERY_FEATURE
from warclaims.formats.format import Format

FORMAT = Format(
    name="spans",
    summary="text, spans and relations of each document as a line of JSON, for doccano",
    writes="one file of JSON Lines with `text`, `entities` and `relations`, as doccano writes them",
    exporter="warclaims.formats.spans.writing",
    file="spans.jsonl",
    keeps=EVERY_FEATURE,
    remark="doccano shows a discontinuous span as one from its first word to its last; the "
    "fragments are beside it.",
    beginnings=(b'{"made_by": "warclaims", ',),
    item="document",
    reads="JSON Lines of doccano (`entities` and `relations`, or `label` with triples) or Prodigy "
    "(`spans`, and `relations` with `head` and `child`), or a folder of such files (`.jsonl`, "
    "`.jsonl.gz`, `.jsonl.zst`)",
    importer="warclaims.formats.spans.reading",
)

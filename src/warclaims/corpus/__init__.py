"""A corpus directory: where things lie in it, reading them, and writing them canonically."""

from warclaims.corpus.canonical import canonical_bytes
from warclaims.corpus.corpus import Corpus, Registries, open, require_own
from warclaims.corpus.reading import parse, read_record, read_text
from warclaims.layout import Layout, shipped_corpus

__all__ = [
    "Corpus",
    "Layout",
    "Registries",
    "canonical_bytes",
    "open",
    "parse",
    "read_record",
    "read_text",
    "require_own",
    "shipped_corpus",
]

"""Columns of tokens and tags, as CoNLL shared tasks have them."""

from warclaims.formats.format import ONE_SET, Format

FORMAT = Format(
    name="conll",
    summary="a token per line with a column of IOB2 tags per layer and a joint one",
    writes="one file of CoNLL-U Plus, with the tokens and tags of the table `sentences`",
    exporter="warclaims.formats.conll.writing",
    file="sentences.conllup",
    keeps=("texts",),
    writes_only=("records", "discontinuous spans", "cues and triggers"),
    partly={**ONE_SET, "links": "which mentions are sources"},
    remark="Each fragment is a piece of its own. "
    "`export` counts the spans that are inside others, discontinuous, over the end of a "
    "sentence, or begin or end inside a token. Tags are read as labels, `B-ACTOR` as `ACTOR`.",
    beginnings=(b"# global.columns = FORM START END WARCLAIMS:",),
    item="document",
    reads="a file, or a folder of files (`.bio`, `.conll`, `.conllu`, `.conllup`, `.iob`, `.iob2`, "
    "`.tsv`) with a token per line and IOB2, IOB1 or BIOES tags in the last columns; the word "
    "is first, after its number, or in the column that `global.columns` calls `FORM`",
    importer="warclaims.formats.conll.reading",
)

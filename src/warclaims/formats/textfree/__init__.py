"""The corpus without its texts."""

from warclaims.formats.format import Format

TEXTFREE = Format(
    name="textfree",
    summary="the corpus without its texts; `restore` puts them back for whoever has them",
    writes="a folder like a corpus directory, without a word of the texts",
    loses="the texts and all that repeats their words; `warclaims restore` reads the folder and "
    "puts them back",
    exporter="warclaims.textfree.edition",
    old_name="standoff",
)

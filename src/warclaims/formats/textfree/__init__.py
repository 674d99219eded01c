"""The corpus without its texts."""

from warclaims.formats.features import FEATURES
from warclaims.formats.format import Format

FORMAT = Format(
    name="textfree",
    summary="the corpus without its texts; `restore` puts them back for whoever has them",
    writes="a folder like a corpus directory, without a word of the texts",
    remark="`warclaims restore` reads the folder and puts the texts back, with all that repeats "
    "their words.",
    exporter="warclaims.textfree.edition",
    old_name="standoff",
    keeps=tuple(name for name in FEATURES if name != "texts"),
)

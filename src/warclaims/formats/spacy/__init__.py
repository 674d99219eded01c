"""Documents of spaCy."""

from warclaims.formats.features import EVERY_FEATURE
from warclaims.formats.format import Format

FORMAT = Format(
    name="spacy",
    summary="documents of spaCy with a span group per layer",
    writes="a folder of `.spacy` files (`DocBin`), with a hundred documents each, which "
    "`spacy train` reads",
    exporter="warclaims.formats.spacy.writing",
    keeps=EVERY_FEATURE,
    remark='Needs `pip install "warclaims[spacy]"`. Each fragment is a span of the group, with the '
    "id of its record; actors, locations and casualties that do not overlap are the entities, too. "
    "`warclaims.formats.spacy.extensions` gives spans their attributes and links.",
    reads="`.spacy` files (`DocBin`) with span groups or entities, or a folder of such files",
    importer="warclaims.formats.spacy.reading",
)

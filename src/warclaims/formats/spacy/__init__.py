"""Documents of spaCy."""

from warclaims.formats.features import EVERY_FEATURE
from warclaims.formats.format import Format

FORMAT = Format(
    name="spacy",
    summary="documents of spaCy with a span group per layer",
    writes="one file (a `DocBin`), which `spacy train` and `DocBin().from_disk` read",
    exporter="warclaims.formats.spacy.writing",
    file="corpus.spacy",
    keeps=EVERY_FEATURE,
    remark='Needs `pip install "warclaims[spacy]"`. Each fragment is a span of the group, with the '
    "id of its record; actors, locations and casualties that do not overlap are the entities, too. "
    "`warclaims.formats.spacy.extensions` gives spans their attributes and links.",
    beginnings=(b"\x78\xda",),
    item="document",
    reads="a `DocBin` with span groups or entities",
    importer="warclaims.formats.spacy.reading",
)

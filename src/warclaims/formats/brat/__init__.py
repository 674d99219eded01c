"""Standoff files of brat."""

from warclaims.formats.format import Format

FORMAT = Format(
    name="brat",
    summary="a text file and a standoff file per document, for brat",
    writes="a folder with `.txt` and `.ann` files and `annotation.conf`",
    exporter="warclaims.formats.brat.writing",
    reads="a folder with `.txt` and `.ann` files (or `.a1`, `.a2`), also in subfolders, or one "
    "`.ann` file",
    importer="warclaims.formats.brat.reading",
    keeps=(
        "texts",
        "records",
        "nested spans",
        "discontinuous spans",
        "identical spans",
        "cues and triggers",
        "links",
        "attributes",
        "registries",
        "alternatives",
        "notes",
        "scores",
        "extra fields",
        "foreign labels",
    ),
    remark="Closed lists are attributes, registry ids normalisations, notes annotator notes. What "
    "brat has no line for is JSON in a note of type `Record`.",
)

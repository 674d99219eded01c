"""CAS files of UIMA, as INCEpTION reads them."""

from warclaims.formats.features import EVERY_FEATURE
from warclaims.formats.format import Format

FORMAT = Format(
    name="xmi",
    summary="a CAS of UIMA per document with a layer per kind of record, for INCEpTION",
    writes="a folder with `.xmi` files (XML 1.0) and `TypeSystem.xml`, which INCEpTION imports as "
    "layers",
    exporter="warclaims.formats.xmi.writing",
    keeps=EVERY_FEATURE,
    remark='Needs `pip install "warclaims[xmi]"`. Links are link features (slots). Each fragment '
    "is an annotation with the same `identifier`. What has no feature is JSON in `rest`. Offsets "
    "count UTF-16 units, as UIMA has them. Texts with characters that XML forbids are refused.",
    reads="a folder with `.xmi` files, also in subfolders, or one such file, with `TypeSystem.xml` "
    "beside or above it",
    importer="warclaims.formats.xmi.reading",
)

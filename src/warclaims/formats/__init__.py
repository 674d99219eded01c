"""The formats of other programs, one folder each: what it reads, writes and loses."""

from warclaims.formats.bundles import BUNDLES
from warclaims.formats.csv import CSV
from warclaims.formats.format import Format
from warclaims.formats.labelstudio import LABEL_STUDIO
from warclaims.formats.textfree import TEXTFREE
from warclaims.formats.ucdp import UCDP

FORMATS: dict[str, Format] = {
    format.name: format for format in (BUNDLES, CSV, LABEL_STUDIO, TEXTFREE, UCDP)
}
"""The formats by name, behind ``export``, ``import``, their help and ``docs/formats.md``."""

__all__ = ["FORMATS", "Format"]

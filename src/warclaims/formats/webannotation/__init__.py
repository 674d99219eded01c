"""Web Annotations, as the W3C has them."""

from warclaims.formats.features import EVERY_FEATURE
from warclaims.formats.format import Format

FORMAT = Format(
    name="webannotation",
    summary="W3C Web Annotations as JSON-LD, with positions and quotations",
    writes="a folder with a `.txt` file and a page of annotations (`.page.jsonld`) per document, "
    "and `collection.jsonld`",
    exporter="warclaims.formats.webannotation.writing",
    writes_only=EVERY_FEATURE,
    remark="Discontinuous spans are composites, links annotations of annotations. Attributes are a "
    "body of JSON, notes comments.",
)

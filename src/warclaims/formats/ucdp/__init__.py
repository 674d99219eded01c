"""Deaths by event as rows of UCDP's Georeferenced Event Dataset (GED)."""

from warclaims.formats.format import Format
from warclaims.formats.ucdp.columns import COLUMNS

FORMAT = Format(
    name="ucdp",
    summary="deaths by event as CSV, a row per event that can be stacked on UCDP GED",
    writes="one file with a row per event in which somebody is said to have died",
    remark="Without who says which number, and all that is not about deaths.",
    exporter="warclaims.formats.ucdp.export",
    file="events.csv",
    beginnings=(b"\xef\xbb\xbf" + ",".join(COLUMNS).encode(),),
    item="event",
    writes_only=("links", "attributes", "alternatives", "metadata"),
)

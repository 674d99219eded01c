"""Deaths by event as rows of UCDP's Georeferenced Event Dataset (GED)."""

from warclaims.formats.format import ONE_SET, Format
from warclaims.formats.ucdp.columns import COLUMNS

FORMAT = Format(
    name="ucdp",
    summary="deaths by event as CSV, a row per event that can be stacked on UCDP GED",
    writes="one file with a row per event in which somebody is said to have died",
    remark="The rows hold numbers of the dead, computed from records, and no record: without who "
    "says which number, and all that is not about deaths. `export` counts all of it.",
    exporter="warclaims.formats.ucdp.export",
    file="events.csv",
    beginnings=(b"\xef\xbb\xbf" + ",".join(COLUMNS).encode(),),
    item="event",
    partly={
        **ONE_SET,
        "records": "in numbers, and the words for sources",
        **dict.fromkeys(("links", "attributes", "alternatives"), "in numbers"),
        "registries": "events and sides",
        "metadata": "title, outlet and date",
    },
)

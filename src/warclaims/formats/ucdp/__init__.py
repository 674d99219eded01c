"""Deaths by event as low, best and high, with the column names of UCDP."""

from warclaims.formats.format import Format

UCDP = Format(
    name="ucdp",
    summary="deaths by event as low, best and high, as CSV with the column names of UCDP",
    writes="one file with a line per event that has claims of deaths",
    loses="who says it, and all that claims say besides the number of deaths",
    exporter="warclaims.formats.ucdp.estimates",
    beginnings=(b"\xef\xbb\xbfid,label,part_of,date_start,",),
    item="event",
)

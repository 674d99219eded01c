"""Claims as CSV for spreadsheets, one per line."""

from warclaims.formats.format import Format

CSV = Format(
    name="csv",
    summary="the claims for spreadsheets, one per line",
    writes="one file, with lists joined by a semicolon and nothing that a spreadsheet executes",
    loses="texts and annotations; of chains all but sources and cues; "
    "where a member of a list ends if it holds the separator",
    exporter="warclaims.formats.csv.writing",
    beginnings=(b"\xef\xbb\xbfrecord,document,outlet,",),
    item="claim",
)

"""Claims as CSV for spreadsheets, one per line."""

from warclaims.formats.format import Format

FORMAT = Format(
    name="csv",
    summary="the claims for spreadsheets, one per line",
    writes="one file, with lists joined by a semicolon and nothing that a spreadsheet executes",
    remark="Of chains all but sources and cues is lost, and where a member of a list ends if it "
    "holds the separator.",
    exporter="warclaims.formats.csv.writing",
    file="claims.csv",
    beginnings=(b"\xef\xbb\xbfrecord,document,outlet,",),
    item="claim",
    writes_only=(
        "nested spans",
        "discontinuous spans",
        "cues and triggers",
        "links",
        "attributes",
        "registries",
        "alternatives",
        "notes",
        "metadata",
    ),
)

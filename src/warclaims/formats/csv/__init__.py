"""Claims as CSV for spreadsheets, one per line."""

from warclaims.formats.format import ONE_SET, Format

FORMAT = Format(
    name="csv",
    summary="the claims for spreadsheets, one per line",
    writes="one file, with lists joined by a semicolon and nothing that a spreadsheet executes",
    remark="Of attributions and actors only what leads to the source or perpetrator of a claim. "
    "Where a member of a list ends is lost if it holds the separator.",
    exporter="warclaims.formats.csv.writing",
    file="claims.csv",
    beginnings=(b"\xef\xbb\xbfrecord,document,outlet,",),
    item="claim",
    partly={
        **ONE_SET,
        "records": "casualties, and the words for their sources and perpetrators",
        "nested spans": "casualties",
        "discontinuous spans": "casualties",
        "identical spans": "casualties",
        "cues and triggers": "triggers, and cues around claims",
        "links": "casualties, and the source of attributions around them",
        "attributes": "casualties, and the commitment to their source",
        "registries": "casualties, their sources and perpetrators",
        "alternatives": "casualties",
        "notes": "casualties",
        "metadata": "outlet and date",
    },
)

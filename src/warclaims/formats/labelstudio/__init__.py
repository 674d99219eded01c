"""A project of Label Studio."""

from warclaims.formats.features import EVERY_FEATURE
from warclaims.formats.format import Format

FORMAT = Format(
    name="labelstudio",
    summary="a project of Label Studio",
    writes="`config.xml` (the labelling interface) and `tasks.json` (a task per document)",
    remark="What Label Studio cannot show is kept in the task and merged on import. The corpus "
    "must have the texts.",
    exporter="warclaims.labelstudio.files",
    beginnings=(
        *(b'[\n{"data": {"document": ', b"[\n\n]"),
        *(b"<View>\n  <Style>\n  .lsf-label-view__table {", b"<View>\n  <Style>\n  .lay {"),
    ),
    reads="the export of the project as JSON, with all its tasks",
    importer="warclaims.labelstudio.results",
    keeps=tuple(name for name in EVERY_FEATURE if name not in ("texts", "metadata")),
    writes_only=("texts", "metadata"),
)

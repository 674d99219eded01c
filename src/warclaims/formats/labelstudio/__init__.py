"""A project of Label Studio."""

from warclaims.formats.format import Format

LABEL_STUDIO = Format(
    name="labelstudio",
    summary="a project of Label Studio",
    writes="`config.xml` (the labelling interface) and `tasks.json` (a task per document)",
    loses="nothing: what Label Studio cannot show is kept in the task and merged on import",
    exporter="warclaims.labelstudio.files",
    beginnings=(b'[\n{"data": {"document": ', b"[\n\n]", b"<View>\n  <Style>\n  .lay {"),
    reads="the export of the project as JSON, with all its tasks",
    importer="warclaims.labelstudio.results",
)

"""Label Studio: the labelling configuration, tasks out, results back in.

A record becomes one *head* region (with further fragments joined by ``continues``), which carries
the record's attributes; triggers and contents are regions of their own; references to other
records of the file are relations. What an annotator sees in the interface is read back from the
regions and relations alone; the file as it was exported travels in the task's data and supplies
only what the interface cannot hold: ids of untouched records, the order of lists, ``extra``.
"""

from warclaims.labelstudio.configuration import configuration
from warclaims.labelstudio.import_result import (
    ImportedDocument,
    ImportResult,
    RecordChange,
    RecordLeftOut,
    RegistryProposal,
)
from warclaims.labelstudio.results import read_results
from warclaims.labelstudio.tasks import blank_annotations, guidelines_followed, task, tasks_bytes

__all__ = [
    "ImportResult",
    "ImportedDocument",
    "RecordChange",
    "RecordLeftOut",
    "RegistryProposal",
    "blank_annotations",
    "configuration",
    "guidelines_followed",
    "read_results",
    "task",
    "tasks_bytes",
]

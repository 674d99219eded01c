"""Label Studio: the labelling configuration, tasks out, results back in.

A record becomes a *head* region that carries its attributes; further fragments of its span are
regions joined to it by ``continues``. Triggers and contents are regions of their own. References to
other records of the file are relations. On import, everything the interface shows is read from the
regions and relations alone. The annotations as they were exported are in the task's data and supply
only what the interface cannot hold: ids of unchanged records, the order of lists, ``extra``.
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
from warclaims.labelstudio.tasks import task, tasks_bytes

__all__ = [
    "ImportResult",
    "ImportedDocument",
    "RecordChange",
    "RecordLeftOut",
    "RegistryProposal",
    "configuration",
    "read_results",
    "task",
    "tasks_bytes",
]

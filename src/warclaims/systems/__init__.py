"""Systems that suggest annotations: functions from a batch of texts to records.

- :mod:`.system`: what a system is, and finding one by its name.
- :mod:`.running`: running one over texts, and checking what it suggests.
- :mod:`.rules`: the system ``rules``, which reads the words of the language modules.

Another package registers a system with an entry point in the group ``warclaims.systems``.
"""

from warclaims.systems.running import Suggestion, suggestions
from warclaims.systems.system import (
    AnnotationSystem,
    NamedSystem,
    SuggestedRecords,
    TextToAnnotate,
    load_system,
)

__all__ = [
    "AnnotationSystem",
    "NamedSystem",
    "SuggestedRecords",
    "Suggestion",
    "TextToAnnotate",
    "load_system",
    "suggestions",
]

"""The system ``rules``: reads words with the language modules, without a model.

- :mod:`.reading`: a text, folded, with its sentences and the words that matter.
- :mod:`.names`: names of the registries as mentions of actors and places.
- :mod:`.annotating`: from what was found to records.
"""

from warclaims.systems.rules.annotating import rules

__all__ = ["rules"]

"""The system ``rules``: reads words with the language modules, without a model.

- :mod:`.reading`: a text, folded, with its sentences and the words that matter.
- :mod:`.victim_phrases`: phrases that may count victims; :mod:`.harm`: which of them do.
- :mod:`.casualties`, :mod:`.attributions`: what is found of each, by ranges.
- :mod:`.names`, :mod:`.mentions`: names of the registries, and sources, as mentions.
- :mod:`.annotating`: from what was found to records.
"""

from warclaims.systems.rules.annotating import rules

__all__ = ["rules"]

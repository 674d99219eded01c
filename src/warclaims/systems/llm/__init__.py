"""The system ``llm``: asks a language model at any address that is compatible with OpenAI's.

- :mod:`.prompt`: the instructions, and the JSON Schema of the answer, made from the models.
- :mod:`.endpoint`: asking the endpoint, with patience for rate limits.
- :mod:`.annotating`: from answers to records.
"""

from warclaims.systems.llm.annotating import llm

__all__ = ["llm"]

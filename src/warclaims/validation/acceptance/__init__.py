"""A fast test that answers *clean* or *ask*, in front of the rules, which alone write findings.

It accepts a bundle only if no rule would find anything in it: what a fast check here does not
decide, it asks of the rule itself. See :data:`COVERED` for the rules that have fast counterparts.
"""

from warclaims.validation.acceptance.accept import COVERED, Acceptance, Suspicion

__all__ = ["COVERED", "Acceptance", "Suspicion"]

"""Validation: the rules as a table, what they find, and how it is shown to people.

A rule is a record (:mod:`.rule`) with a code, words for people and a check. Checks look at a view
(:mod:`.views`) of one file; :mod:`.run` decides which files.
"""

from warclaims.validation.bundles import check_bundle, validate_bundles
from warclaims.validation.catalogue import RULES
from warclaims.validation.geometry import text_order
from warclaims.validation.rule import Rule
from warclaims.validation.run import check_annotations, validate

__all__ = [
    "RULES",
    "Rule",
    "check_annotations",
    "check_bundle",
    "text_order",
    "validate",
    "validate_bundles",
]

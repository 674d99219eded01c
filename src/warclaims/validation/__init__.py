"""Validation: the rules, applied to files and bundles, and the formats of findings.

A rule (:mod:`.rule`) has a code, a description and a check. Checks look at a view (:mod:`.views`)
of one file; :mod:`.run` chooses the files.
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

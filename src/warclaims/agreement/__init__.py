"""Measure how far two sets of annotations of the same texts agree: spans, attributes, links.

Neither set is taken to be right. Reports of the numbers must say whether people or models made the
sets.
"""

from warclaims.agreement.compare import Comparison, compare
from warclaims.agreement.sets import TwoSets

__all__ = ["Comparison", "TwoSets", "compare"]

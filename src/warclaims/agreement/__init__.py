"""Measure how far annotation sets of the same texts agree: spans, attributes, links, accounts.

No set is taken to be right. Reports of the numbers must say whether people or models made the
sets.
"""

from warclaims.agreement.compare import SetComparison, compare
from warclaims.agreement.sets import ComparedSets

__all__ = ["ComparedSets", "SetComparison", "compare"]

"""Measure how far two annotation sets of the same texts agree: spans, attributes, links, accounts.

Neither set is taken to be right. Reports of the numbers must say whether people or models made the
sets.
"""

from warclaims.agreement.compare import SetComparison, compare
from warclaims.agreement.sets import TwoSets

__all__ = ["SetComparison", "TwoSets", "compare"]

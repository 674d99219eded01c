"""How far two sets of annotations of the same texts agree: spans, attributes, links.

Nothing here knows which set is right. The numbers are those of two readings; whether the readers
were people or models is for whoever reports them to say.
"""

from warclaims.agreement.compare import Comparison, compare
from warclaims.agreement.items import UNITS, Item
from warclaims.agreement.measures import Interval, Prf, kappa
from warclaims.agreement.pairing import pair
from warclaims.agreement.sets import TwoSets, two_sets

__all__ = [
    "UNITS",
    "Comparison",
    "Interval",
    "Item",
    "Prf",
    "TwoSets",
    "compare",
    "kappa",
    "pair",
    "two_sets",
]

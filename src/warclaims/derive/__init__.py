"""Facts computed from records: pure functions that read no file."""

from warclaims.derive.attribution import AttributionTree
from warclaims.derive.claims import claims, document_claims
from warclaims.derive.counts import Bounds, bounds
from warclaims.derive.placement import Placement

__all__ = [
    "AttributionTree",
    "Bounds",
    "Placement",
    "bounds",
    "claims",
    "document_claims",
]

"""Versions of a dataset: two of them opened and compared by record, and the step between them."""

from warclaims.versions.difference import Change, Difference, Kind, compare
from warclaims.versions.migration import migrated
from warclaims.versions.opening import open_version
from warclaims.versions.step import Step, step

__all__ = ["Change", "Difference", "Kind", "Step", "compare", "migrated", "open_version", "step"]

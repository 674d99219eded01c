"""Versions of a corpus: open and compare two of them, and find the step between them."""

from warclaims.versions.comparisons import changed_comparisons
from warclaims.versions.difference import ChangeKind, VersionChange, VersionDifference, compare
from warclaims.versions.migration import migrated_files
from warclaims.versions.opening import open_version
from warclaims.versions.step import VersionStep, required_step

__all__ = [
    "ChangeKind",
    "VersionChange",
    "VersionDifference",
    "VersionStep",
    "changed_comparisons",
    "compare",
    "migrated_files",
    "open_version",
    "required_step",
]

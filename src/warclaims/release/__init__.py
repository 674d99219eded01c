"""Checks before a version is released."""

from warclaims.release.checks import CHECKS, ReleaseCheck

__all__ = ["CHECKS", "ReleaseCheck"]

"""Checks before a version is released, and the commands that publish it."""

from warclaims.release.checks import CHECKS, ReleaseCheck, described
from warclaims.release.publishing import publishing

__all__ = ["CHECKS", "ReleaseCheck", "described", "publishing"]

"""What has to hold before a version is released: a list of checks, each of which names culprits."""

from warclaims.release.checks import CHECKS, Check

__all__ = ["CHECKS", "Check"]

"""Accounts and comparisons: what sources agree and disagree on. Pure functions of records."""

from warclaims.accounts.compare import compare

__all__ = ["compare"]

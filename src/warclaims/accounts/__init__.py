"""Accounts and comparisons: what sources agree and disagree on. Pure functions of records."""

from warclaims.accounts.comparer import compare

__all__ = ["compare"]

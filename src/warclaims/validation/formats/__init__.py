"""Findings written out: one module a format, each with a function ``lines``.

``lines(reporter, found)`` yields the output piece by piece, each without its last line break, and
takes the findings as they come.
"""

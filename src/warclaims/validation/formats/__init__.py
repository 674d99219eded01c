"""Formats of findings: one module per format, each with a function ``lines``.

``lines(reporter, found)`` yields the output line by line, as the findings come.
"""

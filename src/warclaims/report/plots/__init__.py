"""Figures of the report, as SVG in the page and as files of their own."""

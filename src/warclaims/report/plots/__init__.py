"""Figures of the report: drawn by Altair, as SVG in the page and as files of their own.

``drawing`` turns a chart into SVG and PNG, ``forest`` draws the claims of an event, ``network``
who blames whom, ``atlas`` maps of places, on the ``land`` of the packaged map data.
"""

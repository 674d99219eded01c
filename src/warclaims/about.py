"""The facts about the dataset itself, declared once."""

from __future__ import annotations

from warclaims import __version__

TITLE = "WarClaims: who says how many died, where, and on whose word"
AUTHOR = "The WarClaims developers"
VERSION = __version__
RELEASED = "2026-11-22"
"""Date of this version (ISO 8601)."""

ABSTRACT = (
    "Five news texts on Nagorno-Karabakh (27 September 2020 and 19 September 2023) annotated at "
    "span level with actors, casualties, attributions and locations, linked across texts to "
    "actors, places and events, so that each number can be traced through its chain of sources. "
    "The annotations were made by language models working from a written scheme; no person has "
    "reviewed them yet. The code is under the MIT licence; the source texts belong to their "
    "publishers."
)
KEYWORDS = (
    "corpus",
    "attribution",
    "casualties",
    "war reporting",
    "Nagorno-Karabakh",
    "source attribution",
)
LICENSE = "CC-BY-4.0"
"""Of the data set, which is the annotations. The code is MIT; the texts are their publishers'."""

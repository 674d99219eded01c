"""Phrases that identify a line of a page as something other than running text."""

from __future__ import annotations

import re

from warclaims.folding import fold
from warclaims.records.vocabulary import SegmentKind

_AGENCY = (
    r"(?:AFP|AP|Associated Press|APA|Alamy|Anadolu(?: Agency)?|ANP|ANSA|Belga|dpa|EFE|EPA(?:-EFE)?|"
    r"Getty(?: Images)?|NTB|PA(?: Media)?|Reuters|Shutterstock|SIPA|TASS|Ukrinform|UPI|Xinhua)"
)

_PHRASES = (
    (
        SegmentKind.BOILERPLATE,
        r".*\ball rights reserved\b.*|your email address will not be published\b.*|"
        r"(?:advertisement|comments?|log in|share|(?:read|view) more|read here:?)|"
        r"(?:click (?:here )?to (?:continue|read)|continue reading|leave a (?:comment|reply)|"
        r"please enter your (?:comment|name|email)|share this|sign up (?:for|to) (?:our|the)|"
        r"subscribe (?:now|to (?:our|continue|read)))\b.*",
    ),
    (
        SegmentKind.RELATED_LINK,
        r"(?:also read|read also|read more|see also|related(?: (?:articles?|news|stories))?|"
        r"lees ook|lesen sie auch|lire aussi|à lire aussi|leer también|lea también|"
        r"leggi anche|leia também|les også|läs också|читайте также|читайте також)\s*(?::.*)?",
    ),
    (
        SegmentKind.CREDIT,
        r"(?:photo(?:s|graph|graphs)?|image|picture|illustration|graphic|foto|bild|фото)"
        r"(?: credit| by)?\s*[:/©|].*|(?:photo(?:graph)?s?|image|picture) by .*|©.*|"
        rf"[(\[]?(?:via )?{_AGENCY}(?:\s*(?:[/,·|–—-]|via|and)\s*{_AGENCY})*[)\]]?",
    ),
    (
        SegmentKind.MEDIA_LEAD,
        r"(?:watch|view|see) (?:the |our |this |more )?(?:video|(?:photo |picture )?gallery|"
        r"slideshow)\b.*|.*\bin the video below\b.*",
    ),
)
_PATTERNS = tuple((kind, re.compile(words, re.IGNORECASE)) for kind, words in _PHRASES)

_LONGEST = 200
"""Code points of a line that a phrase can identify; a longer one is running text."""


def kind_by_phrase(line: str) -> SegmentKind | None:
    """The kind of a line that a phrase identifies; `None` if none does.

    >>> kind_by_phrase("Photo: A. Example").value, kind_by_phrase("Reuters/AFP").value
    ('credit', 'credit')
    >>> kind_by_phrase("Read also: Shelling hits Dorn").value
    'related_link'
    >>> kind_by_phrase("Reuters reports from Dorn.")
    """
    if len(line) > _LONGEST:
        return None
    line = fold(line)
    return next((kind for kind, pattern in _PATTERNS if pattern.fullmatch(line)), None)

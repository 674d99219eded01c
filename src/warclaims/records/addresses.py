"""Where the report shows a thing: the path of its page, and the anchor on it.

The addresses are part of citations, so they do not change between versions.
"""

from __future__ import annotations


def record_address(name: str) -> str:
    """The address of a record.

    >>> record_address("004:c6")
    'texts/004.html#c6'
    """
    document, _, record = name.partition(":")
    return f"texts/{document}.html#{record}"


def event_address(event: str, anchor: str = "") -> str:
    """The address of an event, or of an account or comparison of it, by its id.

    What is of several events is on the page of the first.

    >>> event_address("war-2020"), event_address("war-2020", "004:killed:c2")
    ('events/war-2020.html', 'events/war-2020.html#004:killed:c2')
    >>> event_address("first-war + war-2020", "first-war + war-2020:killed:total")
    'events/first-war.html#first-war+war-2020:killed:total'
    """
    page = f"events/{event.split(' + ', maxsplit=1)[0]}.html"
    return f"{page}#{anchor_of(anchor)}" if anchor else page


def anchor_of(name: str) -> str:
    """The id of an account or comparison as an anchor, which has no blanks."""
    return name.replace(" ", "")

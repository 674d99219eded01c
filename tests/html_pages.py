"""Pages of a report as trees, to ask what a reader finds on them."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


class _Tree(HTMLParser):
    """A tree of a page; it fails where the tags of the page do not match."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("page")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, (self.open[-1].tag, tag, self.getpos())
        self.open.pop()

    def handle_data(self, data: str) -> None:
        parent = self.open[-1]
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + data
        else:
            parent.text = (parent.text or "") + data


def tree(page: Path) -> Element:
    """The page as a tree."""
    return parse(page.read_text("utf-8"))


def parse(source: str) -> Element:
    """HTML as a tree."""
    parser = _Tree()
    parser.feed(source)
    parser.close()
    assert parser.open == [parser.root], parser.open[-1].tag
    return parser.root


def words(element: Element) -> str:
    """What an element says, blanks made one."""
    return " ".join("".join(element.itertext()).split())


def by_id(root: Element) -> dict[str, Element]:
    """The elements that can be linked to; ids are unique."""
    found: dict[str, Element] = {}
    for element in root.iter():
        name = element.get("id")
        if name is not None:
            assert name not in found, f"id {name} twice"
            found[name] = element
    return found


def links(root: Element) -> Iterator[str]:
    """Everything that a page refers to by an address, without the empty icon."""
    for element in root.iter():
        for name, value in element.attrib.items():
            if name in ("href", "src", "xlink:href", "data", "action", "poster"):
                yield from () if value == "data:," else (value,)
            yield from re.findall(r"url\(['\"]?([^'\")]+)", value) if "url(" in value else ()


def target(page: Path, link: str) -> tuple[Path, str]:
    """The file that a link of ``page`` leads to, and the fragment."""
    parts = urlsplit(link)
    assert (parts.scheme, parts.netloc, parts.query) == ("", "", ""), link
    file = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    return file, unquote(parts.fragment)

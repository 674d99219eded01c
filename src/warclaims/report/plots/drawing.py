"""From a chart to SVG for a page, in the page's colours, and to files that stand alone."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree import ElementTree

from warclaims.report.colours import NO_SIDE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import altair
    from markupsafe import Markup

    from warclaims.report.colours import Tone
    from warclaims.report.site import Site

GROUND, INK, FAINT, LINE, PANEL = "#ffffff", "#1b1b1b", "#5a5a5a", "#cfcfcf", "#f4f4f2"
"""What charts draw with besides tones. On a page they become the variables of the style sheet."""

FONT = "'Helvetica Neue', Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"

_VARIABLES = {
    GROUND: "--ground",
    INK: "--ink",
    FAINT: "--faint",
    LINE: "--line",
    PANEL: "--panel",
}
_SVG = "http://www.w3.org/2000/svg"
_SCALE = 2
"""Pixels of a PNG for each unit of the drawing."""


class Figure(NamedTuple):
    """A drawing.

    Attributes:
        inline: SVG for a page: its colours follow the style sheet.
        svg: The same as a file of its own, with the colours of light ground.
    """

    inline: Markup
    svg: bytes

    def save(self, site: Site, stem: str, *, pixels: bool = False) -> None:
        """Write ``stem.svg`` into the site, with ``pixels`` also ``stem.png`` (slow)."""
        site.file(f"{stem}.svg", self.svg)
        if pixels:
            import vl_convert

            site.file(f"{stem}.png", vl_convert.svg_to_png(self.svg.decode(), scale=_SCALE))


class Words(NamedTuple):
    """Words in a drawing, from a point of its inner area; their middle line is at ``y``."""

    x: float
    y: float
    text: str
    ink: str = INK
    bold: bool = False
    anchor: str = "start"


class Room(NamedTuple):
    """The inner area of a drawing and the margins around it."""

    width: float
    height: float
    left: float = 8
    top: float = 8
    right: float = 8
    bottom: float = 8


def tone_variable(tone: Tone) -> str:
    """The variable of the style sheet that holds a tone."""
    return f"--tone-{tone.light[1:]}"


def short(words: str, most: int) -> str:
    """Words on one line, cut to ``most`` code points; what no XML may hold is left out.

    >>> short("at least two\\ndeaths", 12)
    'at least tw…'
    """
    one_line = " ".join(words.split())
    kept = "".join(c for c in one_line if unicodedata.category(c) not in ("Cc", "Cs", "Cn"))
    return kept if len(kept) <= most else kept[: most - 1].rstrip() + "…"


def compiled(chart: altair.TopLevelMixin) -> dict[str, Any]:
    """The Vega specification of a chart in the colours above, for ``draw``."""
    import vl_convert

    specification = chart.to_dict()
    specification["config"] = _config()
    found: dict[str, Any] = vl_convert.vegalite_to_vega(specification)
    return found


def draw(
    vega: dict[str, Any],
    *,
    name: str,
    title: str,
    description: str,
    rows: Mapping[str, list[dict[str, Any]]] | None = None,
    signals: Mapping[str, Any] | None = None,
    texts: Iterable[Words] = (),
    room: Room,
) -> Figure:
    """The figure of a compiled chart, which is left as it is.

    Args:
        vega: What ``compiled`` made.
        name: Tells this figure from others of its page: ``killed``.
        title: What readers without the picture are told first.
        description: What it shows, for them.
        rows: Rows in place of those of named data.
        signals: Values in place of those of named signals.
        texts: Words to put into the drawing. They are not part of the chart, for measuring words
            would take most of the time, and here nothing depends on their width.
        room: The size.
    """
    import vl_convert
    from markupsafe import Markup

    margins = {"left": room.left, "top": room.top, "right": room.right, "bottom": room.bottom}
    filled = {
        **vega,
        "width": room.width,
        "height": room.height,
        "padding": margins,
        "autosize": "none",
    }
    if rows:
        filled["data"] = [
            {**data, "values": rows[data["name"]]} if data["name"] in rows else data
            for data in vega["data"]
        ]
    if signals:
        filled["signals"] = [
            {"name": signal["name"], "value": signals[signal["name"]]}
            if signal["name"] in signals
            else signal
            for signal in vega["signals"]
        ]
    drawn = ElementTree.fromstring(vl_convert.vega_to_svg(filled))
    _bare(drawn)
    _write(drawn, texts, room)
    _describe(drawn, name, title, description)
    svg = _text(drawn).encode()
    _follow_page(drawn)
    return Figure(Markup(_text(drawn)), svg)


def _config() -> dict[str, Any]:
    words = {
        "labelColor": INK,
        "titleColor": FAINT,
        "labelFontSize": 12,
        "titleFontWeight": "normal",
    }
    return {
        "font": FONT,
        "aria": False,
        "background": GROUND,
        "view": {"stroke": None},
        "axis": {**words, "gridColor": LINE, "domainColor": FAINT, "tickColor": FAINT},
        "text": {"color": INK, "fontSize": 12},
    }


def _write(drawn: ElementTree.Element, texts: Iterable[Words], room: Room) -> None:
    """Put words on top of what is drawn."""
    style = {"font-family": FONT, "font-size": "12px"}
    halo = {"paint-order": "stroke", "stroke": GROUND, "stroke-width": "3"}
    move = {"transform": f"translate({room.left},{room.top})"}
    group = ElementTree.SubElement(drawn, f"{{{_SVG}}}g", {**move, **style})
    for words in texts:
        look = {"x": f"{words.x:g}", "y": f"{words.y + 4:g}", "fill": words.ink, **halo}
        if words.bold:
            look["font-weight"] = "bold"
        if words.anchor != "start":
            look["text-anchor"] = words.anchor
        ElementTree.SubElement(group, f"{{{_SVG}}}text", look).text = words.text


def _bare(drawn: ElementTree.Element) -> None:
    """Without what Vega tells readers of marks one by one: the figure is told as a whole."""
    for element in drawn.iter():
        for name in [n for n in element.attrib if n.startswith("aria-") or n in ("role", "class")]:
            del element.attrib[name]


def _describe(drawn: ElementTree.Element, name: str, title: str, description: str) -> None:
    for index, (kind, words) in enumerate((("title", title), ("desc", description))):
        told = ElementTree.Element(f"{{{_SVG}}}{kind}", {"id": f"{name}-{kind}"})
        told.text = short(words, 2000)
        drawn.insert(index, told)
    drawn.set("role", "img")
    drawn.set("aria-labelledby", f"{name}-title {name}-desc")


def _follow_page(drawn: ElementTree.Element) -> None:
    """Put the variables of the style sheet in place of colours."""
    for element in drawn.iter():
        for attribute in ("fill", "stroke"):
            colour = element.get(attribute, "")
            if colour == "white":
                element.set(attribute, "var(--ground)")
            elif colour.startswith("#"):
                variable = _VARIABLES.get(colour, f"--tone-{colour[1:]}")
                element.set(attribute, f"var({variable}, {colour})")


def _text(drawn: ElementTree.Element) -> str:
    ElementTree.register_namespace("", _SVG)
    return ElementTree.tostring(drawn, encoding="unicode")


def legend_of(tones: Iterable[tuple[str, Tone]]) -> dict[str, str]:
    """Labels with their light colours, each label once, *no side* last."""
    found = dict(tones)
    last = [label for label, tone in found.items() if tone == NO_SIDE]
    order = [label for label in found if label not in last] + last
    return {label: found[label].light for label in order}

"""SVG drawings, for pages and as separate files."""

from __future__ import annotations

import functools
import re
import textwrap
import unicodedata
from html import escape
from typing import TYPE_CHECKING

from warclaims.report.colours import NO_SIDE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from markupsafe import Markup

    from warclaims.report.colours import Tone

GROUND, INK, FAINT, LINE, PANEL = "#ffffff", "#1b1b1b", "#5a5a5a", "#cfcfcf", "#f4f4f2"
ALARM = "#a3220b"
"""The colours of drawings besides tones. On a page they become variables of the style sheet."""

WIDE, NARROW = 620, 340
"""Widths of plots on a desk and on a phone."""

LETTER = 7
"""Average width of a letter."""

CIRCLE = "M5.5,0A5.5,5.5,0,1,1,-5.5,0A5.5,5.5,0,1,1,5.5,0"
SQUARE = "M-5,-5H5V5H-5Z"
ARROW = "M6,0L-4,-5.5V5.5Z"
CAP = "M0,-7V7"
"""Shapes of marks, around their middle."""

_LETTER_FROM_RIGHT = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
FROM_RIGHT = re.compile(rf"{_LETTER_FROM_RIGHT}+(?:[\s\u200c\u200d-]+{_LETTER_FROM_RIGHT}+)*")
"""Words of scripts that are written from right to left."""

_ISOLATED = "\u2068\\g<0>\u2069"
"""In a drawing, what ``bdi`` is on a page: numbers around such words keep their order."""

_VARIABLES = {
    GROUND: "--ground",
    INK: "--ink",
    FAINT: "--faint",
    LINE: "--line",
    PANEL: "--panel",
    ALARM: "--alarm",
}
_FONT = "'Helvetica Neue', Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
_SVG = "http://www.w3.org/2000/svg"


LegendItem = tuple[str, str, str, str]
"""What a mark means, and its shape, stroke and fill."""


class Drawing:
    """A drawing to which shapes and words are added, in pixels from the top left of its plot.

    Args:
        width: Width of the plot.
        top: Margin above it.
        side: Margin on its left and right.
    """

    def __init__(self, width: float, *, top: float = 0, side: float = 0) -> None:
        self._width, self._top, self._side = width, top, side
        self._shapes: list[str] = []
        self.add("rect", x=-side, y=-top, width="100%", height="100%", fill=GROUND)

    def add(self, tag: str, words: str = "", /, **attributes: object) -> None:
        """Add an element with words. An underscore stands for a hyphen: ``stroke_width``."""
        self._shapes.append(_element(tag, escape(words), attributes))

    def mark(self, x: float, y: float, shape: str, stroke: str, fill: str = "") -> None:
        """Add a mark with its middle at a point; without ``fill`` in the colour of its stroke."""
        look = {"d": shape, "stroke": stroke, "fill": fill or stroke, "stroke_width": 2}
        self.add("path", transform=f"translate({x:.1f},{y:.1f})", **look)

    def words(
        self,
        x: float,
        y: float,
        text: str,
        ink: str = INK,
        anchor: str = "start",
        *,
        bold: bool = False,
    ) -> None:
        """Add words whose middle line is at ``y``; an outline separates them from the
        shapes behind."""
        look = {"fill": ink, "paint_order": "stroke", "stroke": GROUND, "stroke_width": 3}
        look |= {"text_anchor": anchor} if anchor != "start" else {}
        look |= {"font_weight": "bold"} if bold else {}
        self.add("text", FROM_RIGHT.sub(_ISOLATED, text), x=float(x), y=float(y + 4), **look)

    def legend(self, items: Iterable[LegendItem], top: float) -> float:
        """Add a legend in lines, the first at ``top``; where its last line is."""
        across, down = 8.0, top
        for words, *look in items:
            label = short(words, 40)
            width = 24 + LETTER * len(label)
            if across + width > self._width and across > 8:
                across, down = 8.0, down + 20
            self.mark(across, down, *look)
            self.words(across + 12, down, label, FAINT)
            across += width + 6
        return down

    def finish(self, bottom: float, *, name: str, title: str, description: str) -> str:
        """The drawing as SVG, which ends at ``bottom``, in the colours for a light background.

        Args:
            bottom: The lower edge.
            name: Distinguishes this figure from others of its page: ``killed``.
            title: What a screen reader announces.
            description: The contents, for a screen reader.
        """
        wide, high = self._width + 2 * self._side, bottom + self._top
        about = {"title": title, "desc": description}
        said = [
            _element(tag, escape(short(of, 2000)), {"id": f"{name}-{tag}"})
            for tag, of in about.items()
        ]
        root = {
            "xmlns": _SVG,
            "role": "img",
            "aria-labelledby": f"{name}-title {name}-desc",
            "viewBox": f"{-self._side:g} {-self._top:g} {wide:g} {high:g}",
            "width": f"{wide:g}",
            "height": f"{high:g}",
            "font-family": _FONT,
            "font-size": "12px",
        }
        return _element("svg", "".join([*said, *self._shapes]), root)


def _element(tag: str, inside: str, attributes: Mapping[str, object]) -> str:
    values = (
        (name.replace("_", "-"), f"{value:.1f}" if isinstance(value, float) else escape(str(value)))
        for name, value in attributes.items()
    )
    named = "".join(f' {name}="{value}"' for name, value in values)
    return f"<{tag}{named}>{inside}</{tag}>" if inside else f"<{tag}{named}/>"


def on_page(svg: str) -> Markup:
    """A drawing for a page, whose colours follow the style sheet."""
    from markupsafe import Markup

    def variable(match: re.Match[str]) -> str:
        colour = match[1]
        return f'="var({_VARIABLES.get(colour, f"--tone-{colour[1:]}")}, {colour})"'

    return Markup(re.sub(r'="(#\w+)"', variable, svg))  # quotes in words are escaped


def short(words: str, most: int) -> str:
    """Words on one line, cut to ``most`` code points, without characters not allowed in XML.

    >>> short("at least two\\ndeaths", 12)
    'at least tw…'
    """
    one_line = " ".join(words.split())
    kept = one_line
    if not kept.isprintable():
        kept = "".join(c for c in kept if unicodedata.category(c) not in ("Cc", "Cs", "Cn"))
    return kept if len(kept) <= most else kept[: most - 1].rstrip() + "…"


@functools.lru_cache(maxsize=256)
def folded(words: str, letters: int, indent: int = 0, most: int = 3) -> tuple[str, ...]:
    """Words in up to ``most`` lines, the first indented by so many letters.

    >>> folded("disputed: the cause (landmine)", 20)
    ('disputed: the cause', '(landmine)')
    """
    begin = " " * min(indent, letters - 1)
    shown = short(words, 4 * letters)
    if len(begin + shown) <= letters:
        return (begin + shown,) if shown else ()
    return tuple(
        textwrap.wrap(shown, letters, initial_indent=begin, max_lines=most, placeholder="…")
    )


def sides_legend(tones: Iterable[tuple[str, Tone]]) -> list[LegendItem]:
    """A legend of sides with their tones, each once, *no side* last."""
    found = sorted(dict(tones).items(), key=lambda item: item[1] == NO_SIDE)
    return [(label, CIRCLE, tone.light, tone.light) for label, tone in found]

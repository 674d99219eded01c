"""How to cite this version."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from warclaims import about
from warclaims.errors import WarclaimsError

if TYPE_CHECKING:
    from collections.abc import Callable


def cite(style: str = "bibtex") -> str:
    """The citation of this version: ``bibtex``, ``apa`` or ``cff``.

    >>> print(cite("apa").split(".")[0])
    The WarClaims developers

    Raises:
        WarclaimsError: no such style.
    """
    try:
        return STYLES[style.lower()]()
    except KeyError:
        raise WarclaimsError(
            f"there is no citation style {style!r}; there are: {', '.join(STYLES)}"
        ) from None


def _bibtex() -> str:
    year, month, day = about.RELEASED.split("-")
    fields = {
        "author": f"{{{about.AUTHOR}}}",
        "title": about.TITLE,
        "year": year,
        "month": str(int(month)),
        "version": about.VERSION,
        "note": f"Data set and software, released {about.RELEASED}",
    }
    width = max(map(len, fields))
    lines = [f"  {name:<{width}} = {{{value}}}," for name, value in fields.items()]
    return "\n".join([f"@dataset{{warclaims_{year}_{month}_{day},", *lines, "}"])


def _apa() -> str:
    year = about.RELEASED[:4]
    return (
        f"{about.AUTHOR}. ({year}). {about.TITLE} (Version {about.VERSION}, released "
        f"{about.RELEASED}) [Data set]."
    )


def _cff() -> str:
    quote = json.dumps
    lines = [
        "cff-version: 1.2.0",
        "message: If you use this corpus, please cite it as below.",
        "type: dataset",
        f"title: {quote(about.TITLE)}",
        "authors:",
        f"  - name: {about.AUTHOR}",
        f"version: {about.VERSION}",
        f"date-released: {about.RELEASED}",
        f"license: {about.LICENSE}",
        f"abstract: {quote(about.ABSTRACT)}",
        "keywords:",
        *(f"  - {name}" for name in about.KEYWORDS),
    ]
    return "\n".join(lines)


STYLES: dict[str, Callable[[], str]] = {"bibtex": _bibtex, "apa": _apa, "cff": _cff}
"""The styles of :func:`cite`."""

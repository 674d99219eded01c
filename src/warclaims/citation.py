"""How to cite this version."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from warclaims import about
from warclaims.errors import WarclaimsError

if TYPE_CHECKING:
    from collections.abc import Callable


def cite(style: str = "bibtex") -> str:
    """The citation of this version: ``bibtex``, ``apa``, ``cff`` or ``csl-json``.

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


def address() -> str | None:
    """Where the dataset is found: by its DOI, its page or its repository; null if nowhere yet."""
    if about.DOI:
        return f"https://doi.org/{about.DOI}"
    return about.HOMEPAGE or about.REPOSITORY


def _bibtex() -> str:
    year, month, _ = about.RELEASED.split("-")
    fields = {
        "author": " and ".join(f"{{{name}}}" for name in about.AUTHORS),
        "title": about.TITLE,
        "year": year,
        "month": str(int(month)),
        "version": about.VERSION,
        "note": f"Data set and software, released {about.RELEASED}",
        **given(doi=about.DOI, url=about.HOMEPAGE or about.REPOSITORY),
    }
    width = max(map(len, fields))
    lines = [f"  {name:<{width}} = {{{value}}}," for name, value in fields.items()]
    return "\n".join([f"@dataset{{{_key()},", *lines, "}"])


def _key() -> str:
    """The name of this version in a list of works."""
    return f"warclaims-{about.VERSION}"


def _apa() -> str:
    found = address()
    return (
        f"{', '.join(about.AUTHORS)}. ({about.RELEASED[:4]}). {about.TITLE} (Version "
        f"{about.VERSION}, released {about.RELEASED}) [Data set]." + (f" {found}" if found else "")
    )


def _cff() -> str:
    import yaml

    record = {
        "cff-version": "1.2.0",
        "message": "If you use this corpus, please cite it as below.",
        "type": "dataset",
        "title": about.TITLE,
        "authors": [{"name": name} for name in about.AUTHORS],
        "version": about.VERSION,
        "date-released": about.RELEASED,
        "license": about.LICENSE,
        "abstract": about.ABSTRACT,
        "keywords": list(about.KEYWORDS),
        **given(doi=about.DOI, url=about.HOMEPAGE, **{"repository-code": about.REPOSITORY}),
    }
    text: str = yaml.safe_dump(record, sort_keys=False, allow_unicode=True, width=100)
    return text.rstrip("\n")


def _csl_json() -> str:
    record = {
        "id": _key(),
        "type": "dataset",
        "title": about.TITLE,
        "author": [{"literal": name} for name in about.AUTHORS],
        "issued": {"date-parts": [[int(part) for part in about.RELEASED.split("-")]]},
        "version": about.VERSION,
        "abstract": about.ABSTRACT,
        "keyword": ", ".join(about.KEYWORDS),
        "language": about.LANGUAGES[0],
        **given(DOI=about.DOI, URL=address()),
    }
    return json.dumps([record], indent=1, ensure_ascii=False)


def given(**facts: str | None) -> dict[str, Any]:
    """The facts that are known."""
    return {name: value for name, value in facts.items() if value is not None}


STYLES: dict[str, Callable[[], str]] = {
    "bibtex": _bibtex,
    "apa": _apa,
    "cff": _cff,
    "csl-json": _csl_json,
}
"""The styles of :func:`cite`."""

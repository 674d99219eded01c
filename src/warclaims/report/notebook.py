"""An annotated text in a notebook."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from warclaims.report.marked import lighting, marked
from warclaims.report.site import environment

if TYPE_CHECKING:
    from warclaims.records import Bundle


def to_html(bundle: Bundle) -> str:
    """The text of a bundle with its annotations, as HTML without further files.

    Notebooks show it for a bundle that is the last value of a cell. Layers can be switched on and
    off. Pointing at a cue or at victims, or moving there with the tab key, highlights what belongs
    to them.

    >>> import warclaims
    >>> "Karabakh" in warclaims.to_html(warclaims.open().bundle("004"))
    True
    """
    annotations = bundle.annotations
    # Several texts, or several annotations of one, may be on one page.
    made = hashlib.sha256(annotations.model_dump_json().encode()).hexdigest()
    scope = f"annotated-{made[:12]}"
    return (
        environment()
        .get_template("notebook.html")
        .render(
            document=bundle.document,
            segments=marked(bundle.document, bundle.text, annotations),
            rules=lighting(scope, annotations),
            scope=scope,
        )
    )

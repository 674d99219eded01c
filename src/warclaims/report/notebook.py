"""An annotated text in a notebook."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from warclaims.report.lighting import lighting
from warclaims.report.marked import marked
from warclaims.report.site import environment

if TYPE_CHECKING:
    from warclaims.records import Bundle


def to_html(bundle: Bundle) -> str:
    """The text of a bundle with its annotations, as HTML that stands alone.

    Notebooks show it where a bundle is the last value of a cell. Layers can be switched; what
    belongs to a cue or to victims lights up when they are pointed at or reached with the tab key.

    >>> import warclaims
    >>> "Karabakh" in to_html(warclaims.open().bundle("004"))
    True
    """
    annotations = bundle.annotations
    # Several texts, or several annotations of one, may stand on one page.
    made = hashlib.sha256(annotations.model_dump_json().encode()).hexdigest()
    scope = f"annotated-{made[:12]}"
    return (
        environment()
        .get_template("notebook.html")
        .render(
            document=bundle.document,
            parts=marked(bundle.document, bundle.text, annotations),
            rules=lighting(scope, annotations),
            scope=scope,
        )
    )

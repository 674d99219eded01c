"""A corpus, an annotated text, or any other record in a notebook."""

from __future__ import annotations

import hashlib
from itertools import islice
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from warclaims.corpus import Corpus
from warclaims.records import Bundle
from warclaims.report.marked import lighting, marked
from warclaims.report.site import environment
from warclaims.wording import plain

if TYPE_CHECKING:
    from warclaims.records import Record

MOST_DOCUMENTS = 50
"""Limit of documents listed of a corpus; the rest is counted."""


def to_html(shown: Record | Corpus) -> str:
    """A corpus, a bundle or any other record as HTML without further files.

    Notebooks show it for a value that is the last of a cell. Of a corpus it has the documents, of a
    bundle the text with its annotations, of an event, an account, a comparison or another record
    its fields without those that say nothing. In a text, layers can be switched on and off;
    pointing at a cue or at victims, or moving there with the tab key, highlights what belongs to
    them.

    >>> import warclaims
    >>> "Karabakh" in warclaims.to_html(warclaims.open().bundle("004"))
    True
    >>> "six weeks" in warclaims.to_html(warclaims.open().registries.events["war-2020"])
    True
    """
    if isinstance(shown, Corpus):
        documents = list(islice(shown.documents.values(), MOST_DOCUMENTS))
        return _rendered(
            "notebook_corpus.html",
            name=(shown.description and shown.description.title) or shown.root.resolve().name,
            documents=documents,
            sets=shown.layout.set_names(),
            more=len(shown.documents) - len(documents),
        )
    if not isinstance(shown, Bundle):
        return _rendered("notebook_record.html", kind=type(shown).__name__, value=_plain(shown))
    annotations = shown.annotations
    # Several texts, or several annotations of one, may be on one page.
    made = hashlib.sha256(annotations.model_dump_json().encode()).hexdigest()
    scope = f"annotated-{made[:12]}"
    return _rendered(
        "notebook.html",
        document=shown.document,
        segments=marked(shown.document, shown.text, annotations),
        rules=lighting(scope, annotations),
        scope=scope,
    )


def _rendered(template: str, **values: Any) -> str:
    return environment().get_template(template).render(**values)


def _plain(value: Any) -> Any:
    """A record as a dictionary of what it says, lists as lists, anything else as words."""
    if isinstance(value, BaseModel):
        fields = {name: getattr(value, name) for name in value.model_dump(exclude_defaults=True)}
        said = {n: one for n, one in fields.items() if one is not None and one is not False}
        return {plain(name): _plain(one) for name, one in said.items() if one != ()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return str(value)

"""A bundle: all that is needed to check or use one annotated document, in one record."""

from __future__ import annotations

from pydantic import Field

from warclaims.records.annotations import Annotations
from warclaims.records.base import Record, Words
from warclaims.records.documents import Document


class Bundle(Record):
    """One document with its text and one set of annotations: a line of JSON Lines.

    Its ids refer to the registries of the corpus that it is used with.
    """

    document: Document = Field(description="The document, as in the index of seeds.")
    text: Words = Field(description="The text; its UTF-8 has the document's SHA-256.")
    annotations: Annotations = Field(description="The annotations of the text.")

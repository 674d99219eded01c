"""Make a corpus: start an empty one, add texts and entries, describe and rename documents."""

from warclaims.authoring.adding import AddedText, StatedFacts, add_texts, choose_annotator
from warclaims.authoring.describing import describe_document
from warclaims.authoring.registering import register
from warclaims.authoring.renaming import RenamedDocument, rename_document
from warclaims.authoring.segments import propose_segments
from warclaims.authoring.starting import new_corpus
from warclaims.authoring.text_table import read_text_table
from warclaims.authoring.texts import NewText, read_new_text

__all__ = [
    "AddedText",
    "NewText",
    "RenamedDocument",
    "StatedFacts",
    "add_texts",
    "choose_annotator",
    "describe_document",
    "new_corpus",
    "propose_segments",
    "read_new_text",
    "read_text_table",
    "register",
    "rename_document",
]

"""Make a corpus: start an empty one, add texts and registry entries, rename documents."""

from warclaims.authoring.adding import AddedText, StatedFacts, add_texts, choose_annotator
from warclaims.authoring.registering import register
from warclaims.authoring.renaming import RenamedDocument, rename_document
from warclaims.authoring.segments import propose_segments
from warclaims.authoring.starting import new_corpus
from warclaims.authoring.texts import NewText, read_new_text

__all__ = [
    "AddedText",
    "NewText",
    "RenamedDocument",
    "StatedFacts",
    "add_texts",
    "choose_annotator",
    "new_corpus",
    "propose_segments",
    "read_new_text",
    "register",
    "rename_document",
]

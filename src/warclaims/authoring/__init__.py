"""From a stranger's texts to a corpus: an empty corpus directory, and texts added to it."""

from warclaims.authoring.adding import (
    Added,
    Additions,
    Facts,
    add_texts,
    check_fact,
    choose_annotator,
)
from warclaims.authoring.registering import register
from warclaims.authoring.renaming import Renamed, rename_document
from warclaims.authoring.segments import propose_segments
from warclaims.authoring.starting import new_corpus
from warclaims.authoring.texts import NewText, read_new_text

__all__ = [
    "Added",
    "Additions",
    "Facts",
    "NewText",
    "Renamed",
    "add_texts",
    "check_fact",
    "choose_annotator",
    "new_corpus",
    "propose_segments",
    "read_new_text",
    "register",
    "rename_document",
]

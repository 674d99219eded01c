"""An empty corpus directory, as every command reads it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from warclaims.corpus import canonical_bytes
from warclaims.errors import WarclaimsError
from warclaims.files import locked, write_all
from warclaims.files.names import is_portable
from warclaims.layout import GOLD, Layout
from warclaims.records import REGISTRIES, Annotator, DocumentIndex
from warclaims.records.base import ID_PATTERN, SCHEMA_VERSION
from warclaims.records.registry import AnnotatorRegistry
from warclaims.records.vocabulary import AnnotatorKind

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import BaseModel

_CARD = """# {name}

A corpus in the form of WarClaims. `warclaims build` makes what stands above this heading and in the
marked blocks; the rest of this page is yours.

## What to do next

In this folder:

    warclaims --corpus . add FILE --language en --outlet NAME --date 2024-05-01
    warclaims --corpus . studio start
    warclaims --corpus . studio push
    warclaims --corpus . studio pull
    warclaims --corpus . validate
    warclaims --corpus . build
    warclaims --corpus . claims

1. `add` copies a text into `seeds/`, byte for byte, and proposes its segments. Correct them, and
   what is known of the text, in `seeds/index.json`; each fact there says what it rests on.
2. Actors, places, events and sides are entered in `annotations/registry/`, each with its evidence.
3. `studio` opens the texts in Label Studio and brings the work back to `annotations/gold/`. With a
   Label Studio of your own: `export labelstudio`, and `import labelstudio EXPORT.json`.
4. `validate` checks everything; of an English text it also warns of what seems not annotated yet.
   `build` makes the tables in `corpus/`, `claims` lists who says how many.

Annotation files name the version of the guidelines that they follow. Until you write your own as
`annotations/GUIDELINES.md`, these are the guidelines of WarClaims.

## Rights

Say here to whom the texts belong and under which licence the annotations may be used.

## Figures

<!-- begin generated: figures -->
<!-- end generated: figures -->

## Tables

<!-- begin generated: tables -->
<!-- end generated: tables -->
"""

_ATTRIBUTES = """\
# Offsets and hashes hold for the exact bytes of the texts: no line ends may be converted.
seeds/* -text
*.parquet binary
"""


def new_corpus(root: Path, annotator: str = "me", label: str | None = None) -> list[Path]:
    """Make a corpus without texts at ``root``; the files that were written.

    ``annotator`` is the id of the person whose annotations ``gold`` will hold, ``label`` the name
    shown, by default the id.

    Raises:
        WarclaimsError: there is something at ``root``, or the id is none.
    """
    if not (re.fullmatch(ID_PATTERN, annotator) and is_portable(annotator)):
        raise WarclaimsError(
            f"{annotator!r} cannot be the id of an annotator: it takes letters (a–z), digits, - "
            "and _, begins with a letter or digit, and is not a device of Windows, such as nul"
        )
    if root.exists() and not root.is_dir():
        raise WarclaimsError(f"{root} is a file; name a folder for the corpus")
    person = Annotator(
        id=annotator,
        label=" ".join((label or annotator).split()) or annotator,
        kind=AnnotatorKind.PERSON,
        description="Entered when the corpus was made. Say here from what the annotations are "
        "made, and how.",
    )
    layout = Layout(root)
    records: dict[Path, BaseModel] = {
        layout.index: DocumentIndex(schema_version=SCHEMA_VERSION, documents=())
    }
    for name, model in REGISTRIES.items():
        entries = (person,) if model is AnnotatorRegistry else ()
        content: dict[str, Any] = {"schema_version": SCHEMA_VERSION, name: entries}
        records[layout.registry(name)] = model(**content)
    files = {path: canonical_bytes(record) for path, record in records.items()}
    files[layout.card] = _CARD.format(name=root.resolve().name or "Corpus").encode()
    files[root / ".gitattributes"] = _ATTRIBUTES.encode()
    with locked(root):
        if any(root.iterdir()):
            raise WarclaimsError(
                f"{root} is not empty. Name a new folder for the corpus. To add a text to an "
                f"existing corpus: warclaims --corpus {root} add FILE"
            )
        written = write_all(files)
        layout.annotation_set(GOLD).mkdir(parents=True, exist_ok=True)
    return written

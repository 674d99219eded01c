"""Make an empty corpus directory."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from warclaims.authoring.ids import check_id
from warclaims.corpus import canonical_bytes
from warclaims.corpus.description import toml_string
from warclaims.errors import WarclaimsError
from warclaims.files import locked, write_all
from warclaims.layout import GOLD, Layout
from warclaims.markdown import escape
from warclaims.records import REGISTRIES, Annotator, CorpusDescription, DocumentIndex
from warclaims.records.base import SCHEMA_VERSION
from warclaims.records.registry import AnnotatorRegistry
from warclaims.records.vocabulary import AnnotatorKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pydantic import BaseModel

_CARD = """# {title}

A corpus in the format of WarClaims. `warclaims build` generates what is above this heading and in
the marked blocks; the rest of this page is yours.

## What to do next

In this folder:

    warclaims add FILE --language en --outlet NAME --date 2024-05-01
    warclaims studio start
    warclaims studio push
    warclaims studio pull
    warclaims validate
    warclaims build
    warclaims claims

1. `add` copies a text into `seeds/`, byte for byte, and proposes its segments. Correct them, and
   the facts about the text, in `seeds/index.json`; each fact has its evidence there.
2. Actors, places, events and sides are in `annotations/registry/`, each with its evidence.
3. `studio` opens the texts in Label Studio and brings the work back to `annotations/gold/`. With a
   Label Studio of your own: `export labelstudio`, and `import labelstudio EXPORT.json`.
4. `corpus.toml` describes the corpus: title, authors, licences. `cite` shows how to cite it, and
   `build` writes it into the files that other services read.
5. `validate` checks everything; in texts in languages that it reads (English, Spanish, Russian,
   Arabic) it also warns about what seems not annotated yet.
   `build` makes the tables in `corpus/`, `claims` lists who says how many.

Annotation files name the version of the guidelines that they follow. Until you write your own in
`annotations/GUIDELINES.md`, these are the guidelines of WarClaims.

## Rights

<!-- begin generated: rights -->
<!-- end generated: rights -->

## Citation

<!-- begin generated: citation -->
<!-- end generated: citation -->

## Figures

<!-- begin generated: figures -->
<!-- end generated: figures -->

## Tables

<!-- begin generated: tables -->
<!-- end generated: tables -->
"""

_DESCRIPTION = """\
# Description of this corpus, read by `warclaims cite`, `build` and `release`. Leave out what is
# unknown; lines that begin with # are examples.

{title}
# name = "A short name"
version = "0.1.0"
# released = 2024-05-31
{authors}
# summary = "What it is, in one sentence."
# abstract = "What it is, in a paragraph."
# keywords = ["war reporting"]
# languages = ["en"]  # by default those of the texts
# doi = "10.…"
# homepage = "https://…"
# repository = "https://…"

# [licences.annotations]
# id = "CC-BY-4.0"
# terms = "The annotations are under CC BY 4.0."

# [licences.texts]
# terms = "The texts belong to their publishers; no licence to them is given."

# Notes for responsible use: properties of the Croissant vocabulary for responsible AI.
# [responsible_ai]
# data_limitations = ["What the corpus must not be used for."]
"""

_ATTRIBUTES = """\
# Every text file has the same line ends in every checkout.
* text=auto eol=lf

# Offsets and hashes hold for the exact bytes of these files, so git never converts them.
/corpus.toml -text
/seeds/** -text
/annotations/** -text
/schema/** -text
/corpus/** -text
*.parquet binary
"""

_IGNORED = """\
# What a command that was killed leaves; the next one finishes or removes it.
.warclaims-*
"""


DEFAULT_ANNOTATOR = "me"
"""The id of the annotator of a new corpus for whom nobody chose one."""

_UNDESCRIBED = (
    "Registered when the corpus was made. Say here from what the annotations are made, and how."
)


def is_untouched(annotator: Annotator) -> bool:
    """True for the annotator that a new corpus has by default, as it was entered."""
    return (annotator.id, annotator.description) == (DEFAULT_ANNOTATOR, _UNDESCRIBED)


def _description(title: str | None, authors: Sequence[str]) -> str:
    """The content of ``corpus.toml``.

    Raises:
        WarclaimsError: a title or a name is not one line of words.
    """
    tables = [
        dict(zip(("family", "given"), (part.strip() for part in name.split(",", 1)), strict=True))
        if "," in name
        else {"name": name.strip()}
        for name in authors
    ]
    try:
        CorpusDescription.model_validate_json(json.dumps({"title": title, "authors": tables}))
    except ValidationError as error:
        first = error.errors()[0]
        raise WarclaimsError(
            f"{first['input']!r} cannot be the {first['loc'][0]} of a corpus: "
            f"{first['msg'].removeprefix('Value error, ')}"
        ) from None
    named = [
        f"{{ {', '.join(f'{key} = {toml_string(value)}' for key, value in table.items())} }}"
        for table in tables
    ]
    return _DESCRIPTION.format(
        title=f"title = {toml_string(title)}" if title else '# title = "The title to be cited"',
        authors=f"authors = [{', '.join(named)}]"
        if named
        else '# authors = [{ family = "…", given = "…" }, { name = "Name of a group" }]',
    )


def new_corpus(
    root: Path,
    annotator: str = DEFAULT_ANNOTATOR,
    label: str | None = None,
    *,
    title: str | None = None,
    authors: Sequence[str] = (),
) -> list[Path]:
    """Make a corpus without texts at ``root``, and return the files that were written.

    ``annotator`` is the id of the person who will annotate ``gold``, ``label`` a name, by default
    the id. ``authors`` are persons (``Family, Given``) or groups (no comma).

    Raises:
        WarclaimsError: there is something at ``root``, or an id, a title or a name is not valid.
    """
    check_id(annotator, "the id of an annotator")
    if root.exists() and not root.is_dir():
        raise WarclaimsError(f"{root} is a file; name a folder for the corpus")
    description = _description(title, authors)
    person = Annotator(
        id=annotator,
        label=" ".join((label or annotator).split()) or annotator,
        kind=AnnotatorKind.PERSON,
        description=_UNDESCRIBED,
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
    heading = escape(title or root.resolve().name or "Corpus")
    files[layout.card] = _CARD.format(title=heading).encode()
    files[layout.description] = description.encode()
    files[root / ".gitattributes"] = _ATTRIBUTES.encode()
    files[root / ".gitignore"] = _IGNORED.encode()
    with locked(root):
        if any(root.iterdir()):
            raise WarclaimsError(
                f"{root} is not empty. Name a new folder for the corpus. To add a text to an "
                f"existing corpus: warclaims --corpus {root} add FILE"
            )
        written = write_all(files)
        layout.annotation_set(GOLD).mkdir(parents=True, exist_ok=True)
    return written

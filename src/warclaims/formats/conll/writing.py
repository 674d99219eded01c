"""Write sentences as columns of tokens and IOB2 tags."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from warclaims.derive import Placement
from warclaims.derive.bio import LOSSES, TAG_COLUMNS, bio_tags
from warclaims.formats.conll import FORMAT
from warclaims.output import echo
from warclaims.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from warclaims.corpus import Corpus
    from warclaims.records import Bundle

COLUMNS = "global.columns"
"""The comment that names the columns."""

TEXT = "document_text"
"""The comment that holds a whole text, as a JSON string."""

_NAMES = ("FORM", "START", "END", *(f"WARCLAIMS:{name.upper()}" for name in TAG_COLUMNS))


def write_documents(bundles: Iterable[Bundle], _corpus: Corpus) -> Iterator[tuple[str, bytes]]:
    """The sentences of each document. What the tags lose is counted and said at the end."""
    lost: Counter[str] = Counter()
    lines = [f"# {COLUMNS} = {' '.join(_NAMES)}"]
    for bundle in bundles:
        lines += _lines(bundle, lost)
        yield FORMAT.file, "".join(f"{line}\n" for line in lines).encode()
        lines = []
    for column in TAG_COLUMNS:
        losses = [
            f"{number:,} {meaning}"
            for kind, meaning in LOSSES.items()
            if (number := lost[f"{column}/{kind}"])
        ]
        if losses:
            spans = plural(lost[f"{column}/spans"], "span")
            echo(f"{column}, {spans}: {', '.join(losses)}", err=True)


def _lines(bundle: Bundle, lost: Counter[str]) -> Iterator[str]:
    """The lines of a document, an empty one after each sentence."""
    document, text = bundle.document.id, bundle.text
    yield f"# newdoc id = {document}"
    yield f"# {TEXT} = {json.dumps(text)}"
    placement = Placement(bundle.document, text)
    for number, row in enumerate(bio_tags(bundle.annotations, placement, lost)):
        yield f"# sent_id = {document}:s{number}"
        yield f"# text = {' '.join(text[row['start'] : row['end']].split())}"
        tags = (row[name] for name in TAG_COLUMNS)
        for start, end, *of_token in zip(
            row["token_starts"], row["token_ends"], *tags, strict=True
        ):
            yield "\t".join([text[start:end], str(start), str(end), *of_token])
        yield ""

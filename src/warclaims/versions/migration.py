"""Files of an older version of the format, written as files of the newest."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from warclaims.corpus import canonical_bytes, parse
from warclaims.corpus.reading import read_json
from warclaims.corpus.upgrade import ForPerson, for_person, old_version
from warclaims.errors import WarclaimsError
from warclaims.files import read_file
from warclaims.records import REGISTRIES, Annotations, DocumentIndex, Fragment, span_end

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import BaseModel

    from warclaims.corpus import Corpus
    from warclaims.records import Attribution


class MigratedFile(NamedTuple):
    """A file of an older version: which, its bytes in the newest, and what a person decides."""

    version: str
    data: bytes
    for_person: list[ForPerson]


def migrated_files(corpus: Corpus) -> dict[Path, MigratedFile]:
    """The files of an older version: index, registries and every annotation file.

    Causes and statuses become lists, and contents of English texts take in the *that* before them.
    What cannot be converted by rule, such as a *to* that may be a preposition, is kept and listed.

    Raises:
        InvalidFile: a file is not valid; fix it before it is migrated.
    """
    corpus.require_directory()
    layout = corpus.layout
    models: dict[Path, type[BaseModel]] = {layout.index: DocumentIndex}
    models |= {layout.registry(name): model for name, model in REGISTRIES.items()}
    for name in layout.set_names():
        paths = sorted(layout.annotation_set(name).glob("*.json"))
        models |= {path: Annotations for path in paths if not path.name.startswith(".")}
    found = {}
    for path, model in models.items():
        data, file = read_file(path), layout.relative(path)
        version = old_version(read_json(data, file))
        if version is None:
            continue
        record: Any = parse(data, model, file)
        remaining: list[ForPerson] = []
        if isinstance(record, Annotations):
            record, unclear = _with_complementisers(corpus, record)
            remaining = [*for_person(json.loads(canonical_bytes(record))), *unclear]
        found[path] = MigratedFile(version, canonical_bytes(record), remaining)
    return found


def _with_complementisers(
    corpus: Corpus, annotations: Annotations
) -> tuple[Annotations, list[ForPerson]]:
    """``annotations`` whose contents include *that*, if English, and where a *to* is unclear."""
    try:
        language = corpus.document(annotations.document).language
        text = corpus.text(annotations.document)
    except WarclaimsError:
        return annotations, []  # a text that is not here or has changed: `validate` reports it
    if language.partition("-")[0] != "en":
        return annotations, []
    extended: list[Attribution] = []
    unclear: list[ForPerson] = []
    for row, attribution in enumerate(annotations.attributions):
        first, *rest = attribution.content
        found = _COMPLEMENTISER.search(text, max(0, first.start - _LONGEST), first.start)
        cue = attribution.cue
        if found is None or cue is None or span_end(cue) > found.start("word"):
            extended.append(attribution)  # the word belongs to the cue, or to one around this one
            continue
        if found["word"].lower() == "to":
            message = "is the to before its content an infinitive? Then the content begins with it"
            unclear.append(ForPerson(f"/attributions/{row}/content", attribution.id, message))
            extended.append(attribution)
            continue
        start = found.start("word")
        longer = Fragment(start=start, end=first.end, text=text[start : first.end])
        extended.append(attribution.model_copy(update={"content": (longer, *rest)}))
    return annotations.model_copy(update={"attributions": tuple(extended)}), unclear


_COMPLEMENTISER = re.compile(
    r"(?<![\w’'-])(?<!\bto )(?<!\bof )(?<!\bin )(?<!\bat )(?<!\bfor )(?<!\bwith )(?<!\babout )"
    r"(?P<word>that|to)[ \n]$",
    re.IGNORECASE,
)
"""*That* after a preposition is a determiner: *referred to that massacre*."""
_LONGEST = 16

"""Files of an older version of the format, written as files of the newest."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from warclaims.corpus import canonical_bytes, parse
from warclaims.corpus.reading import read_json
from warclaims.corpus.upgrade import ForPerson, for_person, old_version
from warclaims.errors import InvalidFile, WarclaimsError
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

    Causes and statuses become lists, and contents of English texts take in their complementiser
    (*that*, infinitival *to*). What cannot be converted by rule is kept and listed.

    Raises:
        InvalidFile: a file is not valid; fix it before it is migrated.
    """
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
            record = _with_complementisers(corpus, record)
            remaining = list(for_person(json.loads(canonical_bytes(record))))
        found[path] = MigratedFile(version, canonical_bytes(record), remaining)
    return found


def _with_complementisers(corpus: Corpus, annotations: Annotations) -> Annotations:
    """``annotations`` whose contents include *that* and infinitival *to*, in English texts."""
    try:
        language = corpus.document(annotations.document).language
        text = corpus.text(annotations.document)
    except (InvalidFile, WarclaimsError):
        return annotations  # a text that is not here or has changed: `validate` reports it
    if language.partition("-")[0] != "en":
        return annotations
    extended = tuple(_with_complementiser(one, text) for one in annotations.attributions)
    return annotations.model_copy(update={"attributions": extended})


_COMPLEMENTISER = re.compile(r"(?<![\w’'-])(that|to)[ \n]$", re.IGNORECASE)
_NO_VERB = re.compile(
    r"[^a-z]|(the|an?|this|that|these|those|his|her|its|their|our|my|your|what|who|each|all|both)\b"
)
"""What begins no infinitive: *to the village* is not a complementiser."""
_LONGEST = 8


def _with_complementiser(attribution: Attribution, text: str) -> Attribution:
    first, *rest = attribution.content
    found = _COMPLEMENTISER.search(text, max(0, first.start - _LONGEST), first.start)
    if found is None or (found[1].lower() == "to" and _NO_VERB.match(first.text)):
        return attribution
    start = found.start()
    if attribution.cue is None or span_end(attribution.cue) > start:
        return attribution  # the word belongs to the cue, or to an attribution around this one
    longer = Fragment(start=start, end=first.end, text=text[start : first.end])
    return attribution.model_copy(update={"content": (longer, *rest)})

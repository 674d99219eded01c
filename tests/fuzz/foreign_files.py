"""Files of other programs: what is read of them is sound, the rest is named in findings."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import warclaims
from fuzz.properties import MINI, mini, sampled
from warclaims.errors import WarclaimsError
from warclaims.formats import FORMATS
from warclaims.formats.exporting import write_folder
from warclaims.formats.importing import import_texts, read_texts
from warclaims.formats.problems import FormatProblems

if TYPE_CHECKING:
    from collections.abc import Callable

    from warclaims.corpus import Corpus
    from warclaims.formats.annotated_text import AnnotatedText

BROKEN = {
    "brat": "one.ann",
    "conll": "sentences.conllup",
    "spans": "spans.jsonl",
    "xmi": "one.xmi",
}
"""The file that is broken, of each format."""

_EVENTS = b"""T1\tPerson 0 3\t
E1\tPerson:T1 Of:T2 Of2:E2
T2\tPart 0 1;2 3\t
E2\tOther:T1
R1\tSame Arg1:T1 Arg2:E2
*\tEquiv T1 T2
A1\tSure E1 high
N1\tReference T2 Wikidata:Q1\tOne
#1\tAnnotatorNotes R1\tWhy?
"""
_COLUMNS = "-DOCSTART- O\n\n# text = He’s in Dorn\nHe O\n’s O\nin B-X\nDorn I-X\n".encode()
_MORE = {
    "brat": [_EVENTS],
    "conll": [_COLUMNS],
    "spans": [
        b'{"text": "In Dorn.", "label": [[3, 7, "GPE"]], "id": 7, "meta": {"a": 1}}\n',
        b'{"text": "In Dorn.", "spans": [{"start": 0, "end": 2, "label": "A", "token_end": 0}], '
        b'"relations": [{"head": 0, "child": 0, "label": "B"}], "answer": "accept"}\n',
    ],
    "xmi": [],
}

imports_on = 10
"""One input of so many is imported, too, as that takes several times longer than reading."""


def target(name: str) -> Callable[[bytes], None]:
    """The target of a format."""
    return partial(_read, name)


def seeds(name: str) -> list[bytes]:
    """The file as an export writes it, and others."""
    return [_exported(name), *_MORE[name]]


def _read(name: str, data: bytes) -> None:
    path = _folder(name) / BROKEN[name]
    path.write_bytes(data)
    problems = FormatProblems()
    try:
        texts = list(read_texts(FORMATS[name], path.parent, problems))
    except WarclaimsError:
        return
    for text in texts:
        _is_sound(text)
    for finding in problems.findings:
        assert str(finding).startswith(str(path.parent))
    if sampled(data, imports_on):
        _import(name, path.parent)


def _is_sound(text: AnnotatedText) -> None:
    ids = {span.id for span in text.spans}
    assert len(ids) == len(text.spans)
    assert all(0 <= a < b <= len(text.text) for span in text.spans for a, b in span.ranges)
    assert all(link.source in ids and link.target in ids for link in text.links)


def _import(name: str, folder: Path) -> None:
    """What is left when everything unreadable is left out, if anything, can be imported."""
    run = partial(import_texts, FORMATS[name], folder, _empty(), annotator="a", dry_run=True)
    with suppress(WarclaimsError):
        if run().problems.errors:
            left = run(skip_unreadable=True).problems
            assert left.findings
            errors = [one.code for one in left.findings if not one.is_warning]
            assert errors in ([], ["X103"])


@cache
def _keep() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="fuzz-")


@cache
def _folder(name: str) -> Path:
    """The export of a document, for as long as the process lives."""
    folder = Path(_keep().name) / name
    folder.mkdir()
    exporter = FORMATS[name].load_exporter()
    write_folder(exporter.write_documents([mini().bundle("one")], mini()), folder)
    return folder


@cache
def _exported(name: str) -> bytes:
    return (_folder(name) / BROKEN[name]).read_bytes()


@cache
def _empty() -> Corpus:
    """A corpus without documents, with the registries of the small one."""
    root = Path(_keep().name) / "empty"
    shutil.copytree(MINI / "annotations" / "registry", root / "annotations" / "registry")
    (root / "seeds").mkdir()
    (root / "seeds" / "index.json").write_text('{"schema_version": "2.0", "documents": []}')
    return warclaims.open(root)

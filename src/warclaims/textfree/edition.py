"""The edition without texts: every word of the texts left out, with what puts them back.

Checked as it is made: each file is restored and compared, and none of its strings may hold three
words in a row of a text, but for names that come from outside the texts and ids that hold the
corpus together; these are listed. What is no file of an edition is refused, never copied.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from warclaims import __version__
from warclaims.errors import WarclaimsError
from warclaims.files import files_below, is_there, read_file, read_words
from warclaims.records import REGISTRIES
from warclaims.records.vocabulary import Evidence
from warclaims.textfree.anchors import anchors, fingerprints_of
from warclaims.textfree.manifest import MANIFEST, OLD_MANIFEST, parse_manifest
from warclaims.textfree.masking import OPEN, REFERENCE, Masker, reveal
from warclaims.textfree.reading import (
    ADJUDICATION,
    INDEX,
    README,
    SETTINGS,
    SUFFIXES,
    check_edition,
    check_form,
    is_edition_path,
)
from warclaims.textfree.readme import readme
from warclaims.textfree.strings import (
    PlacedString,
    Room,
    bare_fragments,
    change_marked,
    change_placed,
    full_fragments,
    json_lines,
    placed_strings,
    ranges,
    strings,
)
from warclaims.textfree.words import BITS, words

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping, Sequence
    from pathlib import Path

    from warclaims.corpus import Corpus

FOLDER = ("an edition without texts", MANIFEST, OLD_MANIFEST)
"""What a folder holds that may be replaced, and the files that say so."""

_ID = re.compile(r"[A-Za-z0-9_-]*")
_KEY = re.compile(r'"[A-Za-z0-9_-]*"(?=\s*:)')


def _break(match: re.Match[str]) -> str:
    """A word of no text, as long as a reference or key, where this stands."""
    return f" {'x' * (len(match[0]) - 2)} "


@dataclass
class _Kept:
    """What stays though it may hold words of the texts, since it holds the corpus together.

    Attributes:
        outside: Names of registries that come from a public source.
        names: Ids of documents and registry entries, and names of texts.
    """

    outside: set[str]
    names: set[str]

    def __contains__(self, string: object) -> bool:
        return isinstance(string, str) and (
            string in self.outside or string in self.names or _ID.fullmatch(string) is not None
        )


def next_steps(files: Mapping[str, bytes]) -> list[str]:
    """What to do with the files, for people, and what they hold of the texts."""
    manifest = parse_manifest(files[MANIFEST])
    lines = [
        "These files hold no text. Whoever has the texts puts them back with:",
        "  warclaims restore DIR --texts FOLDER --out CORPUS",
        f"SHA-256 of {MANIFEST}, which has the hashes of all files: "
        f"{hashlib.sha256(files[MANIFEST]).hexdigest()}",
        "Publish it beside the citation, so that anybody can tell that a copy is whole.",
    ]
    if manifest.ids_with_words:
        held = ", ".join(manifest.ids_with_words)
        lines.append(f"These ids and names of files hold three words in a row of a text: {held}")
    documents = {
        one.id for one in manifest.documents if {one.id, one.file} & set(manifest.ids_with_words)
    }
    for name in sorted(documents):
        lines.append(f"  to rename that document: warclaims set {name} --id NEW")
    return lines


def export_files(
    corpus: Corpus, set_name: str = "", documents: Sequence[str] = ()
) -> dict[str, bytes]:
    """The files of the edition by name: all sets, registries and pages of the corpus.

    Raises:
        WarclaimsError: a single document was asked for, a fragment does not hold the words of its
            text, or something cannot be left out and put back exactly.
        InvalidFile: a file is not of the form that it should have.
    """
    if documents:
        raise WarclaimsError("the edition without texts is of the whole corpus; name no document")
    texts = {name: corpus.text(name) for name in corpus.documents}
    masker = Masker(texts)
    kept = _Kept(_names_from_outside(corpus, masker), _names_of(corpus))
    made: dict[str, str] = {}
    needed: dict[str, set[tuple[int, int]]] = {name: set() for name in texts}
    sets = {corpus.layout.annotation_set(name) for name in corpus.layout.set_names()}
    for name, path in _files(corpus).items():
        whole = read_words(path)
        check_form(name, whole.encode())
        document = path.stem if path.parent in sets and path.stem in texts else None
        text = texts[document] if document is not None else None
        try:
            made[name] = _without(name, whole, masker, kept, document)
        except WarclaimsError as error:
            raise WarclaimsError(f"{name}: {error}") from None
        if put_back(name, made[name], lambda one: reveal(one, texts), text) != whole:
            raise WarclaimsError(f"{name} could not be put back as it is; was it written by hand?")
        _refuse_runs(name, made[name], masker, kept, document)
        _note_needed(needed, made[name], document)
        if name == ADJUDICATION:
            _note_differences(needed, whole, texts)
    facts = _manifest(corpus, texts, needed)
    facts["names_kept"] = sorted(kept.outside)
    facts["ids_with_words"] = _ids_with_words(made, masker, kept)
    made[README] = readme(facts)
    files = {name: data.encode() for name, data in made.items()}
    facts["files"] = [
        {"path": name, "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in sorted(files.items())
    ]
    files[MANIFEST] = (json.dumps(facts, ensure_ascii=False, indent=1) + "\n").encode()
    check_edition(files)
    return files


def _files(corpus: Corpus) -> dict[str, Path]:
    """Every file of an edition by its path in the corpus; hidden ones are left out.

    Raises:
        WarclaimsError: there are files that are none of an edition.
    """
    layout = corpus.layout
    found = {INDEX: layout.index}
    if is_there(layout.root / SETTINGS):
        found[SETTINGS] = layout.root / SETTINGS
    for path in files_below(layout.annotations):
        found[f"annotations/{path.relative_to(layout.annotations).as_posix()}"] = path
    expected = [
        layout.adjudication,
        *(layout.annotation_file(a, b) for a in layout.set_names() for b in corpus.documents),
    ]
    for path in expected:
        if is_there(path) and path not in found.values():
            read_file(path)  # says what it is instead of a file
    if refused := [name for name in found if not is_edition_path(name)]:
        raise WarclaimsError(
            f"{', '.join(refused)}: words of the texts can be left out of {', '.join(SUFFIXES)} "
            "only, with names of plain letters and digits; move other files out of annotations/"
        )
    return found


def _names_from_outside(corpus: Corpus, masker: Masker) -> set[str]:
    """Names of registries that come from a public source, and yet stand in a text."""
    registries = corpus.registries
    entries = [e for name in REGISTRIES for e in getattr(registries, name).values()]
    names = (name for entry in entries for name in getattr(entry, "names", ()))
    return {n.name for n in names if n.evidence is Evidence.EXTERNAL and masker.holds_run(n.name)}


def _names_of(corpus: Corpus) -> set[str]:
    entries = {id for name in REGISTRIES for id in getattr(corpus.registries, name)}
    return entries | set(corpus.documents) | {one.file for one in corpus.documents.values()}


def _without(name: str, whole: str, masker: Masker, kept: _Kept, document: str | None) -> str:
    """A file without the words of the texts; ``document`` is the one that it annotates."""
    if name.endswith((".md", SETTINGS)):
        return masker.mask(whole)
    if document is not None:
        bare = bare_fragments(whole)
        if full_fragments(bare, masker.texts[document]) != whole:
            raise WarclaimsError(
                "it does not hold the words of its text as they stand; check it with: "
                "warclaims validate"
            )
        whole = bare

    def mask(one: PlacedString) -> str:
        if one.value in kept:
            return one.value
        return masker.mask(one.value, masker.scope(one.value, one.context.document))

    if not name.endswith(".jsonl"):
        return change_placed(whole, placed_strings(whole, document), mask)
    return "".join(
        _line_without(line, placed_strings(line), masker, mask) for line in json_lines(whole)
    )


def _line_without(
    line: str, placed: list[PlacedString], masker: Masker, mask: Callable[[PlacedString], str]
) -> str:
    """A line on a difference: the words that were read differently have offsets of their own."""
    plain = json.loads(line)
    known = plain if isinstance(plain, dict) else {}
    words_read, document, start = (known.get(key) for key in ("words", "document", "start"))
    return change_placed(
        line,
        placed,
        lambda one: (
            masker.mask_words(one.value, document, start)
            if one.value == words_read and isinstance(start, int) and isinstance(document, str)
            else mask(one)
        ),
    )


def _refuse_runs(name: str, made: str, masker: Masker, kept: _Kept, document: str | None) -> None:
    """Raise if the file, but for ids and names that are kept, holds a run of a text.

    Looked for in each string, and in the whole as it stands, so that neither what is outside of
    strings nor a run in strings one after the other escapes.
    """
    placed: list[PlacedString] = []
    at = 0
    for number, line in enumerate(json_lines(made), 1):
        if name.endswith(".jsonl"):
            found = placed_strings(line, document, number)
            placed += [one._replace(start=one.start + at, end=one.end + at) for one in found]
        at += len(line)
    if name.endswith(".json"):
        placed = placed_strings(made, document)
    for one in placed:
        which = masker.scope(one.value, one.context.document)
        for part in () if one.value in kept else REFERENCE.sub("\0", one.value).split("\0"):
            if masker.holds_run(part, which):
                raise _still(f"{name}, {one.context.where}", part, masker, which)
    raw = _KEY.sub(_break, REFERENCE.sub(_break, made))
    begins = [one.start for one in placed]
    which = None if document is None else frozenset([document])
    for start, end in masker.runs(raw, which):
        inside = placed[max(bisect_right(begins, start) - 1, 0) : bisect_left(begins, end)]
        alone = len(inside) == 1 and inside[0].start <= start and end <= inside[0].end
        if not alone and not (inside and all(one.value in kept.names for one in inside)):
            line = f"line {made.count(chr(10), 0, start) + 1}"
            raise _still(f"{name}, {line}", raw[start:end], masker, which)


def _still(
    where: str, words_left: str, masker: Masker, which: Container[str] | None
) -> WarclaimsError:
    start, end = next(masker.runs(words_left, which))
    return WarclaimsError(
        f"{where}: words of a text would be left in the edition: {words_left[start:end]!r}. Write "
        "them in one string as the text has them, letter by letter, so that they can be left out; "
        "or leave them out yourself"
    )


def _ids_with_words(made: dict[str, str], masker: Masker, kept: _Kept) -> list[str]:
    """Ids and names of files that hold a run of a text: they stay, and are told."""
    ids = {
        one
        for name, data in made.items()
        if name.endswith((".json", ".jsonl"))
        for one in strings(data)
        if one in kept and one not in kept.outside
    }
    return sorted(one for one in ids if masker.holds_run(one))


def put_back(
    name: str,
    made: str,
    revealed: Callable[[str], str],
    text: str | None,
    room: Room | None = None,
) -> str:
    """A file of the edition with the words put back; ``text`` is that of its document."""
    if name.endswith((".json", ".jsonl")):
        whole = change_marked(made, OPEN, revealed)
        return whole if text is None else full_fragments(whole, text, room)
    return revealed(made)


def _note_needed(needed: dict[str, set[tuple[int, int]]], made: str, document: str | None) -> None:
    """Note what has to be found again in another copy: fragments, and what references name."""
    if document is not None:
        needed[document].update(ranges(made))
    for match in REFERENCE.finditer(made):
        if match["document"] in needed:
            needed[match["document"]].add((int(match["start"]), int(match["end"])))


def _note_differences(
    needed: dict[str, set[tuple[int, int]]], lines: str, texts: dict[str, str]
) -> None:
    """Note where the words of each line on a difference begin."""
    for line in json_lines(lines):
        plain = json.loads(line)
        first, start = plain["words"].split(" … ")[0], plain["start"]
        text = texts.get(plain["document"], "")
        if text[start : start + len(first)] == first:
            needed[plain["document"]].add((start, start + len(first)))


def _manifest(
    corpus: Corpus, texts: dict[str, str], needed: dict[str, set[tuple[int, int]]]
) -> dict[str, Any]:
    """What is needed to put the texts back, by document, and what the fingerprints give away."""
    for name, document in corpus.documents.items():
        needed[name].update((segment.start, segment.end) for segment in document.segments)
        if (title := _title(document.title, texts[name])) is not None:
            needed[name].add(title)
    return {
        "warclaims": __version__,
        "bits_a_word": BITS,
        "entropy_bits_a_word": _entropy(texts),
        "names_kept": [],
        "ids_with_words": [],
        "files": [],
        "documents": [
            {
                "id": name,
                "file": corpus.documents[name].file,
                "sha256": corpus.documents[name].sha256,
                "length": corpus.documents[name].length,
                "words": len(words(text)),
                "title": _title(corpus.documents[name].title, text),
                "fingerprints": fingerprints_of(text, name),
                **anchors(text, needed[name]),
            }
            for name, text in texts.items()
        ],
    }


def _title(title: str | None, text: str) -> tuple[int, int] | None:
    """Where the title stands in the text."""
    at = text.find(title) if title else -1
    return None if title is None or at < 0 else (at, at + len(title))


def _entropy(texts: dict[str, str]) -> float:
    """Bits a word of all texts, as LZMA packs them: more than the texts hold, but no estimate is
    surer without a model of the language.
    """
    packed = lzma.compress("\n".join(texts.values()).encode(), preset=9 | lzma.PRESET_EXTREME)
    number = sum(len(words(text)) for text in texts.values())
    return round(8 * len(packed) / max(number, 1), 1)

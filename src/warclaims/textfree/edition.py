"""The edition without texts: all words of the texts removed, with what puts them back.

It is checked as it is made: each file is restored and compared, and none of its strings may hold
three words in a row of a text, except for names that come from outside the texts and ids that hold
the corpus together; these are listed. Other files are refused, never copied.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import re
from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING, Any

from warclaims import __version__
from warclaims.errors import WarclaimsError
from warclaims.files import files_below, is_there, read_file, read_words
from warclaims.records import REGISTRIES
from warclaims.records.vocabulary import Evidence
from warclaims.textfree.anchors import anchors, fingerprints_of
from warclaims.textfree.masking import REFERENCE, Masker, reveal, words_in
from warclaims.textfree.reading import (
    ADJUDICATION,
    INDEX,
    MANIFEST,
    OLD_MANIFEST,
    README,
    SETTINGS,
    SUFFIXES,
    annotated_document,
    check_edition,
    check_form,
    is_edition_path,
    parse_manifest,
)
from warclaims.textfree.readme import readme
from warclaims.textfree.strings import (
    PlacedString,
    bare_fragments,
    change_strings,
    full_fragments,
    is_json,
    json_lines,
    placed_strings,
)
from warclaims.textfree.words import BITS, words

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence
    from pathlib import Path

    from warclaims.corpus import Corpus
    from warclaims.layout import Layout
    from warclaims.textfree.masking import WordsAt

FOLDER = ("an edition without texts", MANIFEST, OLD_MANIFEST)
"""The kind of folder that an export may replace, and the files by which it is known."""

GAP = " … "
"""What is between the fragments of a span in words."""

_ID = re.compile(r"[A-Za-z0-9_-]*")
_FOREIGN = re.compile(r"foreign '([^']+)' attributes")
_NO_WORD_OF_A_TEXT = " xxxxxxxx "
"""Takes the place of what may stay when strings are searched for words of the texts."""


def next_steps(layout: Layout, files: Mapping[str, bytes]) -> list[str]:
    """What to do with the edition, and which ids in it hold words of the texts; lines to print."""
    manifest = parse_manifest(files[MANIFEST])
    lines = [
        "These files hold no text. Whoever has the texts puts them back with:",
        "  warclaims restore DIR --texts FOLDER --out CORPUS",
        f"SHA-256 of {MANIFEST}, which has the hashes of all files: "
        f"{hashlib.sha256(files[MANIFEST]).hexdigest()}",
        "Publish it beside the citation, so that anybody can verify a copy.",
    ]
    if manifest.ids_with_words:
        held = ", ".join(manifest.ids_with_words)
        lines.append(f"These ids and names of files hold three words in a row of a text: {held}")
    lines += sorted(
        f"  to rename that document: {layout.command(f'set {one.id} --id NEW')}"
        for one in manifest.documents
        if {one.id, one.file} & set(manifest.ids_with_words)
    )
    return lines


def export_files(
    corpus: Corpus, set_name: str = "", documents: Sequence[str] = ()
) -> dict[str, bytes]:
    """The files of the edition by name: all sets, registries and pages of the corpus.

    Raises:
        WarclaimsError: a single document was requested, a fragment does not hold the words of its
            text, or something cannot be removed and put back exactly.
        InvalidFile: a file does not have the form that it should have.
    """
    corpus.require_directory("An edition without texts is made of a directory")
    if documents:
        raise WarclaimsError("the edition without texts is of the whole corpus; name no document")
    texts = {name: corpus.text(name) for name in corpus.documents}
    masker = Masker(texts)
    outside, names = _kept_strings(corpus, masker)
    kept = outside | names
    needed: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)
    ids: set[str] = set()
    made: dict[str, str] = {}

    def words_at(document: str, start: int, end: int) -> str | None:
        needed[document].add((start, end))
        return words_in(texts)(document, start, end)

    for name, path in _files(corpus).items():
        whole = read_words(path)
        check_form(name, whole.encode())
        document = annotated_document(name, texts)
        try:
            made[name] = _without_words(name, whole, masker, kept, document)
            is_restored = put_back(name, made[name], document, words_at) == whole
        except ValueError:  # a fragment is beyond its text
            is_restored = False
        except WarclaimsError as error:
            raise WarclaimsError(f"{name}: {error}") from None
        if not is_restored:
            raise WarclaimsError(_why_not_restored(corpus, name, whole))
        strings = placed_strings(name, made[name], document)
        _refuse_runs(name, strings, masker, kept)
        ids.update(one.value for one in strings if _stays(one.value, names))
        for line in json_lines(whole) if name == ADJUDICATION else ():
            plain = json.loads(line)
            first, start = plain["words"].split(" … ")[0], plain["start"]
            if texts.get(plain["document"], "").startswith(first, start):
                needed[plain["document"]].add((start, start + len(first)))
    facts = _facts(corpus, texts, needed)
    facts["names_kept"] = sorted(outside)
    facts["ids_with_words"] = sorted(filter(masker.holds_run, ids))
    made[README] = readme(facts)
    files = {name: data.encode() for name, data in made.items()}
    facts["files"] = [
        {"path": name, "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in sorted(files.items())
    ]
    files[MANIFEST] = (json.dumps(facts, ensure_ascii=False, indent=1) + "\n").encode()
    check_edition(files)
    return files


def _why_not_restored(corpus: Corpus, name: str, whole: str) -> str:
    if is_json(name) and "\\u" in whole:
        return (
            f"{name} could not be put back as it is: it has characters written as escapes "
            "(\\u00f6). Write it with the characters themselves, in Python with "
            "json.dumps(..., ensure_ascii=False)"
        )
    return (
        f"{name} could not be put back as it is: its spans do not hold the words of the text. "
        f"Check it with: {corpus.layout.command('validate')}"
    )


def _files(corpus: Corpus) -> dict[str, Path]:
    """Every file of an edition by its path in the corpus; hidden ones are left out.

    Raises:
        WarclaimsError: there are other files.
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
            read_file(path)  # raises an error that says what it is instead of a file
    if refused := [name for name in found if not is_edition_path(name)]:
        raise WarclaimsError(
            f"{', '.join(refused)}: words of the texts can be left out of {', '.join(SUFFIXES)} "
            "only, with names of plain letters and digits; move other files out of annotations/"
        )
    return found


def _kept_strings(corpus: Corpus, masker: Masker) -> tuple[set[str], set[str]]:
    """Strings that stay although they hold words of the texts.

    Returns names in registries that come from a public source; and ids and names of texts.
    """
    entries = [e for name in REGISTRIES for e in getattr(corpus.registries, name).values()]
    names = [name for entry in entries for name in getattr(entry, "names", ())]
    outside = {
        one.name
        for one in names
        if one.evidence is Evidence.EXTERNAL and masker.holds_run(one.name)
    }
    ids = {entry.id for entry in entries} | set(corpus.documents)
    return outside, ids | {one.file for one in corpus.documents.values()}


def _stays(string: str, kept: Container[str]) -> bool:
    """True for a string that is kept, or looks like an id."""
    return string in kept or _ID.fullmatch(string) is not None


def _without_words(
    name: str, whole: str, masker: Masker, kept: Container[str], document: str | None
) -> str:
    """A file without the words of the texts; ``document`` is the one that it annotates."""
    if not is_json(name):
        return masker.mask(whole)
    labels: dict[str, list[dict[str, Any]]] = {}
    if document is not None:
        labels = {one["id"]: one["span"] for one in json.loads(whole).get("foreign", ())}
        whole = bare_fragments(whole)

    def masked(one: PlacedString) -> str:
        label = _FOREIGN.match(one.where) if labels else None
        span = labels.get(label[1], []) if label else []
        return _masked(one, masker, kept, [(piece["start"], piece["end"]) for piece in span])

    placed = iter(placed_strings(name, whole, document))
    return change_strings(whole, lambda _: masked(next(placed)))


def _masked(
    one: PlacedString, masker: Masker, kept: Container[str], span: Sequence[tuple[int, int]]
) -> str:
    """A string without words of the texts; ``span`` is that of the foreign label it belongs to.

    Words whose place is known are removed even if they are fewer than three: those of a decision
    or a challenge (``adjudication.jsonl``, ``challenges.jsonl``), of a fragment that is not written
    as usual, and those that a foreign label repeats of its span.
    """
    text, start = masker.texts.get(one.document or "", ""), one.owner.get("start")
    are_placed = one.value == one.owner.get("words") != ""
    if are_placed or one.value == one.owner.get("text"):
        span = [(start, len(text))] if isinstance(start, int) else span
        if are_placed and start is None:
            span = [(0, len(text))]
    if places := _places(one.value.split(GAP), text, span):
        return GAP.join(f"⟦{one.document}:{start}-{end}⟧" for start, end in places)
    if _stays(one.value, kept) and not are_placed:
        return one.value
    return masker.mask(one.value, masker.scope(one.value, one.document))


def _places(
    pieces: Sequence[str], text: str, span: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Where the ``pieces`` are in the ``span``, in order; empty unless all are found."""
    found: list[tuple[int, int]] = []
    for piece in pieces:
        pattern = re.escape(piece)
        if piece.isascii():  # other scripts may have no blanks between words
            pattern = rf"(?<!\w){pattern}(?!\w)"
        after = found[-1][1] if found else 0
        matches = (re.compile(pattern).search(text, max(start, after), end) for start, end in span)
        match = next(filter(None, matches), None) if any(map(str.isalnum, piece)) else None
        if match is None:
            return []
        found.append(match.span())
    return found


def put_back(name: str, made: str, document: str | None, words_at: WordsAt) -> str:
    """A file of the edition with its words; ``document`` is the one that it annotates, if any."""
    if not is_json(name):
        return reveal(made, words_at)
    whole = change_strings(made, lambda one: reveal(one, words_at))
    if document is None:
        return whole
    return full_fragments(whole, lambda start, end: words_at(document, start, end) or "")


def _refuse_runs(
    name: str, strings: list[PlacedString], masker: Masker, kept: Container[str]
) -> None:
    """Raise if the strings of a file hold a run of a text, except for ids and names that are kept.

    Each is searched, and all that are about one document together, because a run can be in several.
    """
    searched: list[tuple[PlacedString, str, Container[str] | None]] = []
    for about, group in groupby(strings, key=lambda one: one.document):
        together = list(group)
        joined: list[str] = []
        for one in together:
            string = REFERENCE.sub(_NO_WORD_OF_A_TEXT, one.value)
            if not _stays(one.value, kept):
                searched.append((one, string, masker.scope(one.value, about)))
            elif one.value in kept or one.is_key or masker.holds_run(one.value):
                string = _NO_WORD_OF_A_TEXT
            joined.append(string)
        searched.append((together[0], " ".join(joined), masker.scope("", about)))
    for one, string, which in searched:
        for start, end in masker.runs(string, which):
            raise WarclaimsError(
                f"{', '.join(filter(None, [name, one.where]))}: words of a text would be left in "
                f"the edition: {string[start:end]!r}. Write them in one string as the text has "
                "them, letter by letter, so that they can be left out; or leave them out yourself"
            )


def _facts(
    corpus: Corpus, texts: dict[str, str], needed: dict[str, set[tuple[int, int]]]
) -> dict[str, Any]:
    """The content of the manifest, apart from what depends on the files."""
    entries = []
    for name, document in corpus.documents.items():
        text = texts[name]
        title = text.find(document.title) if document.title else -1
        place = None if title < 0 else (title, title + len(document.title or ""))
        spans = needed[name] | {(segment.start, segment.end) for segment in document.segments}
        entries.append(
            {
                "id": name,
                "file": document.file,
                "sha256": document.sha256,
                "length": document.length,
                "words": len(words(text)),
                "title": place,
                "fingerprints": fingerprints_of(text, name),
                **anchors(text, spans | ({place} if place else set())),
            }
        )
    return {
        "warclaims": __version__,
        "bits_a_word": BITS,
        "entropy_bits_a_word": _entropy(texts),
        "names_kept": [],
        "ids_with_words": [],
        "files": [],
        "documents": entries,
    }


def _entropy(texts: dict[str, str]) -> float:
    """Bits per word of all texts as packed by LZMA.

    This is more than the texts hold, but no estimate is surer without a model of the language.
    """
    packed = lzma.compress("\n".join(texts.values()).encode(), preset=9 | lzma.PRESET_EXTREME)
    number = sum(len(words(text)) for text in texts.values())
    return round(8 * len(packed) / max(number, 1), 1)

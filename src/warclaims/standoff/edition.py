"""The edition without texts: every word of the texts left out, with what puts them back.

Checked as it is made: each file is restored and compared, and none of its strings may hold three
words in a row of a text, but for names that come from outside the texts and ids that hold the
corpus together; these are listed. What is no file of an edition is refused, never copied.
"""

from __future__ import annotations

import json
import lzma
import re
from typing import TYPE_CHECKING, Any, get_args

from warclaims import __version__
from warclaims.errors import WarclaimsError
from warclaims.files import read_words
from warclaims.records import REGISTRIES
from warclaims.records.documents import FileName
from warclaims.records.vocabulary import Evidence
from warclaims.standoff.anchors import anchors, fingerprints_of
from warclaims.standoff.manifest import MANIFEST, Manifest
from warclaims.standoff.masking import REFERENCE, Masker, reveal
from warclaims.standoff.readme import readme
from warclaims.standoff.strings import (
    bare_fragments,
    change_strings,
    full_fragments,
    placed_strings,
    ranges,
    strings,
)
from warclaims.standoff.words import BITS, words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from warclaims.corpus import Corpus

SUFFIXES = (".json", ".jsonl", ".md")
"""Files of ``annotations/`` that an edition has."""

_ID = re.compile(r"[A-Za-z0-9_-]*")
_PLAIN_NAME = re.compile(get_args(FileName)[1].pattern)
_KEY = re.compile(r'"[A-Za-z0-9_-]*"(?=\s*:)')


def _break(match: re.Match[str]) -> str:
    """A word of no text, as long as a reference or key, where this stands."""
    return f" {'x' * (len(match[0]) - 2)} "


NEXT_STEPS = (
    "These files hold no text. Whoever has the texts puts them back with:",
    "  warclaims hydrate DIR --texts FOLDER --out CORPUS",
)
"""What to do with the files, for people."""


def export_files(
    corpus: Corpus, set_name: str = "", documents: Sequence[str] = ()
) -> dict[str, bytes]:
    """The files of the edition by name: all sets, registries and pages of the corpus.

    Raises:
        WarclaimsError: a single document was asked for, a fragment does not hold the words of its
            text, or something cannot be left out and put back exactly.
        InvalidFile: the index or a registry is not valid.
    """
    if documents:
        raise WarclaimsError("the edition without texts is of the whole corpus; name no document")
    texts = {name: corpus.text(name) for name in corpus.documents}
    masker = Masker(texts)
    kept = _names_from_outside(corpus, masker)
    layout = corpus.layout
    files = {"seeds/index.json": layout.index, **_annotation_files(corpus)}
    made: dict[str, str] = {}
    for name, path in files.items():
        whole = read_words(path)
        document = path.stem if path.parent in _sets(corpus) else None
        text = texts.get(document or "")
        made[name] = _without(whole, masker, kept, text, path)
        if restored(name, made[name], texts, text) != whole:
            raise WarclaimsError(f"{name} could not be put back as it is; was it written by hand?")
        _refuse_runs(name, made[name], masker, kept)
    facts = _manifest(corpus, texts, made, sorted(kept), _ids_with_words(made, masker))
    Manifest.model_validate_json(json.dumps(facts))
    made[MANIFEST] = json.dumps(facts, ensure_ascii=False, indent=1) + "\n"
    made["README.md"] = readme(facts)
    return {name: data.encode() for name, data in made.items()}


def _annotation_files(corpus: Corpus) -> dict[str, Path]:
    """Every file of ``annotations/`` by its path in the corpus; hidden ones are left out.

    Raises:
        WarclaimsError: there are files that are none of an edition.
    """
    layout = corpus.layout
    found: dict[str, Path] = {}
    refused: list[str] = []
    for path in sorted(layout.annotations.rglob("*")):
        parts = path.relative_to(layout.annotations).parts
        if path.is_file() and not any(part.startswith(".") for part in parts):
            found[layout.relative(path)] = path
            if not is_edition_file(parts):
                refused.append(layout.relative(path))
    if refused:
        raise WarclaimsError(
            f"{', '.join(refused)}: words of the texts can be left out of {', '.join(SUFFIXES)} "
            "only, with names of plain letters and digits; move other files out of annotations/"
        )
    return found


def is_edition_file(parts: Sequence[str]) -> bool:
    """True for the path of a file that an edition may have in ``annotations/``."""
    return parts[-1].endswith(SUFFIXES) and all(_PLAIN_NAME.fullmatch(part) for part in parts)


def _sets(corpus: Corpus) -> set[Path]:
    return {corpus.layout.annotation_set(name) for name in corpus.layout.set_names()}


def _names_from_outside(corpus: Corpus, masker: Masker) -> set[str]:
    """Names of registries that come from a public source, and yet stand in a text."""
    registries = corpus.registries
    entries = [e for name in REGISTRIES for e in getattr(registries, name).values()]
    names = (name for entry in entries for name in getattr(entry, "names", ()))
    return {n.name for n in names if n.evidence is Evidence.EXTERNAL and masker.holds_run(n.name)}


def _without(whole: str, masker: Masker, kept: set[str], text: str | None, path: Path) -> str:
    """A file without the words of the texts; ``text`` is that of the document it annotates."""
    if path.suffix == ".md":
        return masker.mask(whole)
    if text is not None:
        bare = bare_fragments(whole)
        if full_fragments(bare, text) != whole:
            raise WarclaimsError(
                f"{path} does not hold the words of its text as they stand; check it with: "
                "warclaims validate"
            )
        whole = bare
    if path.suffix == ".jsonl":
        return "".join(_without_words(line, masker) for line in whole.splitlines(keepends=True))
    return change_strings(whole, lambda one: one if _stays(one, kept) else masker.mask(one))


def _without_words(line: str, masker: Masker) -> str:
    """A line on a difference: the words that were read differently have offsets of their own."""
    plain = json.loads(line)
    words_read, document, start = (plain.get(key) for key in ("words", "document", "start"))

    def mask(one: str) -> str:
        if one == words_read and isinstance(start, int):
            return masker.mask_words(one, document, start)
        return one if _stays(one, set()) else masker.mask(one)

    return change_strings(line, mask)


def _stays(string: str, kept: set[str]) -> bool:
    """True for ids, which hold the corpus together, and for names from outside."""
    return string in kept or _ID.fullmatch(string) is not None


def _refuse_runs(name: str, made: str, masker: Masker, kept: set[str]) -> None:
    """Raise if the file, but for ids and names that are kept, holds a run of a text.

    Looked for in each string, and in the whole as it stands, so that neither what is outside of
    strings nor a run in strings one after the other escapes.
    """
    may: list[tuple[int, int]] = []
    if not name.endswith(".md"):
        for one, start, end in placed_strings(made):
            if _stays(one, kept):
                may.append((start, end))
            elif any(masker.holds_run(part) for part in REFERENCE.split(one) if part):
                raise WarclaimsError(f"{name} still holds words of a text: {one[:80]!r}")
    raw = _KEY.sub(_break, REFERENCE.sub(_break, made))
    for start, end in masker.runs(raw):
        if not any(first <= start and end <= last for first, last in may):
            raise WarclaimsError(f"{name} still holds words of a text: {raw[start:end]!r}")


def _ids_with_words(made: dict[str, str], masker: Masker) -> list[str]:
    """Ids that hold a run of a text: they stay, and are told."""
    ids = {one for name, data in made.items() if not name.endswith(".md") for one in strings(data)}
    return sorted(one for one in ids if _ID.fullmatch(one) and masker.holds_run(one))


def restored(name: str, made: str, texts: dict[str, str], text: str | None) -> str:
    """A file of the edition with the words put back; ``text`` is that of its document."""
    if name.endswith(".md"):
        return reveal(made, texts)
    whole = change_strings(made, lambda one: reveal(one, texts))
    return whole if text is None else full_fragments(whole, text)


def _manifest(
    corpus: Corpus, texts: dict[str, str], made: dict[str, str], kept: list[str], ids: list[str]
) -> dict[str, Any]:
    """What is needed to put the texts back, by document, and what the fingerprints give away."""
    needed: dict[str, set[tuple[int, int]]] = {name: set() for name in texts}
    sets = {corpus.layout.relative(folder) for folder in _sets(corpus)}
    for name, data in made.items():
        folder, _, file = name.rpartition("/")
        if folder in sets and file.removesuffix(".json") in needed:
            needed[file.removesuffix(".json")].update(ranges(data))
        for match in REFERENCE.finditer(data):
            if match["document"] in needed:
                needed[match["document"]].add((int(match["start"]), int(match["end"])))
    for name, document in corpus.documents.items():
        needed[name].update((segment.start, segment.end) for segment in document.segments)
        if (title := _title(document.title, texts[name])) is not None:
            needed[name].add(title)
    return {
        "warclaims": __version__,
        "bits_a_word": BITS,
        "entropy_bits_a_word": _entropy(texts),
        "names_kept": kept,
        "ids_with_words": ids,
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

"""A text written again by other conventions, and where each of its characters went."""

from __future__ import annotations

import hashlib
import json
import shutil
from typing import TYPE_CHECKING, NamedTuple

import warclaims
from warclaims.corpus import canonical_bytes
from warclaims.corpus.canonical import to_plain
from warclaims.records import Annotations, DocumentIndex
from warclaims.records.base import SCHEMA_VERSION
from warclaims.textfree.words import words

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    from warclaims.corpus import Corpus

QUOTES = {
    "ascii": ('"', '"'),
    "curly": ("“", "”"),
    "tex": ("``", "''"),
    "two": ("''", "''"),
    "low": ("„", "“"),
    "french": ("« ", " »"),
    "tight": ("«", "»"),
    "inward": ("»", "«"),
    "corner": ("「", "」"),
    "single": ("'", "'"),
    "html": ("&quot;", "&quot;"),
    "none": ("", ""),
}
DASHES = ("-", "–", "—", "--")
_QUOTES = "“”«»„\"‘’'"
BREAKS = ("\n", "\n\n", "\r\n\r\n", "\n\n\n", "\n \n  ", "\u2028\u2028", " ")


class Written(NamedTuple):
    """A text, where each character of the one before begins in it, and which words are others."""

    text: str
    at: list[int]
    gone: set[int]


def write_again(
    text: str,
    quotes: tuple[str, str] = ("“", "”"),
    *,
    dash: str = "",
    line_break: str = "",
    frame: str = "",
    change: frozenset[int] = frozenset(),
    drop: tuple[int, int] = (0, 0),
) -> Written:
    """``text`` with other marks; words of ``change`` are others, the offsets of ``drop`` left out.

    >>> write_again("He said: “No.”", ("``", "''"), change=frozenset({1})).text
    "He otherwise: ``No.''"
    """
    found = words(text)
    word_at = {word.start: number for number, word in enumerate(found)}
    inside = {at: number for number, word in enumerate(found) for at in range(word.start, word.end)}
    gone = set(change) | {n for n, w in enumerate(found) if drop[0] <= w.start < drop[1]}
    out, places = frame, []
    at = 0
    while at < len(text):
        places.append(len(out))
        char = text[at]
        before = text[at - 1] if at else " "
        is_pair = text[at : at + 2] == "''"
        if drop[0] <= at < drop[1]:
            pass
        elif at in inside:
            if inside[at] not in change:
                out += char
            elif at in word_at:
                out += "otherwise"
        elif char in "\r\n" and line_break:
            while text[at : at + 1] in ("\r", "\n"):
                at += 1
                places += [len(out)] * (text[at : at + 1] in ("\r", "\n"))
            out += line_break
            continue
        elif char in _QUOTES and (is_pair or char not in "‘’'" or not before.isalnum()):
            is_opening = char in "“«„‘" or (
                char in "\"'" and not before.isalnum() and before not in ".,!?"
            )
            out += quotes[0] if is_opening else quotes[1]
            if is_pair:
                places.append(len(out))
                at += 1
        elif char in "–—" and dash:
            out += dash
        else:
            out += char
        at += 1
    places.append(len(out))
    return Written(out + (f"\n\n{frame}" if frame else ""), places, gone)


def corpus_in(folder: Path, quotes: tuple[str, str]) -> Corpus:
    """The shipped corpus, gold only, with texts and offsets by another convention."""
    shipped = warclaims.open()
    index = DocumentIndex(
        schema_version=SCHEMA_VERSION, documents=tuple(shipped.documents.values())
    )
    documents = []
    for document in index.documents:
        text = shipped.text(document.id)
        written = write_again(text, quotes)
        sha256 = hashlib.sha256(written.text.encode()).hexdigest()
        plain = to_plain(document) | {"sha256": sha256, "length": len(written.text)}
        for segment in plain["segments"]:
            segment |= {name: written.at[segment[name]] for name in ("start", "end")}
        if document.title:
            start = text.index(document.title)
            plain["title"] = written.text[
                written.at[start] : written.at[start + len(document.title)]
            ]
        documents.append(plain)
        path = folder / "annotations" / "gold" / f"{document.id}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        annotations = _moved(to_plain(shipped.annotations(document.id)), written)
        annotations |= {"sha256": sha256, "waivers": []}
        record = Annotations.model_validate_json(json.dumps(annotations))
        path.write_bytes(canonical_bytes(record))
        (folder / "seeds").mkdir(exist_ok=True)
        (folder / "seeds" / document.file).write_bytes(written.text.encode())
    made = {"schema_version": SCHEMA_VERSION, "documents": documents}
    record = DocumentIndex.model_validate_json(json.dumps(made))
    (folder / "seeds" / "index.json").write_bytes(canonical_bytes(record))
    shutil.copytree(shipped.layout.annotations / "registry", folder / "annotations" / "registry")
    return warclaims.open(folder)


def _moved(value, written: Written):
    """A plain value with every fragment in it where it is written now."""
    if isinstance(value, list):
        return [_moved(item, written) for item in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"start", "end", "text"}:
        start, end = written.at[value["start"]], written.at[value["end"]]
        return {"start": start, "end": end, "text": written.text[start:end]}
    return {name: _moved(item, written) for name, item in value.items()}


def any_copy(text: str, random: Random) -> Written:
    """``text`` by conventions at random, framed or not, with words and passages changed or not."""
    number = len(words(text))
    few = random.choice([0, 0, 3, 12])
    lines = [at for at, char in enumerate(text) if char == "\n"]
    gap = sorted(random.sample(lines, 2)) if len(lines) > 3 and random.random() < 0.4 else (0, 0)
    if gap[1] - gap[0] > len(text) / 3:
        gap = (0, 0)
    return write_again(
        text,
        random.choice(list(QUOTES.values())),
        dash=random.choice(["", *DASHES]),
        line_break=random.choice(["", *BREAKS]),
        frame=random.choice(["", "Menu\nNews Sport\n\n", 'Share "this"\n', "''Read more'' "]),
        change=frozenset(random.sample(range(number), few)),
        drop=(gap[0], gap[1]),
    )

"""Give a document another id in every file of the corpus that has it."""

from __future__ import annotations

import json
import re
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from warclaims.authoring.ids import check_id
from warclaims.corpus import canonical_bytes, read_record
from warclaims.corpus.canonical import to_plain
from warclaims.errors import WarclaimsError, unknown
from warclaims.files import files_below, is_there, locked, read_file, read_words, write_all
from warclaims.records import REGISTRIES, Annotations, DocumentIndex
from warclaims.records.vocabulary import Evidence

if TYPE_CHECKING:
    from pathlib import Path

    from warclaims.corpus import Corpus, Layout


@dataclass
class RenamedDocument:
    """What renaming a document changes, by path in the corpus.

    Attributes:
        changed: Files that name the document in a field.
        moved: Files that get another name, with the new one.
        mentions: Files with the old id in free text; this is not changed.
        unread: Files with free text that could not be searched.
    """

    changed: list[str] = field(default_factory=list)
    moved: dict[str, str] = field(default_factory=dict)
    mentions: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def rename_document(
    corpus: Corpus, old: str, new: str, *, dry_run: bool = False
) -> RenamedDocument:
    """Give the document ``old`` the id ``new`` in the index, all sets and the lists beside them.

    In registries it is replaced before words of its text that are evidence. The seed gets another
    name if it was named after the document. All files are written or none; with ``dry_run`` none.

    Raises:
        InvalidFile: a file that names the document is not valid.
        WarclaimsError: there is no such document, or the new id is taken or not valid.
    """
    corpus.require_directory()
    layout = corpus.layout
    with nullcontext() if dry_run else locked(corpus.root):
        index = read_record(layout.index, DocumentIndex, layout.relative(layout.index))
        _check(old, new, [document.id for document in index.documents])
        files: dict[Path, bytes] = {}
        moves: dict[Path, Path] = {}
        file = next(one.file for one in index.documents if one.id == old)
        new_file = _file_after(file, old, new)
        if new_file != file:
            moves[layout.seeds / file] = layout.seeds / new_file
            files[layout.seeds / new_file] = read_file(layout.seeds / file)
        for name in (*layout.set_names(), *layout.predicted_sets()):
            if layout.is_annotated(name, old):
                path, target = (layout.annotation_file(name, one) for one in (old, new))
                moves[path] = target
                record = read_record(path, Annotations, layout.relative(path))
                files[target] = canonical_bytes(record.model_copy(update={"document": new}))
            folder = layout.annotation_set(name)
            path, target = (folder / f".{one}.conflict.json" for one in (old, new))
            if is_there(path):
                moves[path] = target
                files[target] = _renamed_lines(read_words(path), old, new)
        for path in filter(is_there, (layout.adjudication, layout.challenges)):
            files[path] = _renamed_lines(read_words(path), old, new)
        for name, model in REGISTRIES.items():
            path = layout.registry(name)
            before = to_plain(read_record(path, model, layout.relative(path)))
            if (after := _quoting(before, old, new)) != before:
                files[path] = canonical_bytes(model.model_validate_json(json.dumps(after)))
        files[layout.index] = canonical_bytes(_renamed_index(index, old, new, new_file))
        for path, target in moves.items():
            if is_there(target) and not _is_itself(path, target):
                raise WarclaimsError(
                    f"{layout.relative(target)} exists already; remove it, or choose another id"
                )
        found = _renamed_document(layout, files, moves, old)
        if not dry_run:
            _write(files, moves)
    return found


def _check(old: str, new: str, ids: list[str]) -> None:
    if old not in ids:
        raise unknown("document", old, ids)
    check_id(new)
    if new == old:
        raise WarclaimsError(f"the document {old!r} has that id already")
    taken = next((one for one in ids if one != old and one.lower() == new.lower()), None)
    if taken is not None:
        raise WarclaimsError(f"there is a document {taken!r} already; choose another id")


def _renamed_index(index: DocumentIndex, old: str, new: str, file: str) -> DocumentIndex:
    documents = [
        one.model_copy(update={"id": new, "file": file}) if one.id == old else one
        for one in index.documents
    ]
    if all(one.id < other.id for one, other in pairwise(index.documents)):
        documents.sort(key=lambda document: document.id)
    waivers = tuple(
        one.model_copy(update={"record": new}) if one.record == old else one
        for one in index.waivers
    )
    return index.model_copy(update={"documents": tuple(documents), "waivers": waivers})


def _is_itself(path: Path, target: Path) -> bool:
    """True if ``path`` is what is at ``target``, as on a file system that ignores case."""
    return path.name.lower() == target.name.lower() and target.name not in {
        one.name for one in target.parent.iterdir()
    }


def _write(files: dict[Path, bytes], moves: dict[Path, Path]) -> None:
    """Write and move all; a file whose new place is itself gets its name last."""
    same = {target: path for path, target in moves.items() if is_there(target)}
    gone = [path for path, target in moves.items() if target not in same]
    write_all({same.get(path, path): data for path, data in files.items()}, remove=gone)
    for target, path in same.items():
        path.rename(target)


def _file_after(file: str, old: str, new: str) -> str:
    """The new name of a seed: one that is not named after the document stays.

    >>> _file_after("one.txt", "one", "two"), _file_after("one_3e26.txt", "one", "two")
    ('two.txt', 'two_3e26.txt')
    >>> _file_after("press.txt", "one", "two")
    'press.txt'
    """
    rest = file.removeprefix(old)
    return f"{new}{rest}" if rest != file and rest[:1] in (".", "_") else file


def _quoting(value: Any, old: str, new: str) -> Any:
    """A plain value with the new id before words that are evidence from the document's text."""
    if isinstance(value, list):
        return [_quoting(item, old, new) for item in value]
    if not isinstance(value, dict):
        return value
    value = {name: _quoting(item, old, new) for name, item in value.items()}
    if value.get("evidence") == Evidence.TEXT.value:
        quoted = rf"(?<![\w-]){re.escape(old)}(?=:?\s*[\"'“‘«„])"
        value["basis"] = re.sub(quoted, new, value["basis"])
    return value


def _renamed_lines(lines: str, old: str, new: str) -> bytes:
    """JSON with the new document in lines that name the old one; all else stays as it is."""
    names = re.compile(rf'(?<!\\)("document"\s*:\s*)"{re.escape(old)}"')
    return "".join(
        names.sub(rf'\g<1>"{new}"', line, count=1) for line in lines.splitlines(keepends=True)
    ).encode()


def _renamed_document(
    layout: Layout, files: dict[Path, bytes], moves: dict[Path, Path], old: str
) -> RenamedDocument:
    found = RenamedDocument(
        moved={layout.relative(path): layout.relative(target) for path, target in moves.items()}
    )
    targets = set(moves.values())
    for path, data in files.items():
        if path not in targets and read_file(path) != data:
            found.changed.append(layout.relative(path))
    # Part of a number, such as 000 in 30,000, is not a mention.
    word = re.compile(rf"(?<![\w-])(?<!\d[.,]){re.escape(old)}(?![\w-])(?![.,]\d)")
    for path in [layout.index, *files_below(layout.annotations)]:
        if path.suffix not in (".json", ".jsonl", ".md"):
            continue
        place = moves.get(path, path)
        try:
            data = files[place] if place in files else read_file(path)
        except (OSError, WarclaimsError):
            found.unread.append(layout.relative(path))
            continue
        if word.search(data.decode(errors="replace")):
            found.mentions.append(layout.relative(place))
    return found

"""Check a corpus: choose the files, read them, and apply the rules."""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from warclaims.corpus.description import read_description
from warclaims.corpus.reading import parse, read_lines, read_record
from warclaims.corpus.schema_check import published_schema
from warclaims.errors import InvalidFile, WarclaimsError
from warclaims.files import is_there, paths_below, read_file, reason
from warclaims.findings import Finding
from warclaims.layout import GOLD, real_path
from warclaims.records import (
    LAYERS,
    REGISTRIES,
    Adjudication,
    Annotations,
    Challenge,
    DocumentIndex,
    Lists,
    OwnValues,
    Target,
)
from warclaims.validation.bundles.run import validate_bundles
from warclaims.validation.bundles.shards import shard_findings
from warclaims.validation.catalogue import findings
from warclaims.validation.known import KnownIds
from warclaims.validation.locate import Locator
from warclaims.validation.not_applied import Omissions, Reason, Validation
from warclaims.validation.own_values import wrong_values
from warclaims.validation.references import reference_fields
from warclaims.validation.rule import Scope
from warclaims.validation.settings import RuleSettings, settings_of, wrong_settings
from warclaims.validation.views import (
    AnnotationView,
    CorpusView,
    DecisionView,
    DocumentView,
    FileView,
)
from warclaims.validation.waivers import Waivers

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator
    from pathlib import Path

    from warclaims.corpus import Corpus, Layout, Registries
    from warclaims.records import Document, File, Layer
    from warclaims.validation.bundles import BundleProgress

_BLOCKING = ("T301", "T302", "T315")
"""Findings of a seed that prevent any check of the spans in its text."""


def check_annotations(
    annotations: Annotations,
    document: Document | None,
    text: str | None,
    registries: Registries | None = None,
    file: str = "",
    *,
    settings: RuleSettings | None = None,
    warnings: bool = True,
) -> list[Finding]:
    """The findings in annotations that need not be on disk: levels 3 to 6, in stable order.

    Without ``text`` or ``document`` spans are not compared with it; without ``registries``
    references to them are not checked. ``file`` names the annotations in findings; if given, it
    must be named after the document. ``settings`` are those of the corpus for its rules. Without
    ``warnings`` only errors are looked for, which is faster.
    """
    entries = {name: getattr(registries, name) for name in REGISTRIES} if registries else {}
    documents = {document.id: document} if document is not None else None
    known = KnownIds(entries, documents, lists=registries.lists if registries else Lists())
    view = AnnotationView(file, annotations, known, document, text)
    found = _annotation_findings(view, Waivers(view, annotations), warnings=warnings)
    applied = (settings or RuleSettings()).applied(found)
    return [finding for finding in applied if finding.waived is None]


def _annotation_findings(
    view: AnnotationView, waivers: Waivers, *, warnings: bool = True
) -> list[Finding]:
    document = view.record.document
    warnings = warnings and not view.raw
    found = findings(Scope.ANNOTATIONS, view, view.file, document, warnings=warnings)
    return sorted([*waivers.sift(found), *waivers.findings()])


def validate(
    corpus: Corpus,
    paths: Iterable[Path] | None = None,
    *,
    waived: bool = False,
    check_shards: Callable[..., Validation] = validate_bundles,
    watch: Callable[[BundleProgress], None] = lambda progress: None,
) -> Validation:
    """The findings in a corpus, or in some of its files, in stable order.

    Without ``paths`` everything is checked: ``corpus.toml``, the index, seeds, registries, gold and
    all passes, and at last the corpus as a whole; or, in place of index, seeds and annotations, the
    shards, with ``check_shards``, of which ``watch`` gets the progress. ``paths`` are annotation
    files, registries, the index, seeds, or folders of them. A registry or an index outside the
    corpus is recognised by its content. A file that cannot be read gives findings, also if it is
    only needed to check another one. Hidden files are ignored.

    In passes only errors are reported, because passes record what an annotator did. Waived findings
    are left out, unless ``waived`` is true; then they come with the reason. ``not_applied`` of the
    result lists the rules that were not applied, once all findings have been taken.

    Raises:
        WarclaimsError: a path does not exist, or is not one of these files.
    """
    files = None if paths is None else _selected(corpus.layout, paths)
    check = _CorpusCheck(corpus, files, partial(shard_findings, check=check_shards, watch=watch))
    settings = settings_of(corpus.layout)
    if off := settings.off:
        check.omissions.note(Reason.OFF, " ".join(off))
    found = settings.applied(check.findings())
    if not waived:
        found = (finding for finding in found if finding.waived is None)
    return Validation(found, check.omissions)


def _selected(layout: Layout, paths: Iterable[Path]) -> dict[Path, Path] | None:
    """The files to check, by real path; ``None`` for the whole corpus."""
    root = real_path(layout.root)
    found: dict[Path, Path] = {}
    for path in paths:
        if real_path(path) in (root, *root.parents):
            return None
        found |= {real_path(file): file for file in _files(path)}
    return found


def _files(path: Path) -> list[Path]:
    """The file itself, or the annotations, registries, index and seeds in a folder."""
    if not path.is_dir():
        if not os.path.lexists(path):
            raise WarclaimsError(f"there is no file or folder {path}")
        return [path]
    inside = [file for file in paths_below(path) if file.suffix in (".json", ".txt")]
    if not inside:
        raise WarclaimsError(f"the folder {path} has no annotations, registries or seeds")
    return inside


def _annotation_files(layout: Layout, selected: dict[Path, Path] | None) -> list[Path]:
    """The files of annotations among the selected ones, or in the whole corpus."""
    if selected is None:
        folders = map(layout.annotation_set, layout.set_names())
        files = (file for folder in folders for file in sorted(folder.glob("*.json")))
        return [file for file in files if not file.name.startswith(".")]
    registries = [layout.registry(name) for name in REGISTRIES]
    lists = (layout.lists, layout.adjudication, layout.challenges)
    others = {*map(real_path, (layout.index, layout.description, *lists, *registries))}
    found = []
    for place, file in selected.items():
        if place in others or place.parent == real_path(layout.seeds):
            continue
        if place.parent == real_path(registries[0].parent):
            raise WarclaimsError(f"{file} is not a registry; known: {', '.join(REGISTRIES)}")
        if file.suffix != ".json":
            raise WarclaimsError(
                f"{file} is neither annotations, nor a registry, nor a seed in {layout.seeds}"
            )
        found.append(file)
    return found


_DOCUMENTS = "documents"
_ONLY_IN_ANNOTATIONS = {"document", *LAYERS} - REGISTRIES.keys()


def _list_of(path: Path) -> str | None:
    """The name of the list in a registry or an index (``documents``); ``None`` in other files."""
    try:
        content = json.loads(read_file(path))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(content, dict) or content.keys() & _ONLY_IN_ANNOTATIONS:
        return None
    return next((name for name in (*REGISTRIES, _DOCUMENTS) if name in content), None)


class _CorpusCheck:
    """One check of a corpus, or of the ``selected`` files."""

    def __init__(
        self,
        corpus: Corpus,
        selected: dict[Path, Path] | None,
        shards: Callable[[Corpus, Omissions], Iterator[Finding]],
    ) -> None:
        self.omissions = Omissions()
        self._corpus = corpus
        self._layout = layout = corpus.layout
        self._shards = shards
        self._has_shards = corpus.storage.in_shards
        self._selected = selected
        self._files = _annotation_files(layout, selected)
        self._texts: set[str] = set()
        self._used: dict[str, set[str]] = {name: set() for name in REGISTRIES}
        self._registries: dict[str, FileView] = {}
        self._waiting: dict[str, Waivers] = {}
        self._lost_any = False
        self._ambiguous: set[str] = set()

    def _is_selected(self, path: Path) -> bool:
        return self._selected is None or real_path(path) in self._selected

    def findings(self) -> Iterator[Finding]:
        layout = self._layout
        if self._is_selected(layout.description):
            yield from self._description()
        index = None if self._has_shards else (yield from self._read(layout.index, DocumentIndex))
        documents = self._documents(index)
        records: dict[str, Any] = {}
        for name, model in REGISTRIES.items():
            record = yield from self._read(layout.registry(name), model)
            if record is None:
                self.omissions.note(Reason.REGISTRY, name)
            else:
                records[name] = record
        entries = {name: _entries(record, name) for name, record in records.items()}
        known = KnownIds(entries, documents, lists=(yield from self._lists()))

        if index is not None:
            yield from self._index(layout.index, index, known)
        for name, record in records.items():
            if self._is_selected(layout.registry(name)):
                yield from self._registry(layout.registry(name), name, record, known)
        for path in self._files:
            yield from self._annotations(path, known)
        yield from self._decisions(layout.adjudication, Adjudication, known)
        yield from self._decisions(layout.challenges, Challenge, known)
        yield from self._whole(index)

    def _documents(self, index: DocumentIndex | None) -> dict[str, Document] | None:
        """The documents in the index by id; ``None`` if there is none."""
        if index is None:
            self.omissions.note(Reason.SHARDS if self._has_shards else Reason.INDEX)
            return None
        ids = Counter(document.id for document in index.documents)
        self._ambiguous = {name for name, count in ids.items() if count > 1}
        return {document.id: document for document in index.documents}

    def _lists(self) -> Generator[Finding, None, Lists]:
        """The open lists; without the values of the corpus, after the findings, if it has none."""
        path = self._layout.lists
        own = (yield from self._read(path, OwnValues)) if is_there(path) else None
        if own is None:
            return Lists()
        yield from sorted(wrong_values(own.values, self._layout.relative(path)))
        return Lists(own.values)

    def _description(self) -> Iterator[Finding]:
        try:
            description = read_description(self._layout)
        except InvalidFile as error:
            yield from sorted(error.findings)
        else:
            file = self._layout.relative(self._layout.description)
            yield from wrong_settings(description.rules if description else {}, file)
            if description and description.shards and is_there(self._layout.index):
                index = self._layout.relative(self._layout.index)
                message = f"{index} lists the documents, so shards are not read. Remove one of both"
                yield Finding(file, "/shards", "S205", message)

    def _read(self, path: Path, model: Any) -> Generator[Finding, None, Any]:
        """The record in a file; ``None`` after the findings if it cannot be read."""
        try:
            schema = published_schema(self._layout, model)
            return read_record(path, model, self._layout.relative(path), schema)
        except InvalidFile as error:
            for reference in reference_fields(model):
                self._used.pop(reference.target.collection, None)
            self._lost_any = True
            yield from sorted(error.findings)
            return None

    def _index(self, path: Path, index: DocumentIndex, known: KnownIds) -> Iterator[Finding]:
        """Check an index; if it is not selected, only the seeds and ids that are needed."""
        file = self._layout.relative(path)
        view = FileView(file, index, known)
        waivers = self._waivers(view, index)
        whole = self._is_selected(path)
        needed = {path.stem for path in self._files}
        if whole or not needed.isdisjoint(self._ambiguous):
            found = sorted(findings(Scope.INDEX, view, file))
            yield from waivers.sift(f for f in found if whole or f.code == "R404")
        seeds = real_path(self._layout.seeds)
        selected = {place.name for place in self._selected or () if place.parent == seeds}
        for number, document in enumerate(index.documents):
            asked = whole or document.file in selected
            if asked or document.id in needed:
                view_of_seed = self._document(document, path, number)
                found = sorted(findings(Scope.DOCUMENT, view_of_seed, file, document.id))
                yield from waivers.sift(f for f in found if asked or f.code in _BLOCKING)
        if whole:
            yield from waivers.findings()

    def _waivers(self, view: FileView, file: File) -> Waivers:
        """The waivers of a file, kept until the end if some are about the whole corpus."""
        waivers = Waivers(view, file)
        if waivers.wait:
            self._waiting[view.file] = waivers
        return waivers

    def _document(self, document: Document, index: Path, number: int = 0) -> DocumentView:
        """A document with its seed, which is beside the ``index`` or in the corpus."""
        path = index.parent / document.file
        if not os.path.lexists(path):
            path = self._layout.seeds / document.file
        data, trouble = None, None
        try:
            data = read_file(path)
        except FileNotFoundError:
            pass
        except OSError as error:
            trouble = reason(error)
        file, seed = self._layout.relative(index), self._layout.relative(path)
        return DocumentView(file, f"/documents/{number}", document, seed, data, trouble)

    def _registry(self, path: Path, name: str, record: Any, known: KnownIds) -> Iterator[Finding]:
        file = self._layout.relative(path)
        view = FileView(file, record, known)
        self._note_used(view)
        self._registries[name] = view
        waivers = self._waivers(view, record)
        found = waivers.sift(findings(Scope.REGISTRY, view, file))
        yield from sorted([*found, *waivers.findings()])

    def _annotations(self, path: Path, known: KnownIds) -> Iterator[Finding]:
        if self._selected is not None and (other := _list_of(path)):
            yield from self._elsewhere(path, other, known)
            return
        record = yield from self._read(path, Annotations)
        if record is None:
            self.omissions.note(Reason.UNREADABLE, "file")
            return
        document = text = None
        if record.document not in self._ambiguous:
            document = (known.documents or {}).get(record.document)
        if document is not None:
            text = self._document(document, self._layout.index).text
        raw = real_path(self._layout.passes) in real_path(path).parents
        self._note_omissions(document, text, raw=raw)
        view = AnnotationView(self._layout.relative(path), record, known, document, text, raw=raw)
        yield from _annotation_findings(view, self._waivers(view, record))
        self._note_used(view)

    def _decisions(self, path: Path, model: Any, known: KnownIds) -> Iterator[Finding]:
        """Check a list of decisions or challenges, line by line."""
        if not self._is_selected(path):
            return
        file, schema = self._layout.relative(path), published_schema(self._layout, model)
        try:
            lines = read_lines(path, file)
        except InvalidFile as error:
            yield from sorted(error.findings)
            return
        for number, line in enumerate(lines, 1):
            try:
                record = parse(line, model, file, schema)
            except InvalidFile as error:
                found = list(error.findings)
            else:
                view = DecisionView(file, record, known, *self._decided(record.document, known))
                found = [*findings(Scope.DECISIONS, view, file, record.document)]
            place = Locator(line, unique=True)
            yield from sorted(place.placed(finding, number) for finding in found)

    def _decided(self, name: str, known: KnownIds) -> tuple[str | None, dict[str, Layer] | None]:
        """The text of a document and its records in gold by id; ``None`` for what is unreadable."""
        document = (known.documents or {}).get(name)
        if document is None:
            return None, None
        path = self._layout.annotation_file(GOLD, name)
        try:
            gold = read_record(path, Annotations, self._layout.relative(path))
        except InvalidFile:
            records = None
        else:
            records = {one.id: one for layer in LAYERS for one in getattr(gold, layer)}
        return self._document(document, self._layout.index).text, records

    def _note_used(self, view: FileView) -> None:
        """Count the registry entries that ``view`` refers to as used."""
        for target in Target:
            if target.in_registry and target.collection in self._used:
                self._used[target.collection] |= view.used(target)

    def _note_omissions(self, document: Document | None, text: str | None, *, raw: bool) -> None:
        """Note which rules are not applied to the annotations. A text is counted once."""
        if raw:
            self.omissions.note(Reason.PASS)
        if document is None:
            self.omissions.note(Reason.DOCUMENT)
            return
        if text is None:
            self.omissions.note(Reason.TEXT)
        if not raw and document.id not in self._texts:
            self._texts.add(document.id)
            self.omissions.note_language(document.language)

    def _elsewhere(self, path: Path, name: str, known: KnownIds) -> Iterator[Finding]:
        """Check a registry or an index that is not that of the corpus."""
        record = yield from self._read(path, REGISTRIES.get(name, DocumentIndex))
        if record is None:
            return
        entries = _entries(record, name)
        if name == _DOCUMENTS:
            yield from self._index(path, record, replace(known, documents=entries))
        else:
            known = replace(known, registries={**known.registries, name: entries})
            yield from self._registry(path, name, record, known)

    def _whole(self, index: DocumentIndex | None) -> Iterator[Finding]:
        """Check the corpus as a whole, or its shards; neither if only files are selected."""
        if self._selected is not None:
            self.omissions.note(Reason.SELECTION)
            return
        if self._has_shards:
            yield from self._shards(self._corpus, self.omissions)
            return
        view = CorpusView(self._layout, index, self._registries, self._used)
        for finding in sorted(findings(Scope.CORPUS, view, "")):
            waivers = self._waiting.get(finding.file)
            yield from waivers.sift([finding]) if waivers else [finding]
        if not self._lost_any:  # a lost file could use any of the waivers
            for waivers in self._waiting.values():
                yield from waivers.findings(of_corpus=True)


def _entries(record: Any, name: str) -> dict[str, Any]:
    return {entry.id: entry for entry in getattr(record, name)}

"""Check a corpus: choose the files, read them, and apply the rules."""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from warclaims.corpus.description import read_description
from warclaims.corpus.json_schema import published_schema
from warclaims.corpus.reading import read_record
from warclaims.errors import InvalidFile, WarclaimsError
from warclaims.files import read_file, reason
from warclaims.findings import FindingLevel
from warclaims.layout import real_path
from warclaims.records import LAYERS, REGISTRIES, Annotations, DocumentIndex, Target
from warclaims.validation.catalogue import findings
from warclaims.validation.known import Known
from warclaims.validation.not_applied import Omissions, Reason, Validation
from warclaims.validation.references import reference_fields
from warclaims.validation.rule import Scope
from warclaims.validation.views import (
    AnnotationView,
    CorpusView,
    DocumentView,
    FileView,
    RegistryView,
)
from warclaims.validation.waivers import Waivers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from warclaims.corpus import Corpus, Layout, Registries
    from warclaims.findings import Finding
    from warclaims.records import Document, File

_BLOCKING = ("T301", "T302", "T315")
"""Findings of a seed without which nothing in its text can be checked."""


def check_annotations(
    annotations: Annotations,
    document: Document | None,
    text: str | None,
    registries: Registries | None = None,
    file: str = "",
) -> list[Finding]:
    """The findings in annotations that need not be on disk: levels 3 to 6, in stable order.

    Without ``text`` or ``document`` spans are not checked against it, without ``registries``
    references to them are not checked. ``file`` names the annotations in findings; if it is
    given, its name must be that of the document.
    """
    entries = {name: getattr(registries, name) for name in REGISTRIES} if registries else {}
    documents = {document.id: document} if document is not None else None
    view = AnnotationView(file, annotations, Known(entries, documents), document, text)
    found = _annotation_findings(view, Waivers(view, annotations))
    return [finding for finding in found if finding.waived is None]


def _annotation_findings(view: AnnotationView, waivers: Waivers) -> list[Finding]:
    document = view.record.document
    found = findings(Scope.ANNOTATIONS, view, view.file, document, warnings=not view.raw)
    return sorted([*waivers.sift(found), *waivers.findings()])


def validate(
    corpus: Corpus, paths: Iterable[Path] | None = None, *, waived: bool = False
) -> Validation:
    """The findings in a corpus, or in some of its files, in stable order.

    Without ``paths``: ``corpus.toml``, the index, the seeds, the registries, gold and all passes,
    and last what only shows when all have been seen. ``paths`` are annotation files, registries,
    the index, seeds, or folders of them. A registry or an index elsewhere is recognised by
    its content. A file that cannot be read as a record gives findings of its own, also if it is
    only needed to check another; the rest is still checked. Hidden files are ignored.

    Of passes only errors are reported: they record what an annotator did. What a file waives is
    left out, unless ``waived`` asks for it; then it comes with the reason. ``not_applied`` of the
    result lists the rules that were not applied, once all findings have been taken.

    Raises:
        WarclaimsError: a path is neither, or there is no such path.
    """
    plan = _whole(corpus.layout) if paths is None else _chosen(corpus.layout, paths)
    run = _Run(corpus.layout, plan)
    found = run.findings()
    if not waived:
        found = (finding for finding in found if finding.waived is None)
    return Validation(found, run.omissions)


@dataclass
class _Plan:
    """What is to be checked; ``seeds`` are names of files."""

    index: bool = False
    description: bool = False
    everything: bool = False
    registries: list[str] = field(default_factory=list)
    seeds: set[str] = field(default_factory=set)
    annotations: list[Path] = field(default_factory=list)


def _whole(layout: Layout) -> _Plan:
    plan = _Plan(index=True, description=True, everything=True, registries=list(REGISTRIES))
    for name in layout.set_names():
        files = layout.annotation_set(name).glob("*.json")
        plan.annotations += sorted(file for file in files if not file.name.startswith("."))
    return plan


def _chosen(layout: Layout, paths: Iterable[Path]) -> _Plan:
    root = real_path(layout.root)
    plan = _Plan()
    for path in paths:
        if real_path(path) in (root, *root.parents):
            return _whole(layout)
        for file in dict.fromkeys(_files(path)):
            _place(plan, layout, file)
    return plan


def _files(path: Path) -> list[Path]:
    """The file itself, or those of a folder that are annotations, registries, index or seeds."""
    if not path.is_dir():
        if not os.path.lexists(path):
            raise WarclaimsError(f"there is no file or folder {path}")
        return [path]
    inside = sorted(
        file
        for file in path.rglob("*")
        if file.suffix in (".json", ".txt")
        and not any(part.startswith(".") for part in file.relative_to(path).parts)
    )
    if not inside:
        raise WarclaimsError(f"the folder {path} holds no annotations, registries or seeds")
    return inside


def _place(plan: _Plan, layout: Layout, file: Path) -> None:
    """Put ``file`` where it belongs in ``plan``, by the folder that it lies in."""
    place = real_path(file)
    folder = place.parent
    if place == real_path(layout.index):
        plan.index = True
    elif place == real_path(layout.description):
        plan.description = True
    elif folder == real_path(layout.registry("actors").parent):
        if file.stem not in REGISTRIES or file.suffix != ".json":
            raise WarclaimsError(f"{file} is not a registry; known: {', '.join(REGISTRIES)}")
        plan.registries.append(file.stem)
    elif folder == real_path(layout.seeds):
        plan.seeds.add(file.name)
    elif file.suffix == ".json":
        plan.annotations.append(file)
    else:
        raise WarclaimsError(
            f"{file} is neither annotations, nor a registry, nor a seed of {layout.seeds}"
        )


def _list_of(path: Path) -> str | None:
    """Name of the main list of a registry or an index (``documents``) in a file.

    ``None`` if the file has annotations, or its kind is unknown.
    """
    try:
        content = json.loads(read_file(path))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(content, dict) or content.keys() & _ONLY_IN_ANNOTATIONS:
        return None
    return next((name for name in (*REGISTRIES, _DOCUMENTS) if name in content), None)


_DOCUMENTS = "documents"
_ONLY_IN_ANNOTATIONS = {"document", *LAYERS} - REGISTRIES.keys()


class _Run:
    def __init__(self, layout: Layout, plan: _Plan) -> None:
        self.omissions = Omissions()
        self._layout = layout
        self._plan = plan
        self._texts: set[str] = set()
        self._used: dict[str, set[str]] = {name: set() for name in REGISTRIES}
        self._registries: list[RegistryView] = []
        self._waiting: dict[str, Waivers] = {}
        self._lost_any = False
        self._twice: set[str] = set()

    def findings(self) -> Iterator[Finding]:
        layout = self._layout
        if self._plan.description:
            yield from self._description()
        index, trouble = self._read(layout.index, DocumentIndex)
        yield from trouble
        if index is None:
            self.omissions.note(Reason.INDEX)
        entries: dict[str, Any] = {}
        records: dict[str, Any] = {}
        for name, model in REGISTRIES.items():
            records[name], trouble = self._read(layout.registry(name), model)
            yield from trouble
            if records[name] is None:
                self.omissions.note(Reason.REGISTRY, name)
            else:
                entries[name] = {entry.id: entry for entry in getattr(records[name], name)}
        documents = None
        if index is not None:
            documents = {document.id: document for document in index.documents}
        known = Known(entries, documents)

        if index is not None:
            self._twice = _twice(index)
            yield from self._index(layout.index, index, known, whole=self._plan.index)
        for name, record in records.items():
            if record is not None:
                asked = name in self._plan.registries
                yield from self._registry(layout.registry(name), name, record, known, asked=asked)
        for path in self._plan.annotations:
            yield from self._annotations(path, known)
        if self._plan.everything:
            yield from self._corpus(index)
        else:
            self.omissions.note(Reason.SELECTION)

    def _description(self) -> list[Finding]:
        try:
            read_description(self._layout)
        except InvalidFile as error:
            return sorted(error.findings)
        return []

    def _read(self, path: Path, model: Any) -> tuple[Any, list[Finding]]:
        try:
            schema = published_schema(self._layout, model)
            return read_record(path, model, self._layout.relative(path), schema), []
        except InvalidFile as error:
            for reference in reference_fields(model):
                self._used.pop(reference.target.collection, None)
            self._lost_any = True
            return None, sorted(error.findings)

    def _index(
        self, path: Path, index: DocumentIndex, known: Known, *, whole: bool
    ) -> Iterator[Finding]:
        """What is wrong with an index; if not ``whole``, with the seeds and ids that are needed."""
        file = self._layout.relative(path)
        view = FileView(file, index, known)
        waivers = self._waivers(view, index)
        needed = {path.stem for path in self._plan.annotations}
        if whole or not needed.isdisjoint(self._twice):
            only = None if whole else {"R404"}
            yield from waivers.sift(sorted(findings(Scope.INDEX, view, file, only=only)))
        for number, document in enumerate(index.documents):
            asked = whole or document.file in self._plan.seeds
            if asked or document.id in needed:
                view_of_seed = self._document(document, path, number)
                found = sorted(findings(Scope.DOCUMENT, view_of_seed, file, document.id))
                yield from waivers.sift(f for f in found if asked or f.code in _BLOCKING)
        if whole:
            yield from waivers.findings()

    def _waivers(self, view: FileView, file: File) -> Waivers:
        """The waivers of a file, kept until the end if they are for what shows only then."""
        waivers = Waivers(view, file)
        if waivers.wait:
            self._waiting[view.file] = waivers
        return waivers

    def _document(self, document: Document, index: Path, number: int = 0) -> DocumentView:
        """A document with its seed, which lies beside the ``index`` or in the corpus."""
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

    def _registry(
        self, path: Path, name: str, record: Any, known: Known, *, asked: bool
    ) -> Iterator[Finding]:
        file = self._layout.relative(path)
        view = RegistryView(file, record, known, name)
        self._note_used(view)
        self._registries.append(view)
        waivers = self._waivers(view, record)
        if asked:
            found = waivers.sift(findings(Scope.REGISTRY, view, file))
            yield from sorted([*found, *waivers.findings()])

    def _annotations(self, path: Path, known: Known) -> Iterator[Finding]:
        record, trouble = self._read(path, Annotations)
        if record is None:
            other = None
            if not self._plan.everything and trouble[0].level is FindingLevel.SCHEMA:
                other = _list_of(path)
            if other is None:
                self.omissions.note(Reason.UNREADABLE, "file")
            yield from trouble if other is None else self._elsewhere(path, other, known)
            return
        document = None
        if record.document not in self._twice:  # else nobody can tell which is meant
            document = (known.documents or {}).get(record.document)
        text = None
        if document is not None:
            text = self._document(document, self._layout.index).text
        raw = real_path(self._layout.passes) in real_path(path).parents
        self._note_omissions(document, text, raw=raw)
        view = AnnotationView(self._layout.relative(path), record, known, document, text, raw=raw)
        yield from _annotation_findings(view, self._waivers(view, record))
        self._note_used(view)

    def _note_used(self, view: FileView) -> None:
        """Count the registry entries that ``view`` refers to as used."""
        for target in Target:
            if target.in_registry and target.collection in self._used:
                self._used[target.collection] |= view.referred[target]

    def _note_omissions(self, document: Document | None, text: str | None, *, raw: bool) -> None:
        """Note which rules are not applied to annotations; a text is counted once."""
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

    def _elsewhere(self, path: Path, name: str, known: Known) -> Iterator[Finding]:
        """What is wrong with a registry, or an index, that is not that of the corpus."""
        record, trouble = self._read(path, REGISTRIES.get(name, DocumentIndex))
        yield from trouble
        if record is None:
            return
        entries = {entry.id: entry for entry in getattr(record, name)}
        if name == _DOCUMENTS:
            known = Known(known.registries, entries)
            yield from self._index(path, record, known, whole=True)
        else:
            known = Known({**known.registries, name: entries}, known.documents)
            yield from self._registry(path, name, record, known, asked=True)

    def _corpus(self, index: DocumentIndex | None) -> Iterator[Finding]:
        view = CorpusView(self._layout, index, self._registries, self._used)
        found = sorted(findings(Scope.CORPUS, view, ""))
        yield from (
            finding if waivers is None else waivers.sift([finding])[0]
            for finding in found
            for waivers in [self._waiting.get(finding.file)]
        )
        if not self._lost_any:  # a lost file could use any of the waivers
            for waivers in self._waiting.values():
                yield from waivers.findings(of_corpus=True)


def _twice(index: DocumentIndex) -> set[str]:
    """The ids that occur more than once in an index."""
    times = Counter(document.id for document in index.documents)
    return {name for name, count in times.items() if count > 1}

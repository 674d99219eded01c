"""Which files are checked, and what they are checked against."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from warclaims.corpus.opening import read_file
from warclaims.corpus.reading import read_record
from warclaims.errors import InvalidFile, WarclaimsError
from warclaims.records import REGISTRIES, Annotations, DocumentIndex
from warclaims.validation.catalogue import findings
from warclaims.validation.rule import Scope
from warclaims.validation.views import (
    AnnotationView,
    CorpusView,
    DocumentView,
    IndexView,
    Known,
    RegistryView,
    Usage,
)
from warclaims.validation.waivers import Waivers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from warclaims.corpus import Corpus, Layout, Registries
    from warclaims.findings import Finding
    from warclaims.records import Document, File
    from warclaims.validation.views import FileView

_BLOCKING = ("T301", "T302", "T315")
"""Findings of a seed without which nothing in its text can be checked."""


def check_annotations(
    annotations: Annotations,
    document: Document | None,
    text: str | None,
    registries: Registries | None = None,
    file: str = "",
) -> list[Finding]:
    """What is wrong with annotations that need not be on disk: levels 3 to 6, in stable order.

    Without ``text`` or ``document`` (null) spans are not held against it; without ``registries``
    references to them are not followed. ``file`` names the annotations in findings; if it is
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
) -> Iterator[Finding]:
    """What is wrong with a corpus, or with some of its files; in an order that is always the same.

    Without ``paths``: the index, the seeds, the registries, gold and all passes, and last what
    only shows when all have been seen. ``paths`` are annotation files, registries, the index,
    seeds, or folders of them. A file that cannot be read as a record gives findings of its own,
    also where it is only needed to check another; the rest is still checked.

    Of passes only errors are told: they record what an annotator did. What a file waives is left
    out, unless ``waived`` asks for it; then it comes with the reason.

    Raises:
        WarclaimsError: a path is neither, or there is no such path.
    """
    plan = _whole(corpus.layout) if paths is None else _chosen(corpus.layout, paths)
    found = _Run(corpus.layout, plan).findings()
    return found if waived else (finding for finding in found if finding.waived is None)


@dataclass
class _Plan:
    """What is asked for; ``seeds`` are names of files, null for all."""

    index: bool = False
    everything: bool = False
    registries: list[str] = field(default_factory=list)
    seeds: set[str] = field(default_factory=set)
    annotations: list[Path] = field(default_factory=list)


def _whole(layout: Layout) -> _Plan:
    plan = _Plan(index=True, everything=True, registries=list(REGISTRIES))
    for name in layout.set_names():
        plan.annotations += sorted(layout.annotation_set(name).glob("*.json"))
    return plan


def _chosen(layout: Layout, paths: Iterable[Path]) -> _Plan:
    root = layout.root.resolve()
    plan = _Plan()
    for path in paths:
        if path.resolve() == root or path.resolve() in root.parents:
            return _whole(layout)
        for file in dict.fromkeys(_files(path)):
            _place(plan, layout, file)
    return plan


def _files(path: Path) -> list[Path]:
    """The file itself, or those of a folder that are annotations, registries, index or seeds."""
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise WarclaimsError(f"there is no file or folder {path}")
    inside = sorted(file for file in path.rglob("*") if file.suffix in (".json", ".txt"))
    if not inside:
        raise WarclaimsError(f"the folder {path} holds no annotations, registries or seeds")
    return inside


def _place(plan: _Plan, layout: Layout, file: Path) -> None:
    """Put ``file`` where it belongs in ``plan``, by the folder that it lies in."""
    folder = file.resolve().parent
    if file.resolve() == layout.index.resolve():
        plan.index = True
    elif folder == layout.registry("actors").parent.resolve():
        if file.stem not in REGISTRIES or file.suffix != ".json":
            raise WarclaimsError(f"{file} is no registry; there are: {', '.join(REGISTRIES)}")
        plan.registries.append(file.stem)
    elif folder == layout.seeds.resolve():
        plan.seeds.add(file.name)
    elif file.suffix == ".json":
        plan.annotations.append(file)
    else:
        raise WarclaimsError(f"{file} is neither annotations, nor a registry, nor a seed")


class _Run:
    def __init__(self, layout: Layout, plan: _Plan) -> None:
        self._layout = layout
        self._plan = plan
        self._usage = Usage()
        self._registries: list[RegistryView] = []
        self._waiting: dict[str, Waivers] = {}
        self._lost_any = False

    def findings(self) -> Iterator[Finding]:
        index, trouble = self._read(self._layout.index, DocumentIndex)
        yield from trouble
        entries: dict[str, Any] = {}
        records: dict[str, Any] = {}
        for name, model in REGISTRIES.items():
            records[name], trouble = self._read(self._layout.registry(name), model)
            yield from trouble
            if records[name] is not None:
                entries[name] = {entry.id: entry for entry in getattr(records[name], name)}
        documents = None
        if index is not None:
            documents = {document.id: document for document in index.documents}
        known = Known(entries, documents)

        if index is not None:
            yield from self._index(index, known)
        for name, record in records.items():
            if record is not None:
                yield from self._registry(name, record, known)
        for path in self._plan.annotations:
            yield from self._annotations(path, known)
        if self._plan.everything:
            yield from self._corpus(index)

    def _read(self, path: Path, model: Any) -> tuple[Any, list[Finding]]:
        try:
            return read_record(path, model, self._layout.relative(path)), []
        except InvalidFile as error:
            self._usage.miss(model)
            self._lost_any = True
            return None, sorted(error.findings)

    def _index(self, index: DocumentIndex, known: Known) -> Iterator[Finding]:
        file = self._layout.relative(self._layout.index)
        view = IndexView(file, index, known)
        waivers = self._waivers(view, index)
        if self._plan.index:
            yield from waivers.sift(sorted(findings(Scope.INDEX, view, file)))
        needed = {path.stem for path in self._plan.annotations}
        for number, document in enumerate(index.documents):
            asked = self._plan.index or document.file in self._plan.seeds
            if asked or document.id in needed:
                found = sorted(
                    findings(Scope.DOCUMENT, self._document(document, number), file, document.id)
                )
                yield from waivers.sift(f for f in found if asked or f.code in _BLOCKING)
        if self._plan.index:
            yield from waivers.findings()

    def _waivers(self, view: FileView, file: File) -> Waivers:
        """The waivers of a file, kept until the end if they are for what shows only then."""
        waivers = Waivers(view, file)
        if waivers.wait:
            self._waiting[view.file] = waivers
        return waivers

    def _document(self, document: Document, number: int = 0) -> DocumentView:
        path = self._layout.seeds / document.file
        try:
            data = read_file(path)
        except OSError:
            data = None
        index, seed = self._layout.relative(self._layout.index), self._layout.relative(path)
        return DocumentView(index, f"/documents/{number}", document, seed, data)

    def _registry(self, name: str, record: Any, known: Known) -> Iterator[Finding]:
        file = self._layout.relative(self._layout.registry(name))
        view = RegistryView(file, record, known, name)
        self._usage.note(view)
        self._registries.append(view)
        waivers = self._waivers(view, record)
        if name in self._plan.registries:
            found = waivers.sift(findings(Scope.REGISTRY, view, file))
            yield from sorted([*found, *waivers.findings()])

    def _annotations(self, path: Path, known: Known) -> Iterator[Finding]:
        record, trouble = self._read(path, Annotations)
        yield from trouble
        if record is None:
            return
        document = (known.documents or {}).get(record.document)
        text = self._document(document).text if document is not None else None
        raw = self._layout.passes.resolve() in path.resolve().parents
        view = AnnotationView(self._layout.relative(path), record, known, document, text, raw=raw)
        yield from _annotation_findings(view, self._waivers(view, record))
        self._usage.note(view)

    def _corpus(self, index: DocumentIndex | None) -> Iterator[Finding]:
        view = CorpusView(self._layout, index, self._registries, self._usage.used)
        found = sorted(findings(Scope.CORPUS, view, ""))
        yield from (
            finding if waivers is None else waivers.sift([finding])[0]
            for finding in found
            for waivers in [self._waiting.get(finding.file)]
        )
        if not self._lost_any:  # what a lost file would show can be told of none
            for waivers in self._waiting.values():
                yield from waivers.findings(of_corpus=True)

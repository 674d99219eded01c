"""Export a corpus as the files that set up a Label Studio project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from warclaims.corpus.blank import blank_annotations, guidelines_followed
from warclaims.errors import InvalidFile, WarclaimsError
from warclaims.labelstudio.configuration import configuration
from warclaims.labelstudio.tasks import task, tasks_bytes
from warclaims.layout import GOLD
from warclaims.records import Annotations, Bundle
from warclaims.validation.sound import errors_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from warclaims.corpus import Corpus
    from warclaims.findings import Finding
    from warclaims.layout import Layout


def next_steps(layout: Layout, _files: Mapping[str, bytes]) -> list[str]:
    """How to use the exported files."""
    return [
        "In Label Studio, make a project, put config.xml into Settings → Labeling Interface → "
        "Code, and import tasks.json.",
        "To bring the work back, export the project as JSON, then: "
        + layout.command("import labelstudio FILE"),
    ]


def export_files(
    corpus: Corpus, set_name: str = GOLD, documents: Sequence[str] = ()
) -> dict[str, bytes]:
    """``config.xml`` and ``tasks.json`` by name, for ``documents`` or all of the set.

    A document that an annotator has not annotated yet becomes a task without an annotation, if the
    document is named or the annotator has no set yet.

    Raises:
        InvalidFile: annotations have errors, or hold something that Label Studio would damage.
        WarclaimsError: unknown set or document.
    """
    findings: list[Finding] = []

    def tasks() -> Iterator[dict[str, Any]]:
        for document in corpus.chosen(set_name, documents, or_annotator=True):
            try:
                yield sound_task(corpus, set_name, document)
            except InvalidFile as error:
                findings.extend(error.findings)

    data = tasks_bytes(tasks())  # one task at a time, which takes less memory
    if findings:
        raise InvalidFile(sorted(findings))
    return {"config.xml": configuration(corpus.lists), "tasks.json": data}


def sound_task(corpus: Corpus, set_name: str, document: str) -> dict[str, Any]:
    """The task of a document whose annotations have no errors.

    Raises:
        InvalidFile: its annotations have errors, or hold something that Label Studio would damage.
    """
    bundle = _bundle(corpus, set_name, document)
    if errors := errors_of(corpus, bundle, set_name):
        raise InvalidFile(errors)
    return task(bundle, corpus.registries, set_name)


def _bundle(corpus: Corpus, set_name: str, document: str) -> Bundle:
    if corpus.layout.is_annotated(set_name, document):
        return corpus.bundle(document, set_name)
    return Bundle(
        document=corpus.document(document),
        text=corpus.text(document),
        annotations=_blank(corpus, set_name, document),
    )


def _blank(corpus: Corpus, set_name: str, document: str) -> Annotations:
    if set_name not in corpus.registries.annotators:
        names = ", ".join(corpus.registries.annotators) or "none"
        raise WarclaimsError(
            f"document {document} is not annotated in {set_name!r}. To annotate it from the start, "
            f"export it for an annotator (--set); registered are: {names}"
        )
    return blank_annotations(corpus.document(document), set_name, guidelines_followed(corpus))

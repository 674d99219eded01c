"""Run a system over texts, and check what it suggests."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from warclaims.authoring.building import BuiltDocument, build_document
from warclaims.errors import WarclaimsError
from warclaims.records import Annotations, Bundle, SystemRun
from warclaims.systems.linking import RegistryLinker
from warclaims.validation.run import check_annotations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from warclaims.corpus import Registries
    from warclaims.findings import Finding
    from warclaims.systems.system import NamedSystem, SuggestedRecords, TextToAnnotate

BATCH = 50
"""So many texts are given to a system at once."""


class Suggestion(NamedTuple):
    """What a system suggests for one text.

    Attributes:
        bundle: The text with the suggested annotations.
        left_out: Why records were left out that could not be placed or do not match the schema.
    """

    bundle: Bundle
    left_out: tuple[Finding, ...]

    def errors(self, known: Registries) -> list[Finding]:
        """What is impossible in the annotations, such as an entity that the registry lacks."""
        document, text, annotations = (
            self.bundle.document,
            self.bundle.text,
            self.bundle.annotations,
        )
        file = f"{document.id}.json"
        found = check_annotations(annotations, document, text, known, file, warnings=False)
        return [one for one in found if not one.is_warning]


def suggestions(
    system: NamedSystem, texts: Iterable[TextToAnnotate], known: Registries, made: str | None
) -> Iterator[Suggestion]:
    """What ``system`` suggests for each text, in their order.

    ``made`` says when (ISO 8601); default: now.

    Raises:
        WarclaimsError: the system does not give one result per text.
    """
    waiting = iter(texts)
    run = SystemRun(name=system.name, version=system.version, made=made or _now())
    linker = RegistryLinker(known) if system.links else None
    while batch := list(islice(waiting, BATCH)):
        results = list(system.annotate(batch, known))
        if len(results) != len(batch):
            raise WarclaimsError(
                f"the system {system.name} gave {len(results)} results for {len(batch)} texts. "
                "It has to give one for each, in their order"
            )
        for text, result in zip(batch, results, strict=True):
            yield _suggestion(run, text, result, known, linker)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _suggestion(
    run: SystemRun,
    text: TextToAnnotate,
    result: SuggestedRecords | Annotations | BuiltDocument,
    known: Registries,
    linker: RegistryLinker | None,
) -> Suggestion:
    left_out: tuple[Finding, ...] = ()
    if not isinstance(result, Annotations):
        built = result if isinstance(result, BuiltDocument) else _built(text, result, known)
        result, left_out = built.annotations, built.findings
    if linker is not None:
        result = linker.linked(result, *text)
    if result.system is not None:  # what the system says of this run
        run = run.model_copy(update={"extra": result.system.extra})
    result = result.model_copy(update={"annotator": run.name, "system": run})
    bundle = Bundle(document=text.document, text=text.text, annotations=result)
    return Suggestion(bundle, left_out)


def _built(text: TextToAnnotate, records: SuggestedRecords, known: Registries) -> BuiltDocument:
    given: dict[str, Any] = {str(layer): of for layer, of in records.items()}
    return build_document(text.text, document=text.document, lists=known.lists, **given)

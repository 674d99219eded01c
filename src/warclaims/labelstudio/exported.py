"""The parts of a Label Studio export that are read; everything else in it is ignored."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, JsonValue, RootModel

from warclaims.corpus.upgrade import old_version
from warclaims.labelstudio.labels_and_relations import REGION_CONTROL
from warclaims.records import Annotations
from warclaims.records.base import Id, Sha256

Encoding = Literal["1"]
ENCODING: Encoding = "1"
"""Version of how records are written as regions; an export of another version is refused."""

FORMAT_1 = (
    "the task is of format 1: an earlier release sent it, and its annotations cannot be read with "
    "this one. Bring the work into the corpus with the release that sent it (pip install "
    "'warclaims==0.1.*'), then send the document with this release, into a new project"
)
"""What to do about a task of format 1."""


class _ExportedPart(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)


class ResultValue(_ExportedPart):
    """The value of a result: offsets into the text, and labels or attributes."""

    start: int | None = None
    end: int | None = None
    labels: tuple[str, ...] | None = None
    choices: tuple[str, ...] | None = None
    taxonomy: tuple[tuple[str, ...], ...] | None = None
    number: float | None = None
    text: JsonValue = None


class Result(_ExportedPart):
    """One item of an annotation: a region, an attribute of a region, or a relation."""

    type: str
    id: str | None = None
    from_name: str | None = None
    value: ResultValue | None = None
    from_id: str | None = None
    to_id: str | None = None
    direction: str | None = None
    labels: tuple[str, ...] | None = None

    @property
    def is_relation(self) -> bool:
        """Whether it relates two regions."""
        return self.type == "relation"

    @property
    def is_region(self) -> bool:
        """Whether it gives a region its place and label."""
        return not self.is_relation and self.from_name == REGION_CONTROL

    @property
    def place(self) -> tuple[int, int] | None:
        """Start and end of its text; ``None`` unless both are given."""
        value = self.value
        if value is None or value.start is None or value.end is None:
            return None
        return (value.start, value.end)


def is_of_format_1(data: Any) -> bool:
    """True if ``data`` are those of a task that a release with file format 1 sent."""
    exported = data.get("exported") if isinstance(data, dict) else None
    return old_version(exported) is not None


class Annotation(_ExportedPart):
    """One annotator's work on a task; ``was_cancelled`` if the task was skipped."""

    result: tuple[Result, ...]
    was_cancelled: bool = False


class TaskData(_ExportedPart):
    """What the export wrote about the document; early exports have no ``boilerplate``."""

    document: Id
    set: Id
    sha256: Sha256
    encoding: Encoding
    text: str
    boilerplate: tuple[tuple[int, int], ...] | None = None
    exported: Annotations


class Task(_ExportedPart):
    """One task."""

    data: TaskData
    annotations: tuple[Annotation, ...]
    drafts: tuple[JsonValue, ...] | None = None


class ExportedProject(RootModel[tuple[Task, ...]]):
    """A JSON export of a project, or an exported file of tasks."""
